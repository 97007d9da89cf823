"""Any two of three sheets put a node back; set-up and doctor say until when that is not so."""

import itertools
import shutil
from pathlib import Path

import pytest

from node.actions.case_desk import CaseDesk
from node.actions.examine_node import examine_node
from node.actions.keep_recoverable import (
    DRILL_EVERY,
    Unready,
    make_recovery,
    put_back_keys,
    read_back,
    recovery_stands,
)
from node.actions.open_database import open_database
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_report import show_report
from node.core.errors import Misconfigured
from node.key_files import make_keys
from node.keyring import Keyring
from node.recovery import make_sheets, public_of
from protocol.house.core.errors import NotYours, Refused
from tests.node.builders import DAY, NOW, a_desk, a_report, later_desk


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    made = a_desk(tmp_path / "node", recovery_file=tmp_path / "elsewhere" / "recovery.sealed")
    (tmp_path / "elsewhere").mkdir()
    make_keys(made.config.keys_dir)
    rewrap_keys(made, now=NOW)
    return made


def missing(desk: CaseDesk, after: int = 0) -> tuple[Unready, ...]:
    return recovery_stands(desk, NOW + after * DAY)[1]


def test_any_two_of_three_and_neither_one_nor_two_of_different_making() -> None:
    sheets, public = make_sheets()
    others, _ = make_sheets()
    for pair in itertools.permutations(sheets, 2):
        assert public_of(pair) == public
    assert public_of([sheets[0].upper().replace(" ", "\n"), sheets[2]]) == public
    for wrong in ((sheets[0],), (sheets[0], sheets[0]), (sheets[0], others[1]), (sheets[0], "some words"), ("", "")):
        with pytest.raises(Refused):
            public_of(wrong)


def test_set_up_is_not_finished_until_two_were_read_back_and_asks_again_each_year(desk: CaseDesk) -> None:
    assert missing(desk) == ("no_sheets",)
    with pytest.raises(NotYours):
        make_recovery(desk, by="Asha", now=NOW)
    sheets = make_recovery(desk, by="Bea", now=NOW)
    assert missing(desk) == ("not_read_back",)
    assert "The recovery sheets were not read back" in " ".join(w.wrong for w in examine_node(desk.config, NOW))
    with pytest.raises(Refused):
        read_back(desk, sheets=(sheets[0], sheets[0]), by="Bea", now=NOW)
    read_back(desk, sheets=sheets[1:], by="Bea", now=NOW)
    assert missing(desk) == () and missing(desk, DRILL_EVERY.days) == ("drill_due",)
    newer = make_recovery(desk, by="Bea", now=NOW)
    with pytest.raises(Refused, match="newer ones"):
        read_back(desk, sheets=sheets[:2], by="Bea", now=NOW)
    read_back(desk, sheets=newer[:2], by="Bea", now=NOW)


def test_a_lost_machine_is_put_back_from_two_sheets_the_copy_and_a_backup(desk: CaseDesk, tmp_path: Path) -> None:
    report_id = a_report(desk)
    sheets = make_recovery(desk, by="Bea", now=NOW)
    rewrap_keys(desk, now=NOW + 7 * DAY)
    desk.store.checkpoint_wal()
    backup = tmp_path / "backup.db"
    shutil.copy(desk.config.database, backup)
    public = Keyring.load(desk.config.keys_dir).public
    desk.store.close()
    shutil.rmtree(tmp_path / "node")
    copy = desk.config.recovery_file
    assert copy is not None
    assert put_back_keys(desk.config, copy=copy, sheets=(sheets[2], sheets[0])) >= 6
    shutil.copy(backup, desk.config.database)
    again = CaseDesk(desk.config, open_database(desk.config, NOW + 7 * DAY), later_desk(desk).vault)
    assert Keyring.load(desk.config.keys_dir).public == public
    assert show_report(again, report_id=report_id, by="Asha", now=NOW + 7 * DAY).account
    with pytest.raises(Misconfigured, match="nothing is overwritten"):
        put_back_keys(desk.config, copy=copy, sheets=sheets[:2])
    again.store.close()


def test_the_copy_follows_each_new_key_and_drops_the_destroyed_and_shows_nothing(desk: CaseDesk) -> None:
    sheets = make_recovery(desk, by="Bea", now=NOW)
    path = desk.config.recovery_file
    assert path is not None
    old = path.read_bytes()
    for key in (*desk.config.epoch_dir.glob("*.key"), *desk.config.keys_dir.iterdir()):
        assert key.read_bytes().strip() not in old
    path.write_bytes(old)
    for weeks in (1, 2, 3):
        rewrap_keys(later_desk(desk), now=NOW + weeks * 7 * DAY)
    assert missing(desk, 21) == ("not_read_back",)
    shutil.rmtree(desk.config.keys_dir)
    kept = sorted(one.name for one in desk.config.epoch_dir.glob("*.key"))
    shutil.rmtree(desk.config.epoch_dir)
    put_back_keys(desk.config, copy=path, sheets=sheets[:2])
    assert sorted(one.name for one in desk.config.epoch_dir.glob("*.key")) == kept and "1.key" not in kept


def test_a_copy_that_is_not_there_or_lags_behind_is_said(desk: CaseDesk, tmp_path: Path) -> None:
    sheets = make_recovery(desk, by="Bea", now=NOW)
    read_back(desk, sheets=sheets[:2], by="Bea", now=NOW)
    shutil.rmtree(tmp_path / "elsewhere")
    with pytest.raises(Misconfigured) as refused:
        rewrap_keys(desk, now=NOW + 7 * DAY)
    assert refused.value.code == "config.recovery_file"
    assert missing(desk, 7) == ("copy_old",)
    (tmp_path / "elsewhere").mkdir()
    assert rewrap_keys(later_desk(desk), now=NOW + 7 * DAY).rows == 0
    assert missing(desk, 7) == ()
    with pytest.raises(Refused):
        put_back_keys(desk.config, copy=desk.config.recovery_file, sheets=make_sheets()[0][:2])  # type: ignore[arg-type]


def test_without_a_place_for_the_copy_it_is_said(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    make_recovery(desk, by="Bea", now=NOW)
    assert missing(desk) == ("not_read_back", "no_copy")
