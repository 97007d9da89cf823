"""Every sealed row of a database under the current epoch key."""

from collections.abc import Callable, Iterable

from sqlmodel import Session, SQLModel, col, func, select

from protocol.at_rest import NONCE_BYTES, Epochs, SealBroken
from protocol.house.store.registry import SealedColumns


def sealed_tables(*bases: type[SQLModel]) -> list[type[SealedColumns]]:
    """Every table with sealed rows of these registries, by name."""
    found = [mapper.class_ for base in bases for mapper in base._sa_registry.mappers]
    sealed: list[type[SealedColumns]] = [one for one in found if issubclass(one, SealedColumns)]
    return sorted(sealed, key=lambda one: str(one.__tablename__))


def rewrap_all(
    session: Session, tables: Iterable[type[SealedColumns]], epochs: Epochs, randomness: Callable[[int], bytes]
) -> tuple[int, tuple[str, ...]]:
    """Wraps the key of every sealed row that is under an older epoch key anew.

    A row that does not open (altered, or its epoch key destroyed before its time) is left as it is: no key opens it, so
    it keeps none alive, and it stops no other.

    Returns:
        How many were wrapped anew, and the places of those that do not open.
    """
    done, broken = 0, []
    for table in tables:
        row_id = next(iter(table.__table__.primary_key))  # type: ignore[attr-defined]
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


def rows_under(session: Session, tables: Iterable[type[SealedColumns]], number: int) -> int:
    """How many sealed rows are under that epoch key."""
    counts = (select(func.count()).select_from(t).where(col(t.epoch) == number) for t in tables)
    return sum(session.exec(count).one() for count in counts)
