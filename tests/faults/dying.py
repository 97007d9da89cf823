"""Processes that die exactly before or after one of their durable steps.

A durable step is what a crash can separate from the next: a commit that wrote something, a file that was replaced,
linked, renamed or unlinked. A child process is forked, counts its steps and kills itself with SIGKILL at the one that
is asked for: no handler runs, nothing is flushed, locks are dropped by the kernel.

    steps = durable_steps(work)                 # names, in order, of a run that lives to its end
    for number in range(len(steps)):
        die_at(number, "before", work)          # forks, runs, dies; raises if it did not
"""

import os
import re
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

When = Literal["before", "after"]
WHENS: Final[tuple[When, When]] = ("before", "after")
_WRITES: Final = re.compile(
    r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|ALTER TABLE"
    r"|COPY|CREATE (?:TABLE|TRIGGER|(?:UNIQUE )?INDEX))\s+\"?(\w+)"
)
_FILE_STEPS: Final = ("replace", "rename", "link", "unlink")


class _Steps:
    """Counts and names the steps of this process, and kills it at one of them."""

    def __init__(self, number: int | None, when: When, within: Path | None) -> None:
        self._number, self._when, self._within = number, when, within
        self._written: dict[int, list[str]] = {}
        self.names: list[str] = []

    def install(self) -> None:
        """From now on every durable step of this process is seen. For a child process: it is never undone."""
        event.listen(Engine, "before_cursor_execute", self._executes)
        self._watch_copies()
        commit: Callable[[DefaultDialect, Any], None] = DefaultDialect.do_commit

        def do_commit(dialect: DefaultDialect, connection: Any) -> None:
            tables = self._written.pop(id(connection.dbapi_connection), None)
            if tables is None:
                commit(dialect, connection)
            else:
                self._step(f"commit {', '.join(dict.fromkeys(tables))}", lambda: commit(dialect, connection))

        DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]
        for name in _FILE_STEPS:
            self._wrap(name)

    def _executes(self, connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        table = _WRITES.match(statement)
        if table is not None and self._counts(connection.engine.url.database):
            self._written.setdefault(id(connection.connection.dbapi_connection), []).append(table[1])

    def _watch_copies(self) -> None:
        """What is copied into PostgreSQL goes past SQLAlchemy."""
        copy: Callable[..., Any] = psycopg.Cursor.copy

        def on_copy(cursor: Any, statement: str, *rest: Any, **named: Any) -> Any:
            table = _WRITES.match(statement)
            assert table is not None, statement
            self._written.setdefault(id(cursor.connection), []).append(table[1])
            return copy(cursor, statement, *rest, **named)

        psycopg.Cursor.copy = on_copy  # type: ignore[method-assign, assignment]

    def _counts(self, place: Any) -> bool:
        return self._within is None or Path(place).is_relative_to(self._within)

    def _wrap(self, name: str) -> None:
        real = getattr(os, name)

        def call(path: Any, *rest: Any, **named: Any) -> Any:
            if not os.path.lexists(path) or not self._counts(path):
                return real(path, *rest, **named)  # raises, as it would
            target = rest[0] if rest and isinstance(rest[0], str | Path) else path
            return self._step(f"{name} {_plain(Path(target).name)}", lambda: real(path, *rest, **named))

        setattr(os, name, call)

    def _step(self, name: str, work: Callable[[], Any]) -> Any:
        number = len(self.names)
        self.names.append(name)
        if number == self._number and self._when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = work()
        if number == self._number:
            os.kill(os.getpid(), signal.SIGKILL)
        return done


def _plain(name: str) -> str:
    """A file's name without what differs between runs."""
    return re.sub(r"\d{4}-\d\d-\d\d|[0-9a-f]{16,}", "…", name)


def durable_steps(work: Callable[[], None], within: Path | None = None) -> list[str]:
    """The names of the durable steps of `work`, run to its end in a child process.

    Args:
        within: only those in databases and files under this folder count.
    """
    names = _in_child(work, None, "after", within)
    assert names is not None, "it died without being told to"
    return names


def die_at(number: int, when: When, work: Callable[[], None], within: Path | None = None) -> None:
    """Runs `work` in a child that dies before or after its durable step of that number. `within`: as above."""
    names = _in_child(work, number, when, within)
    assert names is None, f"step {number} was not reached: {names}"


def _in_child(work: Callable[[], None], number: int | None, when: When, within: Path | None) -> list[str] | None:
    """The names of the steps; None if the child was killed.

    Raises:
        AssertionError: it failed otherwise.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(work, _Steps(number, when, within), read, write)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0, said
    return said.splitlines()


def _be_the_child(work: Callable[[], None], steps: _Steps, read: int, write: int) -> None:
    os.close(read)
    code = 1
    try:
        steps.install()
        work()
        said, code = "\n".join(steps.names), 0
    except BaseException:
        said = traceback.format_exc()
    os.write(write, said.encode())
    os._exit(code)
