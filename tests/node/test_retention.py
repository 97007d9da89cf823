"""What is due is asked, never stored; a person decides; nothing goes shortly after somebody added to it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from node.actions.add_to_account import add_to_account
from node.actions.case_desk import CaseDesk
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report
from node.actions.propose import propose, second, take_proposal_away, waiting_for
from node.actions.review_retention import Review, forget_contact, keep_longer, review_retention
from node.actions.show_report import list_all_reports, show_report
from node.core.errors import Locked
from node.core.proposals import HoldWanted, LiftWanted, OverrideWanted
from node.core.report import Facts
from node.core.retention import CONTACT_FOR, ERASE_AFTER, LOG_ONLY_FOR, REVIEW_AFTER, Age, Due, due
from node.store.holds import list_overrides
from node.store.reports import read_private_parts
from protocol.house.core.errors import NotFound, NotYours, Refused
from protocol.house.store.audit import read_trail
from tests.node.builders import DAY, NOW, a_desk, a_report, a_scene, a_voice, released

VOICE = a_voice(a_scene())
HOLD = HoldWanted(ground="police_investigation", reference="YW-7")


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return a_desk(tmp_path)


def aged(**over: Any) -> Age:
    fields: dict[str, Any] = {"report_id": 1, "agency": "Genesis", "last_activity": NOW}
    plain = dict.fromkeys(("log_only", "has_contact", "locked_by_age", "held", "warnings_out"), False)
    return Age(**(fields | plain | over))


@pytest.mark.parametrize(
    ("age", "after", "expected"),
    [
        (aged(), REVIEW_AFTER - DAY, ()),
        (aged(), REVIEW_AFTER, ("review",)),
        (aged(reviewed_at=NOW + REVIEW_AFTER), REVIEW_AFTER + DAY, ()),
        (aged(), ERASE_AFTER, ("erase",)),
        (aged(log_only=True), LOG_ONLY_FOR - DAY, ()),
        (aged(log_only=True), LOG_ONLY_FOR, ("erase_log_only",)),
        (aged(has_contact=True), CONTACT_FOR, ("erase_contact",)),
        (aged(has_contact=True), REVIEW_AFTER, ("erase_contact", "review")),
        (aged(keep_until=NOW + ERASE_AFTER + 2 * DAY), ERASE_AFTER, ()),
        (aged(keep_until=NOW + ERASE_AFTER), ERASE_AFTER, ("erase",)),
        (aged(locked_by_age=True), 2 * ERASE_AFTER, ()),
        (aged(held=True, left=True), 2 * ERASE_AFTER, ()),
        (aged(warnings_out=True, left=True), 2 * ERASE_AFTER, ()),
        (aged(left=True, locked_by_age=True), DAY, ("left_agency",)),
    ],
)
def test_what_is_due_when(age: Age, after: Any, expected: tuple[Due, ...]) -> None:
    assert due(age, NOW + after) == expected


def review(desk: CaseDesk, after: Any = 0 * DAY) -> Review:
    return review_retention(desk, by="Bea", now=NOW + after)


def test_seven_years_after_the_last_word_and_not_a_day_before(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    add_to_account(desk, report_id=report_id, text="And he limped.", by="Asha", now=NOW + 100 * DAY)
    gone: dict[str, Any] = {"report_id": report_id, "reason": "retention", "by": "Bea"}
    for early in (DAY, ERASE_AFTER, ERASE_AFTER + 99 * DAY):
        with pytest.raises(Refused, match="somebody added to it"):
            erase_report(desk, VOICE, now=NOW + early, **gone)
    at = ERASE_AFTER + 100 * DAY
    assert [one.due for one in review(desk, at).due] == [("erase",)]
    erase_report(desk, VOICE, now=NOW + at, **gone)
    found = review(desk, at)
    assert found.due == () and [(one.report_id, one.agency) for one in found.gone] == [(report_id, "Genesis")]


def test_a_report_of_which_nothing_but_the_keeping_was_allowed_is_due_after_a_year(desk: CaseDesk) -> None:
    log_only = a_report(desk, answers={"record": "yes", "warn_own": "no"})
    a_report(desk)
    found = {one.age.report_id: one.due for one in review(desk, LOG_ONLY_FOR).due}
    assert found[log_only] == ("erase_log_only",) and len(found) == 2


def test_kept_with_a_reason_for_a_year_at_most_and_asked_again(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    late = NOW + ERASE_AFTER
    kept: dict[str, Any] = {"report_id": report_id, "by": "Bea", "now": late}
    for reason, until in (("because", late + DAY), ("open_case", late + 366 * DAY), ("open_case", late)):
        with pytest.raises(Refused):
            keep_longer(desk, reason=reason, until=until, **kept)
    keep_longer(desk, reason="open_case", until=late + 365 * DAY, **kept)
    assert review(desk, ERASE_AFTER + DAY).due == ()
    with pytest.raises(Refused):
        erase_report(desk, VOICE, report_id=report_id, reason="retention", by="Bea", now=late + DAY)
    assert review(desk, ERASE_AFTER + 365 * DAY).due


def test_contact_details_go_after_a_year_and_names_stay_private_words(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    with pytest.raises(Refused, match="a year after"):
        forget_contact(desk, report_id=report_id, by="Bea", now=NOW + CONTACT_FOR - DAY)
    forget_contact(desk, report_id=report_id, by="Bea", now=NOW + CONTACT_FOR)
    shown = show_report(desk, report_id=report_id, by="Asha", now=NOW + CONTACT_FOR)
    assert shown.reporter.names == ("Mia Dobre",) and not shown.reporter.numbers and not shown.reporter.addresses
    with desk.store.read() as session:
        known = read_private_parts(session, desk.vault, report_id)
        verbs = [entry.verb for entry in read_trail(session, f"report/{report_id}")]
    assert known.names == ("Mia Dobre",) and known.numbers == () and "erase_contact" in verbs
    assert review(desk, CONTACT_FOR + DAY).due == ()
    assert [one.due for one in review(desk, REVIEW_AFTER).due] == [("review",)], "erasing starts no year anew"


def test_while_a_warning_is_in_force_nothing_of_its_report_is_due(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    released(desk, VOICE, report_id, now=NOW)
    with pytest.raises(Refused):
        forget_contact(desk, report_id=report_id, by="Bea", now=NOW + 60 * DAY)


def test_who_decides(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    for by in ("Asha", "Cleo"):
        with pytest.raises(NotYours):
            review_retention(desk, by=by, now=NOW)
        with pytest.raises(NotYours):
            keep_longer(desk, report_id=report_id, reason="open_case", until=NOW + DAY, by=by, now=NOW)


def test_a_hold_takes_two_sessions_and_the_proposal_alone_stops_erasure(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    number = propose(desk, report_id=report_id, wanted=HOLD, by="Asha", now=NOW)
    with pytest.raises(Locked) as refused:
        erase_report(desk, VOICE, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW)
    assert refused.value.code == "locked.hold_proposed"
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW).account, "a proposal does not close it"
    with pytest.raises(Refused):
        second(desk, number=number, by="Asha", now=NOW)
    assert waiting_for(desk, report_id=report_id, by="Bea", now=NOW)[0].wanted == HOLD
    assert second(desk, number=number, by="Bea", now=NOW) == report_id
    with pytest.raises(NotFound):
        second(desk, number=number, by="Bea", now=NOW)
    assert [(one.ground, one.reference) for one in review(desk).holds] == [("police_investigation", "YW-7")]
    lift = propose(desk, report_id=report_id, wanted=LiftWanted(), by="Bea", now=NOW + DAY)
    second(desk, number=lift, by="Asha", now=NOW + DAY)
    assert review(desk).holds == () and list_all_reports(desk, by="Asha", now=NOW)[0].held is False


def test_a_proposal_taken_away_does_nothing(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    number = propose(desk, report_id=report_id, wanted=HOLD, by="Asha", now=NOW)
    assert take_proposal_away(desk, number=number, by="Bea", now=NOW) == report_id
    assert waiting_for(desk, report_id=report_id, by="Bea", now=NOW) == () and review(desk).holds == ()
    erase_report(desk, VOICE, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW)


def test_sharing_without_permission_is_recorded_by_two_on_a_listed_ground(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    wanted = OverrideWanted(ground="life_in_danger", recipient="Dr Okoro, A&E", told_what="where", told="told")
    for wrong in (
        msgspec.structs.replace(wanted, ground="useful"),
        msgspec.structs.replace(wanted, recipient=" "),
        msgspec.structs.replace(wanted, told="maybe"),
    ):
        with pytest.raises(Refused):
            propose(desk, report_id=report_id, wanted=wrong, by="Asha", now=NOW)
    second(desk, number=propose(desk, report_id=report_id, wanted=wanted, by="Asha", now=NOW), by="Bea", now=NOW)
    with desk.store.read() as session:
        (kept,) = list_overrides(session, desk.vault, report_id)
    assert (kept.opened.recipient, kept.by, kept.second) == ("Dr Okoro, A&E", "Asha", "Bea")


def test_under_18_is_never_due_by_itself_and_a_hold_on_it_is_listed(desk: CaseDesk) -> None:
    young = Facts(age_now="under_18", age_at_event="under_18")
    report_id = a_report(desk, facts=young, answers={"record": "yes"})
    assert review(desk, 2 * ERASE_AFTER).due == ()
    hold_report(desk, report_id=report_id, ground="inquest", reference="x", by="Bea", second="Cleo", now=NOW)
    assert [one.report_id for one in review(desk).holds] == [report_id]
