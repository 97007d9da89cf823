"""Small queries that somebody waits for: past the ORM, which is two thirds of their time, or past SQLAlchemy.

Source: DECISIONS, what a batch costs beside its signatures, and from published to visible.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Dialect, Executable
from sqlmodel import Session, SQLModel, col

_T = TypeVar("_T", bound=msgspec.Struct)

QUERIES_KEPT: Final = 256
"""Each is kept once for each engine: a service has three of them and some dozens of queries."""


def columns_for(kind: type[msgspec.Struct], table: type[SQLModel]) -> list[Any]:
    """The columns of a table that are called like the fields of a value, in their order: what `ask` asks for."""
    return [col(getattr(table, name)) for name in kind.__struct_fields__]


def ask(session: Session, kind: type[_T], query: Executable, values: Mapping[str, Any] | None = None) -> list[_T]:
    """The values that it finds. What the session has changed is seen.

    Args:
        query: of `columns_for` that kind of value; a constant of its module.
        values: of its bound parameters.
    """
    session.flush()
    return [kind(**row._mapping) for row in session.connection().execute(query, values or {})]


def ask_plain(
    session: Session, query: Executable, values: Mapping[str, Any] | None = None
) -> Sequence[tuple[Any, ...]]:
    """As `ask`, for columns and values of bytes, text and integers: as the driver gives and takes them.

    Args:
        query: a constant of its module: what it compiles to is kept.
        values: of its bound parameters.
    """
    plain = _compiled(query, session.get_bind().dialect)
    given = {**plain.literals, **(values or {})}
    session.flush()
    cursor = session.connection().connection.cursor()
    try:
        cursor.execute(plain.text, given if plain.order is None else [given[name] for name in plain.order])
        return cursor.fetchall()
    finally:
        cursor.close()


class _Plain(msgspec.Struct, frozen=True):
    """A query as the driver takes it.

    Attributes:
        literals: values that stand in it.
        order: of its values, where the driver takes them by their places.
    """

    text: str
    literals: dict[str, Any]
    order: tuple[str, ...] | None


@lru_cache(QUERIES_KEPT)
def _compiled(query: Any, dialect: Dialect) -> _Plain:
    compiled = query.compile(dialect=dialect)
    literals = {name: bound.value for bound, name in compiled.bind_names.items() if not bound.required}
    return _Plain(str(compiled), literals, tuple(compiled.positiontup) if compiled.positional else None)
