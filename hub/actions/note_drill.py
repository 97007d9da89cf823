"""Keeps when backup and restore were last practised: a backup that nobody has restored is none."""

from datetime import datetime
from typing import Final

from hub.actions.hub_desk import HubDesk
from hub.core import access
from protocol.house.store import audit
from protocol.house.store.people import acting

DRILL: Final = "restore_drill"
_SUBJECT: Final = "hub/backup"

DUE_AFTER_DAYS: Final = 92
"""A quarter: as often as figures are frozen, so that one reminder serves both."""


def note_drill(desk: HubDesk, *, by: str, now: datetime) -> None:
    """Notes in the trail that it was practised today.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_operate, now)
        audit.note(session, person=who.id, verb=DRILL, subject=_SUBJECT, now=now)


def last_drill(desk: HubDesk) -> datetime | None:
    """When it last was, or None: never."""
    with desk.store.read() as session:
        found = audit.last_done(session, DRILL, _SUBJECT)
    return None if found is None else found.at
