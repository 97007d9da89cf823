"""The bench measures what it names; how fast is looked at by people, and gates nothing."""

import json

import pytest

from tests.bench import __main__ as bench

NAMED = (
    "raw_ed25519_verifications_per_second_of_one_core",
    "replay_over_raw",
    "sqlite_alerts_batches_of_256_one_sender_over_raw",
    "sqlite_alerts_batches_of_256_32_senders_over_raw",
    "sqlite_single_statements_32_clients_per_second",
    "catch_up_over_raw",
    "nothing_new_many_over_few",
    "publish_to_visible_p50_ms",
    "publish_to_visible_p99_ms",
    "cancel_to_acks_of_2_p99_ms",
    "alert_sender_sent_bytes",
    "alert_receiver_received_bytes",
    "hub_resident_mib",
    "hub_start_seconds",
    "members_10_waiting_last_is_told_ms",
    "members_10_replay_state_kib",
    "sqlite_300_warnings_GET /figures_page_ms",
    "sqlite_300_warnings_search_by_plate_ms",
    "sqlite_300_warnings_alike_ms",
)
"""A figure or more of each part; but for PostgreSQL's, which are measured by the same code as SQLite's."""


def test_each_figure_is_measured_and_is_a_number_above_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [part for part in bench.PARTS if not part.endswith("-postgresql")]
    monkeypatch.setattr("sys.argv", ["bench", "--quick", "--json", *(f"--only={part}" for part in parts)])
    assert bench.main() == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    numbers = {name: value for name, value in figures.items() if not isinstance(value, str)}
    assert set(NAMED) <= numbers.keys()
    assert all(value > 0 for value in numbers.values()), numbers
    assert figures["machine"] and "synchronous=FULL" in figures["durability"]
