"""Locks a screen at once: the way out of every page."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.errors import NotFound
from node.store import sessions


def lock_session(desk: CaseDesk, token: str, device_token: str, *, now: datetime) -> None:
    """Locks the session of this token, if there is one: leaving never fails."""
    with desk.store.begin() as session:
        try:
            found = sessions.touch_session(session, token, device_token, now)
        except NotFound:
            return
        sessions.lock_session(session, found.id)
