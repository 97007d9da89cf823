"""A hub dies as its people look, decide and freeze. A file beside the other tables: another core walks it."""

from pathlib import Path

import pytest

from tests.faults.hub_crashes import History
from tests.faults.hub_desk_acts import DESK
from tests.faults.table import read


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> History:
    server = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    return History(tmp_path_factory.mktemp("desk"), server, desk=True)


@pytest.mark.parametrize("name", DESK)
def test_a_hub_that_dies_as_its_people_work_loses_and_repeats_nothing(name: str, desk: History, tmp_path: Path) -> None:
    assert desk.walk(name, tmp_path) == read("hub.md")[name]
