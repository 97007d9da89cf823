"""How long reports are kept: what is due, holds, what was shared without permission, erasing, and what has gone."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.erase_report import erase_report
from node.actions.propose import propose, second, take_proposal_away, waiting_for
from node.actions.review_retention import forget_contact, keep_longer, review_retention
from node.actions.show_shared import show_shared
from node.core import access
from node.core.proposals import HoldWanted, LiftWanted, OverrideWanted
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter()

Keeper = Annotated[Visit, door(access.may_keep_records)]
Reader = Annotated[Visit, door(access.may_read_reports)]

DUE: Final = {
    "left_agency": "Its agency has left",
    "erase": "Seven years after the last word: to be erased",
    "erase_log_only": "A year, and nothing but the keeping was allowed: to be erased",
    "erase_contact": "A year after the last contact: numbers and addresses to be forgotten",
    "review": "Three years after the last word: to be looked at",
}
KEEP: Final = (
    ("open_case", "The case is open"),
    ("asked_by_person_harmed", "They asked for it"),
    ("proceedings", "Proceedings go on"),
    ("safeguarding", "Safeguarding"),
    ("live_warning", "A warning of it is renewed"),
)
ERASE: Final = (
    ("asked_by_person_harmed", "The person it happened to asked for it"),
    ("wrongly_kept", "It should not have been kept"),
    ("duplicate", "It is here twice"),
    ("order", "A court or the regulator ordered it"),
)
HOLD: Final = (
    ("police_investigation", "A police investigation"),
    ("court_proceedings", "Court proceedings"),
    ("inquest", "An inquest"),
    ("complaint", "A complaint"),
    ("other_legal", "Another legal ground"),
)
SHARED: Final = (
    ("life_in_danger", "A life was in danger"),
    ("child", "A child was in danger"),
    ("adult_at_risk", "An adult at risk was in danger"),
    ("terrorism", "Terrorism"),
    ("court_order", "A court ordered it"),
)
TOLD: Final = (
    ("told", "They were told"),
    ("will_be_told", "They will be told"),
    ("would_add_danger", "Telling them would add danger"),
)
KEPT_FOR: Final = dt.timedelta(days=365)


@rooms.get("/keeping")
def keeping(visit: Keeper) -> Response:
    """What is due, what is on hold, and what has gone."""
    return _keeping(visit, Form())


def _keeping(visit: Visit, form: Form, status: int = 200) -> Response:
    found = review_retention(visit.desk, by=visit.by, now=visit.now)
    return visit.page(
        "keeping/review.html", status=status, form=form, found=found, due=DUE, reasons=KEEP, grounds=dict(HOLD)
    )


@rooms.post("/keeping/{report_id}/keep")
def keep(visit: Keeper, form: Posted, report_id: int) -> Response:
    """Keeps it for another year, with a reason."""
    reason = form.one_of(f"reason-{report_id}", {code for code, _ in KEEP}, missing="Say why it is kept")
    if form.errors or reason is None:
        return _keeping(visit, form, 422)
    until = visit.now + KEPT_FOR
    keep_longer(visit.desk, report_id=report_id, reason=reason, until=until, by=visit.by, now=visit.now)
    return go("/keeping")


@rooms.post("/keeping/{report_id}/erase")
def erase_by_age(visit: Keeper, form: Posted, report_id: int) -> Response:
    """Erases what is due; the rule is asked again."""
    erase_report(visit.desk, visit.site.voice(), report_id=report_id, reason="retention", by=visit.by, now=visit.now)
    return go("/keeping")


@rooms.post("/keeping/{report_id}/forget-contact")
def forget(visit: Keeper, form: Posted, report_id: int) -> Response:
    """Forgets numbers and addresses that are due."""
    forget_contact(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return go("/keeping")


@rooms.get("/reports/{report_id:int}/hold")
def hold(visit: Reader, report_id: int) -> Response:
    """A hold, its end, and what waits for a second person."""
    return _hold(visit, report_id, Form())


def _hold(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    return visit.page(
        "keeping/hold.html",
        status=status,
        form=form,
        report_id=report_id,
        shown=show_shared(visit.desk, report_id=report_id, by=visit.by, now=visit.now),
        waiting=waiting_for(visit.desk, report_id=report_id, by=visit.by, now=visit.now),
        by=visit.by,
        grounds=HOLD,
        shared=SHARED,
        told=TOLD,
    )


@rooms.post("/reports/{report_id:int}/hold")
def propose_hold(visit: Reader, form: Posted, report_id: int) -> Response:
    """Proposes a hold; from now on the report is not erased."""
    ground = form.one_of("ground", {code for code, _ in HOLD}, missing="Say on what ground")
    reference = form.line("reference", missing="Their reference, or a name and a date")
    if form.errors or ground is None:
        return _hold(visit, report_id, form, 422)
    wanted = HoldWanted(ground=ground, reference=reference)
    propose(visit.desk, report_id=report_id, wanted=wanted, by=visit.by, now=visit.now)
    return go(f"/reports/{report_id}/hold")


@rooms.post("/reports/{report_id:int}/lift")
def propose_lift(visit: Reader, form: Posted, report_id: int) -> Response:
    """Proposes that the hold ends."""
    propose(visit.desk, report_id=report_id, wanted=LiftWanted(), by=visit.by, now=visit.now)
    return go(f"/reports/{report_id}/hold")


@rooms.post("/reports/{report_id:int}/shared")
def propose_shared(visit: Reader, form: Posted, report_id: int) -> Response:
    """Proposes the record of what was shared without permission."""
    ground = form.one_of("shared_ground", {code for code, _ in SHARED}, missing="Say on what ground")
    recipient = form.line("recipient", missing="One recipient, by name and body")
    told_what = form.text("told_what", missing="What they were told")
    told = form.one_of("told", {code for code, _ in TOLD}, missing="Say whether the person it happened to was told")
    if form.errors or ground is None or told is None:
        return _hold(visit, report_id, form, 422)
    wanted = OverrideWanted(ground=ground, recipient=recipient, told_what=told_what, told=told)
    propose(visit.desk, report_id=report_id, wanted=wanted, by=visit.by, now=visit.now)
    return go(f"/reports/{report_id}/hold")


@rooms.post("/proposals/{number}/second")
def second_it(visit: Reader, form: Posted, number: int) -> Response:
    """Seconds it, in one's own name."""
    return go(f"/reports/{second(visit.desk, number=number, by=visit.by, now=visit.now)}/hold")


@rooms.post("/proposals/{number}/take-away")
def take_away(visit: Reader, form: Posted, number: int) -> Response:
    """It is not done."""
    return go(f"/reports/{take_proposal_away(visit.desk, number=number, by=visit.by, now=visit.now)}/hold")


@rooms.get("/reports/{report_id:int}/erase")
def before_erasing(visit: Keeper, report_id: int) -> Response:
    """What goes, and what cannot be called back."""
    return _erase(visit, report_id, Form())


def _erase(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    return visit.page("keeping/erase.html", status=status, form=form, report_id=report_id, reasons=ERASE)


@rooms.post("/reports/{report_id:int}/erase")
def erase(visit: Keeper, form: Posted, report_id: int) -> Response:
    """Takes its warnings back, and erases it."""
    reason = form.one_of("reason", {code for code, _ in ERASE}, missing="Say why")
    if form.errors or reason is None:
        return _erase(visit, report_id, form, 422)
    try:
        erase_report(visit.desk, visit.site.voice(), report_id=report_id, reason=reason, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _erase(visit, report_id, form, 409)
    return go("/keeping")
