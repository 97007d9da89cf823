"""The commands, as a person types them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from node.actions.case_desk import CaseDesk
from node.cli_records import app
from tests.node.builders import a_report

SETTINGS = """
name = "Genesis"
region = "west-yorkshire"
host = "genesis.example.org"
hub_url = "http://127.0.0.1:1"
database = "node.db"
keys_dir = "keys"
epoch_dir = "epochs"
agencies = ["BLAST"]
"""


@pytest.fixture
def settings(tmp_path: Path, desk: CaseDesk) -> Path:
    """A node's folder, as `init` leaves it, with one report of today."""
    path = tmp_path / "node.toml"
    path.write_text(SETTINGS, "utf-8")
    return path


def run(settings: Path, *words: str, fails: bool = False) -> str:
    result = CliRunner().invoke(app, [*words, "--settings", str(settings)])
    assert (result.exit_code != 0) == fails, result.output
    return result.output


def run_json(settings: Path, *words: str) -> Any:
    return json.loads(run(settings, *words, "--json"))


def test_from_a_report_to_a_warning_for_our_own_people_and_back(settings: Path, desk: CaseDesk) -> None:
    report = str(a_report(desk))
    number = str(run_json(settings, "warn-own", report, "--by", "Asha", "--region", "west-yorkshire")["release"])
    shown = run_json(settings, "release", "show", number, "--by", "Bea")
    assert "What leaves, byte for byte:" in run(settings, "release", "show", number, "--by", "Bea")
    told = run(settings, "release", "approve", number, "--by", "Asha", "--digest", shown["digest"], fails=True)
    assert "refused.second_person" in told
    run(settings, "release", "approve", number, "--by", "Bea", "--digest", shown["digest"])
    assert "out" in run(settings, "release", "list")
    back = run(settings, "permission", report, "all", "no", "--by", "Asha")
    assert "is taken back from: our own people" in back and "cannot be called back" in back
    assert "taken back" in run(settings, "release", "list")


def test_reading_a_report_says_what_was_said_yes_to(settings: Path, desk: CaseDesk) -> None:
    report = str(a_report(desk))
    text = run(settings, "report", "show", report, "--by", "Asha")
    assert "warn other projects: yes / yes" in text and "First account" in text
    assert "sleep at a friend's" not in text
    assert "sleep at a friend's" in run(settings, "report", "show", report, "--by", "Asha", "--support")
    assert "Asha" not in run(settings, "reports", "--by", "Bea")


def test_people_are_made_known_once(settings: Path) -> None:
    run(settings, "people", "add", "Eve", "--role", "outreach", "--by", "Bea")
    for name in ("Eve", "eve", "EVE"):
        assert "refused.person_known" in run(settings, "people", "add", name, "--by", "Bea", fails=True)
    assert "refused.not_coordinator" in run(settings, "people", "add", "Fay", fails=True)
    assert "refused.not_coordinator" in run(settings, "people", "add", "Fay", "--by", "Asha", fails=True)
    assert "Eve (outreach)" in run(settings, "people", "list")
    assert "not_found.person" in run(settings, "reports", "--by", "Nobody", fails=True)


def test_erasing_rewrapping_and_the_trail(settings: Path, desk: CaseDesk) -> None:
    report = str(a_report(desk))
    run(settings, "hold", report, "--by", "Asha", "--second", "Bea", "--ground", "inquest", "--reference", "12")
    erase = ("erase", report, "--by", "Bea", "--reason", "asked_by_person_harmed")
    assert "locked.hold" in run(settings, *erase, fails=True)
    run(settings, "hold", report, "--by", "Asha", "--second", "Bea", "--lift")
    run(settings, *erase)
    assert "not_found.erased" in run(settings, "report", "show", report, "--by", "Bea", fails=True)
    assert run_json(settings, "rewrap", "--at-once")["epoch"] == 2
    found = run_json(settings, "audit", "verify")
    head = f"{found['found']['number']}:{found['found']['hash']}"
    run(settings, "audit", "verify", "--head", head)
    assert "broken" in run(settings, "audit", "verify", "--head", f"999:{'0' * 64}", fails=True)


def test_what_needs_the_log_says_so(settings: Path, desk: CaseDesk) -> None:
    report = str(a_report(desk))
    text = run(settings, "release", "draft", report, "--by", "Asha", "--region", "west-yorkshire", fails=True)
    assert "config." in text
