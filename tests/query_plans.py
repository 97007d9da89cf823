"""How SQLite answers what is asked of a table: by looking it up, or by walking through all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

Asked = list[tuple[str, Any]]


@contextmanager
def asked_of(table: str) -> Iterator[Asked]:
    """Every reading of the table, with its parameters."""
    found: Asked = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.startswith("SELECT") and f"FROM {table}" in statement:
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan_of(session: Session, statement: str, parameters: Any) -> list[str]:
    """SQLite's steps."""
    cursor = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row.detail for row in cursor]
