"""Queries past the ORM find what it finds, on both databases: `protocol/house/store/queries.py`."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from hub.store.engine import Store
from hub.store.schema import migrate
from hub.store.tables import AckRow, HeartbeatRow
from protocol.house.store.queries import ask, ask_plain, columns_for


class Said(msgspec.Struct, frozen=True):
    member: int
    size: int


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """Its fields stand in another order than the columns of its table, and not all of them."""

    succeeded_at: dt.datetime | None
    started_at: dt.datetime
    job: str


SIZES = sql_select(col(AckRow.member), col(AckRow.size))
LONGEST = SIZES.order_by(col(AckRow.size).desc()).limit(2)
FROM = SIZES.where(col(AckRow.size) >= bindparam("first"), col(AckRow.size) != 21).order_by(col(AckRow.member))
SUM = sql_select(func.coalesce(func.sum(col(AckRow.size)), 0))
JOBS = sql_select(*columns_for(Ran, HeartbeatRow))


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    store = Store(database)
    migrate(store)
    with store.begin() as session:
        session.add_all(AckRow(member=member, size=10 * member + 1, envelope=b"e") for member in (1, 2, 3, 4))
    yield store
    store.close()


def plain(session: Session, *asked: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in ask_plain(session, *asked)]  # type: ignore[arg-type]


def test_literals_limits_and_values_by_name_stand_where_they_belong(store: Store) -> None:
    with store.read() as session:
        assert plain(session, LONGEST) == [(4, 41), (3, 31)]
        assert plain(session, FROM, {"first": 11}) == [(1, 11), (3, 31), (4, 41)]
        assert plain(session, FROM, {"first": 31}) == [(3, 31), (4, 41)], "no value of before is kept"
        assert ask(session, Said, FROM, {"first": 31}) == [Said(3, 31), Said(4, 41)]
        ((total,),) = plain(session, SUM)
        assert total == 104


def test_what_the_session_has_changed_is_seen(store: Store) -> None:
    with store.begin() as session:
        row = session.exec(select(AckRow).where(AckRow.member == 1)).one()
        row.size = 91
        session.add(AckRow(member=5, size=51, envelope=b"e"))
        assert plain(session, FROM, {"first": 50}) == [(1, 91), (5, 51)]
        row.size = 92
        assert ask(session, Said, FROM, {"first": 50}) == [Said(1, 92), Said(5, 51)]
        session.delete(row)
        assert plain(session, FROM, {"first": 50}) == [(5, 51)]


def test_moments_come_typed_as_their_columns_are(store: Store) -> None:
    moment = dt.datetime(2026, 11, 2, 3, 4, 5, tzinfo=dt.UTC)
    with store.begin() as session:
        session.add(HeartbeatRow(job="erase", started_at=moment, problem=""))
    with store.read() as session:
        (found,) = ask(session, Ran, JOBS)
        row = session.exec(select(HeartbeatRow)).one()
        assert (row.job, row.started_at, row.succeeded_at) == ("erase", moment, None)
        assert found == Ran(job=row.job, started_at=row.started_at, succeeded_at=row.succeeded_at)


def test_two_stores_of_different_kinds_do_not_share_what_was_compiled(store: Store, tmp_path: Path) -> None:
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    migrate(other)
    for one, expected in ((store, [(4, 41), (3, 31)]), (other, []), (store, [(4, 41), (3, 31)])):
        with one.read() as session:
            assert plain(session, LONGEST) == expected
    other.close()
