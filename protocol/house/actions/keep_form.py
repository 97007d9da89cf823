"""Keeps what somebody was sending when their screen had locked, sealed, until they send it after all."""

from datetime import datetime

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.session import KeptForm, SignedIn
from protocol.house.store import sessions


def keep_form(desk: HouseDesk, who: SignedIn, form: KeptForm, *, now: datetime) -> None:
    """Keeps it; one that was kept before goes."""
    with desk.store.begin() as session:
        sessions.keep_form(session, desk.vault, who.id, form, now)


def read_kept_form(desk: HouseDesk, who: SignedIn) -> KeptForm | None:
    """What was kept, or None."""
    with desk.store.read() as session:
        return sessions.kept_form(session, desk.vault, who.id)


def forget_kept_form(desk: HouseDesk, who: SignedIn) -> None:
    """It was sent, or is not wanted."""
    with desk.store.begin() as session:
        sessions.forget_form(session, who.id)
