"""What a hub stands on breaks: the disk is full or read-only, the network is cut, the database is badly set."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from hub.app import build_hub
from hub.core.errors import Misconfigured
from tests.faults.crash_child import build_stock, config_at, ticking
from tests.faults.in_namespace import in_namespaces
from tests.faults.own_postgres import OwnPostgres, own_postgres
from tests.faults.soundness import require_sound
from tests.hub.asker import code_of, codes_of
from tests.hub.ground import Clock, serving
from tests.postgres import PostgresServer


def test_on_a_full_disk_the_hub_says_busy_still_reads_and_loses_nothing() -> None:
    found = in_namespaces("full_disk")
    assert found["refused"] >= 3 and found["read"] == 7 and found["taken"] >= 7, found


def test_without_a_guard_file_that_can_be_written_nothing_is_signed_until_it_can() -> None:
    found = in_namespaces("read_only_guard")
    assert found["index"] == found["before"]


def test_on_a_read_only_disk_the_hub_does_not_start_and_says_so() -> None:
    assert "database" in in_namespaces("read_only_database")["said"]


def test_when_the_network_is_cut_or_drops_packets_senders_get_the_right_answer_later() -> None:
    found = in_namespaces("broken_network")
    assert found["losses"] > 3 and found["answers"] >= found["cut"] + 20 and found["kept"] > 30, found


@pytest.fixture(scope="module")
def own(postgres: PostgresServer) -> Iterator[OwnPostgres]:
    with own_postgres() as own:
        yield own


async def test_a_database_that_becomes_read_only_is_answered_with_busy_until_it_is_not(
    own: OwnPostgres, tmp_path: Path
) -> None:
    """As after a change of PostgreSQL's leader, when the hub still speaks to the old one."""
    url = own.new_database("readonly")
    await build_stock(url, tmp_path)
    everyone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'readonly'"
    async with serving(config_at(tmp_path, url), Clock()) as ground, ticking(ground.hub):
        reader = ground.asker("merseyside/online")
        await reader.token()
        own.run("ALTER DATABASE readonly SET default_transaction_read_only = on")
        own.run(everyone)
        ground.scene.alert("genesis", 1)
        (item,) = ground.scene.take()
        for _ in range(3):
            answer = await ground.asker("genesis/online").statements(item)
            assert (answer.status_code, code_of(answer)) == (503, "hub.busy")
        assert (await reader.get("/v1/checkpoint")).status_code == 200
        own.run("ALTER DATABASE readonly RESET default_transaction_read_only")
        own.run(everyone)
        async with asyncio.timeout(30):
            while (answer := await ground.asker("genesis/online").statements(item)).status_code == 503:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert codes_of(answer) == [ground.scene.seen().size - 1]
        require_sound(ground)


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
async def test_a_postgresql_that_answers_before_it_has_written_is_refused(
    own: OwnPostgres, tmp_path: Path, setting: str
) -> None:
    url = own.new_database(f"unsafe_{setting}")
    await build_stock(url, tmp_path)
    build_hub(config_at(tmp_path, url), Clock()).store.close()
    own.run(f"ALTER SYSTEM SET {setting} = off")
    own.reload(setting, "off")
    try:
        with pytest.raises(Misconfigured, match="must write to disk before it answers"):
            build_hub(config_at(tmp_path, url), Clock())
    finally:
        own.run(f"ALTER SYSTEM RESET {setting}")
        own.reload(setting, "on")
    build_hub(config_at(tmp_path, url), Clock()).store.close()


async def test_an_sqlite_that_answers_before_it_has_written_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hub.db'}"
    await build_stock(url, tmp_path)

    def careless(connection: Any, *_rest: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")

    event.listen(Engine, "checkout", careless)
    try:
        with pytest.raises(Misconfigured, match="must write to disk before it answers"):
            build_hub(config_at(tmp_path, url), Clock())
    finally:
        event.remove(Engine, "checkout", careless)
    build_hub(config_at(tmp_path, url), Clock()).store.close()
