"""Real serving processes under load: killed, frozen, two on one database, the database killed."""

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.store import log
from hub.store.engine import Store
from tests.faults.crash_child import build_stock
from tests.faults.forker import Forker
from tests.faults.kill_loop import GENEROUS, kill_loop
from tests.faults.load import Load, require_kept
from tests.faults.own_postgres import OwnPostgres, own_postgres
from tests.faults.server import Server
from tests.postgres import PostgresServer

KILLS = 12
SECONDS_WITHOUT_LEADER = 20.0
"""A quiet machine needs about three; this one is shared."""


@pytest.fixture(scope="session")
def busy_stock(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Path]]:
    """A hub with three projects and generous limits, on each database."""
    found = {}
    for kind in ("sqlite", "postgresql"):
        folder = tmp_path_factory.mktemp("busy")
        url = f"sqlite:///{folder / 'hub.db'}" if kind == "sqlite" else postgres.new_database()
        asyncio.run(build_stock(url, folder, **GENEROUS))
        found[kind] = (url, folder)
    return found


@pytest.fixture
def served(
    busy_stock: dict[str, tuple[str, Path]], postgres: PostgresServer, tmp_path: Path
) -> Iterator[tuple[str, Path]]:
    """A copy on PostgreSQL, not running."""
    url, folder = busy_stock["postgresql"]
    shutil.copytree(folder, tmp_path / "hub")
    url = postgres.copy_database(url)
    yield url, tmp_path / "hub"
    postgres.drop(url)


@pytest.fixture
def pair(forker: Forker, served: tuple[str, Path]) -> Iterator[tuple[Server, Server]]:
    """Two processes of one hub on one database, as on two hosts; the first leads."""
    servers = Server(forker, *served, "a"), Server(forker, *served, "b")
    try:
        for server, leads in zip(servers, (True, False), strict=True):
            server.start()
            asyncio.run(server.until(leads=leads))
        yield servers
    finally:
        for server in servers:
            server.kill()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_hub_killed_again_and_again_under_load_loses_nothing_that_it_acknowledged(
    kind: str, busy_stock: dict[str, tuple[str, Path]], postgres: PostgresServer, tmp_path: Path, forker: Forker
) -> None:
    url, folder = busy_stock[kind]
    copy = tmp_path / "hub"
    shutil.copytree(folder, copy)
    url = f"sqlite:///{copy / 'hub.db'}" if kind == "sqlite" else postgres.copy_database(url)
    survived = await kill_loop(forker, url, copy, KILLS)
    assert survived.kills == KILLS and survived.losses > 0 and survived.acknowledged > survived.answers > 2 * KILLS


async def test_when_the_leader_is_killed_the_other_orders_within_seconds(
    pair: tuple[Server, Server], served: tuple[str, Path]
) -> None:
    first, second = pair
    load = Load(served[0], [first.url, second.url])
    async with load.running():
        await load.more(10)
        first.kill()
        killed_at = time.monotonic()
        await second.until(leads=True)
        await load.more(10)
        assert time.monotonic() - killed_at < SECONDS_WITHOUT_LEADER
        first.start()
        await first.until(leads=False)
        await load.more(5)
    await _until_guards_agree(served[0], first, second)
    await _end(pair, served, load)


async def test_a_leader_frozen_past_its_lock_writes_nothing_when_it_wakes(
    pair: tuple[Server, Server], served: tuple[str, Path]
) -> None:
    first, second = pair
    load = Load(served[0], [first.url, second.url], timeout_seconds=2.0)
    async with load.running():
        await load.more(10)
        first.freeze()
        frozen_at = time.monotonic()
        await second.until(leads=True)
        await load.more(10)
        assert time.monotonic() - frozen_at < SECONDS_WITHOUT_LEADER
        first.thaw()
        await first.until(leads=False)
        await load.more(10)
        assert await second.health() == {"ok": True, "leads": True}
    await _until_guards_agree(served[0], first, second)
    await _end(pair, served, load)


@pytest.fixture
def own(postgres: PostgresServer) -> Iterator[OwnPostgres]:
    with own_postgres() as own:
        yield own


async def test_a_database_server_killed_under_load_is_answered_with_busy_and_loses_nothing(
    own: OwnPostgres, forker: Forker, tmp_path: Path
) -> None:
    url = own.new_database("hub")
    await build_stock(url, tmp_path, **GENEROUS)
    server = Server(forker, url, tmp_path)
    server.start()
    try:
        await server.until(leads=True)
        load = Load(url, [server.url], timeout_seconds=30.0)
        async with load.running():
            for _ in range(2):
                await load.more(10)
                refused = load.refusals
                await asyncio.to_thread(own.kill)
                await load.until(lambda refused=refused: load.refusals > refused + 3)  # type: ignore[misc]
                assert await server.health() is not None
                await asyncio.to_thread(own.start)
            await load.more(10)
    finally:
        server.kill()
    await require_kept(url, tmp_path, load)


async def _until_guards_agree(database: str, *servers: Server) -> None:
    """The guard of every host says what was signed last: within a tick."""
    store = Store(database)
    with store.read() as session:
        size = log.read_head(session).size
    store.close()
    async with asyncio.timeout(30):
        while any(json.loads(server.guard.read_text())["size"] != size for server in servers):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _end(pair: tuple[Server, Server], served: tuple[str, Path], load: Load) -> None:
    for server in pair:
        server.kill()
    assert await require_kept(*served, load) > 20
