"""What was passed on of a report: by the permission of its day, counted into the quarter, gone with the report."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from node.actions.case_desk import CaseDesk
from node.actions.change_permission import change_permission
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report
from node.actions.keep_referrals import add_referral, answer_referral, show_referrals, take_out_referral
from node.actions.leave_scheme import export_reports, new_passphrase, read_export
from node.actions.prepare_figures import prepare_figures
from node.actions.record_permission import record_permission
from node.actions.show_figures import show_figures
from node.core.figure_words import figure_lines
from node.core.permissions import Answer
from node.core.referrals import MOST_KEPT, OUTCOME_WORDS, PASSED_TO, PASSED_TO_WORDS, Known, Referral, with_one_more
from node.core.report import Facts
from node.store.permissions import Given
from node.store.report_parts import read_referrals
from protocol.figures_fields import FiguresBody, OutcomeFigure, ReferralFigures
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import HouseError, Refused
from protocol.vocabulary import OUTCOMES
from tests.node.builders import DAY, NOW, a_desk, a_report, scheme_data

TODAY = NOW.date()
OVER = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    made = a_desk(tmp_path)
    add_person(made, name="Dana", role="coordinator", by="Bea", now=NOW)
    return made


def passed(desk: CaseDesk, report_id: int, **over: Any) -> int:
    given: dict[str, Any] = {"passed_to": "police_anonymous", "passed_on": TODAY, "by": "Asha", "now": NOW}
    return add_referral(desk, report_id=report_id, **(given | over))


def answer(desk: CaseDesk, report_id: int, number: int = 1, **over: Any) -> None:
    given: dict[str, Any] = {"reference": "", "acknowledged_on": None, "tasked": None, "known": None}
    answer_referral(desk, report_id=report_id, number=number, **(given | {"by": "Asha", "now": NOW + 9 * DAY} | over))


def shown(desk: CaseDesk, report_id: int, by: str = "Asha") -> tuple[Referral, ...]:
    return show_referrals(desk, report_id=report_id, by=by, now=NOW + 9 * DAY)


def counted(desk: CaseDesk, *, quarter: str = "2026-Q4", now: dt.datetime = OVER) -> FiguresBody:
    prepare_figures(desk, quarter=quarter, registered=None, by="Dana", now=now)
    return show_figures(desk, quarter=quarter, by="Bea", now=now).body


def refusal(action: Any, *arguments: Any, **over: Any) -> str:
    with pytest.raises(HouseError) as refused:
        action(*arguments, **over)
    return refused.value.code


def says(desk: CaseDesk, report_id: int, switch: Any, answered: Answer, at: dt.datetime) -> None:
    record_permission(
        desk, report_id=report_id, switch=switch, answer=answered, given=Given(), at=at, by="Asha", now=at
    )


def test_to_police_it_takes_the_permission_of_that_day_and_no_other(desk: CaseDesk) -> None:
    report = a_report(desk)
    assert refusal(passed, desk, report, passed_to="police_full") == "permission.police_full"
    assert refusal(passed, desk, report, passed_on=TODAY - DAY) == "permission.police_anonymous", "not yet said"
    says(desk, report, "police_full", "yes", NOW + 2 * DAY)
    later: dict[str, Any] = {"passed_to": "police_full", "passed_on": TODAY + 2 * DAY, "now": NOW + 2 * DAY}
    assert refusal(passed, desk, report, **later) == "permission.police_full", "full details rest for a day"
    says(desk, report, "police_anonymous", "no", NOW + 3 * DAY)
    assert refusal(passed, desk, report, passed_on=TODAY + 4 * DAY, now=NOW + 4 * DAY) == "permission.police_anonymous"
    assert passed(desk, report, now=NOW + 4 * DAY) == 1, "what was passed on while it stood can be put down afterwards"
    assert passed(desk, report, passed_to="isva", now=NOW + 4 * DAY) == 2, "support takes no switch"
    assert refusal(passed, desk, report, passed_to="press") == "refused.passed_to"
    assert refusal(passed, desk, report, passed_on=TODAY + DAY) == "refused.future"


def test_what_was_said_in_shock_is_asked_again_before_police(desk: CaseDesk) -> None:
    taken = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
    report = a_report(desk, now=taken)
    with pytest.raises(HouseError, match="within a day of the event: ask again first"):
        passed(desk, report, passed_on=taken.date(), now=taken)


def test_of_somebody_under_18_the_safeguarding_lead_decides_and_nothing_is_counted(desk: CaseDesk) -> None:
    report = a_report(desk, facts=Facts(age_now="under_18"), by="Cleo", answers={"record": "yes"})
    assert passed(desk, report, passed_to="police_full", by="Cleo") == 1
    assert refusal(passed, desk, report) == "locked.lead_only"
    assert counted(desk).referrals is None


def test_what_came_of_it_is_kept_in_the_order_in_which_it_became_known(desk: CaseDesk) -> None:
    report = a_report(desk)
    passed(desk, report)
    told: dict[str, Any] = {"reference": "WY/26/0412", "acknowledged_on": TODAY + 2 * DAY, "tasked": True}
    for days, outcome in ((3, "arrest"), (8, "charged"), (8, "charged")):
        answer(desk, report, **told, known=Known(outcome, TODAY + days * DAY))
    (one,) = shown(desk, report)
    assert (one.reference, one.acknowledged_on, one.tasked, one.by) == ("WY/26/0412", TODAY + 2 * DAY, True, "Asha")
    assert one.outcomes == (Known("arrest", TODAY + 3 * DAY), Known("charged", TODAY + 8 * DAY))
    assert repr(one) == "<Referral>"


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"acknowledged_on": TODAY - DAY}, "refused.acknowledged"),
        ({"acknowledged_on": TODAY + 10 * DAY}, "refused.acknowledged"),
        ({"tasked": True}, "refused.tasked"),
        ({"known": Known("praised", TODAY)}, "refused.outcome"),
        ({"known": Known("arrest", TODAY - DAY)}, "refused.outcome"),
        ({"reference": "x" * 41}, "refused.reference"),
        ({"number": 2}, "not_found.referral"),
    ],
)
def test_what_cannot_be_is_refused(desk: CaseDesk, over: dict[str, Any], code: str) -> None:
    report = a_report(desk)
    passed(desk, report)
    before = shown(desk, report)
    assert refusal(answer, desk, report, **over) == code
    assert shown(desk, report) == before


def test_support_has_no_task_and_no_outcome(desk: CaseDesk) -> None:
    report = a_report(desk)
    passed(desk, report, passed_to="sarc")
    assert refusal(answer, desk, report, acknowledged_on=TODAY, tasked=True) == "refused.tasked"
    assert refusal(answer, desk, report, known=Known("arrest", TODAY)) == "refused.outcome"
    answer(desk, report, acknowledged_on=TODAY)


def test_the_quarter_counts_what_went_to_police_and_what_became_known_in_it(desk: CaseDesk) -> None:
    """Three to police in the quarter, of which two were acknowledged and one tasked; the fourth was of the quarter
    before, and what became of it is known in this one. Support, and what is held, is not counted."""
    first, second, third = (a_report(desk) for _ in range(3))
    for report in (first, second, third):
        passed(desk, report)
    answer(desk, first, acknowledged_on=TODAY, tasked=True, known=Known("arrest", TODAY + DAY))
    answer(desk, second, acknowledged_on=TODAY, tasked=False, known=Known("closed_by_police", TODAY + DAY))
    passed(desk, second, passed_to="housing")
    september = dt.datetime(2026, 9, 20, 9, tzinfo=dt.UTC)
    earlier = a_report(desk, now=september, scheme=scheme_data(date_min=None, date_max=dt.date(2026, 9, 1)))
    passed(desk, earlier, passed_on=september.date(), now=september)
    answer(desk, earlier, acknowledged_on=september.date(), known=Known("arrest", TODAY))
    held = a_report(desk)
    passed(desk, held)
    hold_report(desk, report_id=held, ground="inquest", reference="7", by="Bea", second="Dana", now=NOW)
    body = counted(desk)
    assert body.referrals == ReferralFigures(sent=3, acknowledged=2, tasked=1)
    assert body.outcomes == (
        OutcomeFigure(count=2, outcome="arrest"),
        OutcomeFigure(count=1, outcome="closed_by_police"),
    )
    said = dict(figure_lines(body))
    assert (said["Passed to police"], said["Of these: somebody was given the task"]) == ("3", "1")
    assert said["Became known: somebody was arrested"] == "2"
    before = counted(desk, quarter="2026-Q3")
    assert before.referrals == ReferralFigures(sent=1, acknowledged=1, tasked=0) and before.outcomes == ()


def test_what_was_written_down_wrongly_counts_no_more(desk: CaseDesk) -> None:
    report = a_report(desk)
    passed(desk, report)
    take_out_referral(desk, report_id=report, number=1, by="Asha", now=NOW)
    assert shown(desk, report) == () and counted(desk).referrals is None
    assert passed(desk, report) == 1


def test_who_supports_somebody_of_an_agency_stays_with_it_and_out_of_every_export(desk: CaseDesk) -> None:
    add_person(desk, name="Nia", role="coordinator", by="Bea", agency="BLAST", now=NOW)
    report = a_report(desk, agency="BLAST", by="Nia")
    passed(desk, report, by="Nia")
    passed(desk, report, passed_to="isva", by="Nia")
    assert [one.passed_to for one in shown(desk, report, by="Nia")] == ["police_anonymous", "isva"]
    assert [one.passed_to for one in shown(desk, report, by="Bea")] == ["police_anonymous"]
    assert refusal(passed, desk, report, passed_to="sarc", by="Bea") == "access.support_notes"
    assert refusal(answer, desk, report, 2, by="Bea") == "access.support_notes"
    words = new_passphrase(desk)
    file = export_reports(desk, agency="BLAST", passphrase=words, by="Nia", now=NOW)
    (whole,) = read_export(file.sealed, words).reports
    assert [one.passed_to for one in whole.passed_to_police] == ["police_anonymous"]


def test_whoever_stops_sharing_is_told_that_police_were_told(desk: CaseDesk) -> None:
    report, silent = a_report(desk), a_report(desk)
    passed(desk, report)
    passed(desk, silent, passed_to="health")
    stop: dict[str, Any] = {"given": Given(), "by": "Asha", "now": NOW}
    assert change_permission(desk, None, report_id=report, **stop).remains == ("police_were_told",)
    assert change_permission(desk, None, report_id=silent, **stop).remains == ()


def test_it_is_sealed_and_goes_with_the_report(desk: CaseDesk) -> None:
    report = a_report(desk)
    passed(desk, report)
    answer(desk, report, reference="WY/26/0412")
    for file in desk.config.database.parent.glob("node.db*"):
        assert b"0412" not in file.read_bytes() and b'police_anonymous":' not in file.read_bytes()
    erase_report(desk, None, report_id=report, reason="duplicate", by="Bea", now=NOW)
    assert refusal(shown, desk, report) == "not_found.erased"
    with desk.store.read() as session:
        assert read_referrals(session, desk.vault, report) == ()


def test_a_report_keeps_so_many_and_every_code_has_words() -> None:
    full = [Referral(number=at + 1, passed_to="isva", passed_on=TODAY, by="Asha") for at in range(MOST_KEPT)]
    with pytest.raises(Refused, match="50 of these at most"):
        with_one_more(full, "isva", TODAY, "Asha", TODAY)
    assert set(PASSED_TO) == set(PASSED_TO_WORDS) and set(OUTCOMES) == set(OUTCOME_WORDS)
