"""Frozen releases, the windows that they published, who asks for the next, and what was declared of years before."""

import datetime as dt

import msgspec
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from hub.core.declared import DeclaredTotal
from hub.core.releases import Release, Table, digest_of, read_release
from hub.store.figures_tables import (
    DeclaredTotalRow,
    FirstQuarterRow,
    ReleaseRequestRow,
    ReleaseRow,
    ReleaseWindowRow,
)
from hub.store.inserts import insert_rows
from protocol.quarters import Quarter, read_quarter


class ReleaseRequest(msgspec.Struct, frozen=True):
    """That one person wants a quarter frozen."""

    quarter: Quarter
    asked_by: int
    asked_on: dt.date


class Kept(msgspec.Struct, frozen=True):
    """A frozen release as it is kept: its bytes, and their digest."""

    release: Release
    digest: str
    content: bytes


def freeze(session: Session, release: Release) -> None:
    """Keeps a release for ever. The database refuses a number, a quarter or a window a second time."""
    content = release.content
    row = {"number": release.number, "quarter": release.quarter, "digest": digest_of(content), "content": content}
    insert_rows(session, ReleaseRow, [row])
    windows = [
        {"series": table.series, "window": table.window, "place": table.place, "number": release.number}
        for table in release.tables
    ]
    if windows:
        insert_rows(session, ReleaseWindowRow, windows)


def all_releases(session: Session) -> list[Release]:
    """Every release, by number."""
    return [
        read_release(content) for content in session.exec(select(ReleaseRow.content).order_by(col(ReleaseRow.number)))
    ]


def one_release(session: Session, number: int) -> Kept | None:
    """The release of that number."""
    row = session.get(ReleaseRow, number)
    return None if row is None else Kept(read_release(row.content), row.digest, row.content)


def latest_release(session: Session) -> Release | None:
    """The last release."""
    found = session.exec(select(ReleaseRow.content).order_by(col(ReleaseRow.number).desc()).limit(1)).first()
    return None if found is None else read_release(found)


def count_releases(session: Session) -> int:
    """How many releases there are: the number of the last."""
    return session.exec(select(func.count()).select_from(ReleaseRow)).one()


def begin_with(session: Session, quarter: Quarter) -> None:
    """Releases of this database begin with that quarter: earlier ones were perhaps published, and are lost."""
    session.add(FirstQuarterRow(quarter=str(quarter)))


def first_quarter(session: Session) -> Quarter | None:
    """The quarter with which releases begin, where that was said."""
    found = session.exec(select(FirstQuarterRow.quarter).order_by(col(FirstQuarterRow.quarter).desc())).first()
    return None if found is None else read_quarter(found)


def published(session: Session) -> dict[tuple[str, str, str], Table]:
    """Every table ever published, by series, window and place."""
    return {table.key: table for release in all_releases(session) for table in release.tables}


def keep_request(session: Session, request: ReleaseRequest) -> None:
    """Keeps that somebody wants a quarter frozen."""
    row = ReleaseRequestRow(quarter=str(request.quarter), asked_by=request.asked_by, asked_on=request.asked_on)
    session.add(row)


def request_now(session: Session) -> ReleaseRequest | None:
    """The quarter that waits for a second person."""
    row = session.exec(select(ReleaseRequestRow)).first()
    if row is None:
        return None
    quarter = read_quarter(row.quarter)
    assert quarter is not None
    return ReleaseRequest(quarter, row.asked_by, row.asked_on)


def forget_request(session: Session) -> None:
    """No quarter waits any more."""
    session.execute(delete(ReleaseRequestRow))


def declared_totals(session: Session) -> list[DeclaredTotal]:
    """What schemes declared, by scheme and year."""
    rows = session.exec(select(DeclaredTotalRow).order_by(col(DeclaredTotalRow.scheme), col(DeclaredTotalRow.year)))
    return [DeclaredTotal(row.scheme, row.year, row.total, row.definition, row.source, row.declared_on) for row in rows]


def keep_declared(session: Session, declared: DeclaredTotal) -> None:
    """Keeps what a scheme declares of a year; in the place of what it declared before."""
    session.merge(DeclaredTotalRow(**msgspec.structs.asdict(declared)))


def forget_declared(session: Session, scheme: str, year: int) -> bool:
    """Takes back what was declared; whether there was any."""
    where = col(DeclaredTotalRow.scheme) == scheme, col(DeclaredTotalRow.year) == year
    return bool(session.execute(delete(DeclaredTotalRow).where(*where)).rowcount)  # type: ignore[attr-defined]
