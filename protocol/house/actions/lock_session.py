"""Locks a screen at once: the way out of every page."""

from datetime import datetime

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.errors import NotFound
from protocol.house.store import sessions


def lock_session(desk: HouseDesk, token: str, device_token: str, *, now: datetime) -> None:
    """Locks the session of this token, if there is one: leaving never fails."""
    with desk.store.begin() as session:
        try:
            found = sessions.touch_session(session, token, device_token, now)
        except NotFound:
            return
        sessions.lock_session(session, found.id)
