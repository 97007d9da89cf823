"""A running hub for each test, on both databases."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.hub.ground import Clock, Ground, config_of, running_ground, serving
from tests.postgres import PostgresServer


@pytest.fixture
async def empty(database: str, tmp_path: Path) -> AsyncIterator[Ground]:
    """A hub whose log holds its charter and nothing else."""
    async with running_ground(database, tmp_path) as ground:
        yield ground


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def stock(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A hub with three projects, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("stock")
    url = f"sqlite:///{folder / 'hub.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database()

    async def build() -> None:
        async with running_ground(url, folder) as ground:
            await ground.three_projects()

    asyncio.run(build())
    return url, folder


@pytest.fixture
def stocked(stock: tuple[str, Path], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, Path]]:
    """The URL and folder of a hub with three projects, not running."""
    url, folder = stock
    copy = tmp_path / "hub"
    shutil.copytree(folder, copy)
    if url.startswith("sqlite"):
        yield f"sqlite:///{copy / 'hub.db'}", copy
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.copy_database(url)
    yield url, copy
    server.drop(url)


@pytest.fixture
async def ground(stocked: tuple[str, Path]) -> AsyncIterator[Ground]:
    """A running hub with three projects: Genesis (1), Bradford (2), Merseyside (3); all confirmed."""
    async with serving(config_of(*stocked), Clock()) as ground:
        yield ground


@pytest.fixture
def backup(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Copies a database that nobody uses now; the copy's URL."""

    def copy(url: str) -> str:
        if url.startswith("sqlite"):
            original = Path(url.removeprefix("sqlite:///"))
            shutil.copy(original, tmp_path / "backup.db")
            return f"sqlite:///{tmp_path / 'backup.db'}"
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.copy_database(url)

    return copy
