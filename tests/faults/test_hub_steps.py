"""Every durable step of a hub, with a fault just there: `hub_steps.md` says what each came to."""

from pathlib import Path

import pytest

from tests.faults.crash_child import CEREMONIES
from tests.faults.forker import Forker
from tests.faults.hub_table import crash_table, some, some_commits, written_table
from tests.faults.scenarios import SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_whatever_happens_at_a_step_nothing_acknowledged_is_lost_and_nothing_stands_twice(
    stocked: tuple[str, Path], forker: Forker, scenario: str
) -> None:
    _require_as_written(forker, *stocked, scenario)


@pytest.mark.parametrize("ceremony", CEREMONIES)
def test_a_hub_is_begun_whole_or_not_at_all(database: str, tmp_path: Path, forker: Forker, ceremony: str) -> None:
    folder = tmp_path / "hub"
    url = f"sqlite:///{folder / 'hub.db'}" if database.startswith("sqlite") else database
    _require_as_written(forker, url, folder, ceremony)


def _require_as_written(forker: Forker, database: str, folder: Path, scenario: str) -> None:
    """Part of the table is run, and each of its cells is as the file has it; no step is missing there or is new."""
    wanted = some if database.startswith("sqlite") else some_commits
    found, written = crash_table(forker, database, folder, scenario, wanted), written_table(scenario, database)
    again = "run 'python -m tests.faults.hub_table' and look at the difference"
    assert [row.step for row in found] == [row.step for row in written], again
    assert any(row.outcomes for row in found)
    for row, known in zip(found, written, strict=True):
        assert {fault: known.outcomes[fault] for fault in row.outcomes} == row.outcomes, f"{row.step}: {again}"
