"""Backups as a person types them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from node.actions.case_desk import CaseDesk
from node.cli_backup import app
from node.key_files import make_keys
from tests.node.builders import a_desk
from tests.node.test_cli_records import SETTINGS


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    (tmp_path / "elsewhere").mkdir()
    made = a_desk(tmp_path)
    make_keys(made.config.keys_dir)
    (tmp_path / "node.toml").write_text(SETTINGS + 'backup_folder = "elsewhere"\n', "utf-8")
    return made


def run(folder: Path, *words: str, fails: bool = False) -> str:
    result = CliRunner().invoke(app, [*words, "--settings", str(folder / "node.toml")])
    assert (result.exit_code != 0) == fails, result.output
    return result.output


def test_a_backup_is_made_practised_and_opened_and_nothing_is_overwritten(desk: CaseDesk, tmp_path: Path) -> None:
    assert "refused.no_backup" in run(tmp_path, "drill", fails=True)
    assert "is backed up: watchword-" in run(tmp_path, "backup")
    (file,) = (tmp_path / "elsewhere").iterdir()
    assert "Restored for practice: whole." in run(tmp_path, "drill")
    words = ("backup", "open", str(file), "--out")
    assert "refused.out" in run(tmp_path, *words, str(tmp_path / "node.db"), fails=True)
    desk.store.close()
    for path in tmp_path.glob("node.db*"):
        path.rename(path.with_name(f"lost-{path.name}"))
    assert f"is in {tmp_path / 'node.db'}" in run(tmp_path, *words, str(tmp_path / "node.db")).replace("\n", "")
    assert "is backed up" in run(tmp_path, "backup")
    file.write_bytes(file.read_bytes()[:-1])
    assert "cut off" in run(tmp_path, "drill", fails=True)
