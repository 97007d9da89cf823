"""What the scheme decides about its warnings: its published rule, numbers never warned of, small numbers of people."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions import change_scheme_rules as change
from node.actions.show_scheme_rules import show_scheme_rules
from node.core import access
from node.core.leak.never_alert import MAX_ENTRY, NeverAlert
from node.core.leak.scheme_rules import MAX_RULE
from node.core.leak.small_cells import MOST_PEOPLE, STOPS_BELOW, WARNS_BELOW, Cell
from node.web import options
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/settings")

Decider = Annotated[Visit, door(access.may_change_rules)]

ENTRY_KINDS: Final = (("number", "Phone number"), ("name", "Name"))
PAGES: Final = (
    ("/settings/inclusion", "What we warn about"),
    ("/settings/never-alert", "Never warned of"),
    ("/settings/small-numbers", "Small numbers"),
)


@rooms.get("/inclusion")
def inclusion(visit: Decider) -> Response:
    """The published rule."""
    return _inclusion(visit, Form.filled({"rule": show_scheme_rules(visit.desk, by=visit.by).inclusion}))


def _inclusion(visit: Visit, form: Form, status: int = 200) -> Response:
    return visit.page("settings/inclusion.html", status=status, form=form, pages=PAGES)


@rooms.post("/inclusion")
def set_inclusion(visit: Decider, form: Posted) -> Response:
    """Writes it anew."""
    rule = form.text("rule", longest=MAX_RULE)
    if form.errors:
        return _inclusion(visit, form, 422)
    change.set_inclusion_rule(visit.desk, text=rule, by=visit.by, now=visit.now)
    return go("/settings/inclusion")


@rooms.get("/never-alert")
def never_alert(visit: Decider) -> Response:
    """The list, what waits for a second person, and a form for another."""
    return _never_alert(visit, Form())


def _never_alert(visit: Visit, form: Form, status: int = 200) -> Response:
    listed = show_scheme_rules(visit.desk, by=visit.by).listed
    return visit.page(
        "settings/never_alert.html", status=status, form=form, pages=PAGES, listed=listed, entry_kinds=ENTRY_KINDS
    )


@rooms.post("/never-alert")
def propose(visit: Decider, form: Posted) -> Response:
    """Proposes an entry."""
    kind = form.one_of("entry_kind", options.codes_of(ENTRY_KINDS), missing="Say whether it is a number or a name")
    value = form.line("value", missing="Give the number or the name", longest=MAX_ENTRY)
    organisation = form.line("organisation", missing="Say whose it is", longest=MAX_ENTRY)
    if form.errors:
        return _never_alert(visit, form, 422)
    entry = NeverAlert(kind="number" if kind == "number" else "name", value=value, organisation=organisation)
    try:
        change.propose_never_alert(visit.desk, entry=entry, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error, "value")
        return _never_alert(visit, form, 409)
    return go("/settings/never-alert")


@rooms.post("/never-alert/{number}/confirm")
def confirm(visit: Decider, form: Posted, number: int) -> Response:
    """A second person puts it on the list; warnings that are about it are taken back."""
    change.confirm_never_alert(visit.desk, visit.voice(), number=number, by=visit.by, now=visit.now)
    return go("/settings/never-alert")


@rooms.post("/never-alert/{number}/remove")
def remove(visit: Decider, form: Posted, number: int) -> Response:
    """Takes it off the list."""
    change.remove_never_alert(visit.desk, number=number, by=visit.by, now=visit.now)
    return go("/settings/never-alert")


@rooms.get("/small-numbers")
def small_numbers(visit: Decider) -> Response:
    """The table, and a form for a row."""
    return _small_numbers(visit, Form.filled({"area": visit.site.config.region}))


def _small_numbers(visit: Visit, form: Form, status: int = 200) -> Response:
    regions = options.regions(visit.site.log().state.charter, visit.site.config.region)
    return visit.page(
        "settings/small_numbers.html",
        status=status,
        form=form,
        pages=PAGES,
        cells=show_scheme_rules(visit.desk, by=visit.by).cells,
        regions=regions,
        groups=options.GROUPS,
        words=options,
        stops_below=STOPS_BELOW,
        warns_below=WARNS_BELOW,
    )


@rooms.post("/small-numbers")
def set_small_number(visit: Decider, form: Posted) -> Response:
    """Says how many people could report there; warnings that say too much now are taken back."""
    known = options.codes_of(options.regions(visit.site.log().state.charter, visit.site.config.region))
    area = form.one_of("area", known, missing="Say in which police area")
    groups = form.several_of("groups", options.codes_of(options.GROUPS))
    people = form.number("people", least=0, most=MOST_PEOPLE, missing="Give a number: your best estimate")
    if form.errors or area is None or people is None:
        return _small_numbers(visit, form, 422)
    cell = Cell(area=area, groups=tuple(sorted(groups)), people=people)
    change.set_small_cell(visit.desk, visit.voice(), cell=cell, by=visit.by, now=visit.now)
    return go("/settings/small-numbers")


@rooms.post("/small-numbers/remove")
def remove_small_number(visit: Decider, form: Posted) -> Response:
    """Takes a row out: nothing is known of these people any more."""
    groups = tuple(sorted(form.several_of("groups", options.codes_of(options.GROUPS))))
    change.remove_small_cell(visit.desk, area=form.value("area"), groups=groups, by=visit.by, now=visit.now)
    return go("/settings/small-numbers")
