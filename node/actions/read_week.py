"""Reads Monday's summary of the trail. That is a look too, and is noted."""

from datetime import date, datetime
from typing import Final

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.audit_week import Week, bounds_of, summarise
from protocol.house.store import audit
from protocol.house.store.people import acting, names_by_id

READ_WEEK: Final = "read_week"


class WeekShown(msgspec.Struct, frozen=True, kw_only=True):
    """A week, by its Monday."""

    monday: date
    week: Week
    names: dict[int, str]


def read_week(desk: CaseDesk, monday: date, *, by: str, now: datetime) -> WeekShown:
    """Monday's summary.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_week, now)
        since, before = bounds_of(monday)
        week = summarise(audit.trail_between(session, since, before))
        audit.note(session, person=who.id, verb=READ_WEEK, subject=week_subject(monday), now=now)
        return WeekShown(monday=monday, week=week, names=names_by_id(session))


def week_subject(monday: date) -> str:
    """What reading a week is noted under."""
    return f"week/{monday.isoformat()}"
