"""Permission: how it stands, asked switch by switch with the words on the screen, and the end of sharing."""

from typing import Annotated, Final, cast

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.change_permission import change_permission
from node.actions.declare_ties import list_agencies
from node.actions.record_permission import record_permission
from node.actions.show_permissions import PermissionsShown, show_permissions
from node.actions.show_what_left import show_what_left
from node.core import access
from node.core.permissions import SWITCH_WORDS, SWITCHES, Answer, Standing, Switch, is_kept_by_machine
from node.core.referring import REFERRALS
from node.core.taken_back import CANNOT_CALL_BACK
from node.store.permissions import Given
from node.web import options
from node.web.agencies import in_one_line
from node.web.report_sections import read_conditions, words_in
from node.web.site import Visit
from node.wording.asking import FIRST, asking
from protocol.house.core.errors import HouseError, NotFound
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/reports/{report_id:int}")

Asker = Annotated[Visit, door(access.may_record_permission)]
TakesDown = Annotated[Visit, door(access.may_take_down)]

SWITCH_LIST: Final = tuple((switch, SWITCH_WORDS[switch]) for switch in SWITCHES)
ANSWER_WORDS: Final = {"yes": "Yes", "no": "No", "not_asked": "Not asked"}


@rooms.get("/permission")
def permission(visit: Asker, report_id: int) -> Response:
    """Every switch: as at the report, today, what police wait for, and its history."""
    shown = show_permissions(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page("reports/permission.html", shown=shown, switches=SWITCH_LIST, answers=ANSWER_WORDS, words=options)


@rooms.get("/permission/{switch}")
def ask(visit: Asker, report_id: int, switch: str) -> Response:
    """One switch, in the words in which it is asked."""
    return _ask(visit, report_id, switch)


def _as_it_stands(visit: Visit, switch: Switch, stands: Standing) -> Form:
    """Conditions that the node keeps are ticked already: an answer takes the place of the last, and nobody widens a
    permission by not unfolding a list. Those that wait for a person are what is talked about now."""
    kept = [one for one in stands.conditions if is_kept_by_machine(switch, one)]
    return Form.filled(
        {
            "asked_in": visit.request.query_params.get("in", FIRST),
            "not_region": [one.region for one in kept if one.region is not None],
            "no_town": "yes" if any(one.kind == "no_town" for one in kept) else None,
        }
    )


def _ask(visit: Visit, report_id: int, switch: str, form: Form | None = None, status: int = 200) -> Response:
    known = _known(switch)
    shown = show_permissions(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    form = _as_it_stands(visit, known, shown.today[known]) if form is None else form
    return visit.page(
        "reports/ask.html",
        status=status,
        form=form,
        shown=shown,
        switch=known,
        name=SWITCH_WORDS[known],
        said=words_in(form.value("asked_in")),
        languages=[(one.language, one.name) for one in asking().values()],
        to_police=known in REFERRALS,
        ties=_ties(visit, shown.report.agency),
        colleagues=[(name, name) for name in shown.colleagues],
        regions=options.regions(visit.site.log().state.charter, visit.site.config.region),
        words=options,
    )


def _ties(visit: Visit, agency: str) -> str:
    """To whom the agency that asks is tied: said before they answer."""
    found = next((one for one in list_agencies(visit.desk) if one.name == agency), None)
    return "" if found is None else f"{agency} {in_one_line(found)}"


def _known(switch: str) -> Switch:
    if switch not in SWITCH_WORDS:
        raise NotFound("switch", "there is no such permission")
    return switch


@rooms.post("/permission/{switch}")
def answered(visit: Asker, form: Posted, report_id: int, switch: str) -> Response:
    """One answer, with how it was given and its conditions."""
    known = _known(switch)
    answer = form.one_of("answer", ANSWER_WORDS, missing="Say yes, no or not asked")
    how = form.one_of("how", options.codes_of(options.HOW_GIVEN), missing="Say how they answered")
    shown = show_permissions(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    waived_with = form.one_of("waived_with", shown.colleagues) or ""
    charter = visit.site.log().state.charter
    conditions = read_conditions(form, options.codes_of(options.regions(charter, visit.site.config.region)))
    if form.errors or answer is None or how is None:
        return _ask(visit, report_id, switch, form, 422)
    is_yes = answer == "yes"
    given = Given(
        wording=words_in(form.value("asked_in")).version,
        witness=form.line("witness") or visit.by,
        how=how,
        conditions=conditions if is_yes else (),
        waived_with=waived_with if is_yes else "",
        wanted_now=is_yes and form.value("wanted_now") == "yes",
    )
    try:
        _record(visit, shown, known, cast(Answer, answer), given)
    except HouseError as error:
        form.refuse_with(error)
        return _ask(visit, report_id, switch, form, 409)
    return go(f"/reports/{report_id}/permission")


def _record(visit: Visit, shown: PermissionsShown, switch: Switch, answer: Answer, given: Given) -> None:
    voice, report_id = visit.voice(), shown.report.id
    if answer == "no" and switch != "record":
        change_permission(
            visit.desk, voice, report_id=report_id, switches=(switch,), given=given, by=visit.by, now=visit.now
        )
        return
    stands = shown.today[switch]
    record_permission(
        visit.desk,
        report_id=report_id,
        switch=switch,
        answer=answer,
        given=given,
        by=visit.by,
        now=visit.now,
        settles=stands.entry if stands.conditions else None,
        voice=voice,
    )


@rooms.get("/stop-sharing")
def before_stopping(visit: TakesDown, report_id: int) -> Response:
    """What had left and what cannot be called back, and one button."""
    found = show_what_left(visit.desk, visit.site.log(), report_id=report_id, by=visit.by, now=visit.now)
    return visit.page(
        "reports/stop_sharing.html", report_id=report_id, found=found, remains=CANNOT_CALL_BACK, words=options
    )


@rooms.post("/stop-sharing")
def stop_sharing(visit: TakesDown, form: Posted, report_id: int) -> Response:
    """They stopped sharing: everything but keeping the record is off, and what is out is taken back."""
    before = show_what_left(visit.desk, visit.site.log(), report_id=report_id, by=visit.by, now=visit.now)
    done = change_permission(
        visit.desk,
        visit.voice(),
        report_id=report_id,
        given=Given(witness=visit.by),
        by=visit.by,
        now=visit.now,
    )
    return visit.page(
        "reports/stopped.html",
        done=done,
        projects=before.projects,
        report_id=report_id,
        remains=CANNOT_CALL_BACK,
        words=options,
    )
