"""When each member's node was last heard."""

from collections.abc import Iterable

from sqlmodel import Session, select

from hub.core.heard import Heard
from hub.store.tables import HeardRow


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
