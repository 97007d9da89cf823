"""What several rooms share: SQLite in a file, a real PostgreSQL, and three admitted projects with their hub."""

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.federation.network import federation
from tests.postgres import PostgresServer, running_postgres

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
"""How quick something is, `tests/bench` says; here other work may take the processor."""


LONGEST = ("tests/faults/", "tests/simulator/", "tests/journeys/", "tests/bench/", "tests/sequences/")
"""Rooms with files that take minutes. They go first: at the end nobody waits for one of them alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """What was imported stays: no full collection looks at it again (up to a tenth of the time of a room)."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: each test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'hub.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.new_database()
    yield url
    server.drop(url)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three admitted projects and their hub, closed, to be copied."""
    folder = tmp_path_factory.mktemp("federation")

    async def make() -> None:
        async with federation(folder):
            pass

    asyncio.run(make())
    return folder
