"""Guard files of several hosts on one PostgreSQL: each finds that the database was restored, and none goes back."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.config import HubConfig
from hub.core.errors import Busy, Misconfigured
from hub.log_view import LogView
from hub.ordering import Ordering
from hub.store.engine import Store
from hub.store.guard import Guard, read_guard, write_guard
from tests.faults.crash_child import build_stock, until_it_leads
from tests.hub.asker import code_of
from tests.hub.ground import Clock, Ground, config_of, serving
from tests.postgres import PostgresServer


class Host:
    """A second host of the same hub: it follows, with a guard file of its own."""

    def __init__(self, config: HubConfig, ground: Ground) -> None:
        self.guard = config.guard_file.with_name("guard-of-the-other")
        self.store = Store(config.database)
        self.ordering = Ordering(self.store, LogView(self.store), ground.hub.keys.log, self.guard, lambda: None)

    def close(self) -> None:
        self.ordering.stop()
        self.store.close()


@pytest.fixture
async def restored(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[tuple[Ground, Host]]:
    """The database and the leader's guard come from an old copy; the other host's guard has followed to the end."""
    url = postgres.new_database()
    await build_stock(url, tmp_path)
    config, clock = config_of(url, tmp_path), Clock()
    old = replace(config, database=postgres.copy_database(url), guard_file=tmp_path / "old-guard")
    shutil.copy(config.guard_file, old.guard_file)
    shutil.copy(config.guard_file, config.guard_file.with_name("guard-of-the-other"))
    async with serving(config, clock) as ground:
        await until_it_leads(ground.hub)
        other = Host(config, ground)
        for _ in range(3):
            ground.scene.alert("genesis", 1)
            await ground.ok()
        await asyncio.to_thread(other.ordering.tick)
        assert not other.ordering.leads
        assert read_guard(other.guard) == read_guard(config.guard_file) != read_guard(old.guard_file)
        other.close()
    async with serving(old, clock) as ground:
        await until_it_leads(ground.hub)
        other = Host(replace(old, guard_file=config.guard_file), ground)
        yield ground, other
        other.close()


@pytest.mark.parametrize("grown", [0, 3, 5])
async def test_any_hosts_guard_finds_that_the_database_was_restored_even_when_it_has_grown_again(
    restored: tuple[Ground, Host], grown: int
) -> None:
    ground, other = restored
    for _ in range(grown):
        ground.scene.cancel("genesis", 1, ground.scene.alert("genesis", 1))  # another history, two entries at a time
        await ground.ok()
    with pytest.raises(Misconfigured, match="restored from an old copy"):
        await asyncio.to_thread(other.ordering.tick)
    ground.scene.alert("bradford", 2)
    answer = await ground.send("bradford")
    assert (answer.status_code, code_of(answer)) == (503, "hub.behind")
    ground.hub.ordering.stop()
    with pytest.raises(Misconfigured, match="restored from an old copy"):
        await asyncio.to_thread(other.ordering.tick)  # nor does it lead in the other's stead
    assert not other.ordering.leads


@pytest.mark.parametrize(
    ("size", "root", "refused"), [(9, b"r", True), (10, b"other", True), (10, b"r", False), (11, b"s", False)]
)
def test_a_guard_never_goes_back_nor_aside(tmp_path: Path, size: int, root: bytes, refused: bool) -> None:
    """A leader that was frozen before it wrote its guard, and wakes after another has written it."""
    guard = tmp_path / "guard"
    write_guard(guard, 10, b"r")
    if refused:
        with pytest.raises(Busy):
            write_guard(guard, size, root)
        assert read_guard(guard) == Guard(10, b"r")
    else:
        write_guard(guard, size, root)
        assert read_guard(guard) == Guard(size, root)


def test_another_processs_half_written_guard_is_not_what_is_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "guard.new").write_text('{"size": 99, "ro')
    write_guard(tmp_path / "guard", 10, b"r")
    assert json.loads((tmp_path / "guard").read_text())["size"] == 10
