"""A new report: a task list, a page a section, check answers. What was typed is kept, sealed, at each step."""

from collections.abc import Collection
from typing import Annotated

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.list_told import Told, list_told
from node.actions.prepare_report import (
    begin_draft,
    drop_draft,
    fill_section,
    keep_draft,
    list_colleagues,
    own_drafts,
    read_own_draft,
)
from node.core import access
from node.store.drafts import Draft
from node.web import options
from node.web import report_sections as sections
from node.web.site import Visit
from node.wording.asking import asking
from protocol.house.core.errors import HouseError, NotFound
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.house.web.rendering import day
from protocol.house.web.site import Choices

rooms = APIRouter(prefix="/reports/new")

Taker = Annotated[Visit, door(access.may_take_reports)]


@rooms.get("")
def drafts(visit: Taker) -> Response:
    """One's own reports in the making, and a new one."""
    return visit.page(
        "new_report/drafts.html", drafts=own_drafts(visit.desk, by=visit.by), names=dict(sections.SECTIONS)
    )


@rooms.post("")
def begin(visit: Taker, form: Posted) -> Response:
    """Begins one."""
    return go(f"/reports/new/{begin_draft(visit.desk, by=visit.by, now=visit.now)}")


@rooms.get("/{number}")
def tasks(visit: Taker, number: int) -> Response:
    """What is done, and what is left."""
    draft = read_own_draft(visit.desk, number=number, by=visit.by)
    known = _known(visit)
    rows = [(name, words, _state(visit, draft, name, known)) for name, words in sections.SECTIONS]
    ready = all(state == "done" for name, _, state in rows if name in sections.NEEDED) and all(
        state != "wrong" for _, _, state in rows
    )
    return visit.page("new_report/tasks.html", draft=draft, rows=rows, needed=sections.NEEDED, ready=ready)


def _state(visit: Visit, draft: Draft, name: str, known: sections.Known) -> str:
    if name not in draft.sections:
        return "left"
    form = Form(draft.sections[name])
    sections.check_section(name, form, visit.now, known)
    return "wrong" if form.errors else "done"


def _known(visit: Visit) -> sections.Known:
    colleagues = list_colleagues(visit.desk, by=visit.by, now=visit.now)
    return sections.Known(options.codes_of(_region_options(visit)), colleagues)


def _told(visit: Visit) -> tuple[Told, ...]:
    exchange = visit.site.exchange
    return list_told(visit.desk, visit.site.log(), exchange.epochs(), by=visit.by, now=visit.now)


def _region_options(visit: Visit) -> Choices:
    return options.regions(visit.site.log().state.charter, visit.site.config.region)


@rooms.get("/{number}/check")
def check_answers(visit: Taker, number: int) -> Response:
    """All that was answered, before it is kept."""
    return _check(visit, number, Form())


def _check(visit: Visit, number: int, form: Form, status: int = 200) -> Response:
    draft = read_own_draft(visit.desk, number=number, by=visit.by)
    answered = []
    for name, heading in sections.SECTIONS:
        if name in draft.sections:
            given = Form(draft.sections[name])
            answered.append((name, heading, _kind(name), given, sections.words_in(given.value("asked_in"))))
    return visit.page(
        "new_report/check.html",
        status=status,
        form=form,
        draft=draft,
        answered=answered,
        **_offered(visit, draft.sections),
    )


def _kind(name: str) -> str:
    return "person" if name in sections.PERSONS else name


def _offered(visit: Visit, names: Collection[str]) -> dict[str, object]:
    """What the fields of these sections offer."""
    return {
        "told": [(one.reference, _in_words(one)) for one in _told(visit)] if sections.PERSONS[0] in names else (),
        "words": options,
        "tellers": sections.TELLERS,
        "ages": sections.AGES,
        "regions": _region_options(visit),
        "colleagues": [(one, one) for one in list_colleagues(visit.desk, by=visit.by, now=visit.now)],
        "languages": [(one.language, one.name) for one in asking().values()],
    }


@rooms.post("/{number}/keep")
def keep(visit: Taker, form: Posted, number: int) -> Response:
    """Keeps it as a report."""
    draft = read_own_draft(visit.desk, number=number, by=visit.by)
    forms = {name: Form(fields) for name, fields in draft.sections.items()}
    prepared = sections.prepare(
        forms,
        agency=visit.who.agency or visit.site.config.name,
        by=visit.by,
        now=visit.now,
        known=msgspec.structs.replace(_known(visit), told_of=tuple(one.reference for one in _told(visit))),
    )
    if any(one.errors for one in forms.values()) or not forms.keys() >= sections.NEEDED:
        form.refuse("", "Something is missing or wrong: go back to the list")
        return _check(visit, number, form, 422)
    try:
        report_id = keep_draft(visit.desk, number=number, prepared=prepared, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _check(visit, number, form, 409)
    return go(f"/reports/{report_id}")


@rooms.post("/{number}/drop")
def drop(visit: Taker, form: Posted, number: int) -> Response:
    """Forgets it; nothing of it is kept."""
    drop_draft(visit.desk, number=number, by=visit.by, now=visit.now)
    return go("/reports/new")


@rooms.get("/{number}/{name}")
def section(visit: Taker, number: int, name: str) -> Response:
    """One section, as it was filled in so far."""
    draft = read_own_draft(visit.desk, number=number, by=visit.by)
    asked_in = visit.request.query_params.get("in")
    fields = draft.sections.get(name, ())
    return _section(visit, number, name, Form((*fields, ("asked_in", asked_in)) if asked_in else fields))


def _section(visit: Visit, number: int, name: str, form: Form, status: int = 200) -> Response:
    heading = dict(sections.SECTIONS).get(name)
    if heading is None:
        raise NotFound("section", "a report has no such part")
    return visit.page(
        "new_report/section.html",
        status=status,
        form=form,
        kind=_kind(name),
        number=number,
        name=name,
        heading=heading,
        said=sections.words_in(form.value("asked_in")),
        **_offered(visit, (name,)),
    )


def _in_words(told: Told) -> str:
    since = "no longer in force" if told.day is None else f"since {day(told.day)}"
    return f"{told.reference}, from {told.project}, {since}"


@rooms.post("/{number}/{name}")
def fill(visit: Taker, form: Posted, number: int, name: str) -> Response:
    """Keeps what was typed, right or wrong, and says what is wrong with it."""
    if name not in dict(sections.SECTIONS):
        raise NotFound("section", "a report has no such part")
    fields = tuple(pair for pair in form.pairs() if pair[0] != "csrf")
    fill_section(visit.desk, number=number, name=name, fields=fields, by=visit.by, now=visit.now)
    sections.check_section(name, form, visit.now, _known(visit))
    if form.errors:
        return _section(visit, number, name, form, 422)
    return go(f"/reports/new/{number}")
