"""The hub dies before and after each of its durable steps, on SQLite and PostgreSQL; nothing that it said is lost."""

import asyncio
import shutil
from pathlib import Path

import pytest

from hub.core.errors import Misconfigured
from hub.store.engine import Store
from hub.store.schema import require_schema
from tests.faults.dying import WHENS, die_at, durable_steps
from tests.faults.hub_acts import ASKED
from tests.faults.hub_crashes import ALL, History, require_whole, run_init, run_migrate
from tests.faults.table import read
from tests.hub.ground import Clock, config_of, serving


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def history(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> History:
    server = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    return History(tmp_path_factory.mktemp("history"), server, desk=False)


@pytest.mark.parametrize("name", ASKED)
def test_a_hub_that_dies_at_any_step_loses_and_repeats_nothing(name: str, history: History, tmp_path: Path) -> None:
    assert history.walk(name, tmp_path) == read("hub.md")[name]


def test_the_page_has_the_scenarios_that_are_walked_and_no_other() -> None:
    assert list(read("hub.md")) == list(ALL)


def test_a_ceremony_that_dies_leaves_a_whole_hub_or_one_that_refuses_to_start(tmp_path: Path) -> None:
    def fresh(name: str) -> tuple[str, Path]:
        (tmp_path / name).mkdir()
        return f"sqlite:///{tmp_path / name / 'hub.db'}", tmp_path / name

    steps = durable_steps(lambda: run_init(*fresh("whole")))
    refused = 0
    for number in range(len(steps)):
        for when in WHENS:
            database, folder = fresh(f"{number}-{when}")
            die_at(number, when, lambda: run_init(database, folder))  # noqa: B023 - it is called at once
            try:
                asyncio.run(_serves(database, folder))
            except Misconfigured:
                refused += 1
                shutil.rmtree(folder)  # nothing was published: what is there is removed, and the ceremony held again
                folder.mkdir()
                run_init(database, folder)
                asyncio.run(_serves(database, folder))
    assert 0 < refused < 2 * len(steps)


async def _serves(database: str, folder: Path) -> None:
    async with serving(config_of(database, folder), Clock()) as ground:
        require_whole(ground.hub)


def test_a_migration_that_dies_leaves_the_old_shape_or_the_new_one(tmp_path: Path) -> None:
    steps = durable_steps(lambda: run_migrate(f"sqlite:///{tmp_path / 'whole.db'}"))
    assert len(steps) == 1  # one transaction: there is nothing in between
    for when in WHENS:
        url = f"sqlite:///{tmp_path / f'{when}.db'}"
        die_at(0, when, lambda: run_migrate(url))  # noqa: B023 - it is called at once
        assert _has_tables(url) == (when == "after")
        run_migrate(url)
        assert _has_tables(url)


def _has_tables(url: str) -> bool:
    store = Store(url)
    try:
        require_schema(store)
    except Misconfigured:
        return False
    finally:
        store.close()
    return True
