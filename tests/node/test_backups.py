"""A backup each night, a restore for practice each month: whole or said not to be, and nothing erased comes back."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from node.actions.back_up import KEPT, back_up, backup_files, backups_stand
from node.actions.case_desk import CaseDesk, open_case_desk
from node.actions.erase_report import erase_report
from node.actions.examine_node import examine_node
from node.actions.keep_recoverable import make_recovery, put_back_keys
from node.actions.open_database import open_database
from node.actions.practise_restore import practise_restore, restored
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_report import list_all_reports, show_report
from node.app import build_node
from node.core.backups import Backups, Practised, backup_is_due, practice_is_due, practised_words, unready
from node.core.errors import Misconfigured, Unavailable
from node.core.voice import Voice
from node.jobs.node_jobs import node_jobs
from node.key_files import BACKUP, make_keys, read_key
from node.sealed_backup import PIECE_BYTES, open_backup, seal_backup
from node.store.epoch_keys import epoch_numbers
from node.store.mirror import PinnedLog, append_entries, pin_log
from node.store.workplace import workplace
from node.web.options import JOBS
from protocol.house.core.errors import NotFound, Refused
from protocol.vectors.named_keys import public
from protocol.vectors.scene import ORIGIN, Scene
from tests.node.builders import DAY, NOW, a_desk, a_report, later_desk, outbox, released

KEY = bytes(range(32))


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    (tmp_path / "elsewhere").mkdir()
    made = a_desk(
        tmp_path / "node",
        backup_folder=tmp_path / "elsewhere",
        recovery_file=tmp_path / "elsewhere" / "recovery.sealed",
    )
    make_keys(made.config.keys_dir)
    rewrap_keys(made, now=NOW)
    return made


def made(desk: CaseDesk, after: timedelta = timedelta()) -> Path:
    return back_up(desk.config, desk.store, now=NOW + after)


def practised(desk: CaseDesk, after: timedelta = timedelta()) -> str:
    return practise_restore(desk.config, desk.store, now=NOW + after)


def left_over(desk: CaseDesk) -> list[Path]:
    return list(desk.config.database.with_name("node.db.work").iterdir())


def wrong(desk: CaseDesk, after: timedelta = timedelta()) -> str:
    return " ".join(one.wrong for one in examine_node(desk.config, NOW + after))


def test_a_backup_is_sealed_practised_and_leaves_nothing_beside_the_database(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    place = made(desk)
    assert (place.name, place.stat().st_mode & 0o777) == ("watchword-2026-11-02.backup", 0o600)
    assert b"SQLite format" not in place.read_bytes() and b"Asha" not in place.read_bytes()
    assert practised(desk) == "whole"
    assert left_over(desk) == []
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW).account
    backups = backups_stand(desk.config, desk.store)
    assert practised_words(backups) == "Restored for practice on 2 November 2026: whole"
    assert unready(backups, NOW) == ("same_disk",), "in this test they do lie on one disk"
    assert "same disk" in wrong(desk)


def test_what_was_erased_after_the_backup_cannot_be_read_in_practice_nor_after_a_restore(
    desk: CaseDesk, voice: Voice, tmp_path: Path
) -> None:
    kept, gone = a_report(desk), a_report(desk)
    released(desk, voice, gone)
    place = made(desk)
    erase_report(desk, voice, report_id=gone, reason="asked_by_person_harmed", by="Bea", now=NOW)
    before = outbox(desk)
    key = read_key(desk.config.keys_dir / BACKUP)
    with workplace(desk.config.database) as work:
        open_backup(place, work / "restored.db", key)
        with restored(desk.config, work / "restored.db", NOW) as store:
            again = open_case_desk(desk.config, store)
            assert [one.id for one in list_all_reports(again, by="Asha", now=NOW)] == [kept]
            with pytest.raises(NotFound):
                show_report(again, report_id=gone, by="Asha", now=NOW)
    assert practised(desk) == "whole" and outbox(desk) == before, "nothing of a practice is sent"

    desk.store.close()
    for path in desk.config.database.parent.glob("node.db*"):
        path.unlink() if path.is_file() else shutil.rmtree(path)
    open_backup(place, desk.config.database, key)
    put_back = open_case_desk(desk.config, open_database(desk.config, NOW + DAY))
    with pytest.raises(NotFound):
        show_report(put_back, report_id=gone, by="Asha", now=NOW)
    assert show_report(put_back, report_id=kept, by="Asha", now=NOW).account


def test_backups_are_kept_for_as_long_as_an_epoch_key_lives(desk: CaseDesk) -> None:
    """The file that is kept longest opens no record on the day after which it goes."""
    a_report(desk)
    first = made(desk)
    (first.parent / "watchword-2026-13-45.backup").touch()
    (first.parent / "holiday.jpg").touch()
    for days in range(1, KEPT.days + 1):
        rewrap_keys(later_desk(desk), now=NOW + days * DAY)
        made(desk, days * DAY)
        assert (1 in epoch_numbers(desk.config.epoch_dir)) == (days < KEPT.days)
    assert first.exists()
    made(desk, KEPT + DAY)
    assert not first.exists() and len(backup_files(first.parent)) == KEPT.days + 1
    assert (first.parent / "holiday.jpg").exists()


def test_the_key_is_in_the_copy_that_two_sheets_open(desk: CaseDesk, tmp_path: Path) -> None:
    (desk.config.keys_dir / BACKUP).unlink()
    sheets = make_recovery(desk, by="Bea", now=NOW)
    place = made(desk)
    key = read_key(desk.config.keys_dir / BACKUP)
    for folder in (desk.config.keys_dir, desk.config.epoch_dir):
        folder.rename(folder.with_name(f"lost-{folder.name}"))
    copy = desk.config.recovery_file
    assert copy is not None
    put_back_keys(desk.config, copy=copy, sheets=sheets[:2])
    assert read_key(desk.config.keys_dir / BACKUP) == key
    open_backup(place, tmp_path / "put-back.db", key)


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def cut_at_a_piece(content: bytes) -> bytes:
    return content[: 19 + 24 + 20 + 17 + PIECE_BYTES + 17]


def altered(content: bytes) -> bytes:
    return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]


def lengthened(content: bytes) -> bytes:
    return content + b"\0"


@pytest.mark.parametrize(
    "harm", [cut, cut_at_a_piece, altered, lengthened, lambda _: b"", lambda _: b"SQLite format 3"]
)
def test_a_file_that_is_not_whole_is_named_and_refused(desk: CaseDesk, harm: Callable[[bytes], bytes]) -> None:
    place = made(desk)
    place.write_bytes(harm(place.read_bytes()))
    out = desk.config.database.with_name("out.db")
    with pytest.raises(Refused, match=r"watchword-2026-11-02\.backup is cut off, altered") as refused:
        open_backup(place, out, read_key(desk.config.keys_dir / BACKUP))
    assert refused.value.code == "refused.backup"
    assert not list(out.parent.glob("out.db*"))
    assert practised(desk) == "file"
    assert "The last restore for practice failed: the file is cut off" in wrong(desk)
    made(desk)
    assert practised(desk) == "whole" and "practice" not in wrong(desk)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, 3 * PIECE_BYTES + 5])
def test_any_size_comes_back_and_another_key_opens_nothing(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "copy").write_bytes(content)
    seal_backup(tmp_path / "copy", tmp_path / "sealed", KEY, NOW)
    assert open_backup(tmp_path / "sealed", tmp_path / "out", KEY) == NOW
    assert (tmp_path / "out").read_bytes() == content
    with pytest.raises(Refused) as refused:
        open_backup(tmp_path / "sealed", tmp_path / "out", KEY)
    assert refused.value.code == "refused.out" and (tmp_path / "out").read_bytes() == content
    with pytest.raises(Refused):
        open_backup(tmp_path / "sealed", tmp_path / "other", bytes(32))


def test_a_practice_says_what_is_wrong_inside(desk: CaseDesk, scene: Scene) -> None:
    a_report(desk)
    with desk.store.begin() as session:
        pin_log(session, PinnedLog(log=scene.log, origin=ORIGIN, log_key=public("log"), request=None, pinned_at=NOW))
        append_entries(session, 0, scene.entries)
    assert made(desk) and practised(desk) == "whole"
    (earlier := made(desk)).rename(earlier.with_name("watchword-2026-11-09.backup"))
    assert practised(desk, 7 * DAY) == "old"
    earlier.with_name("watchword-2026-11-09.backup").unlink()
    key = read_key(desk.config.keys_dir / BACKUP)
    for harm, outcome in (
        ("UPDATE audit_entries SET verb = 'other' WHERE number = 1", "trail"),
        ("UPDATE sealed_parts SET wrapped_key = zeroblob(72)", "seals"),
        ('UPDATE mirror_entries SET envelope = zeroblob(40) WHERE "index" = 0', "log"),
        ("PRAGMA user_version = 99", "database"),
    ):
        place = made(desk)
        copy = desk.config.database.with_name("copy.db")
        open_backup(place, copy, key)
        with sqlite3.connect(copy) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(harm)
        connection.close()
        seal_backup(copy, place, key, NOW)
        copy.unlink()
        assert practised(desk) == outcome
        assert left_over(desk) == []


@pytest.mark.parametrize("step", range(1, 9))
def test_a_process_that_is_killed_between_two_steps_loses_no_backup(desk: CaseDesk, step: int) -> None:
    """Ends at its nth call to what makes things durable; the last backup is whole, and the next run goes on."""
    a_report(desk)
    place = made(desk)
    settings = desk.config.database.with_name("node.toml")
    settings.write_text(
        'name = "Genesis"\nregion = "west-yorkshire"\nhost = "genesis.example.org"\nhub_url = "http://127.0.0.1:1"\n'
        'database = "node.db"\nkeys_dir = "keys"\nepoch_dir = "epochs"\nbackup_folder = "../elsewhere"\n',
        "utf-8",
    )
    killed = subprocess.run([sys.executable, "-c", KILLED, str(settings), str(step)], check=False, timeout=60)
    assert killed.returncode == (9 if step <= STEPS else 0)
    open_backup(place, desk.config.database.with_name("then.db"), read_key(desk.config.keys_dir / BACKUP))
    made(desk)
    assert practised(desk) == "whole"
    assert left_over(desk) == [] and not list(place.parent.glob("*.new"))


STEPS = 7
"""Work folder made and emptied, copied, renamed into place, emptied by name and by file, the old looked for."""

KILLED = """
import datetime as dt, os, pathlib, sys
from node.actions.back_up import back_up
from node.config import read_config
from node.store.engine import Store

config, left = read_config(pathlib.Path(sys.argv[1])), int(sys.argv[2])
store = Store(config.database)
with store.read():
    pass

def before(event, arguments):
    global left
    if event in ("os.mkdir", "os.listdir", "sqlite3.connect", "os.rename", "os.remove"):
        left -= 1
        if left == 0:
            os._exit(9)

sys.addaudithook(before)
back_up(config, store, now=dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC))
"""


def test_two_do_not_work_at_once(desk: CaseDesk) -> None:
    """And the second does not even look at the other host, which may be what keeps the first waiting."""
    made(desk)
    backups = desk.config.backup_folder
    assert backups is not None
    away = backups.rename(backups.with_name("away"))
    for work in (made, practised):
        with workplace(desk.config.database), pytest.raises(Unavailable, match="at work"):
            work(desk)
    away.rename(backups)
    assert made(desk) and practised(desk) == "whole"


def test_a_place_that_is_not_there_or_not_named_is_said(desk: CaseDesk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no backup yet"):
        practised(desk)
    (tmp_path / "elsewhere").rmdir()
    with pytest.raises(Misconfigured) as refused:
        made(desk)
    assert refused.value.code == "config.backup_folder" and not (tmp_path / "elsewhere").exists()
    assert left_over(desk) == []
    assert "No backup was made in the last two days" in wrong(desk)
    alone = a_desk(tmp_path / "alone")
    assert "There are no backups" in " ".join(one.wrong for one in examine_node(alone.config, NOW))
    with pytest.raises(Misconfigured, match="names no place"):
        back_up(alone.config, alone.store, now=NOW)


def test_what_is_due_is_a_question_of_days() -> None:
    hour, night = timedelta(hours=1), NOW.replace(hour=2, minute=0)
    assert backup_is_due(None, NOW) and backup_is_due(night - hour, NOW) and backup_is_due(NOW + hour, NOW)
    assert not backup_is_due(night, NOW) and not backup_is_due(night - DAY, night - hour)
    fresh = Backups(wanted=True, made_at=NOW)
    assert not practice_is_due(Backups(wanted=True), NOW) and practice_is_due(fresh, NOW)

    def after(outcome: str, days: float) -> Backups:
        last = Practised(NOW - days * DAY, outcome)  # type: ignore[arg-type]
        return Backups(wanted=True, made_at=NOW, practised=last, whole_at=last.at if outcome == "whole" else None)

    assert not practice_is_due(after("whole", 29), NOW) and practice_is_due(after("whole", 30), NOW)
    assert not practice_is_due(after("seals", 0.5), NOW) and practice_is_due(after("seals", 1), NOW)
    assert practice_is_due(after("whole", -1), NOW), "a clock that was ahead keeps none back"
    assert unready(after("whole", 40), NOW) == () and unready(after("whole", 41), NOW) == ("not_practised",)
    assert unready(after("trail", 1), NOW) == ("practice_failed",)
    assert unready(Backups(wanted=True, made_at=NOW - 3 * DAY), NOW) == ("late", "not_practised")
    assert unready(Backups(wanted=False), NOW) == ("no_folder",)


async def test_a_node_does_both_by_itself_and_says_when_it_could_not(desk: CaseDesk, tmp_path: Path) -> None:
    moment = NOW
    node = build_node(desk.config, now=lambda: moment)
    jobs = {one.name: one.work for one in node_jobs(node.config, node.desk, node.sync)}
    assert set(jobs) == set(JOBS), "each job is named in words"
    assert await jobs["drill"]() is None and await jobs["backup"]() is None and await jobs["drill"]() is None
    stands = backups_stand(desk.config, desk.store)
    assert (stands.made_at, stands.whole_at) == (NOW, NOW)
    moment = NOW + timedelta(hours=1)
    assert await jobs["backup"]() is None and await jobs["drill"]() is None
    assert backups_stand(desk.config, desk.store) == stands, "neither is due"
    moment = NOW + 30 * DAY
    assert await jobs["drill"]() == "practice.old"
    assert await jobs["backup"]() is None
    moment += DAY
    assert await jobs["drill"]() is None
    assert backups_stand(desk.config, desk.store).whole_at == moment
    shutil.rmtree(tmp_path / "elsewhere")
    moment += DAY
    with pytest.raises(Misconfigured):
        await jobs["backup"]()
    await node.close()


async def test_a_node_without_a_place_for_backups_does_not_look_as_if_it_made_them(tmp_path: Path) -> None:
    alone = a_desk(tmp_path / "alone")
    make_keys(alone.config.keys_dir)
    node = build_node(alone.config, now=lambda: NOW)
    assert {one.name for one in node_jobs(node.config, node.desk, node.sync)} == set(JOBS) - {"backup", "drill"}
    await node.close()
