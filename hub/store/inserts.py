"""Inserting rows past the ORM. Each statement is built once a process: building one costs more than running it.

Source: FINDINGS (inserts per second); DECISIONS, submission.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from hub.store.engine import HubTable

Rows = Sequence[Mapping[str, Any]]


def insert_rows(session: Session, table: type[HubTable], rows: Rows) -> None:
    """Inserts many rows in one statement: a third of the ORM's time."""
    session.connection().execute(_table(table).insert(), rows)


def insert_new(session: Session, table: type[HubTable], rows: Rows) -> None:
    """Inserts those of `rows` whose primary key is not taken; two transactions may do so at once."""
    if rows:
        session.connection().execute(_new(_table(table), _dialect(session).name), rows)


def insert_and_say(session: Session, table: type[HubTable], rows: Rows, *columns: str) -> set[tuple[Any, ...]]:
    """As `insert_new`; these columns of the rows that were new."""
    statement = _new_and_say(_table(table), _dialect(session).name, columns)
    return {tuple(row) for row in session.connection().execute(statement, rows)}


def insert_or_add(session: Session, table: type[HubTable], row: Mapping[str, Any], column: str) -> int:
    """Inserts a row, or adds its number in `column` to that of the row which has its primary key; the sum."""
    statement = _added(_table(table), _dialect(session).name, column)
    return int(session.connection().execute(statement, row).scalar_one())


def insert_plain(session: Session, table: type[HubTable], rows: Iterable[Mapping[str, Any]]) -> None:
    """As `insert_rows`, for columns of bytes, text, integers and yes or no: as the driver takes them.

    A third of the time: no value is looked at, for none needs to be converted for either database. PostgreSQL takes
    each row as it comes, so that it works while the next one is made.
    """
    dialect, target = _dialect(session), _table(table)
    values = map(itemgetter(*(column.name for column in target.columns)), rows)
    if dialect.name == "postgresql":
        _copy(session.connection().connection.cursor(), target, dialect, values)
    elif made := list(values):
        session.connection().exec_driver_sql(_plain(target, dialect), made)


def _copy(cursor: Any, table: Table, dialect: Dialect, values: Iterable[tuple[Any, ...]]) -> None:
    """COPY, in binary: three quarters of what an INSERT of arrays costs, here and at the server."""
    with cursor, cursor.copy(_copied(table, dialect)) as copy:
        copy.set_types([column.type.compile(dialect).lower() for column in table.columns])
        for row in values:
            copy.write_row(row)


@cache
def _copied(table: Table, dialect: Dialect) -> str:
    quoted = dialect.identifier_preparer.quote
    names = ", ".join(quoted(column.name) for column in table.columns)
    return f"COPY {quoted(table.name)} ({names}) FROM STDIN (FORMAT BINARY)"


@cache
def _plain(table: Table, dialect: Dialect) -> str:
    """The statement as SQLite's driver takes it, for one row of values in the order of the table's columns."""
    names = [column.name for column in table.columns]
    return str(_insert(table, dialect.name).compile(dialect=dialect, column_keys=names))


@cache
def _new(table: Table, dialect: str) -> Any:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _new_and_say(table: Table, dialect: str, columns: tuple[str, ...]) -> Any:
    return _new(table, dialect).returning(*(table.c[column] for column in columns))


@cache
def _added(table: Table, dialect: str, column: str) -> Any:
    new = _insert(table, dialect)
    total = table.c[column] + new.excluded[column]
    added = new.on_conflict_do_update(index_elements=list(table.primary_key), set_={column: total})
    return added.returning(table.c[column])


def _insert(table: Table, dialect: str) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _dialect(session: Session) -> Dialect:
    return session.get_bind().dialect


def _table(table: type[HubTable]) -> Table:
    found = table.__table__  # type: ignore[attr-defined]
    assert isinstance(found, Table)
    return found
