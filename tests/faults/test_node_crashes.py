"""A node dies before and after each of its durable steps; what was done is kept, what was not is done again, once."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from node.actions.set_up_node import set_up_node
from node.app import build_node
from node.config import NodeConfig
from node.core.errors import Misconfigured
from tests.faults.dying import WHENS, die_at, durable_steps
from tests.faults.node_acts import ACTS, build_history
from tests.faults.node_crashes import ALL, History
from tests.faults.table import read
from tests.federation.project import START


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    return History(tmp_path_factory.mktemp("history"), build_history)


@pytest.mark.parametrize("name", ACTS)
def test_a_node_that_dies_at_any_step_loses_and_repeats_nothing(name: str, history: History, tmp_path: Path) -> None:
    assert history.walk(name, tmp_path) == read("node.md")[name]


def test_the_page_has_the_scenarios_that_are_walked_and_no_other() -> None:
    assert list(read("node.md")) == list(ALL)


def test_a_set_up_that_dies_leaves_a_whole_node_or_one_that_refuses_to_start(tmp_path: Path) -> None:
    steps = durable_steps(lambda: set_up_node(_config(tmp_path / "whole"), START))
    refused = 0
    for number in range(len(steps)):
        for when in WHENS:
            config = _config(tmp_path / f"{number}-{when}")
            die_at(number, when, lambda: set_up_node(config, START))  # noqa: B023 - it is called at once
            try:
                asyncio.run(_starts(config))
            except Misconfigured as error:
                refused += 1
                assert error.message
                shutil.rmtree(config.database.parent)  # nothing was stored yet: what is there is removed
                config.database.parent.mkdir()
                set_up_node(config, START)
                asyncio.run(_starts(config))
    assert 0 < refused < 2 * len(steps)


def _config(folder: Path) -> NodeConfig:
    folder.mkdir()
    return NodeConfig(
        name="newcastle",
        region="northumbria",
        host="newcastle.example.org",
        hub_url="http://hub.example.org",
        database=folder / "node.db",
        keys_dir=folder / "keys",
        epoch_dir=folder / "epochs",
    )


async def _starts(config: NodeConfig) -> None:
    node = build_node(config)
    await node.close()


def test_a_database_that_answers_before_it_has_written_is_refused(tmp_path: Path) -> None:
    config = _config(tmp_path / "careless")
    set_up_node(config, START)

    def careless(connection: Any, *_rest: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")

    event.listen(Engine, "checkout", careless)
    try:
        with pytest.raises(Misconfigured, match="must write to disk before it answers"):
            build_node(config)
    finally:
        event.remove(Engine, "checkout", careless)
    asyncio.run(_starts(config))
