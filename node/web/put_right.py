"""Puts right what happened, who is described, and with what: part by part, as a new report asks for them."""

from collections.abc import Callable
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.show_report import show_report
from node.core import access
from node.core.scheme_data import PersonData, SchemeData, VehicleData
from node.web import described_again as again
from node.web import options
from node.web.described_forms import read_identifier, read_person, read_vehicle
from node.web.report_sections import IDENTIFIERS, read_event
from node.web.site import Visit
from protocol.house.core.errors import HouseError, NotFound
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/reports/{report_id:int}/described")

Reader = Annotated[Visit, door(access.may_read_reports)]

MOST_PERSONS: Final = 8
"""Sheets have described so many at once."""


class Part(msgspec.Struct, frozen=True):
    """One part of the scheme data: the form that shows it, and what the data are once it was filled in anew."""

    heading: str
    kind: str
    shown: Form
    read: Callable[[Form], SchemeData]


def _parts(visit: Visit, data: SchemeData) -> dict[str, Part]:
    parts = {"event": Part("What happened", "event", again.event_form(data), lambda form: _event(visit, data, form))}
    for at in range(min(len(data.persons) + 1, MOST_PERSONS)):
        known = data.persons[at] if at < len(data.persons) else PersonData()
        heading = f"Person described {at + 1}" if at < len(data.persons) else "Another person described"
        parts[f"person{at + 1}"] = Part(heading, "person", again.person_form(known), _person_reader(data, at))
    shown = again.things_form(data, IDENTIFIERS)
    parts["things"] = Part("Vehicles, numbers and usernames", "things", shown, lambda form: _things(data, form))
    return parts


def _event(visit: Visit, data: SchemeData, form: Form) -> SchemeData:
    return again.changed(data, read_event(again.event_form(data), visit.now), read_event(form, visit.now))


def _person_reader(data: SchemeData, at: int) -> Callable[[Form], SchemeData]:
    def read(form: Form) -> SchemeData:
        old = data.persons[at] if at < len(data.persons) else PersonData()
        shown, new = (read_person(one) or PersonData() for one in (again.person_form(old), form))
        kept = again.changed(old, shown, new)
        persons = again.put_at(data.persons, at, None if kept == PersonData() else kept)
        return msgspec.structs.replace(data, persons=persons)

    return read


def _things(data: SchemeData, form: Form) -> SchemeData:
    before = again.things_form(data, IDENTIFIERS)
    old = data.vehicles[0] if data.vehicles else VehicleData()
    shown, new = (read_vehicle(one) or VehicleData() for one in (before, form))
    kept = again.changed(old, shown, new)
    identifiers = data.identifiers
    for at, place in reversed(list(enumerate(IDENTIFIERS))):
        names = (f"identifier{place}", f"identifier_kind{place}")
        if any(form.value(name) != before.value(name) for name in names):
            identifiers = again.put_at(identifiers, at, read_identifier(form, place))
    vehicles = again.put_at(data.vehicles, 0, None if kept == VehicleData() else kept)
    return msgspec.structs.replace(data, vehicles=vehicles, identifiers=identifiers)


def _known(visit: Visit, report_id: int) -> dict[str, Part]:
    return _parts(visit, show_report(visit.desk, report_id=report_id, by=visit.by, now=visit.now).scheme)


@rooms.get("")
def described(visit: Reader, report_id: int) -> Response:
    """The parts."""
    parts = [(name, part.heading) for name, part in _known(visit, report_id).items()]
    return visit.page("reports/described.html", report_id=report_id, parts=parts)


@rooms.get("/{part}")
def one_part(visit: Reader, report_id: int, part: str) -> Response:
    """One part, as it is known."""
    found = _find(_known(visit, report_id), part)
    return _page(visit, report_id, part, found, found.shown)


def _find(parts: dict[str, Part], name: str) -> Part:
    if name not in parts:
        raise NotFound("part", "a report has no such part")
    return parts[name]


def _page(visit: Visit, report_id: int, name: str, part: Part, form: Form, status: int = 200) -> Response:
    return visit.page(
        "reports/described_part.html",
        status=status,
        form=form,
        report_id=report_id,
        part=name,
        kind=part.kind,
        heading=part.heading,
        words=options,
    )


@rooms.post("/{part}")
def put_right(visit: Reader, form: Posted, report_id: int, part: str) -> Response:
    """Keeps it anew. What a rule refuses by now is taken back at once."""
    found = _find(_known(visit, report_id), part)
    data = found.read(form)
    if form.errors:
        return _page(visit, report_id, part, found, form, 422)
    try:
        amend_scheme_data(
            visit.desk, report_id=report_id, scheme=data, by=visit.by, now=visit.now, voice=visit.site.voice()
        )
    except HouseError as error:
        form.refuse_with(error)
        return _page(visit, report_id, part, found, form, 409)
    return go(f"/reports/{report_id}")
