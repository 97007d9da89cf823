"""Queries past SQLAlchemy's execution, which is a third of the time of a small one. Each is compiled once a process.

Source: DECISIONS, what a batch costs beside its signatures.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlmodel import Session


def ask_plain(
    session: Session, query: Executable, values: Mapping[str, Any] | None = None
) -> Sequence[tuple[Any, ...]]:
    """The rows that it finds; for columns of bytes, text and integers: as the driver gives them.

    Args:
        query: a constant of its module: what it compiles to is kept for ever.
        values: of its bound parameters.
    """
    text, order = _compiled(query, session.get_bind().dialect)
    given = values or {}
    cursor = session.connection().connection.cursor()
    try:
        cursor.execute(text, given if order is None else [given[name] for name in order])
        return cursor.fetchall()
    finally:
        cursor.close()


@cache
def _compiled(query: Any, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
    """Its text, and the order of its values where the driver takes them by their places."""
    compiled = query.compile(dialect=dialect)
    order = compiled.positiontup if compiled.positional else None
    return str(compiled), None if order is None else tuple(order)
