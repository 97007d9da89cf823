"""One forker for all, and a hub with three projects that each test may break."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crash_child import build_stock
from tests.faults.forker import Forker, running_forker
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    with running_forker() as forker:
        yield forker


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def stock(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A hub with three projects, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("stock")
    url = f"sqlite:///{folder / 'hub.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database()
    asyncio.run(build_stock(url, folder))
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
