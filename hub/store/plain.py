"""Statements that every submission runs, past SQLAlchemy's execution: that is a third of the time of each.

Each is compiled once a process. Values are what both drivers take and give as they are: bytes, text, integers.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlmodel import Session


def ask(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[tuple[Any, ...]]:
    """The rows that a query finds.

    Args:
        statement: a constant of its module; compiled versions are kept for ever.
    """
    text, order = _compiled(statement, session.get_bind().dialect)
    cursor = session.connection().connection.cursor()
    try:
        cursor.execute(text, _placed(values or {}, order))
        return cursor.fetchall()
    finally:
        cursor.close()


def do(session: Session, statement: Executable, values: Mapping[str, Any]) -> int:
    """How many rows a change concerned. The rest as `ask`; SQLAlchemy hears of it."""
    text, order = _compiled(statement, session.get_bind().dialect)
    return session.connection().exec_driver_sql(text, _placed(values, order)).rowcount


def _placed(values: Mapping[str, Any], order: tuple[str, ...] | None) -> Any:
    return values if order is None else tuple(values[name] for name in order)


@cache
def _compiled(statement: Any, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """Its text, and the order of its values where the driver takes them by their places."""
    compiled = statement.compile(dialect=dialect)
    order = compiled.positiontup if compiled.positional else None
    return str(compiled), None if order is None else tuple(order)
