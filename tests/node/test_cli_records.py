"""The commands, as a person types them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from node.actions.case_desk import CaseDesk
from node.actions.import_rows import import_rows
from node.cli_records import app
from node.core.recorded_row import RecordedRow
from node.core.report import Facts
from tests.node.builders import NOW, a_report, scheme_data

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
    assert "refused.not_keeper" in run(settings, "people", "add", "Fay", fails=True)
    assert "access.role" in run(settings, "people", "add", "Fay", "--by", "Asha", fails=True)
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


REPORT = """
account = "He said his name was Gaz."
support_notes = "Wants to sleep at a friend's."
private_words = ["Pewter Door"]
wording = "2026-1"

[facts]
age_now = "adult"
age_at_event = "adult"

[answers]
record = "yes"
warn_own = "yes"

[reporter]
names = ["Mia Dobre"]

[scheme]
incident_types = ["robbery"]
date_min = 2026-10-30
area = "Leeds"
persons = [{ age_min = 45, age_max = 49, build = "stocky", names_used = ["Gaz"] }]
"""


def test_a_report_is_taken_added_to_warned_of_and_put_right_by_its_commands(settings: Path, tmp_path: Path) -> None:
    file, words = tmp_path / "report.toml", tmp_path / "words.txt"
    file.write_text(REPORT, "utf-8")
    words.write_text("And a knife.\n", "utf-8")
    report = str(run_json(settings, "report", "take", str(file), "--by", "Asha")["report"])
    run(settings, "report", "add", report, "--by", "Bea", "--file", str(words))
    run(settings, "report", "add", report, "--by", "Bea", "--to", "support", "--file", str(words))
    shown = run(settings, "report", "show", report, "--by", "Asha")
    assert "And a knife." in shown and "warn our own people: yes / yes" in shown
    assert "No warning" in run(settings, "own-warnings", "--by", "Asha")
    number = str(run_json(settings, "warn-own", report, "--by", "Asha", "--region", "west-yorkshire")["release"])
    digest = run_json(settings, "release", "show", number, "--by", "Bea")["digest"]
    run(settings, "release", "approve", number, "--by", "Bea", "--digest", digest)
    assert "Gaz" in run(settings, "own-warnings", "--by", "Asha")
    words.write_text("Gaz\n", "utf-8")
    amended = run(settings, "report", "amend", report, "--by", "Asha", "--private", str(words))
    assert f"Warning {number} is taken back." in amended
    assert "refused.source_kept" in run(
        settings, "report", "amend", report, "--by", "Asha", "--source", "staff", "--authorised-by", "Bea", fails=True
    )
    run(settings, "report", "amend", report, "--by", "Asha", "--age", "not_sure")
    assert "locked.lead_only" in run(settings, "report", "show", report, "--by", "Asha", fails=True)


def test_a_file_that_is_not_a_report_keeps_nothing(settings: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.toml"
    for text in ("not toml", REPORT.replace("age_now", "age_today"), REPORT.replace("record", "keep")):
        file.write_text(text, "utf-8")
        run(settings, "report", "take", str(file), "--by", "Asha", fails=True)
    assert "There are no reports here." in run(settings, "reports", "--by", "Asha")


def test_an_override_takes_two_people(settings: Path, desk: CaseDesk, tmp_path: Path) -> None:
    report, words = str(a_report(desk)), tmp_path / "words.txt"
    words.write_text("Where he waits.", "utf-8")
    said = ("--ground", "life_in_danger", "--recipient", "999", "--told", "told", "--file", str(words))
    assert "refused.second_person" in run(
        settings, "override", report, "--by", "Asha", "--second", "Asha", *said, fails=True
    )
    assert run_json(settings, "override", report, "--by", "Asha", "--second", "Bea", *said)["override"] == 1


def test_rows_of_more_than_a_year_ago_are_not_offered(settings: Path, desk: CaseDesk) -> None:
    old = scheme_data(date_min=date(2024, 5, 1), date_max=date(2024, 5, 1))
    row = RecordedRow(fingerprint="x", facts=Facts(), scheme=old, answers={"record": "yes"}, raw_cells=())
    import_rows(desk, rows=[row], by="Asha", now=NOW)
    taken = a_report(desk, scheme=old)
    assert len(run_json(settings, "reports", "--by", "Asha")["reports"]) == 2
    offered = run_json(settings, "reports", "--by", "Asha", "--to-release")["reports"]
    assert [report["id"] for report in offered] == [taken]
