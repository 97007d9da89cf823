"""Warnings: searched, and one of them opened for a reason. What is looked for is posted: it stands in no address."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.compare_bodies import alike
from hub.actions.look_for_alerts import look_for_alerts
from hub.actions.tell_origins import open_alert_body, show_closed
from hub.core import access
from hub.core.search import Asked
from hub.core.search_keys import folded
from hub.web.site import Chain, HubVisit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door
from protocol.house.web.forms import Form
from protocol.region_names import region_name
from protocol.wording.alert import render_alert
from protocol.wording.codes import LOOK_REASONS
from protocol.wording.lists import LISTS

rooms = APIRouter(prefix="/warnings")

Analyst = Annotated[HubVisit, door(access.may_analyse)]
Options = tuple[tuple[str, str], ...]

CODES: Final[Mapping[str, str]] = {
    "place": "place",
    "incident": "incident",
    "method": "method",
    "contact": "contact",
    "weapon": "weapon",
    "sex": "sex",
    "build": "build",
    "hair": "hair colour",
    "hair_style": "hair style",
    "facial_hair": "facial hair",
    "eyes": "eyes",
    "skin": "skin",
    "accent": "accent",
    "mark": "mark",
    "vehicle": "vehicle",
    "make": "make",
    "vehicle_colour": "colour",
}
"""Field of a search → list of words."""

_MONTH: Final = re.compile(r"(0?[1-9]|1[0-2])[ /.-]((?:19|20)[0-9]{2})")
_TAIL: Final = re.compile("[0-9]{2,3}")
_PLATE: Final = re.compile("[A-Z0-9]{2,8}")
LEAST_AGE, MOST_AGE = 16, 99
LEAST_CM, MOST_CM = 120, 230


def _options(name: str) -> Options:
    return tuple((code, words[:1].upper() + words[1:]) for code, words in LISTS[name].english.items())


OPTIONS: Final[Mapping[str, Options]] = {field: _options(name) for field, name in CODES.items()}
REASONS: Final[Options] = tuple(LOOK_REASONS.items())


@rooms.get("")
def ask(visit: Analyst) -> Response:
    """What can be looked for."""
    return _page(visit, Form())


@rooms.post("")
def search(visit: Analyst, form: Posted) -> Response:
    """The newest warnings that are what was asked."""
    asked = _asked(visit, form)
    if form.errors:
        return _page(visit, form, status=422)
    try:
        found = look_for_alerts(visit.desk, visit.hub.store, asked, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error, "plate")
        return _page(visit, form, status=422)
    return _page(visit, form, found=found)


def _page(visit: HubVisit, form: Form, *, status: int = 200, found: Any = None) -> Response:
    return visit.page(
        "warnings/search.html",
        status=status,
        form=form,
        found=found,
        names=visit.names(),
        options=OPTIONS,
        forces=_forces(visit),
    )


def _forces(visit: HubVisit) -> Options:
    charter = visit.log().state.charter
    return () if charter is None else tuple((region.code, region_name(region.code)) for region in charter.regions)


def _asked(visit: HubVisit, form: Form) -> Asked:
    codes = {field: form.one_of(field, {code for code, _ in options}) or "" for field, options in OPTIONS.items()}
    name = form.line("name", longest=40)
    if name and not folded(name):
        form.refuse("name", "Type at least one letter")
    return Asked(
        force=form.one_of("force", {code for code, _ in _forces(visit)}) or "",
        town=form.line("town", longest=40),
        month_from=_month(form, "month_from"),
        month_to=_month(form, "month_to"),
        name=name,
        model=form.line("model", longest=20),
        age=form.number("age", least=LEAST_AGE, most=MOST_AGE),
        height_cm=form.number("height_cm", least=LEAST_CM, most=MOST_CM),
        plate=_typed(form, "plate", _PLATE, "Two to eight letters and figures that stand next to each other"),
        tail=_typed(form, "tail", _TAIL, "The last two or three figures of the number"),
        **codes,
    )


def _month(form: Form, name: str) -> str:
    found = form.line(name, longest=7)
    matched = _MONTH.fullmatch(found)
    if found and matched is None:
        form.refuse(name, "A month, such as 10 2026")
    return "" if matched is None else f"{matched[2]}-{int(matched[1]):02}"


def _typed(form: Form, name: str, pattern: re.Pattern[str], right: str) -> str:
    found = form.line(name, longest=20).replace(" ", "").upper()
    if found and not pattern.fullmatch(found):
        form.refuse(name, right)
    return found


@rooms.get("/{chain}")
def before(visit: Analyst, chain: Chain) -> Response:
    """Why it is opened."""
    return _ask_why(visit, chain, Form())


def _ask_why(visit: HubVisit, chain: str, form: Form, status: int = 200) -> Response:
    (described,) = show_closed(visit.hub.store, visit.hub.view, [chain], by=visit.by, now=visit.now)
    return visit.page(
        "warnings/why.html", status=status, form=form, one=described, names=visit.names(), reasons=REASONS
    )


@rooms.post("/{chain}")
def opened(visit: Analyst, form: Posted, chain: Chain) -> Response:
    """What it says, and what may be about the same person."""
    reason = form.one_of("reason", LOOK_REASONS, missing="Choose why you open this warning")
    if reason is None:
        return _ask_why(visit, chain, form, 422)
    hub, epochs = visit.hub, visit.hub.epochs()
    found = open_alert_body(hub.store, hub.view, epochs, chain, reason, by=visit.by, now=visit.now)
    for_police = not access.sees_all_bodies(visit.who)
    return visit.page(
        "warnings/opened.html",
        form=Form(),
        found=found,
        lines=render_alert(found.body, status=found.link.status),
        alike=alike(hub.store, epochs, found.link.index, for_police=for_police),
        names=visit.names(),
        in_force=found.link.expires is not None and visit.now.date().isoformat() < found.link.expires,
        may_decide=access.may_decide(visit.who),
    )
