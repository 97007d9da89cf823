"""What was passed on of a report: to whom, on which day, and what came of it."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.keep_referrals import add_referral, answer_referral, show_referrals, take_out_referral
from node.core import access
from node.core.referrals import LONGEST_REFERENCE, OUTCOME_WORDS, PASSED_TO_WORDS, Known, Referral, numbered
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.house.web.rendering import LOCAL

rooms = APIRouter(prefix="/reports/{report_id:int}/passed-on")

Reader = Annotated[Visit, door(access.may_read_reports)]

TASKED: Final = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))


@rooms.get("")
def passed_on(visit: Reader, report_id: int) -> Response:
    """All of it, and room for one more."""
    return _all(visit, report_id, Form())


def _all(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    return visit.page(
        "reports/referrals.html",
        status=status,
        form=form,
        report_id=report_id,
        referrals=show_referrals(visit.desk, report_id=report_id, by=visit.by, now=visit.now),
        passed_to=PASSED_TO_WORDS,
        outcomes=OUTCOME_WORDS,
    )


@rooms.post("")
def add(visit: Reader, form: Posted, report_id: int) -> Response:
    """One more."""
    passed_to = form.one_of("passed_to", PASSED_TO_WORDS, missing="Say to whom it was passed")
    day = form.day("passed_on", latest=visit.now.astimezone(LOCAL).date(), missing="Say on which day")
    if form.errors or passed_to is None or day is None:
        return _all(visit, report_id, form, 422)
    try:
        add_referral(visit.desk, report_id=report_id, passed_to=passed_to, passed_on=day, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error, "passed_to")
        return _all(visit, report_id, form, 409)
    return go(f"/reports/{report_id}/passed-on")


@rooms.get("/{number}")
def what_came_of_it(visit: Reader, report_id: int, number: int) -> Response:
    """One of them, as it is known now."""
    one = _shown(visit, report_id, number)
    day = one.acknowledged_on
    filled = {
        "reference": one.reference,
        "tasked": None if one.tasked is None else "yes" if one.tasked else "no",
        **({} if day is None else {f"acknowledged_on-{part}": str(getattr(day, part)) for part in _PARTS}),
    }
    return _one(visit, report_id, one, Form.filled(filled))


_PARTS: Final = ("day", "month", "year")


def _shown(visit: Visit, report_id: int, number: int) -> Referral:
    return numbered(show_referrals(visit.desk, report_id=report_id, by=visit.by, now=visit.now), number)


def _one(visit: Visit, report_id: int, one: Referral, form: Form, status: int = 200) -> Response:
    return visit.page(
        "reports/referral.html",
        status=status,
        form=form,
        report_id=report_id,
        one=one,
        passed_to=PASSED_TO_WORDS,
        tasked=TASKED,
        outcomes=OUTCOME_WORDS,
    )


@rooms.post("/{number}")
def keep(visit: Reader, form: Posted, report_id: int, number: int) -> Response:
    """What is known of it by now."""
    today = visit.now.astimezone(LOCAL).date()
    reference = form.line("reference", longest=LONGEST_REFERENCE)
    acknowledged = form.day("acknowledged_on", latest=today)
    tasked = form.one_of("tasked", {code for code, _ in TASKED})
    outcome = form.one_of("outcome", OUTCOME_WORDS)
    known_on = form.day("known_on", latest=today, missing="Say on which day you learnt of it" if outcome else None)
    if known_on is not None and not outcome:
        form.refuse("outcome", "Say what you learnt, or leave the day empty")
    if form.errors:
        return _one(visit, report_id, _shown(visit, report_id, number), form, 422)
    try:
        answer_referral(
            visit.desk,
            report_id=report_id,
            number=number,
            reference=reference,
            acknowledged_on=acknowledged,
            tasked={"yes": True, "no": False}.get(tasked or ""),
            known=None if outcome is None or known_on is None else Known(outcome, known_on),
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error, _FIELDS.get(error.code, ""))
        return _one(visit, report_id, _shown(visit, report_id, number), form, 409)
    return go(f"/reports/{report_id}/passed-on")


_FIELDS: Final = {
    "refused.acknowledged": "acknowledged_on",
    "refused.tasked": "tasked",
    "refused.outcome": "outcome",
}
"""Beside which field of the page a rule's word stands."""


@rooms.post("/{number}/take-out")
def take_out(visit: Reader, form: Posted, report_id: int, number: int) -> Response:
    """It was written down wrongly."""
    take_out_referral(visit.desk, report_id=report_id, number=number, by=visit.by, now=visit.now)
    return go(f"/reports/{report_id}/passed-on")
