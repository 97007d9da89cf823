"""When each member's node was last heard, and last asked to confirm what was deleted."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, select

from hub.core.heard import Heard
from hub.store.tables import HeardRow, ReminderRow


def keep_heard(session: Session, heard: Iterable[Heard]) -> None:
    """Keeps what is later than what is here; what one of them does not say stays as it was."""
    for one in sorted(heard, key=lambda each: each.member):
        row = session.get(HeardRow, one.member, with_for_update=True)
        if row is None:
            row = HeardRow(member=one.member, heard_at=one.at)
            session.add(row)
        row.heard_at = max(row.heard_at, one.at)
        if one.clock_seconds is not None:
            row.clock_seconds, row.software = one.clock_seconds, one.software


def read_heard(session: Session) -> dict[int, Heard]:
    """Of each member, by its id."""
    rows = session.exec(select(HeardRow))
    return {row.member: Heard(row.member, row.heard_at, row.clock_seconds, row.software) for row in rows}


def remind(session: Session, member: int, today: date) -> bool:
    """Keeps that this member is asked today; False: it was asked today already."""
    row = session.get(ReminderRow, member, with_for_update=True)
    if row is None:
        session.add(ReminderRow(member=member, day=today))
        return True
    if row.day >= today:
        return False
    row.day = today
    return True


def reminded_on(session: Session, member: int) -> date | None:
    """The day on which this member was last asked, or None."""
    row = session.get(ReminderRow, member)
    return None if row is None else row.day
