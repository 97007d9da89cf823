"""The hub's database: SQLite when embedded, PostgreSQL when served. One transaction at a time that writes the log.

`Store.begin()` opens a writing transaction: leaving the block commits, raising rolls back. Rows never leave `store/`.
Source: FINDINGS (lost updates, vanished leaders, secure_delete).
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import NumericValueOutOfRange
from psycopg.pq import Format
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import registry
from sqlmodel import Session, SQLModel

from hub.core.errors import Busy, Misconfigured
from protocol.house.core.errors import NotFound
from protocol.house.store.registry import NAMING

logger = logging.getLogger(__name__)

PAGE_BYTES = 8_192
"""Of a new SQLite database. A sealed body of the smallest size has 2.2 kB: three to a page, where SQLite's own 4,096
would hold one; half the bytes of a commit. A database that exists keeps its own."""

LOG_PAGES = 4_096
"""Of SQLite's write-ahead log, 32 MB, after which it is brought into the database. What several batches
wrote of one page, of search keys above all, which come in no order, is brought over once. SQLite's own is seven."""

PATIENCE_SECONDS = 10.0
"""How long a connection waits for another's transaction in SQLite: far above the longest, which re-wraps 500 keys."""

POOL_SIZE = 10
"""Connections a process: one a worker thread that may touch the database at once."""


IDLE_SECONDS = 5
"""How long a writer of PostgreSQL may do nothing within a transaction: one that froze there holds the head, and no
other could lead. Above the longest replay between two statements, about two seconds."""

LOCK_SECONDS = 3
"""How long a writer of PostgreSQL waits for another's lock before it says that it is busy."""

APPLICATION = "watchword-hub"
"""By this name PostgreSQL knows a hub's sessions; a backup's have another."""

_WRITER_OPTIONS = f"-c idle_in_transaction_session_timeout={IDLE_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
_END_STUCK = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"  # noqa: S608 - our own
    f" AND application_name = '{APPLICATION}' AND pid <> pg_backend_pid()"
    f" AND xact_start < clock_timestamp() - interval '{LOCK_SECONDS} s'"
)


class HubTable(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Base of every table of the hub. Tables declare `erased_with`: what a row is erased with."""

    __abstract__ = True


class Store:
    """The database of one hub."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._write = self._engine(read_only=False)
        self._unsynced = self._engine(read_only=False, synced=False)
        self._read = self._engine(read_only=True)

    def _engine(self, *, read_only: bool, synced: bool = True) -> Engine:
        if self.is_sqlite:
            return _sqlite(str(self.url), read_only=read_only, synced=synced)
        writer = _WRITER_OPTIONS if synced else f"{_WRITER_OPTIONS} -c synchronous_commit=off"
        return _postgresql(self.url, read_only=read_only, options=writer)

    @contextmanager
    def begin(self, *, synced: bool = True) -> Iterator[Session]:
        """A writing transaction: commits at the end of the block, rolls back if it raises.

        Args:
            synced: it is on disk when the block ends. Without, a power loss may take it back, and nothing else does:
                for what is made again or does no harm. What is synced later takes it along: both databases write one
                log.

        Raises:
            Busy: `hub.busy`: the database is locked, full, read-only or away. Nothing is kept.
            NotFound: `not_found.number`: something was asked for by a number that no table could hold.
        """
        engine = self._write if synced else self._unsynced
        with _busy_while_away(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction: one moment of the database.

        Raises:
            Busy: as `begin`.
        """
        with _busy_while_away(), Session(self._read, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """A transaction that changes tables."""
        with _busy_while_away(), self._write.begin() as connection:
            yield connection

    def connect(self) -> Any:
        """A connection of its own for the leader's lock; never used for anything else."""
        return self._write.connect()

    def end_stuck(self) -> None:
        """PostgreSQL: ends transactions of other processes of this hub that have lasted longer than any may.

        For who has just become the leader: a process that froze while an answer was being sent to it holds its locks,
        and no timeout of the server's ends that. Its transaction is rolled back, as at a crash.
        """
        if not self.is_sqlite:
            with _busy_while_away(), self._write.connect() as connection:
                connection.exec_driver_sql(_END_STUCK)
                connection.commit()

    def checkpoint_wal(self) -> None:
        """SQLite: empties the write-ahead log, so that what was deleted is not in it any more (promise 12).

        A reader that does not end within the engine's timeout stops it: the job that erases asks again.
        """
        if self.is_sqlite:
            with _busy_while_away(), self._write.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        """Closes all connections."""
        for engine in (self._write, self._unsynced, self._read):
            engine.dispose()


NO_SUCH_NUMBER = "there is nothing of that number here"
"""Of a number in an address that is larger than any that a table could hold."""


@contextmanager
def _busy_while_away() -> Iterator[None]:
    """A database that cannot be used now is no fault of the request: the sender asks again."""
    try:
        yield
    except OverflowError:
        raise NotFound("number", NO_SUCH_NUMBER) from None
    except DataError as error:
        if isinstance(error.orig, NumericValueOutOfRange):
            raise NotFound("number", NO_SUCH_NUMBER) from None
        raise
    except (IntegrityError, ProgrammingError, psycopg.IntegrityError, psycopg.ProgrammingError):
        raise
    except (DBAPIError, PoolTimeout, sqlite3.Error, psycopg.Error) as error:  # a driver's own: past SQLAlchemy
        logger.error("the database cannot be used: %s", type(error).__name__)
        raise Busy("hub.busy", "the database cannot be used now", retry_after_seconds=5) from error


class _BinaryCursor(psycopg.Cursor[Any]):
    """Has what it asks for in binary: an envelope as text is twice as long, and is taken apart byte by byte."""

    def __init__(self, connection: psycopg.Connection[Any], **options: Any) -> None:
        super().__init__(connection, **options)
        self.format = Format.BINARY


def _postgresql(url: URL, *, read_only: bool, options: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
        connect_args={
            "application_name": APPLICATION,
            "options": "-c default_transaction_read_only=on" if read_only else options,
            "cursor_factory": _BinaryCursor if read_only else psycopg.Cursor,
        },
    )


def _sqlite(url: str, *, read_only: bool, synced: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": PATIENCE_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA page_size={PAGE_BYTES}")
        _write_ahead(cursor)
        synchronous, moved = "FULL" if synced else "NORMAL", f"wal_autocheckpoint={LOG_PAGES}"
        for pragma in (f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON", moved):
            cursor.execute(f"PRAGMA {pragma}")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(cursor: Any) -> None:
    """Makes the log of a new database a write-ahead log. SQLite's own patience does not cover that first change."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def require_durable(store: Store) -> None:
    """Refuses a database that answers before it is on disk (promise 7).

    Raises:
        Misconfigured: `synchronous` or `fsync` is not as it must be, or the database cannot be reached.
    """
    try:
        with store.read() as session:
            if store.is_sqlite:
                durable = session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() >= 2
            else:
                names = ("fsync", "synchronous_commit", "full_page_writes")
                durable = all(
                    session.connection().exec_driver_sql(f"SHOW {name}").scalar_one() != "off" for name in names
                )
    except Busy as error:
        raise Misconfigured("the database cannot be reached") from error
    if not durable:
        raise Misconfigured("the database must write to disk before it answers: fsync and synchronous_commit on")
