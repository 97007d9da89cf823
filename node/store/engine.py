"""The node's SQLite database: one writer at a time, durable at commit, nothing readable left behind by a delete.

`Store.begin()` opens a writing transaction: leaving the block commits, raising rolls back. `Store.read()` opens a
reading one on another engine. Rows never leave `store/`. Source: FINDINGS (lost updates, secure_delete).
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, ExceptionContext, MetaData, create_engine, event, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.orm import registry
from sqlmodel import Session, SQLModel

from node.core.errors import Misconfigured, Unavailable
from protocol.house.core.errors import NotFound
from protocol.house.store.registry import NAMING, HouseTable

SCHEMA_VERSION: Final = 1
"""Number of the tables' present shape, in `PRAGMA user_version`; 0 is a database that was never finished."""


HAS_TO_SEND: Final = "has_to_send"
"""A session that holds this in its `info` put something into the outbox."""


NO_SUCH_NUMBER: Final = "there is nothing of that number here"
"""Of a number in an address that is larger than any that a table could hold."""

_FULL: Final = 2
"""`PRAGMA synchronous`: FULL, or EXTRA."""


class NodeTable(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Base of every table of a node. Tables declare `erased_with`: what a row is erased with."""

    __abstract__ = True


def _connect(path: Path, *, read_only: bool) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 10.0},
    )

    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def too_large(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, OverflowError):
            raise NotFound("number", NO_SUCH_NUMBER) from None

    return engine


@contextmanager
def _while_usable() -> Iterator[None]:
    """A database that cannot be used now is said so, in words that hold nothing of it."""
    try:
        yield
    except OverflowError:  # past SQLAlchemy
        raise NotFound("number", NO_SUCH_NUMBER) from None
    except (IntegrityError, ProgrammingError, DataError):
        raise
    except (DBAPIError, sqlite3.Error) as error:  # sqlite3's own: past SQLAlchemy
        cause = error.orig if isinstance(error, DBAPIError) else error
        reason = str(cause) if isinstance(cause, sqlite3.OperationalError) else "it cannot be read"
        message = f"the database cannot be used now ({reason}): nothing of this was kept, do it again later"
        raise Unavailable("database", message) from error


def _nobody() -> None:
    """Nobody waits for the outbox."""


class Store:
    """The database of one node.

    Attributes:
        on_to_send: called after a commit that put something into the outbox, by whichever thread committed it.
    """

    def __init__(self, path: Path) -> None:
        """Opens an existing database.

        Raises:
            Misconfigured: `config.no_database`: it was not made by `watchword-node init`; `config.database_unfinished`:
                its making broke off; `config.database_version`: another version of this program made it;
                `config.not_durable`: it would answer before what it keeps is on disk.
        """
        if not path.exists():
            raise Misconfigured("no_database", "there is no database yet: run 'watchword-node init'")
        self.path = path
        self.on_to_send: Callable[[], None] = _nobody
        self._write = _connect(path, read_only=False)
        self._read = _connect(path, read_only=True)
        self._watching = threading.Lock()
        with _while_usable():
            self._watch = self._read.raw_connection()
        self._require_version()
        self._require_durable()

    def _require_durable(self) -> None:
        """Outbox and trail are kept once a person was told so (promise 7)."""
        with _while_usable(), self._write.connect() as connection:
            synchronous = int(connection.execute(text("PRAGMA synchronous")).scalar_one())
            journal = str(connection.execute(text("PRAGMA journal_mode")).scalar_one())
        if synchronous < _FULL or journal != "wal":
            self.close()
            raise Misconfigured(
                "not_durable", "the database must write to disk before it answers: WAL, synchronous=FULL"
            )

    def _require_version(self) -> None:
        with _while_usable(), self._read.connect() as connection:
            found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
        if found == SCHEMA_VERSION:
            return
        self.close()
        if found == 0:
            message = "the database was never finished: remove the database, keys and epoch keys, and 'init' again"
            raise Misconfigured("database_unfinished", message)
        raise Misconfigured("database_version", "another version of this program made the database: install that one")

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Makes a new database with the present tables.

        Raises:
            Misconfigured: `config.database_exists`.
        """
        if path.exists():
            raise Misconfigured("database_exists", "there is a database already; it is not overwritten")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        engine = _connect(path, read_only=False)
        with _while_usable(), engine.begin() as connection:  # all or nothing
            HouseTable.metadata.create_all(connection)
            NodeTable.metadata.create_all(connection)
            connection.execute(text(f"PRAGMA user_version={SCHEMA_VERSION}"))
        engine.dispose()
        return cls(path)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A writing transaction: commits at the end of the block, rolls back if it raises.

        Raises:
            Unavailable: `unavailable.database`: it is locked, full, read-only or unreadable. Nothing was kept.
        """
        with _while_usable(), Session(self._write, expire_on_commit=False) as session, session.begin():
            yield session
        if HAS_TO_SEND in session.info:
            self.on_to_send()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction: one moment of the database.

        Raises:
            Unavailable: as `begin`.
        """
        with _while_usable(), Session(self._read, expire_on_commit=False) as session, session.begin():
            yield session

    def mark(self) -> int:
        """Another number than before if anything was committed since, by any process. The same: nothing was.

        A connection of its own watches, which never writes: SQLite tells it of the commits of all others.

        Raises:
            Unavailable: as `begin`.
        """
        with _while_usable(), self._watching:
            cursor = self._watch.cursor()
            cursor.execute("PRAGMA data_version")
            (mark,) = cursor.fetchone() or (0,)
            return int(mark)

    def checkpoint_wal(self) -> None:
        """Empties the write-ahead log, so that what was deleted is not in it any more (promise 12)."""
        with _while_usable(), self._write.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def copy_to(self, path: Path) -> None:
        """Writes one moment of the database to a new file, while others go on writing here.

        Raises:
            Unavailable: as `begin`.
        """
        with _while_usable(), closing(sqlite3.connect(path)) as copy, self._read.connect() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)

    def is_whole(self) -> bool:
        """Whether SQLite finds every page, row and index as it must be.

        Raises:
            Unavailable: as `begin`.
        """
        with self.read() as session:
            return session.connection().execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]

    def close(self) -> None:
        """Closes all connections."""
        self._watch.close()
        self._write.dispose()
        self._read.dispose()
