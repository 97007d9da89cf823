"""The bench measures what it names; how fast is looked at by people, and gates nothing."""

import json

import pytest

from tests.bench import __main__ as bench


def test_every_figure_of_a_part_is_a_number_above_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--quick", "--json", "--only", "replay", "--only", "growth"])
    assert bench.main() == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    numbers = {name: value for name, value in figures.items() if not isinstance(value, str)}
    assert {"replay_over_raw", "hub_resident_mib", "hub_start_seconds", "members_20_state_kib"} <= numbers.keys()
    assert all(value > 0 for value in numbers.values())
    assert figures["machine"] and "synchronous=FULL" in figures["durability"]
