"""Reports: the list, one report with its permissions and warnings, support notes, further words."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.add_to_account import add_to_account
from node.actions.hand_over_report import hand_over_report
from node.actions.show_report import list_all_reports, show_report
from node.core import access
from node.core.report import HISTORIC_AFTER, account_is_locked, is_coercive, is_locked_by_age
from node.web import options, record_words
from node.web.permissions import ANSWER_WORDS, SWITCH_LIST
from node.web.report_sections import TELLERS
from node.web.site import Visit
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/reports")

Reader = Annotated[Visit, door(access.may_read_reports)]
Taker = Annotated[Visit, door(access.may_take_reports)]


@rooms.get("")
def all_reports(visit: Taker) -> Response:
    """Those that are theirs to find."""
    found = list(reversed(list_all_reports(visit.desk, by=visit.by, now=visit.now)))
    return visit.page("reports/list.html", reports=found, may_import=access.may_import(visit.who))


@rooms.get("/{report_id:int}")
def one_report(visit: Taker, report_id: int) -> Response:
    """A report, part by part."""
    return _one(visit, report_id, Form())


def _one(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page(
        "reports/one.html",
        status=status,
        form=form,
        shown=shown,
        switches=SWITCH_LIST,
        answers=ANSWER_WORDS,
        account_locked=account_is_locked(shown.report.taken_at, visit.now),
        some_time_ago=_is_some_time_ago(shown.scheme.date_max, visit.now),
        may_keep=access.may_keep_records(visit.who),
        may_read=access.may_read_reports(visit.who),
        coercive=is_coercive(shown.report.facts, shown.scheme.incident_types),
        locked_by_age=is_locked_by_age(shown.report.facts),
        may_draft=access.may_draft(visit.who),
        may_ask=access.may_record_permission(visit.who),
        may_hand_over=not access.may_read_reports(visit.who),
        regulated=visit.site.config.regulated_activity,
        words=options,
        record_words=record_words,
        tellers=TELLERS,
    )


@rooms.post("/{report_id:int}/hand-over")
def hand_over(visit: Taker, form: Posted, report_id: int) -> Response:
    """To the caseworkers: whoever only takes reports sees it no more."""
    hand_over_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return go("/reports")


def _is_some_time_ago(last_day: date | None, now: datetime) -> bool:
    return last_day is not None and now.date() - last_day >= HISTORIC_AFTER


@rooms.get("/{report_id:int}/support")
def support_notes(visit: Reader, report_id: int) -> Response:
    """Support notes, on a page of their own: opening them is kept by itself."""
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now, with_support_notes=True)
    return visit.page("reports/support.html", form=Form(), shown=shown)


@rooms.post("/{report_id:int}/words")
def add_words(visit: Taker, form: Posted, report_id: int) -> Response:
    """A dated addition, or a support note."""
    to = form.one_of("to", {"addition", "support"}) or "addition"
    text = form.text("words", missing="Write what is to be added")
    if form.errors:
        return _one(visit, report_id, form, 422)
    add_to_account(
        visit.desk,
        report_id=report_id,
        text=text,
        by=visit.by,
        now=visit.now,
        to="support" if to == "support" else "addition",
    )
    return go(f"/reports/{report_id}/support" if to == "support" else f"/reports/{report_id}")
