"""Every durable step of a process, found by itself, and a fault at exactly one of them.

Nothing of ours is replaced: what is watched is the edge to the machine (COMMIT of the database driver, fsync, rename,
link and unlink of files). A step is named by who takes it and what it touches, so that a table of them can be read.
"""

import os
import re
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final, Literal, TypeVar

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

Fault = Literal["killed before", "killed after", "refused", "reply lost"]
FAULTS: Final[tuple[Fault, ...]] = ("killed before", "killed after", "refused", "reply lost")
"""What may happen at a step. `killed before`: SIGKILL, and of a file that was not synced half is lost. `refused`: an
error, nothing kept, the process lives. `reply lost`: it was done, and the caller is told that it failed."""

WRITES = re.compile(
    r"\s*(?:INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE|CREATE (?:UNIQUE )?INDEX \S+ ON)\s+\"?(\w+)", re.I
)
_T = TypeVar("_T")


class Steps:
    """Counts the durable steps of this process once `armed`, and lets the fault happen at step `at`."""

    def __init__(self, package: str, at: int, fault: Fault, tell: Callable[[str, bool], None]) -> None:
        """Watches from now on; for the life of this process.

        Args:
            package: whose steps count: the folder of that name.
            tell: called before each step with its name and whether the fault happens here.
        """
        self.armed = False
        self._package, self._at, self._fault, self._tell = package, at, fault, tell
        self._count = 0
        self._lock = threading.Lock()
        self._written: dict[int, list[str]] = {}
        self._watch_database()
        self._watch_files()

    def step(
        self, name: str, do: Callable[[], _T], error: Callable[[], Exception], tear: Callable[[], None] | None = None
    ) -> _T:
        """Does it; or does to it what is to be done at this number."""
        if not self.armed:
            return do()
        with self._lock:
            here = self._count == self._at
            self._count += 1
            self._tell(name, here)
        if not here:
            return do()
        if self._fault == "killed before":
            if tear is not None:
                tear()
            _die()
        if self._fault == "refused":
            raise error()
        do()
        if self._fault == "killed after":
            _die()
        raise error()

    def _who(self) -> str | None:
        """The function of ours that takes this step; None: it is not ours."""
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            path = Path(frame.f_code.co_filename)
            if f"/{self._package}/" in str(path) and path.name not in ("engine.py", "env.py", "first.py"):
                return f"{path.stem}.{frame.f_code.co_name}"
            frame = frame.f_back
        return None

    def _watch_database(self) -> None:
        edge: Any = DefaultDialect
        commit, rollback, written = edge.do_commit, edge.do_rollback, self._written

        def executing(_conn: Any, cursor: Any, statement: str, *_rest: Any) -> None:
            match = WRITES.match(statement)
            if match is not None:
                tables = written.setdefault(id(cursor.connection), [])
                if match[1] not in tables:
                    tables.append(match[1])

        def do_commit(dialect: Any, proxy: Any) -> Any:
            raw = getattr(proxy, "dbapi_connection", proxy)
            tables, who = written.pop(id(raw), []), self._who()
            if not tables or who is None:
                return commit(dialect, proxy)
            touched = ", ".join(tables) if len(tables) < 8 else f"{len(tables)} tables"
            name = f"{who}: COMMIT {touched}"
            return self.step(name, lambda: commit(dialect, proxy), lambda: _database_error(raw))

        def do_rollback(dialect: Any, proxy: Any) -> None:
            written.pop(id(getattr(proxy, "dbapi_connection", proxy)), None)
            rollback(dialect, proxy)

        def connecting(dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
            if dialect.name == "sqlite":
                options["factory"] = type("Connection", (_Connection,), {"steps": self})

        event.listen(Engine, "before_cursor_execute", executing)
        event.listen(Engine, "do_connect", connecting)
        edge.do_commit = do_commit
        edge.do_rollback = do_rollback

    def _watch_files(self) -> None:
        fsync, replace, link, unlink = os.fsync, os.replace, os.link, os.unlink

        def on_fsync(handle: int) -> None:
            path, who = Path(f"/proc/self/fd/{handle}").readlink(), self._who()
            if who is None:
                return fsync(handle)
            kind = "folder " if path.is_dir() else ""
            tear = (lambda: os.truncate(path, path.stat().st_size // 2)) if path.suffix == ".new" else None
            return self.step(f"{who}: fsync {kind}{_plain(path)}", lambda: fsync(handle), _file_error, tear)

        def on_two(word: str, do: Callable[..., None]) -> Callable[..., None]:
            def on(source: Any, target: Any, **rest: Any) -> None:
                who = self._who()
                if who is None:
                    return do(source, target, **rest)
                name = f"{who}: {word} {_plain(source)} → {_plain(target)}"
                return self.step(name, lambda: do(source, target, **rest), _file_error)

            return on

        def on_unlink(path: Any, **rest: Any) -> None:
            who = self._who()
            if who is None or not Path(path).exists():
                return unlink(path, **rest)
            return self.step(f"{who}: unlink {_plain(path)}", lambda: unlink(path, **rest), _file_error)

        os.fsync, os.replace, os.link = on_fsync, on_two("rename", replace), on_two("link", link)  # type: ignore[assignment]
        os.unlink = on_unlink


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, *rest: Any) -> Any:
        steps: Steps = self.connection.steps  # type: ignore[attr-defined]
        who = steps._who() if sql.startswith("PRAGMA wal_checkpoint") else None
        if who is None:
            return super().execute(sql, *rest)
        do = super().execute
        name = f"{who}: write-ahead log into the database"
        return steps.step(name, lambda: do(sql, *rest), lambda: _database_error(None))


class _Connection(sqlite3.Connection):
    def cursor(self, *_rest: Any) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(_Cursor)


def _plain(path: Any) -> str:
    """A file's name without numbers and dates, which differ from run to run."""
    return re.sub(r"\d+-\d{4}-\d\d-\d\d", "N", Path(path).name)


def _file_error() -> Exception:
    return OSError(5, "Input/output error")


def _database_error(raw: Any) -> Exception:
    if isinstance(raw, psycopg.Connection):
        raw.close()
        return psycopg.OperationalError("the connection is lost")
    return sqlite3.OperationalError("disk I/O error")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
