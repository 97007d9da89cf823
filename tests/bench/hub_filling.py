"""Writes rows of a hub fast: in bulk, indexes after the rows, durable only at the end. What reads them is as ever.

For an empty database that nobody else has open. A million warnings have some forty million search keys.
"""

import os
import random
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, repeat
from typing import Any, Final, Protocol

import msgspec
import psycopg
from sqlalchemy import Index, create_engine
from sqlalchemy.schema import CreateIndex

from hub.core.sealed_bodies import place_of
from hub.core.search_keys import index_secret, key_of
from hub.store.descriptor_tables import DescriptorKeyRow, DescriptorRow
from hub.store.engine import HubTable, Store
from hub.store.tables import BodyRow
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from tests.bench.hub_rows import Row

CHUNK: Final = 5_000
CACHE_KIB: Final = 1_000_000
"""Of SQLite while it is filled: identities come in no order, and their index must not be read again for each."""

FILLED: Final[tuple[type[HubTable], ...]] = (BodyRow, DescriptorRow, DescriptorKeyRow)


class Bulk(Protocol):
    """One database that is being filled."""

    def insert(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Writes rows whose values stand in the order of `names`."""

    def run(self, statement: str) -> None:
        """Runs a statement that changes tables."""


def fill(store: Store, epochs: Epochs, made: Iterator[Row], keep_every: int) -> list[Row]:
    """Writes bodies, their coarse columns and search keys, as indexing and comparing would have left them.

    Returns:
        Each so many-th, for asking.
    """
    kept, number = list[Row](), 0
    places: defaultdict[tuple[frozenset[str], bool], array[int]] = defaultdict(lambda: array("q"))
    dice = random.Random(0)
    with filling(store) as bulk, _indexed_after(store, bulk):
        while chunk := list(islice(made, CHUNK)):
            insert_all(bulk, "bodies", [_sealed(epochs, row, dice) for row in chunk])
            insert_all(bulk, "descriptors", [_columns(row, epochs.current) for row in chunk])
            for row in chunk:
                places[row.words, row.described.police].append(row.described.idx)
                if number % keep_every == 0:
                    kept.append(row)
                number += 1
        for key, police, found in _keys(epochs, places):
            bulk.insert("descriptor_keys", ("key", "police", "idx"), zip(repeat(key), repeat(police), found))
        bulk.run("ANALYZE")
    return kept


def insert_all(bulk: Bulk, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Writes rows that have the same columns."""
    if rows:
        bulk.insert(table, list(rows[0]), (list(row.values()) for row in rows))


@contextmanager
def filling(store: Store) -> Iterator[Bulk]:
    """The database while it is filled; all is on disk at the end of the block."""
    store.close()
    with _sqlite(store) if store.is_sqlite else _postgresql(store) as bulk:
        yield bulk


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        values = ", ".join("?" for _ in names)
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})", rows)

    def run(self, statement: str) -> None:
        self._connection.execute(statement)


@contextmanager
def _sqlite(store: Store) -> Iterator[Bulk]:
    path = store.url.database
    assert path is not None
    connection = sqlite3.connect(path)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size=-{CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")
    yield _Sqlite(connection)
    connection.commit()
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


class _Postgresql:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def insert(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        with self._connection.cursor().copy(f"COPY {table} ({', '.join(names)}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def run(self, statement: str) -> None:
        self._connection.execute(statement.encode())


@contextmanager
def _postgresql(store: Store) -> Iterator[Bulk]:
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        for setting in (
            "session_replication_role = replica",
            "synchronous_commit = off",
            "maintenance_work_mem = '512MB'",
        ):
            connection.execute(f"SET {setting}".encode())
        yield _Postgresql(connection)
        connection.commit()
        connection.autocommit = True
        connection.execute("CHECKPOINT")


@contextmanager
def _indexed_after(store: Store, bulk: Bulk) -> Iterator[None]:
    """Without the indexes that no constraint needs; they are made again at the end of the block."""
    indexes: list[Index] = [index for table in FILLED for index in table.__table__.indexes]  # type: ignore[attr-defined]
    for index in indexes:
        bulk.run(f"DROP INDEX {index.name}")
    yield
    for index in indexes:
        bulk.run(str(CreateIndex(index).compile(dialect=create_engine(store.url).dialect)))


def _sealed(epochs: Epochs, row: Row, dice: random.Random) -> dict[str, Any]:
    one = row.described
    sealed = epochs.seal(row.stored, place_of(row.digest), dice.randbytes(SEAL_RANDOMNESS))
    return {"idx": one.idx, "digest": row.digest, "indexed": True} | msgspec.structs.asdict(sealed)


def _columns(row: Row, epoch: int) -> dict[str, Any]:
    columns = msgspec.structs.asdict(row.described) | {"epoch": epoch, "compared": True}
    return {name: " ".join(value) if isinstance(value, tuple) else value for name, value in columns.items()}


def _keys(
    epochs: Epochs, places: dict[tuple[frozenset[str], bool], "array[int]"]
) -> Iterator[tuple[int, bool, list[int]]]:
    """(key, whether police may read, places), in the order of the index: written otherwise, it would be scattered."""
    secret = index_secret(epochs.keys[epochs.current])
    lists: defaultdict[tuple[str, bool], list[array[int]]] = defaultdict(list)
    for (words, police), found in places.items():
        for word in words:
            lists[word, police].append(found)
    for key, police, word in sorted((key_of(secret, word), police, word) for word, police in lists):
        yield key, police, sorted(place for found in lists[word, police] for place in found)
