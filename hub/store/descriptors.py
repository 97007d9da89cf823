"""Coarse columns of open bodies, and the keys by which they are found. Source: DESIGN §6."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from sqlalchemy import delete, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from hub.core.descriptors import Described
from hub.store.descriptor_tables import DescriptorKeyRow, DescriptorRow
from hub.store.inserts import insert_plain

MOST_PLACES: Final = 30_000
"""Named in one question: SQLite takes 32,766 parameters, PostgreSQL twice as many."""

_LISTS = ("incidents", "methods", "same_event_as")


def add_described(session: Session, described: Sequence[Described], epoch: int) -> None:
    """Keeps the coarse columns of bodies that are here and have none yet.

    Args:
        epoch: number of the epoch key under which their search keys are made.
    """
    rows = [_columns(one) | {"epoch": epoch, "compared": False} for one in described]
    if rows:
        insert_plain(session, DescriptorRow, rows)


def add_keys(session: Session, keys: Iterable[tuple[Described, Iterable[int]]]) -> None:
    """Keeps the search keys of bodies that are described."""
    rows = [{"key": key, "police": one.police, "idx": one.idx} for one, made in keys for key in set(made)]
    if rows:
        insert_plain(session, DescriptorKeyRow, rows)


def drop_keys(session: Session, indices: Sequence[int], epoch: int) -> None:
    """Drops the search keys of these bodies, whose new ones are made under this epoch key."""
    session.execute(delete(DescriptorKeyRow).where(col(DescriptorKeyRow.idx).in_(indices)))
    session.execute(update(DescriptorRow).where(col(DescriptorRow.idx).in_(indices)).values(epoch=epoch))


def described_at(session: Session, indices: Iterable[int]) -> list[Described]:
    """The coarse columns of those of these bodies that have them, in the order of the log."""
    rows = select(DescriptorRow).where(col(DescriptorRow.idx).in_(list(indices))).order_by(col(DescriptorRow.idx))
    return [described_value(row) for row in session.exec(rows)]


def described_after(session: Session, index: int, limit: int) -> list[Described]:
    """The coarse columns of bodies behind this place in the log, in its order, at most `limit`."""
    rows = select(DescriptorRow).where(col(DescriptorRow.idx) > index).order_by(col(DescriptorRow.idx)).limit(limit)
    return [described_value(row) for row in session.exec(rows)]


def open_to_police(session: Session, indices: Iterable[int]) -> frozenset[int]:
    """Those of these places whose body is here and police may read it; at most `MOST_PLACES`."""
    rows = sql_select(col(DescriptorRow.idx)).where(
        col(DescriptorRow.idx).in_(list(indices)), col(DescriptorRow.police).is_(True)
    )
    return frozenset(session.connection().execute(rows).scalars())


def indices_of_other_epochs(session: Session, epoch: int, limit: int) -> list[int]:
    """Bodies whose search keys are not made under this epoch key yet, at most `limit`; as `bodies_of_other_epochs`."""
    other = or_(col(DescriptorRow.epoch) < epoch, col(DescriptorRow.epoch) > epoch)
    return list(session.exec(select(DescriptorRow.idx).where(other).limit(limit).with_for_update()))


def _columns(one: Described) -> dict[str, object]:
    columns = msgspec.structs.asdict(one)
    return columns | {name: " ".join(columns[name]) for name in _LISTS}


def described_value(row: DescriptorRow) -> Described:
    """The value of a row; for the store alone."""
    lists = {name: tuple(getattr(row, name).split()) for name in _LISTS}
    plain = {name: getattr(row, name) for name in Described.__struct_fields__ if name not in _LISTS}
    return msgspec.convert(plain | lists, Described)
