"""Promise 12: erased is gone, at once in use, and within 14 days in every backup."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from node.actions.case_desk import CaseDesk
from node.actions.erase_report import erase_report
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_report import show_report
from node.core.errors import Misconfigured
from node.core.voice import Voice
from node.store.engine import Store
from node.store.epoch_keys import destroy_epoch, epoch_numbers, load_epochs, make_epoch
from node.store.reports import get_report, read_scheme_data, read_words
from node.store.schema import node_sealed_tables
from node.store.vault import Owner, latest_part
from protocol.at_rest import SealBroken
from protocol.house.core.errors import NotFound
from protocol.house.store.audit import read_trail
from protocol.house.store.sealed import rows_under
from protocol.house.store.vault import Vault
from tests.node.builders import DAY, NOW, a_report, later_desk, outbox, released, rows, waiting_body


def erase(desk: CaseDesk, report_id: int) -> None:
    erase_report(desk, None, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW)


def restored(desk: CaseDesk, backup: Path) -> CaseDesk:
    """The backup's database, with today's epoch folder."""
    return CaseDesk(desk.config, Store(backup), Vault(load_epochs(desk.config.epoch_dir), desk.vault.randomness))


def back_up(desk: CaseDesk, to: Path) -> Path:
    desk.store.checkpoint_wal()
    return Path(shutil.copy(desk.store.path, to))


def test_a_backup_from_before_the_erasure_opens_for_days_and_then_never(desk: CaseDesk, tmp_path: Path) -> None:
    rewrap_keys(desk, now=NOW)
    report_id = a_report(desk)
    backup = back_up(desk, tmp_path / "backup.db")
    erase(desk, report_id)
    with pytest.raises(NotFound):
        show_report(desk, report_id=report_id, by="Asha", now=NOW)

    assert rewrap_keys(desk, now=NOW + 7 * DAY).epoch == 2
    assert rewrap_keys(later_desk(desk), now=NOW + 13 * DAY).destroyed == ()
    still = restored(desk, backup)
    with still.store.read() as session:
        assert read_words(session, still.vault, report_id, "account"), "the window of 14 days is real, and stated"
    still.store.close()

    assert rewrap_keys(later_desk(desk), now=NOW + 14 * DAY).destroyed == (1,)
    dead = restored(desk, backup)
    with dead.store.read() as session:
        for owner, part in (("report", "account"), ("report", "scheme"), ("report", "support"), ("report", "reporter")):
            with pytest.raises(SealBroken):
                latest_part(session, dead.vault, Owner(owner, report_id, report_id), part, dict)
        with pytest.raises(SealBroken):
            get_report(session, dead.vault, report_id)
    dead.store.close()


def test_at_once_nothing_of_it_is_in_the_live_files(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    keys = [bytes(row[0]) for row in rows(desk, "SELECT wrapped_key FROM sealed_parts WHERE report_id IS NOT NULL")]
    desk.store.checkpoint_wal()
    before = desk.store.path.read_bytes()
    assert all(key in before for key in keys)
    erase(desk, report_id)
    files = [path for path in desk.store.path.parent.glob("node.db*") if path.is_file()]
    after = b"".join(path.read_bytes() for path in files)
    assert not any(key in after for key in keys)


def test_nothing_private_stands_in_clear(desk: CaseDesk, voice: Voice) -> None:
    released(desk, voice, a_report(desk))
    desk.store.checkpoint_wal()
    stored = desk.store.path.read_bytes()
    words = (b"Mia", b"Dobre", b"07700", b"Quarry", b"Pewter", b"Gaz", b"arches", b"friend", b"Insignia", b"adult")
    assert [word for word in words if word in stored] == []


def test_live_records_survive_every_rewrap(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    assert made.identity is not None
    before = waiting_body(desk, made.identity)
    for week in range(1, 5):
        desk = later_desk(desk)
        rewrap_keys(desk, now=NOW + 7 * week * DAY)
    desk = later_desk(desk)
    assert len(epoch_numbers(desk.config.epoch_dir)) <= 2
    with desk.store.read() as session:
        assert read_scheme_data(session, desk.vault, report_id).incident_types == ("robbery",)
    assert len(outbox(desk)) == 1
    assert waiting_body(desk, made.identity) == before, "what waits in the outbox is wrapped anew too"


def test_a_row_that_does_not_open_is_named_and_stops_no_other(desk: CaseDesk) -> None:
    rewrap_keys(desk, now=NOW)
    report_id = a_report(desk)
    spoiled = "UPDATE sealed_parts SET wrapped_key = x'00' WHERE owner = 'report' AND part = 'support'"
    with desk.store.begin() as session:
        session.connection().execute(text(spoiled))
    place = f"sealed_parts/report/{report_id}/support/1"
    assert rewrap_keys(desk, now=NOW + 7 * DAY).broken == (place,)
    assert rewrap_keys(later_desk(desk), now=NOW + 14 * DAY).destroyed == (1,)
    now = later_desk(desk)
    assert show_report(now, report_id=report_id, by="Asha", now=NOW).account
    with now.store.read() as session:
        assert [entry.verb for entry in read_trail(session, place)] == ["seal_broken"]


def test_a_rewrap_that_was_cut_short_goes_on_with_the_key_it_made(desk: CaseDesk) -> None:
    rewrap_keys(desk, now=NOW)
    report_id = a_report(desk)
    make_epoch(desk.config.epoch_dir)
    done = rewrap_keys(later_desk(desk), now=NOW + DAY)
    assert done.epoch == 2 and done.rows > 0
    assert rewrap_keys(later_desk(desk), now=NOW + DAY) == type(done)(epoch=2, rows=0, destroyed=())
    assert show_report(later_desk(desk), report_id=report_id, by="Asha", now=NOW).account


def test_what_was_sealed_late_under_an_old_key_keeps_that_key_alive_until_it_is_wrapped_anew(desk: CaseDesk) -> None:
    rewrap_keys(desk, now=NOW)
    rewrap_keys(desk, now=NOW + 7 * DAY)
    report_id = a_report(desk)  # this desk still knows the first key only
    assert rewrap_keys(later_desk(desk), now=NOW + 14 * DAY).destroyed == (1,)
    with desk.store.read() as session:
        assert rows_under(session, node_sealed_tables(), 1) == 0
    assert show_report(later_desk(desk), report_id=report_id, by="Asha", now=NOW).account


def test_a_destroyed_key_is_overwritten_and_gone(tmp_path: Path) -> None:
    folder = tmp_path / "epochs"
    make_epoch(folder)
    make_epoch(folder)
    assert destroy_epoch(folder, 1) and not destroy_epoch(folder, 1)
    assert epoch_numbers(folder) == [2]
    (folder / "2.key").chmod(0o644)
    with pytest.raises(Misconfigured):
        load_epochs(folder)


def test_no_key_and_no_private_word_is_printed_by_accident(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    shown = show_report(desk, report_id=report_id, by="Asha", now=NOW, with_support_notes=True)
    printed = repr(desk) + repr(desk.vault) + repr(shown) + repr(shown.reporter) + repr(shown.account)
    assert "Dobre" not in printed and "arches" not in printed and "keys={" not in printed
