"""Which epoch keys there have been, and every sealed row of this database under the current one."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, func, select

from node.store.engine import NodeTable
from node.store.exchange_tables import SealedRow
from node.store.records_tables import EpochRow
from protocol.at_rest import NONCE_BYTES, Epochs, SealBroken

EPOCH_LASTS: Final = timedelta(days=7)
DESTROYED_AFTER: Final = timedelta(days=7)
"""After it was replaced: 14 days in all, and no older backup opens."""


def sealed_tables() -> Iterator[type[SealedRow]]:
    """Every table with sealed rows: of records, outbox and inbox alike."""
    waiting = list(SealedRow.__subclasses__())
    while waiting:
        table = waiting.pop()
        waiting += table.__subclasses__()
        if "__table__" in vars(table):
            yield table


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


def rewrap_all(session: Session, epochs: Epochs, randomness: Callable[[int], bytes]) -> tuple[int, tuple[str, ...]]:
    """Wraps the key of every sealed row that is under an older epoch key anew.

    A row that does not open (altered, or its epoch key destroyed before its time) is left as it is: no key opens it, so
    it keeps none alive, and it stops no other.

    Returns:
        How many were wrapped anew, and the places of those that do not open.
    """
    done, broken = 0, []
    for table in sealed_tables():
        row_id = next(iter(NodeTable.metadata.tables[str(table.__tablename__)].primary_key))
        ids = session.exec(
            select(row_id).where(col(table.epoch).is_not(None), col(table.epoch) != epochs.current)
        ).all()
        for start in range(0, len(ids), table.rewrap_batch):
            for row in session.exec(select(table).where(row_id.in_(ids[start : start + table.rewrap_batch]))).all():
                try:
                    sealed = row.sealed()
                    if sealed is None:
                        raise SealBroken("half of it is missing")
                    row.put(epochs.rewrap(sealed, row.place(), randomness(NONCE_BYTES)))
                    done += 1
                except SealBroken:
                    broken.append(row.place())
            session.flush()
            session.expunge_all()
    return done, tuple(broken)


def rows_under(session: Session, number: int) -> int:
    """How many sealed rows are under that epoch key."""
    counts = (select(func.count()).select_from(t).where(col(t.epoch) == number) for t in sealed_tables())
    return sum(session.exec(count).one() for count in counts)


def epochs_to_destroy(session: Session, now: datetime) -> list[int]:
    """Replaced at least seven days ago, and not destroyed yet."""
    due = select(EpochRow).where(col(EpochRow.replaced_at) <= now - DESTROYED_AFTER)
    return sorted(row.number for row in session.exec(due.where(col(EpochRow.destroyed_at).is_(None))))


def note_destroyed(session: Session, number: int, now: datetime) -> None:
    """Keeps that it is gone."""
    row = session.get(EpochRow, number)
    if row is not None:
        row.destroyed_at = now
