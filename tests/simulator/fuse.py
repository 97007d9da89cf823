"""A process that dies, played within one: at the n-th durable step in a folder a `Died` goes up through everything.

Who catches it throws the dead one's objects away and starts again from disk. What is not committed by then is rolled
back, as the database would at the next start. Real deaths of real processes are in `tests/faults`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

_WRITES: Final = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b")


class Died(BaseException):
    """The process is dead: nobody below may handle it."""


class Fuse:
    """Burns while `lit`. One at a time in this process."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._left, self._after = 0, False
        self._wrote: set[int] = set()

    @contextmanager
    def installed(self) -> Iterator["Fuse"]:
        """Sees every commit of this process within the block."""
        real = DefaultDialect.do_commit
        commit: Any = real

        def do_commit(dialect: DefaultDialect, connection: Any) -> None:
            burns = id(connection.dbapi_connection) in self._wrote and self._burns()
            self._wrote.discard(id(connection.dbapi_connection))
            if burns and not self._after:
                raise Died
            commit(dialect, connection)
            if burns:
                raise Died

        event.listen(Engine, "before_cursor_execute", self._executes)
        DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]
        try:
            yield self
        finally:
            DefaultDialect.do_commit = real  # type: ignore[method-assign]
            event.remove(Engine, "before_cursor_execute", self._executes)

    def light(self, folder: Path, step: int, *, after: bool) -> None:
        """The process whose database is in `folder` dies at its `step`-th durable step from now on."""
        self._folder, self._left, self._after = folder, step, after

    def put_out(self) -> None:
        """Nobody dies any more."""
        self._folder = None

    @property
    def has_burnt(self) -> bool:
        """Whether somebody died since it was lit."""
        return self._left < 0

    def _executes(self, connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if self._folder is not None and _WRITES.match(statement):
            place = Path(connection.engine.url.database)
            if place.is_relative_to(self._folder):
                self._wrote.add(id(connection.connection.dbapi_connection))

    def _burns(self) -> bool:
        if self._folder is None:
            return False
        self._left -= 1
        if self._left >= 0:
            return False
        self._folder = None
        return True
