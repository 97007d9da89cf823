"""Which epoch keys there have been, and every sealed row of this database under the current one."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from node.store.records_tables import EpochRow

EPOCH_LASTS: Final = timedelta(days=7)
DESTROYED_AFTER: Final = timedelta(days=7)
"""After it was replaced: 14 days in all, and no older backup opens."""


def note_epoch(session: Session, number: int, began: datetime, now: datetime) -> None:
    """Keeps that this epoch key began, and that all before it are replaced. Again: nothing changes.

    What was noted by a clock that was ahead is noted anew: or no key would be changed or destroyed until that moment.
    """
    for ahead in session.exec(select(EpochRow).where(col(EpochRow.destroyed_at).is_(None))):
        ahead.made_at = min(ahead.made_at, now)
        if ahead.replaced_at is not None:
            ahead.replaced_at = min(ahead.replaced_at, now)
    if session.get(EpochRow, number) is None:
        session.add(EpochRow(number=number, made_at=began))
    earlier = select(EpochRow).where(col(EpochRow.number) < number, col(EpochRow.replaced_at).is_(None))
    for row in session.exec(earlier):
        row.replaced_at = began


def epoch_made_at(session: Session, number: int) -> datetime | None:
    """When it began, or None if nobody has kept that yet."""
    row = session.get(EpochRow, number)
    return None if row is None else row.made_at


def epochs_to_destroy(session: Session, now: datetime) -> list[int]:
    """Replaced at least seven days ago, and not destroyed yet."""
    due = select(EpochRow).where(col(EpochRow.replaced_at) <= now - DESTROYED_AFTER)
    return sorted(row.number for row in session.exec(due.where(col(EpochRow.destroyed_at).is_(None))))


def note_destroyed(session: Session, number: int, now: datetime) -> None:
    """Keeps that it is gone."""
    row = session.get(EpochRow, number)
    if row is not None:
        row.destroyed_at = now
