"""Every attack of the kit on this project's node, in process; one of them on real processes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.attacks import all_attacks, chosen
from tests.hostile.listing import Attack
from tests.hostile.node_under_test import as_process, in_process
from tests.hostile.outcomes import hub_rows, row_of
from tests.hostile.play import play
from tests.hostile.server import HostileServer
from tests.hostile.stage import Stage, build_stage

LONGEST_WAIT = 10
"""Attacks that only time shows are left to the command: their rules are held by `tests/node/test_hostile_hub.py`."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with HostileServer() as server:
        yield build_stage(server, tmp_path_factory.mktemp("stage"), in_process)


@pytest.mark.parametrize("one", [one for one in all_attacks() if one.seconds <= LONGEST_WAIT], ids=lambda one: one.name)
def test_the_node_holds_against(one: Attack, stage: Stage, tmp_path: Path) -> None:
    outcome = play(one, stage.copy(tmp_path / "node"), tmp_path / "evidence")
    assert outcome.held, outcome.said
    assert row_of(outcome) == hub_rows()[one.name], "the table says something else"


def test_the_table_has_every_attack() -> None:
    assert list(hub_rows()) == [one.name for one in all_attacks()]


def test_the_kit_plays_on_a_node_that_is_a_process_of_its_own(tmp_path: Path) -> None:
    with HostileServer() as server:
        stage = build_stage(server, tmp_path, as_process(f"{sys.executable} -m tests.hostile.own_node"))
        (split,) = chosen(["split view"])
        outcome = play(split, stage.copy(tmp_path / "copy"), tmp_path / "evidence")
        assert outcome.held, outcome.said


def test_a_node_that_believes_anything_is_found_out(stage: Stage, tmp_path: Path) -> None:
    """The kit itself can fail: an attack whose words nobody says, and one that does harm."""
    silent = Attack("silent", lambda _: None, ("words that nobody says",), "none")
    assert not play(silent, stage.copy(tmp_path / "silent"), tmp_path / "silent evidence").held

    def harm(stage: Stage) -> None:
        assert not stage.shows(stage.warning), "it shows what it should not"

    harmful = Attack("harmful", harm, (), "none")
    assert "HARMED" in play(harmful, stage.copy(tmp_path / "harmful"), tmp_path / "harmful evidence").said
