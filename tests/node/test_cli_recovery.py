"""Sheets and an agency's file, as a person types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from node.actions.case_desk import CaseDesk
from node.actions.leave_scheme import export_reports
from node.cli_recovery import app
from node.key_files import make_keys
from tests.node.builders import NOW, a_desk, a_report
from tests.node.test_agencies import WORDS
from tests.node.test_cli_records import SETTINGS


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    made = a_desk(tmp_path, recovery_file=tmp_path / "recovery.sealed")
    make_keys(made.config.keys_dir)
    (tmp_path / "node.toml").write_text(SETTINGS + 'recovery_file = "recovery.sealed"\n', "utf-8")
    return made


def run(folder: Path, *words: str, typed: str = "", fails: bool = False, settings: bool = True) -> str:
    where = ["--settings", str(folder / "node.toml")] if settings else []
    result = CliRunner().invoke(app, [*words, *where], input=typed)
    assert (result.exit_code != 0) == fails, result.output
    return result.output


def words_of(sheet: Path) -> str:
    lines = (line.split() for line in sheet.read_text("utf-8").splitlines())
    return " ".join(line[1] for line in lines if len(line) == 2 and line[0].isdigit())


def test_sheets_are_made_read_back_and_put_a_node_back(desk: CaseDesk, tmp_path: Path) -> None:
    assert "no sheets" in run(tmp_path, "recovery", "status")
    run(tmp_path, "recovery", "make", "--by", "Bea", "--out", str(tmp_path / "print"))
    assert "already" in run(tmp_path, "recovery", "make", "--by", "Bea", "--out", str(tmp_path / "print"), fails=True)
    first, _, third = (words_of(tmp_path / "print" / f"sheet-{number}.txt") for number in (1, 2, 3))
    assert "not read back" in run(tmp_path, "recovery", "status")
    wrong = run(tmp_path, "recovery", "read-back", "--by", "Bea", typed=f"{first}\n{first}\n", fails=True)
    assert "refused.sheets" in wrong and " ".join(first.split()[3:6]) not in wrong.replace(first, "")
    assert "Two sheets are right" in run(tmp_path, "recovery", "read-back", "--by", "Bea", typed=f"{third}\n{first}\n")
    desk.store.close()
    for name in ("keys", "epochs"):
        (tmp_path / name).rename(tmp_path / f"lost-{name}")
    copy = str(tmp_path / "recovery.sealed")
    assert "files are back" in run(tmp_path, "recovery", "put-back", "--copy", copy, typed=f"{first}\n{third}\n")
    assert "epoch key 1" in run(tmp_path, "recovery", "status")


def test_an_agency_opens_its_file_without_a_node(desk: CaseDesk, tmp_path: Path) -> None:
    a_report(desk, agency="BLAST", by="Bea")
    file = export_reports(desk, agency="BLAST", passphrase=WORDS, by="Bea", now=NOW)
    (tmp_path / "blast.sealed").write_bytes(file.sealed)
    words = ("open-export", str(tmp_path / "blast.sealed"), "--out", str(tmp_path / "ours"))
    assert "another one" in run(tmp_path, *words, typed="no\n", fails=True, settings=False)
    said = run(tmp_path, *words, typed=f"{WORDS}\n", settings=False)
    assert "1 reports of BLAST" in said
    (report,) = json.loads((tmp_path / "ours" / "reports.json").read_text("utf-8"))["reports"]
    assert report["account"][0]["text"].startswith("He said his name was Gaz")
