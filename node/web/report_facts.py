"""What decides of a report, reports of the same event, and the history."""

from typing import Annotated, Final, cast

from fastapi import APIRouter
from fastapi.responses import Response
from msgspec.structs import replace

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.link_reports import link_same_event
from node.actions.show_history import show_history
from node.actions.show_report import show_report
from node.core import access
from node.core.report import Age
from node.web import options
from node.web import report_sections as sections
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/reports/{report_id:int}")

Reader = Annotated[Visit, door(access.may_read_reports)]
Taker = Annotated[Visit, door(access.may_take_reports)]

VERBS: Final = {
    "second_override": "seconded what was shared without permission",
    "second_hold": "seconded the hold",
    "second_lift": "seconded the end of the hold",
    "mark_he_knows": "wrote down that the person described knows",
    "propose_shared": "proposed a record of what was shared without permission",
    "refuse_shared": "took away a record of what was shared without permission",
    "show_referrals": "looked at what was passed on",
    "add_referral": "wrote down that it was passed on",
    "answer_referral": "wrote down what came of it",
    "take_out_referral": "took out what was written down of a passing on",
    "cancel_owed": "could not make the message that takes a warning back",
}
"""What the trail's codes do not say well by themselves."""


@rooms.get("/same-event")
def same_event(visit: Reader, report_id: int) -> Response:
    """Which other reports are of the same event."""
    return _same_event(visit, report_id, Form())


def _same_event(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page("reports/same_event.html", status=status, form=form, report_id=report_id, linked=shown.linked)


@rooms.post("/same-event")
def link(visit: Reader, form: Posted, report_id: int) -> Response:
    """Links another one, or ends a link."""
    other = form.number("other", least=1, most=10**9, missing="The number of the other report")
    if form.errors or other is None:
        return _same_event(visit, report_id, form, 422)
    try:
        link_same_event(
            visit.desk,
            report_id=report_id,
            other_id=other,
            linked=form.value("end") != "yes",
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error, "other")
        return _same_event(visit, report_id, form, 409)
    return go(f"/reports/{report_id}/same-event")


@rooms.get("/facts")
def facts(visit: Reader, report_id: int) -> Response:
    """What decides: who told it, the ages, an officer, control, a death."""
    found = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now).report.facts
    filled = {
        "told_by": found.told_by,
        "age_at_event": found.age_at_event,
        "age_now": found.age_now,
        **{name: "yes" if getattr(found, name) else None for name in ("officer", "coercive", "died")},
    }
    return _facts(visit, report_id, Form.filled(filled))


def _facts(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    return visit.page(
        "reports/facts.html",
        status=status,
        form=form,
        report_id=report_id,
        tellers=sections.TELLERS,
        ages=sections.AGES,
    )


@rooms.post("/facts")
def put_facts_right(visit: Reader, form: Posted, report_id: int) -> Response:
    """Keeps them anew. What a rule refuses by now is taken back at once."""
    ages = options.codes_of(sections.AGES)
    told_by = form.one_of("told_by", options.codes_of(sections.TELLERS), missing="Say who told it")
    then = form.one_of("age_at_event", ages, missing="Say how old they were then")
    today = form.one_of("age_now", ages, missing="Say how old they are now")
    if form.errors or told_by is None:
        return _facts(visit, report_id, form, 422)
    found = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now).report.facts
    changed = replace(
        found,
        told_by=told_by,
        age_at_event=cast(Age, then),
        age_now=cast(Age, today),
        officer=form.value("officer") == "yes",
        coercive=form.value("coercive") == "yes",
        died=form.value("died") == "yes",
    )
    try:
        amend_scheme_data(
            visit.desk, report_id=report_id, facts=changed, by=visit.by, now=visit.now, voice=visit.site.voice()
        )
    except HouseError as error:
        form.refuse_with(error)
        return _facts(visit, report_id, form, 409)
    return go(f"/reports/{report_id}")


@rooms.get("/history")
def history(visit: Reader, report_id: int) -> Response:
    """What was done with it, and who looked."""
    found = show_history(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page("reports/history.html", report_id=report_id, found=found, verbs=VERBS)
