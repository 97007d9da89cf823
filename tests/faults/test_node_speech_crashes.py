"""A node dies as it speaks of series, figures and itself. A file beside the other tables: another core walks it."""

from pathlib import Path

import pytest

from tests.faults.node_acts import SPEECH
from tests.faults.node_crashes import History
from tests.faults.table import read


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> History:
    return History(tmp_path_factory.mktemp("speaking"), speaking=True)


@pytest.mark.parametrize("name", SPEECH)
def test_a_node_that_dies_as_it_speaks_loses_and_repeats_nothing(name: str, speaking: History, tmp_path: Path) -> None:
    assert speaking.walk(name, tmp_path) == read("node.md")[name]
