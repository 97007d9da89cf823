"""Keeps what somebody was sending when their screen had locked, sealed, until they send it after all."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.session import KeptForm, SignedIn
from node.store import sessions


def keep_form(desk: CaseDesk, who: SignedIn, form: KeptForm, *, now: datetime) -> None:
    """Keeps it; one that was kept before goes."""
    with desk.store.begin() as session:
        sessions.keep_form(session, desk.vault, who.id, form, now)


def read_kept_form(desk: CaseDesk, who: SignedIn) -> KeptForm | None:
    """What was kept, or None."""
    with desk.store.read() as session:
        return sessions.kept_form(session, desk.vault, who.id)


def forget_kept_form(desk: CaseDesk, who: SignedIn) -> None:
    """It was sent, or is not wanted."""
    with desk.store.begin() as session:
        sessions.forget_form(session, who.id)
