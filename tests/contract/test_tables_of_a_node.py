"""Every table of a node declares what it is erased with; here each is filled, erased by what it names, and looked at.

An erasure is played once: on a node that holds what it is about beside other things. What a table declares must then be
so: rows gone, sealed columns empty, sealed parts gone, or everything still there.
"""

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

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
from node.store.inbox import keep_body
from node.store.mirror import PinnedLog, append_entries, pin_log
from node.store.old_logs import put_aside
from node.store.openings import note_opened
from node.store.orphans import add_orphan
from node.store.outbox import mark_confirmed, mark_refused
from node.store.proposals import end_proposal
from node.store.recovery import insert_sheets
from node.store.report_parts import erase_attachment, erase_contact_details
from node.store.retention import insert_decision
from node.store.schema import node_sealed_tables
from node.store.sheets import WAITS_FOR, WaitingSheet, end_sheet, insert_sheet
from node.store.told import Look, keep_decision, keep_look
from protocol.at_rest import ErasedWith
from protocol.house.core.account import INVITATION_LASTS
from protocol.house.core.session import LASTS, KeptForm
from protocol.house.core.throttling import FORGOTTEN_AFTER
from protocol.house.store import accounts, devices, passkeys, sessions, tries
from protocol.house.store.passkeys import CHALLENGE_LASTS
from tests.node.builders import CHOICES, NOW, a_desk, a_report, a_scene, a_voice, released
from tests.node.exchange_nodes import all_sync, digest_of, three
from tests.node.tables import kinds, tables
from tests.node.test_locks import a_row

Row = dict[str, Any]
Rows = dict[str, list[Row]]
PRIVATE: Final = ("Mia", "Dobre", "07700", "Quarry", "Pewter", "arches", "friend", "coroner", "a colleague of hers")
OWNERS: Final = {"reports": "report", "releases": "release", "overrides": "override"}


class Played(msgspec.Struct, frozen=True):
    """What an erasure was about (a row is, or is not), and all rows before and after it."""

    is_about: Callable[[str, Row], bool]
    before: Rows
    after: Rows


def all_rows(store: Any) -> Rows:
    """Every row of every table."""
    with store.read() as session:
        connection = session.connection()
        return {
            name: [dict(row._mapping) for row in connection.execute(table.select())] for name, table in tables().items()
        }


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
        keep_body(
            session,
            identity=warning,
            digest=digest_of(scene, warning),
            body_type="alert.v1",
            place=1,
            stored=scene.bodies[digest_of(scene, warning)],
            arrival=Arrival(),
            received_at=NOW,
            epochs=desk.vault.epochs,
        )
        note_opened(session, [warning], NOW)
        keep_look(session, Look(number=1, alert=warning, day="2026-11-02", role="lead", reason="training"), NOW)
        keep_decision(session, 1, NOW, problem="taken_back")
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


def _with_account(session: Any, desk: Any, person: int, at: dt.datetime) -> None:
    """Somebody with everything that an account can have, signed in on a device of their own."""
    accounts.put_account(session, desk.vault, person=person, password_hash="x", totp_secret="Mia", last_step=0, now=at)
    accounts.put_recovery(session, person, [f"code {person}"])
    invited = {"code": f"invitation {person}", "totp_secret": "Mia"}
    accounts.insert_invitation(session, desk.vault, person=person, now=at, **invited)
    device = devices.insert_device(session, token=f"device {person}", name="van phone", now=at)
    devices.enrol_person(session, device, person, at)
    of_theirs: dict[str, Any] = {"credential": f"passkey {person}", "public_key": b"key", "uses": 0, "name": "phone"}
    passkeys.insert_passkey(session, person=person, now=at, **of_theirs)
    begun = sessions.insert_session(session, person=person, device=device, token=f"{person}", csrf="a", now=at)
    form = KeptForm("/reports/1/words", (("text", "Mia"),))
    sessions.keep_form(session, desk.vault, begun, form, at)
    passkeys.use_challenge(session, f"challenge {person}", NOW + dt.timedelta(minutes=person - 1))
    tries.count_try(session, desk.vault, ("name", f"{person}"), at)


def played_on_accounts(folder: Path, end: Callable[[Any, Any], None]) -> Played:
    """What is the first person's, on the first device, in the first session, ends in one of its ways; another's not."""
    desk = a_desk(folder)
    with desk.store.begin() as session:
        _with_account(session, desk, 1, NOW)
        tried = {row["key"] for row in session.connection().exec_driver_sql("SELECT key FROM sign_in_tries").mappings()}
        _with_account(session, desk, 2, NOW + LASTS / 2)
    before = all_rows(desk.store)
    with desk.store.begin() as session:
        end(session, desk)
    after = all_rows(desk.store)
    desk.store.close()

    def is_about(table: str, row: Row) -> bool:
        if table == "sign_in_tries":
            return row["key"] in tried
        if table == "passkey_challenges":
            return bool(row["used_at"] == min(one["used_at"] for one in before[table]))
        if table in ("devices", "device_people"):
            return bool(row.get("device_id", row.get("id")) == 1)
        if table == "kept_forms":
            return bool(row["session_id"] == 1)
        return table in ACCOUNTS and row["person_id"] == 1

    return Played(is_about, before, after)


ACCOUNTS: Final = ("accounts", "recovery_codes", "account_invitations", "passkeys", "sessions")


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


def _shift_over(session: Any, _desk: Any) -> None:
    sessions.insert_session(session, person=3, device=2, token="three", csrf="c", now=NOW + LASTS)


def _another_invitation(session: Any, desk: Any) -> None:
    of_another = {"code": "invitation 3", "totp_secret": "Mia"}
    at = NOW + INVITATION_LASTS
    accounts.insert_invitation(session, desk.vault, person=3, now=at, **of_another)


def _another_try(session: Any, desk: Any) -> None:
    tries.count_try(session, desk.vault, ("name", "3"), NOW + FORGOTTEN_AFTER)


def _another_challenge(session: Any, _desk: Any) -> None:
    passkeys.use_challenge(session, "challenge 3", NOW + 2 * CHALLENGE_LASTS)


ENDS: Final[dict[str, Callable[[Any, Any], None]]] = {
    "end_account": lambda session, _: accounts.end_account(session, 1),
    "end_invitation": lambda session, _: accounts.end_invitation(session, "invitation 1"),
    "insert_invitation": _another_invitation,
    "use_recovery": lambda session, _: assert_true(accounts.use_recovery(session, 1, "code 1")),
    "end_device": lambda session, _: assert_true(devices.end_device(session, 1) == 1),
    "end_passkey": lambda session, _: passkeys.end_passkey(session, 1, 1),
    "use_challenge": _another_challenge,
    "count_try": _another_try,
    "forgive": lambda session, desk: tries.forgive(session, desk.vault, ("name", "1"), NOW),
    "end_session": lambda session, _: sessions.end_session(session, 1),
    "insert_session": _shift_over,
    "forget_form": lambda session, _: sessions.forget_form(session, 1),
}
"""The ways in which something of an account ends."""


def assert_true(done: bool) -> None:
    assert done


async def _played_on_exchange(folder: Path, erase: Callable[["Stage"], Any]) -> Played:
    stage = Stage(folder)
    await stage.begin()
    before = all_rows(stage.node.store)
    about = await erase(stage)
    after = all_rows(stage.node.store)
    stage.node.store.close()
    return Played(lambda _, row: row.get("identity") in about, before, after)


class Stage:
    """Merseyside holds a warning of Genesis's, misses one of Bradford's, and has one of its own on its way."""

    def __init__(self, folder: Path) -> None:
        self.scene = a_scene()
        self.hub, _, self.genesis, self.bradford, self.node = three(folder, self.scene)

    async def begin(self) -> None:
        before = self.scene.alert("genesis", 1)
        await all_sync(self.genesis, self.bradford, self.node)
        self.scene.cancel("genesis", 1, before)
        self.held, self.missed = self.scene.alert("genesis", 1), self.scene.alert("bradford", 2)
        stands, missed_too = self.scene.alert("genesis", 1), self.scene.alert("bradford", 2)
        self.hub.withheld |= {digest_of(self.scene, self.missed), digest_of(self.scene, missed_too)}
        await all_sync(self.genesis, self.bradford, self.node)
        self.own = self.node.say(self.scene.alert_statement(3))
        await self.node.publish()
        assert self.node.outgoing(self.own).state == "sent" and self.node.received(stands) is not None

    async def everything_is_taken_back(self) -> set[str]:
        for name, member, identity in (("genesis", 1, self.held), ("bradford", 2, self.missed)):
            self.scene.cancel(name, member, identity)
        self.scene.cancel("merseyside", 3, self.own)
        await self.node.sync()
        return {self.held, self.missed, self.own}

    async def the_missing_body_comes(self) -> set[str]:
        self.hub.withheld.discard(digest_of(self.scene, self.missed))
        self.node.clock.forward(hours=1)
        await self.node.sync()
        return {self.missed}

    async def the_own_one_is_confirmed(self) -> set[str]:
        with self.node.store.begin() as session:
            assert mark_confirmed(session, len(self.scene.entries)) == 1
        return {self.own}

    async def the_own_one_is_refused(self) -> set[str]:
        with self.node.store.begin() as session:
            mark_refused(session, self.own, "limits.day")
        return {self.own}


def _exchange(erase: Callable[[Stage], Any]) -> Callable[[Path], Played]:
    return lambda folder: asyncio.run(_played_on_exchange(folder, erase))


ERASURES: Final[dict[str, Callable[[Path], Played]]] = {
    erase_report.__name__: played_on_records,
    erase_due.__name__: _exchange(Stage.everything_is_taken_back),
    keep_body.__name__: _exchange(Stage.the_missing_body_comes),
    mark_confirmed.__name__: _exchange(Stage.the_own_one_is_confirmed),
    mark_refused.__name__: _exchange(Stage.the_own_one_is_refused),
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


DECLARED: Final[dict[str, ErasedWith]] = {name: kind.erased_with for name, kind in kinds().items()}  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    return {name: play(tmp_path_factory.mktemp(name)) for name, play in ERASURES.items()}


def test_every_table_declares_what_it_is_erased_with() -> None:
    assert set(DECLARED) == set(tables())
    for name, one in DECLARED.items():
        assert isinstance(one, ErasedWith) and one.why, name
        assert (one.goes == "nothing") == (not one.by), name
        assert set(one.by) <= set(ERASURES), f"{name} names an erasure that nobody plays"
        assert one.goes != "parts" or name in OWNERS
    assert {str(kind.__tablename__) for kind in node_sealed_tables()} >= {
        n for n, one in DECLARED.items() if one.goes == "sealed"
    }


@pytest.mark.parametrize("table", sorted(DECLARED))
def test_what_a_table_declares_is_so(table: str, played: dict[str, Played]) -> None:
    declared = DECLARED[table]
    for name in declared.by:
        about = [row for row in played[name].before[table] if played[name].is_about(table, row)]
        left = [row for row in played[name].after[table] if played[name].is_about(table, row)]
        assert about, f"{name} is played without a row in {table}"
        if declared.goes == "row":
            assert left == [], f"{name} leaves rows in {table}"
            continue
        assert _keys(table, left) == _keys(table, about), f"{name} deletes rows of {table}"
        if declared.goes == "sealed":
            assert all(row["content"] and row["wrapped_key"] and row["epoch"] for row in about)
            assert not any(row["content"] or row["wrapped_key"] or row["epoch"] for row in left), name
        else:
            owned = {(OWNERS[table], row["id"]) for row in about}
            assert owned <= _parts(played[name].before), f"{name}: a row of {table} has no sealed part to lose"
            assert not owned & _parts(played[name].after), f"{name} leaves sealed parts of {table}"


@pytest.mark.parametrize("table", sorted(DECLARED))
def test_no_erasure_takes_what_it_is_not_about(table: str, played: dict[str, Played]) -> None:
    filled = 0
    for name, one in played.items():
        stays = DECLARED[table].goes == "nothing"
        others = [row for row in one.before[table] if stays or not one.is_about(table, row)]
        if table == "checkpoints":  # of a witness's the largest is kept, of the log's all
            others = [row for row in others if row["source"] == LOG]
        if stays or name in DECLARED[table].by:
            filled += len(others)
        assert _keys(table, others) <= _keys(table, one.after[table]), f"{name} takes more of {table} than it is about"
    assert filled, f"nothing else stands in {table} while something is erased"


@pytest.mark.parametrize("name", sorted(ERASURES))
def test_no_table_holds_a_private_word_in_clear_before_or_after(name: str, played: dict[str, Played]) -> None:
    for rows in (played[name].before, played[name].after):
        for table, found in rows.items():
            for row in found:
                text = " ".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row.values())
                assert not [word for word in PRIVATE if word in text], table


def _keys(table: str, rows: list[Row]) -> set[tuple[Any, ...]]:
    names = [column.name for column in tables()[table].primary_key]
    return {tuple(row[name] for name in names) for row in rows}


def _parts(rows: Rows) -> set[tuple[str, int]]:
    return {(row["owner"], row["owner_id"]) for row in rows["sealed_parts"]}
