"""Every erasure that a table of a node may name, played once on a node that holds what it is about and more."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report, lift_hold
from node.actions.import_rows import import_rows
from node.actions.keep_file import attach_file
from node.actions.link_reports import link_same_event
from node.actions.prepare_figures import prepare_figures
from node.actions.propose import propose
from node.actions.record_override import record_override
from node.actions.rewrap_keys import rewrap_keys
from node.core.agencies import Tie
from node.core.arrival import Arrival
from node.core.proposals import HoldWanted, OverrideWanted
from node.exchange.erasing import erase_due
from node.store import drafts
from node.store.agencies import mark_left, put_ties
from node.store.alarms import raise_alarm
from node.store.checkpoints import LOG, HeldNote, keep_note
from node.store.checks import KEPT_FOR, note_check
from node.store.figures import end_figures
from node.store.heartbeats import job_started
from node.store.inbox import Arrived, keep_body
from node.store.mirror import PinnedLog, append_entries, pin_log
from node.store.old_logs import put_aside
from node.store.openings import note_opened
from node.store.orphans import add_orphan
from node.store.outbox import mark_confirmed, mark_refused
from node.store.proposals import end_proposal
from node.store.recovery import insert_sheets
from node.store.report_parts import erase_attachment, erase_contact_details
from node.store.retention import insert_decision
from node.store.sheets import WAITS_FOR, WaitingSheet, end_sheet, insert_sheet
from node.store.told import Look, keep_decision, keep_look, keep_reminder
from tests.contract.erasures_of_accounts import ENDS, played_on_accounts
from tests.contract.erasures_on_the_exchange import Stage, played_on_exchange
from tests.contract.played import Played, Row, all_rows
from tests.node.builders import CHOICES, NOW, a_desk, a_report, a_scene, a_voice, released
from tests.node.exchange_nodes import digest_of
from tests.node.test_locks import a_row

PRIVATE: Final = ("Mia", "Dobre", "07700", "Quarry", "Pewter", "arches", "friend", "coroner", "a colleague of hers")


OWNERS: Final = {"reports": "report", "releases": "release", "overrides": "override"}


def succeeded(desk: CaseDesk) -> None:
    """A log of one entry that another succeeded."""
    old, new = (PinnedLog(log=c * 64, origin=f"{c}.example.org", log_key=c * 64, pinned_at=NOW) for c in "ab")
    note = HeldNote(source=LOG, size=1, root="a" * 64, note=b"note", signed_at=None, received_at=NOW)
    with desk.store.begin() as session:
        pin_log(session, old)
        append_entries(session, 0, [b"entry"])
        keep_note(session, note)
        put_aside(session, new, named_size=1, confirmed_size=1, now=NOW)


def played_on_records(folder: Path) -> Played:
    """`erase_report`, on a report that has everything, beside another one."""
    desk, voice = a_desk(folder), a_voice(a_scene())
    rewrap_keys(desk, now=NOW)
    succeeded(desk)
    import_rows(desk, rows=[a_row()], by="Asha", now=NOW)
    gone, kept = a_report(desk), a_report(desk)
    two = {"by": "Bea", "second": "Cleo"}
    told = {"recipient": "Ada, coroner", "told_what": "a colleague of hers", "told": "told"}
    link_same_event(desk, report_id=kept, other_id=a_report(desk), by="Bea", now=NOW)
    link_same_event(desk, report_id=gone, other_id=kept, by="Bea", now=NOW)
    for report_id in (gone, kept):
        attach_file(desk, report_id=report_id, filename="Mia.jpg", content=b"07700", described="", by="Asha", now=NOW)
    for report_id in (gone, kept):
        record_override(desk, report_id=report_id, ground="adult_at_risk", now=NOW, **told, **two)
        hold_report(desk, report_id=report_id, ground="inquest", reference="coroner 7", now=NOW, **two)
    lift_hold(desk, report_id=gone, now=NOW, **two)
    lift_hold(desk, report_id=kept, now=NOW, **two)
    for report_id in (gone, kept):
        propose(desk, report_id=report_id, wanted=OverrideWanted(ground="child", **told), by="Bea", now=NOW)
    release = released(desk, voice, gone)
    draft_release(desk, voice, report_id=gone, choices=CHOICES, by="Asha", now=NOW)
    released(desk, voice, kept)
    with desk.store.begin() as session:
        raise_alarm(session, "own.cancel_owed", "release/1", NOW)
        add_orphan(session, "ab" * 32, NOW)
        job_started(session, "sync", 30.0, NOW)
        insert_decision(session, report_id=kept, decided="keep", reason="open_case", keep_until=None, by=1, now=NOW)
        put_ties(session, "BLAST", (Tie(kind="funding", body="council"),), by=1, now=NOW)
        mark_left(session, "BLAST", warnings="stay", by=1, now=NOW)
        insert_sheets(session, "ab" * 32, by=1, now=NOW)
    before = all_rows(desk.store)
    erase_report(desk, voice, report_id=gone, reason="duplicate", by="Bea", now=NOW)
    after = all_rows(desk.store)
    desk.store.close()

    def is_about(table: str, row: Row) -> bool:
        if table == "outbox_items":
            return bool(row["identity"] == release.identity)
        if table == "report_links":
            return gone in (row["report_id"], row["other_id"])
        return bool((row["id"] if table == "reports" else row.get("report_id")) == gone)

    return Played(is_about, before, after)


def played_on_files(folder: Path) -> Played:
    """One file that was kept wrongly, beside another of the same report."""
    desk = a_desk(folder)
    report_id = a_report(desk)
    kept: dict[str, Any] = {"report_id": report_id, "described": "a text of hers", "by": "Asha", "now": NOW}
    gone, _ = (attach_file(desk, filename=f"{name}.png", content=b"Mia", **kept) for name in ("one", "two"))
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        erase_attachment(session, report_id, gone)
    after = all_rows(desk.store)
    desk.store.close()

    def is_about(table: str, row: Row) -> bool:
        if table == "sealed_parts":
            return (row["owner"], row["owner_id"]) == ("attachment", gone)
        return table == "attachments" and bool(row["id"] == gone)

    return Played(is_about, before, after)


def played_on_proposals(folder: Path) -> Played:
    """A hold that nobody seconded, taken away, beside one that waits."""
    desk = a_desk(folder)
    wanted = HoldWanted(ground="inquest", reference="coroner 7")
    gone, _ = (propose(desk, report_id=a_report(desk), wanted=wanted, by="Bea", now=NOW) for _ in range(2))
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        end_proposal(session, gone)
    after = all_rows(desk.store)
    desk.store.close()

    def is_about(table: str, row: Row) -> bool:
        if table == "sealed_parts":
            return (row["owner"], row["owner_id"]) == ("proposal", gone)
        return table == "proposals" and bool(row["id"] == gone)

    return Played(is_about, before, after)


def played_on_figures(folder: Path) -> Played:
    """Figures of a quarter that are prepared again, beside those of another; and what else is counted and told."""
    desk, scene = a_desk(folder), a_scene()
    for quarter in ("2026-Q2", "2026-Q3"):
        prepare_figures(desk, quarter=quarter, registered="10-49", by="Bea", now=NOW)
    warning = scene.alert("merseyside", 3)
    with desk.store.begin() as session:
        arrived = Arrived(
            identity=warning,
            digest=digest_of(scene, warning),
            type="alert.v1",
            place=1,
            stored=scene.bodies[digest_of(scene, warning)],
            arrival=Arrival(),
        )
        keep_body(session, arrived, received_at=NOW, epochs=desk.vault.epochs)
        note_opened(session, [warning], NOW)
        keep_look(session, Look(id="1" * 32, alert=warning, day="2026-11-02", role="lead", reason="training"), NOW)
        keep_decision(session, 1, NOW, problem="taken_back")
        keep_reminder(session, "2026-11-02")
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        end_figures(session, "2026-Q2")
    after = all_rows(desk.store)
    desk.store.close()
    return Played(lambda table, row: table == "figures" and row["quarter"] == "2026-Q2", before, after)


def played_on_contact(folder: Path) -> Played:
    """How somebody may be reached, beside the rest of their report and beside another."""
    desk = a_desk(folder)
    report_id, _ = a_report(desk), a_report(desk)
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        erase_contact_details(session, desk.vault, report_id)
    after = all_rows(desk.store)
    desk.store.close()
    old = {r["id"] for r in before["sealed_parts"] if (r["report_id"], r["part"]) == (report_id, "reporter")}
    return Played(lambda table, row: table == "sealed_parts" and row["id"] in old, before, after)


def played_on_checks(folder: Path) -> Played:
    """A check that is forgotten when somebody asks again, long after."""
    desk = a_desk(folder)

    def ask(at: dt.datetime) -> None:
        with desk.store.begin() as session:
            note_check(session, desk.vault, kind="phone", canonical="+447700900318", person=1, now=at)

    for at in (NOW, NOW + KEPT_FOR):
        ask(at)
    before = all_rows(desk.store)
    ask(NOW + KEPT_FOR + dt.timedelta(days=1))
    after = all_rows(desk.store)
    desk.store.close()
    first = min(row["id"] for row in before["checks"])
    return Played(lambda table, row: table == "checks" and row["id"] == first, before, after)


def played_on_sheets(folder: Path, end: Callable[[Any, Any, int], None]) -> Played:
    """A sheet that waits and is ended in one of its ways, beside one that goes on waiting."""
    desk = a_desk(folder)
    sheet = WaitingSheet(filename="log.csv", content=b"Mia,07700", mapping="")
    with desk.store.begin() as session:
        ended = insert_sheet(session, desk.vault, sheet, by=1, now=NOW)
        insert_sheet(session, desk.vault, sheet, by=1, now=NOW + WAITS_FOR / 2)
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        end(session, desk.vault, ended)
    after = all_rows(desk.store)
    desk.store.close()
    return Played(lambda table, row: table == "sheets_waiting" and row["id"] == ended, before, after)


def played_on_drafts(folder: Path, end: Callable[[Any, Any, int], None]) -> Played:
    """A report in the making that is ended in one of its ways, beside one that is not."""
    desk = a_desk(folder)
    with desk.store.begin() as session:
        ended = drafts.insert_draft(session, desk.vault, person=1, now=NOW)
        kept = drafts.insert_draft(session, desk.vault, person=1, now=NOW)
        fields = (("account", "Mia"),)
        drafts.put_section(session, desk.vault, ended, "account", fields, NOW)
        drafts.put_section(session, desk.vault, kept, "account", fields, NOW + drafts.KEPT_FOR / 2)
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        end(session, desk.vault, ended)
    after = all_rows(desk.store)
    desk.store.close()
    return Played(lambda table, row: table == "report_drafts" and row["id"] == ended, before, after)


def _another_draft(session: Any, vault: Any, _ended: int) -> None:
    drafts.insert_draft(session, vault, person=1, now=NOW + drafts.KEPT_FOR)


def _another_sheet(session: Any, vault: Any, _ended: int) -> None:
    sheet = WaitingSheet(filename="log.csv", content=b"", mapping="")
    insert_sheet(session, vault, sheet, by=1, now=NOW + WAITS_FOR)


ERASURES: Final[dict[str, Callable[[Path], Played]]] = {
    erase_report.__name__: played_on_records,
    erase_due.__name__: played_on_exchange(Stage.everything_is_taken_back),
    keep_body.__name__: played_on_exchange(Stage.the_missing_body_comes),
    mark_confirmed.__name__: played_on_exchange(Stage.the_own_one_is_confirmed),
    mark_refused.__name__: played_on_exchange(Stage.the_own_one_is_refused),
    note_check.__name__: played_on_checks,
    erase_attachment.__name__: played_on_files,
    erase_contact_details.__name__: played_on_contact,
    end_proposal.__name__: played_on_proposals,
    end_figures.__name__: played_on_figures,
    drafts.end_draft.__name__: lambda folder: played_on_drafts(
        folder, lambda session, _, number: drafts.end_draft(session, number)
    ),
    drafts.insert_draft.__name__: lambda folder: played_on_drafts(folder, _another_draft),
    end_sheet.__name__: lambda folder: played_on_sheets(folder, lambda session, _, number: end_sheet(session, number)),
    insert_sheet.__name__: lambda folder: played_on_sheets(folder, _another_sheet),
    **{name: lambda folder, end=end: played_on_accounts(folder, end) for name, end in ENDS.items()},  # type: ignore[misc]
}
"""Every erasure that a table may name."""
