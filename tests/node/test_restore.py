"""Promise 12 before the window ends: a restored backup shows nothing that was erased after it was made."""

import shutil
from pathlib import Path

import pytest

from node.actions.case_desk import CaseDesk, open_case_desk
from node.actions.draft_release import draft_release
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report, lift_hold
from node.actions.open_database import open_database
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_report import list_all_reports, show_report
from node.config import NodeConfig
from node.core.errors import Misconfigured, Unavailable
from node.core.voice import Voice
from node.store.engine import Store
from node.store.epoch_keys import epoch_numbers, make_epoch
from node.store.erasures import FILE, ErasureList
from node.store.inbox import held_identities
from node.store.releases import list_releases
from protocol.house.core.audit import AuditHead
from protocol.house.core.errors import NotFound
from protocol.house.store.audit import read_trail, verify_audit
from protocol.vectors.scene import Scene
from tests.node.builders import CHOICES, DAY, NOW, a_report, later_desk, outbox, released, rows
from tests.node.exchange_nodes import all_sync, three


def erase(desk: CaseDesk, report_id: int, voice: Voice | None = None) -> None:
    erase_report(desk, voice, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW)


def back_up(desk: CaseDesk, to: Path) -> Path:
    desk.store.checkpoint_wal()
    return Path(shutil.copy(desk.store.path, to))


def put_back(store: Store, backup: Path) -> None:
    """The backup in the place of the database."""
    store.close()
    for path in store.path.parent.glob(f"{store.path.name}*"):
        path.unlink()
    shutil.copy(backup, store.path)


def restored(desk: CaseDesk, backup: Path) -> CaseDesk:
    """The node opened again on its backup, as any command or start does."""
    put_back(desk.store, backup)
    return open_case_desk(desk.config, open_database(desk.config, NOW + DAY))


def test_what_was_erased_after_the_backup_is_erased_again_before_anything_is_shown(
    desk: CaseDesk, voice: Voice, tmp_path: Path
) -> None:
    kept, gone = a_report(desk), a_report(desk)
    released(desk, voice, gone)
    draft_release(desk, voice, report_id=gone, choices=CHOICES, by="Asha", now=NOW)
    backup = back_up(desk, tmp_path / "backup.db")
    wrapped = [bytes(row[0]) for row in rows(desk, f"SELECT wrapped_key FROM sealed_parts WHERE report_id = {gone}")]
    erase(desk, gone, voice)

    again = restored(desk, backup)
    with pytest.raises(NotFound):
        show_report(again, report_id=gone, by="Asha", now=NOW)
    assert [report.id for report in list_all_reports(again, by="Asha", now=NOW)] == [kept]
    assert show_report(again, report_id=kept, by="Asha", now=NOW).account
    files = b"".join(path.read_bytes() for path in again.store.path.parent.glob("node.db*") if path.suffix != ".lock")
    assert not any(key in files for key in wrapped)
    with again.store.read() as session:
        assert isinstance(verify_audit(session), AuditHead)
        assert [entry.verb for entry in read_trail(session, f"report/{gone}")][-1] == "erase_again"
        assert {one.state for one in list_releases(session, gone)} == {"withdrawn", "refused"}
    assert "cancel" in {entry.kind for entry in outbox(again)}, "its first Cancel may have been lost with the database"
    again.store.close()


def test_opening_it_once_more_changes_nothing(desk: CaseDesk, tmp_path: Path) -> None:
    gone = a_report(desk)
    backup = back_up(desk, tmp_path / "backup.db")
    erase(desk, gone)
    again = restored(desk, backup)
    with again.store.read() as session:
        before = list(read_trail(session))
    again.store.close()
    once_more = open_database(desk.config, NOW + 2 * DAY)
    with once_more.read() as session:
        assert list(read_trail(session)) == before
    once_more.close()


def test_a_number_given_out_anew_after_the_restore_is_not_taken_for_the_erased_one(
    desk: CaseDesk, tmp_path: Path
) -> None:
    backup = back_up(desk, tmp_path / "backup.db")
    gone = a_report(desk)
    erase(desk, gone)
    again = restored(desk, backup)
    new = a_report(again, agency="BLAST")
    assert new == gone
    again.store.close()
    once_more = open_case_desk(desk.config, open_database(desk.config, NOW + DAY))
    assert show_report(once_more, report_id=new, by="Asha", now=NOW).report.agency == "BLAST"
    once_more.store.close()


def test_a_hold_lifted_before_the_erasure_does_not_keep_the_restored_report(desk: CaseDesk, tmp_path: Path) -> None:
    gone = a_report(desk)
    ground = {"ground": "inquest", "reference": "a file", "by": "Bea", "second": "Cleo"}
    hold_report(desk, report_id=gone, now=NOW - DAY, **ground)
    backup = back_up(desk, tmp_path / "backup.db")
    lift_hold(desk, report_id=gone, by="Bea", second="Cleo", now=NOW)
    erase(desk, gone)
    again = restored(desk, backup)
    assert list_all_reports(again, by="Asha", now=NOW) == []
    again.store.close()


def test_an_erasure_that_could_not_be_kept_is_done_at_the_next_opening_but_for_a_later_hold(
    desk: CaseDesk, tmp_path: Path
) -> None:
    """The list is written before the commit: of what failed in between it knows, and the database does not."""
    asked, held = a_report(desk), a_report(desk)
    before = back_up(desk, tmp_path / "before.db")
    erase(desk, asked)
    erase(desk, held)
    put_back(desk.store, before)
    running = CaseDesk(desk.config, Store(desk.config.database), desk.vault)
    hold_report(running, report_id=held, ground="inquest", reference="a file", by="Bea", second="Cleo", now=NOW + DAY)
    running.store.close()
    last = open_case_desk(desk.config, open_database(desk.config, NOW + 2 * DAY))
    assert [report.id for report in list_all_reports(last, by="Asha", now=NOW)] == [held]
    last.store.close()


def test_nothing_is_erased_that_cannot_be_noted(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    (desk.config.epoch_dir / f"{FILE}.new").mkdir()
    with pytest.raises(Unavailable):
        erase(desk, report_id)
    (desk.config.epoch_dir / f"{FILE}.new").rmdir()
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW).account


@pytest.mark.parametrize(
    "line",
    ["1 report", "1 report 00ff00ff00ff00ff", "1 entry x 5", "1 other 7 5", "1 entry 7 " + "9" * 40, "² entry 7 5"],
)
def test_a_list_that_cannot_be_read_stops_the_node(desk: CaseDesk, line: str) -> None:
    (desk.config.epoch_dir / FILE).write_text(line + "\n", "utf-8")
    with pytest.raises(Misconfigured):
        open_database(desk.config, NOW)


def test_the_list_holds_numbers_only_and_forgets_with_the_last_key_that_opens_a_backup(desk: CaseDesk) -> None:
    rewrap_keys(desk, now=NOW)
    report_id = a_report(desk)
    erase(desk, report_id)
    path = desk.config.epoch_dir / FILE
    assert path.stat().st_mode & 0o077 == 0
    for line in path.read_text().splitlines():
        epoch, kind, number, second = line.split(" ")
        assert kind in ("report", "began") and epoch.isdigit() and second.isdigit() and int(number, 16) >= 0
    rewrap_keys(desk, now=NOW + 7 * DAY)
    rewrap_keys(later_desk(desk), now=NOW + 13 * DAY)
    assert ErasureList(desk.config.epoch_dir).read().reports
    assert rewrap_keys(later_desk(desk), now=NOW + 14 * DAY).destroyed == (1,)
    assert not ErasureList(desk.config.epoch_dir).read().reports


def test_a_restored_backup_lets_no_epoch_key_live_longer(desk: CaseDesk, tmp_path: Path) -> None:
    """It does not know that its key was replaced: the day stands beside the keys."""
    rewrap_keys(desk, now=NOW)
    a_report(desk)
    backup = back_up(desk, tmp_path / "backup.db")
    assert rewrap_keys(desk, now=NOW + 7 * DAY).epoch == 2
    again = restored(desk, backup)
    assert rewrap_keys(again, now=NOW + 13 * DAY).destroyed == ()
    assert rewrap_keys(later_desk(again), now=NOW + 14 * DAY).destroyed == (1,)
    assert epoch_numbers(desk.config.epoch_dir)[-1] >= 2
    assert show_report(later_desk(again), report_id=1, by="Asha", now=NOW).account
    again.store.close()


async def test_a_content_that_another_project_took_back_is_not_shown_again(scene: Scene, tmp_path: Path) -> None:
    _, _, genesis, bradford, merseyside = three(tmp_path, scene)
    taken_back, stands = scene.alert("genesis", 1), scene.alert("bradford", 2)
    await all_sync(genesis, bradford, merseyside)
    assert merseyside.received(taken_back) is not None
    path = merseyside.store.path
    merseyside.store.checkpoint_wal()
    backup = Path(shutil.copy(path, tmp_path / "backup.db"))
    scene.cancel("genesis", 1, taken_back)
    await all_sync(genesis, bradford, merseyside)
    assert merseyside.received(taken_back) is None
    put_back(merseyside.store, backup)
    config = NodeConfig(
        name="Merseyside",
        region="merseyside",
        host="merseyside.example.org",
        hub_url="http://127.0.0.1:1",
        database=path,
        keys_dir=tmp_path,
        epoch_dir=tmp_path / "merseyside.epochs",
    )
    make_epoch(config.epoch_dir)
    store = open_database(config, NOW)
    with store.read() as session:
        held = held_identities(session)
    store.close()
    assert stands in held and taken_back not in held
