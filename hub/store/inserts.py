"""Inserting rows past the ORM. Each statement is built once a process: building one costs more than running it.

Source: FINDINGS (inserts per second); DECISIONS, submission.
"""

from collections.abc import Mapping, Sequence
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


def insert_plain(session: Session, table: type[HubTable], rows: Rows) -> None:
    """As `insert_rows`, for columns of bytes, text, integers and yes or no: as the driver takes them.

    A third of the time: no value is looked at, for none needs to be converted for either database.
    """
    if rows:
        _execute_plain(session, _table(table), rows, is_new=False)


def insert_new_plain(session: Session, table: type[HubTable], rows: Rows) -> None:
    """As `insert_plain`, those whose primary key is not taken."""
    if rows:
        _execute_plain(session, _table(table), rows, is_new=True)


def _execute_plain(session: Session, table: Table, rows: Rows, *, is_new: bool) -> None:
    names = tuple(column.name for column in table.columns)
    dialect = _dialect(session)
    if dialect.name == "postgresql":
        arrays = {name: list(map(itemgetter(name), rows)) for name in names}
        session.connection().exec_driver_sql(_arrays(table, dialect, is_new), arrays)
    else:
        session.connection().exec_driver_sql(_plain(table, dialect, is_new), list(map(itemgetter(*names), rows)))


@cache
def _plain(table: Table, dialect: Dialect, is_new: bool) -> str:
    """The statement as SQLite's driver takes it, for one row of values in the order of the table's columns."""
    statement = _new(table, dialect.name) if is_new else _insert(table, dialect.name)
    return str(statement.compile(dialect=dialect, column_keys=[column.name for column in table.columns]))


@cache
def _arrays(table: Table, dialect: Dialect, is_new: bool) -> str:
    """The statement as psycopg takes it, an array for each column, in binary: half the time of row by row."""
    quoted = dialect.identifier_preparer.quote
    names = ", ".join(quoted(column.name) for column in table.columns)
    arrays = ", ".join(f"%({column.name})b::{column.type.compile(dialect)}[]" for column in table.columns)
    text = f"INSERT INTO {quoted(table.name)} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own names
    return f"{text} ON CONFLICT DO NOTHING" if is_new else text


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
