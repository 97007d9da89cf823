"""Which epoch keys there have been, and every sealed row of this database under the current one."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, func, select

from node.store.exchange_tables import SealedRow
from node.store.records_tables import EpochRow
from protocol.at_rest import NONCE_BYTES, Epochs

EPOCH_LASTS: Final = timedelta(days=7)
DESTROYED_AFTER: Final = timedelta(days=7)
"""After it was replaced: 14 days in all, and no older backup opens."""

_BATCH: Final = 500


def sealed_tables() -> Iterator[type[SealedRow]]:
    """Every table with sealed rows: of records, outbox and inbox alike."""
    waiting = list(SealedRow.__subclasses__())
    while waiting:
        table = waiting.pop()
        waiting += table.__subclasses__()
        if "__table__" in vars(table):
            yield table


def note_epoch(session: Session, number: int, now: datetime) -> None:
    """Keeps that this epoch key began, and that all before it are replaced. Again: nothing changes."""
    if session.get(EpochRow, number) is None:
        session.add(EpochRow(number=number, made_at=now))
    earlier = select(EpochRow).where(col(EpochRow.number) < number, col(EpochRow.replaced_at).is_(None))
    for row in session.exec(earlier):
        row.replaced_at = now


def epoch_made_at(session: Session, number: int) -> datetime | None:
    """When it began, or None if nobody has kept that yet."""
    row = session.get(EpochRow, number)
    return None if row is None else row.made_at


def rewrap_all(session: Session, epochs: Epochs, randomness: Callable[[int], bytes]) -> int:
    """Wraps the key of every sealed row that is under an older epoch key anew; how many there were.

    Raises:
        SealBroken: a row does not open: its epoch key was destroyed while it still needed it.
    """
    done = 0
    for table in sealed_tables():
        old = select(table).where(col(table.epoch).is_not(None), col(table.epoch) != epochs.current)
        while rows := session.exec(old.limit(_BATCH)).all():
            for row in rows:
                sealed = row.sealed()
                assert sealed is not None
                row.put(epochs.rewrap(sealed, row.place(), randomness(NONCE_BYTES)))
            session.flush()
            session.expunge_all()
            done += len(rows)
    return done


def rows_under(session: Session, number: int) -> int:
    """How many sealed rows still need that epoch key."""
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
