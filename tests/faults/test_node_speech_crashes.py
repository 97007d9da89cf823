"""A node dies as it speaks of series, figures and itself. A file beside the other tables: another core walks it."""

from pathlib import Path

import pytest

from tests.faults.lead_acts import DECIDED, build_decided
from tests.faults.node_acts import SPEECH, build_speaking
from tests.faults.node_crashes import History
from tests.faults.table import read


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> History:
    return History(tmp_path_factory.mktemp("speaking"), build_speaking)


@pytest.mark.parametrize("name", SPEECH)
def test_a_node_that_dies_as_it_speaks_loses_and_repeats_nothing(name: str, speaking: History, tmp_path: Path) -> None:
    assert speaking.walk(name, tmp_path) == read("node.md")[name]


@pytest.mark.parametrize("name", DECIDED)
def test_a_leads_node_that_dies_signs_what_was_decided_once(
    name: str, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    decided = History(tmp_path_factory.mktemp("decided"), build_decided, dying="lead")
    assert decided.walk(name, tmp_path) == read("node.md")[name]
