"""Reports: the list, one report with its permissions and warnings, further words, and the end of sharing."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.add_to_account import add_to_account
from node.actions.change_permission import change_permission
from node.actions.record_permission import record_permission
from node.actions.show_report import list_all_reports, show_report
from node.core import access
from node.core.errors import NodeError
from node.core.permissions import SWITCHES, Switch
from node.core.report import account_is_locked
from node.core.taken_back import CANNOT_CALL_BACK
from node.store.permissions import Given
from node.web import options
from node.web.doors import Posted, Visit, door, go
from node.web.forms import Form
from node.web.report_sections import WORDING, read_conditions

rooms = APIRouter(prefix="/reports")

Reader = Annotated[Visit, door(access.may_read_reports)]
Asker = Annotated[Visit, door(access.may_record_permission)]
Taker = Annotated[Visit, door(access.may_take_reports)]

SWITCH_WORDS: Final = {
    "record": "Keep a record",
    "warn_own": "Warn our own people",
    "warn_others": "Warn other projects",
    "compare_quietly": "Compare numbers quietly",
    "police_anonymous": "Police, without their name",
    "police_full": "Police, with full details",
}
ANSWER_WORDS: Final = {"yes": "Yes", "no": "No", "not_asked": "Not asked"}


@rooms.get("")
def all_reports(visit: Reader) -> Response:
    """Those that are theirs to find."""
    found = list(reversed(list_all_reports(visit.desk, by=visit.by, now=visit.now)))
    return visit.page("reports/list.html", reports=found)


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
        switches=[(switch, SWITCH_WORDS[switch]) for switch in SWITCHES],
        answers=ANSWER_WORDS,
        account_locked=account_is_locked(shown.report.taken_at, visit.now),
        may_draft=access.may_draft(visit.who),
        may_ask=access.may_record_permission(visit.who),
        words=options,
    )


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


@rooms.get("/{report_id:int}/permission")
def permission(visit: Asker, report_id: int) -> Response:
    """Every switch: as at the report, today, and its history."""
    return _permission(visit, report_id, Form())


def _permission(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page(
        "reports/permission.html",
        status=status,
        form=form,
        shown=shown,
        switches=[(switch, SWITCH_WORDS[switch]) for switch in SWITCHES],
        answers=ANSWER_WORDS,
        regions=options.regions(visit.site.log().state.charter, visit.site.config.region),
        words=options,
    )


@rooms.post("/{report_id:int}/permission")
def ask_again(visit: Asker, form: Posted, report_id: int) -> Response:
    """One answer to one switch, with how it was given and its conditions."""
    switch = form.one_of("switch", SWITCH_WORDS, missing="Say which permission this is about")
    answer = form.one_of("answer", ANSWER_WORDS, missing="Say yes, no or not asked")
    how = form.one_of("how", options.codes_of(options.HOW_GIVEN), missing="Say how they answered")
    charter = visit.site.log().state.charter
    known = options.codes_of(options.regions(charter, visit.site.config.region))
    conditions = read_conditions(form, known)
    if form.errors or switch is None or answer is None or how is None:
        return _permission(visit, report_id, form, 422)
    given = Given(
        wording=WORDING,
        witness=form.line("witness") or visit.by,
        how=how,
        conditions=conditions if answer == "yes" else (),
    )
    try:
        _record(visit, report_id, switch, answer, given)  # type: ignore[arg-type]  # of SWITCH_WORDS
    except NodeError as error:
        form.refuse_with(error)
        return _permission(visit, report_id, form, 409)
    return go(f"/reports/{report_id}/permission")


def _record(visit: Visit, report_id: int, switch: Switch, answer: str, given: Given) -> None:
    voice = visit.site.voice()
    if answer == "no" and switch != "record":
        change_permission(
            visit.desk, voice, report_id=report_id, switches=(switch,), given=given, by=visit.by, now=visit.now
        )
        return
    record_permission(
        visit.desk,
        report_id=report_id,
        switch=switch,
        answer="yes" if answer == "yes" else "no" if answer == "no" else "not_asked",
        given=given,
        by=visit.by,
        now=visit.now,
        voice=voice,
    )


@rooms.get("/{report_id:int}/stop-sharing")
def before_stopping(visit: Taker, report_id: int) -> Response:
    """What it does, and what it cannot do, and one button."""
    shown = show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page("reports/stop_sharing.html", shown=shown, remains=CANNOT_CALL_BACK)


@rooms.post("/{report_id:int}/stop-sharing")
def stop_sharing(visit: Taker, form: Posted, report_id: int) -> Response:
    """They stopped sharing: everything but keeping the record is off, and what is out is taken back."""
    done = change_permission(
        visit.desk,
        visit.site.voice(),
        report_id=report_id,
        given=Given(witness=visit.by),
        by=visit.by,
        now=visit.now,
    )
    return visit.page("reports/stopped.html", done=done, report_id=report_id, remains=CANNOT_CALL_BACK, words=options)
