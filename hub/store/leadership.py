"""Who orders statements: one process of all. The lock elects; the fence in `append_entries` is what protects.

SQLite: `flock` on a file beside the database. PostgreSQL: a session advisory lock on a connection of its own, whose
session ends by itself within seconds if this process freezes (`idle_session_timeout`, pinged at a third of it).
Source: FINDINGS (an advisory lock elects, it does not fence).
"""

import fcntl
import os
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from hub.store.engine import Store

LOCK_NUMBER = 0x57617463
"""The advisory lock's number: the first letters of the project's name. One hub, one database."""

SESSION_SECONDS = 3
"""A frozen leader is replaced within this; FINDINGS measured that keepalives alone do not notice one."""

PING_SECONDS = SESSION_SECONDS / 3


class Leadership:
    """Asks for, holds and gives up the lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Any = None
        self._file: int | None = None

    @property
    def held(self) -> bool:
        """Whether this process had the lock when it last asked."""
        return self._file is not None or self._connection is not None

    def acquire(self) -> bool:
        """Whether this process holds the lock now; asks for it if it does not. Never waits."""
        if self._store.is_sqlite:
            return self._acquire_file()
        return self._acquire_session()

    def release(self) -> None:
        """Gives the lock up."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self._drop_session()

    def _acquire_file(self) -> bool:
        if self._file is not None:
            return True
        database = self._store.url.database
        assert database is not None
        handle = os.open(Path(database).with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._file = handle
        return True

    def _acquire_session(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")
                self._connection.commit()
                return True
            self._connection = self._store.connect()
            self._connection.exec_driver_sql(f"SET idle_session_timeout = '{SESSION_SECONDS}s'")
            held = self._connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({LOCK_NUMBER})").scalar_one()
            self._connection.commit()
        except (DBAPIError, PoolTimeout):
            self._drop_session()
            return False
        if not held:
            self._drop_session()
        return bool(held)

    def _drop_session(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
