"""Bodies as both databases take them: sealed one by one as they are written, all of a transaction or none."""

import secrets
from functools import partial

import pytest
from sqlalchemy import text

from hub.core.sealed_bodies import seal_body
from hub.core.values import Seal, StoredBody
from hub.store import bodies
from hub.store.engine import Store
from hub.store.schema import migrate
from protocol.at_rest import KEY_BYTES, SEAL_RANDOMNESS, Epochs
from protocol.statement_fields import BODY_SIZES
from tests.postgres import PostgresServer

EPOCHS = Epochs({1: bytes(KEY_BYTES)})


@pytest.fixture
def store(database: str) -> Store:
    store = Store(database)
    migrate(store)
    return store


def seal_of(place: int, size: int) -> Seal:
    return partial(seal_body, EPOCHS, f"{place:064x}", bytes(size), secrets.token_bytes(SEAL_RANDOMNESS))


def test_one_that_cannot_be_sealed_leaves_nothing_and_the_next_transaction_is_sound(store: Store) -> None:
    def breaks() -> StoredBody:
        raise MemoryError("sealing")

    many = {place: seal_of(place, BODY_SIZES[-1]) for place in range(50)}  # some of it is with the server by then
    with pytest.raises(MemoryError, match="sealing"), store.begin() as session:
        bodies.add_bodies(session, many | {50: breaks})
    with store.begin() as session:
        assert bodies.count_bodies(session) == 0
        bodies.add_bodies(session, many)
    with store.read() as session:
        assert bodies.count_bodies(session) == len(many)
        assert bodies.bodies_at(session, [7])[7].digest == f"{7:064x}"
    store.close()


def test_no_bodies_are_nothing_to_write(store: Store) -> None:
    with store.begin() as session:
        bodies.add_bodies(session, {})
    store.close()


def test_postgresql_keeps_the_smallest_in_their_rows_and_larger_ones_beside_them(postgres: PostgresServer) -> None:
    store = Store(postgres.new_database())
    migrate(store)
    beside = "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'bodies'"
    with store.begin() as session:
        bodies.add_bodies(session, {place: seal_of(place, BODY_SIZES[0]) for place in range(3)})
        table = session.connection().execute(text(beside)).scalar_one()
        chunks = text(f"SELECT count(DISTINCT chunk_id) FROM {table}")
        assert session.connection().execute(chunks).scalar_one() == 0
        bodies.add_bodies(session, {3: seal_of(3, BODY_SIZES[1])})
        assert session.connection().execute(chunks).scalar_one() == 1
    store.close()
