"""Member agencies own their reports, say to whom they are tied, and leave with their reports and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from node.actions.add_to_account import add_to_account
from node.actions.case_desk import CaseDesk
from node.actions.declare_ties import declare_ties, list_agencies
from node.actions.draft_release import draft_release
from node.actions.hold_report import hold_report
from node.actions.keep_file import attach_file
from node.actions.leave_scheme import Exported, export_reports, leave_scheme, new_passphrase, read_export
from node.actions.review_retention import review_retention
from node.actions.show_report import list_all_reports
from node.core.agencies import Agency, Tie
from node.core.errors import Locked
from node.core.report import Facts
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import NotYours, Refused
from tests.node.builders import CHOICES, DAY, NOW, a_desk, a_report, a_scene, a_voice, approved, outbox

VOICE = a_voice(a_scene())


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    made = a_desk(tmp_path)
    add_person(made, name="Nia", role="coordinator", agency="BLAST", by="Bea", now=NOW)
    return made


WORDS = "abandon ability able about above absent absorb abstract"


def exported(desk: CaseDesk, by: str = "Nia") -> Exported:
    return export_reports(desk, agency="BLAST", passphrase=WORDS, by=by, now=NOW)


def leaves(desk: CaseDesk, file: Exported, **over: Any) -> Any:
    fields: dict[str, Any] = {"agency": "BLAST", "sealed": file.sealed, "passphrase": WORDS, "by": "Nia"}
    return leave_scheme(desk, VOICE, **(fields | {"warnings": "take_back", "now": NOW} | over))


def warned_of(desk: CaseDesk, report_id: int) -> None:
    drafted = draft_release(desk, VOICE, report_id=report_id, choices=CHOICES, by="Nia", now=NOW)
    approved(desk, VOICE, drafted)


def test_ties_are_declared_replaced_and_none_is_a_declaration_too(desk: CaseDesk) -> None:
    assert [one.declared_at for one in list_agencies(desk)] == [None, None]
    ties = (Tie(kind="funding", body="police"), Tie(kind="shared_premises", body="council"))
    declare_ties(desk, agency="BLAST", ties=ties, by="Nia", now=NOW)
    declare_ties(desk, agency="Genesis", ties=(), by="Bea", now=NOW)
    assert list_agencies(desk) == (
        Agency(name="Genesis", ties=(), declared_at=NOW),
        Agency(name="BLAST", ties=ties, declared_at=NOW),
    )
    declare_ties(desk, agency="BLAST", ties=ties[:1], by="Bea", now=NOW + DAY)
    assert list_agencies(desk)[1].ties == ties[:1]
    with pytest.raises(NotYours):
        declare_ties(desk, agency="Genesis", ties=(), by="Nia", now=NOW)
    with pytest.raises(Refused):
        declare_ties(desk, agency="BLAST", ties=(Tie(kind="funding", body="bank"),), by="Bea", now=NOW)  # type: ignore[arg-type]


def test_the_file_holds_their_reports_whole_and_no_support_note_and_nobody_elses(desk: CaseDesk) -> None:
    theirs = a_report(desk, agency="BLAST", by="Nia")
    a_report(desk)
    attach_file(desk, report_id=theirs, filename="a.jpg", content=b"\xff\xd8", described="", by="Nia", now=NOW)
    add_to_account(desk, report_id=theirs, text="He limped.", by="Nia", now=NOW)
    file = exported(desk)
    assert (file.reports, file.held, file.notes) == (1, 0, 1)
    assert b"Mia" not in file.sealed
    (whole,) = read_export(file.sealed, WORDS.upper()).reports
    assert whole.account[0].text.startswith("He said") and whole.additions[0].text == "He limped."
    assert whole.reporter[0].names == ("Mia Dobre",) and whole.files[0].content == b"\xff\xd8"
    assert {entry.switch for entry in whole.permissions} >= {"record", "warn_others"}
    assert "friend" not in repr(vars(type(whole))) and not any("friend" in words.text for words in whole.account)
    for wrong in ((file.sealed, "other words"), (file.sealed[:-1], WORDS), (b"PK", WORDS)):
        with pytest.raises(Refused):
            read_export(*wrong)


def test_they_leave_only_with_the_whole_file_in_hand_and_their_reports_are_erased(desk: CaseDesk) -> None:
    theirs, ours = a_report(desk, agency="BLAST", by="Nia"), a_report(desk)
    warned_of(desk, theirs)
    old = exported(desk)
    add_to_account(desk, report_id=theirs, text="One thing more.", by="Nia", now=NOW + DAY)
    with pytest.raises(Refused, match="make it again"):
        leaves(desk, old, now=NOW + DAY)
    file = export_reports(desk, agency="BLAST", passphrase=WORDS, by="Nia", now=NOW + DAY)
    with pytest.raises(Refused):
        leaves(desk, file, passphrase="other words")
    left = leaves(desk, file, now=NOW + DAY)
    assert (left.erased, left.remaining, left.taken_back) == (1, 0, 1)
    assert [entry.kind for entry in outbox(desk)][-1] == "cancel"
    assert [one.id for one in list_all_reports(desk, by="Bea", now=NOW)] == [ours]
    assert list_agencies(desk)[1].left_at == NOW + DAY
    with pytest.raises(Refused, match="has left"):
        a_report(desk, agency="BLAST", by="Bea")


def test_warnings_that_stay_keep_their_report_until_they_lapse_and_a_hold_keeps_its(desk: CaseDesk) -> None:
    warned, held, plain = (a_report(desk, agency="BLAST", by="Nia") for _ in range(3))
    warned_of(desk, warned)
    hold_report(desk, report_id=held, ground="inquest", reference="7", by="Bea", second="Nia", now=NOW)
    file = exported(desk)
    assert (file.reports, file.held) == (2, 1)
    left = leaves(desk, file, warnings="stay")
    assert (left.erased, left.remaining, left.taken_back) == (1, 2, 0)
    assert {one.id for one in list_all_reports(desk, by="Bea", now=NOW)} == {warned, held}
    assert not review_retention(desk, by="Bea", now=NOW).due
    assert plain not in {one.id for one in list_all_reports(desk, by="Bea", now=NOW)}
    later = NOW + 400 * DAY
    assert [one.age.report_id for one in review_retention(desk, by="Bea", now=later).due] == [warned]


def test_who_may_make_the_file(desk: CaseDesk) -> None:
    young = Facts(age_now="under_18", age_at_event="under_18")
    a_report(desk, agency="BLAST", by="Nia", facts=young, answers={"record": "yes"})
    with pytest.raises(NotYours):
        exported(desk, by="Asha")
    with pytest.raises(Locked):
        exported(desk)
    both: dict[str, Any] = {"role": "coordinator", "more_roles": ("safeguarding_lead",), "agency": "BLAST"}
    add_person(desk, name="Ola", by="Bea", now=NOW, **both)
    assert exported(desk, by="Ola").reports == 1
    assert len(new_passphrase(desk).split()) == 8 and new_passphrase(desk) != new_passphrase(desk)
    with pytest.raises(Refused, match="made here"):
        export_reports(desk, agency="BLAST", passphrase="secret", by="Ola", now=NOW)
    with pytest.raises(Refused, match="does not leave"):
        export_reports(desk, agency="Genesis", passphrase=WORDS, by="Bea", now=NOW)
