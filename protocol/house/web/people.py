"""Who works here: invitations, roles, deputies, devices that are lost, people who leave."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from protocol.house.actions.change_roles import appoint_deputy, change_roles
from protocol.house.actions.end_access import end_account, end_device
from protocol.house.actions.invite_person import Invited, invite_again, invite_person
from protocol.house.actions.show_people import show_colleague, show_people
from protocol.house.core.errors import Refused
from protocol.house.core.staffing import DEPUTY_AT_MOST
from protocol.house.web.doors import Posted, Visit, go, staffing_door
from protocol.house.web.forms import Form, sentence
from protocol.house.web.rendering import LOCAL
from protocol.house.web.site import StaffWords

rooms = APIRouter(prefix="/people")

Manager = Annotated[Visit, staffing_door(lambda staffing: staffing.may_manage_people)]

ASK_POLICE: Final = "Say whether they belong to a police body"
_FIELDS: Final = {"refused.name": "name", "refused.person_known": "name", "refused.role_barred": "roles"}
"""Beside which field a refusal stands."""


@rooms.get("")
def everybody(visit: Manager) -> Response:
    """All of them."""
    found = show_people(visit.desk, by=visit.by, now=visit.now)
    return visit.page("people/list.html", people=found, role_words=visit.site.staff_words().roles)


@rooms.get("/invite")
def before_inviting(visit: Manager) -> Response:
    """Who, and as what?"""
    return _ask(visit, Form())


def _ask(visit: Visit, form: Form, status: int = 200) -> Response:
    staffing, words = visit.site.staffing, visit.site.staff_words()
    agencies = staffing.agencies if visit.who.agency is None else (visit.who.agency,)
    return visit.page(
        "people/invite.html",
        status=status,
        form=form,
        roles=_offered(words, (role for role in staffing.roles if staffing.may_give(visit.who, role))),
        agencies=[(one, one) for one in agencies],
        several=words.several,
        forces=words.forces,
        asks_police=words.asks_police,
    )


def _offered(words: StaffWords, roles: Iterable[str]) -> list[tuple[str, str, str]]:
    return [(role, words.roles[role], words.hints[role]) for role in roles]


@rooms.post("/invite")
def invite(visit: Manager, form: Posted) -> Response:
    """Makes them known, and shows the link once."""
    name = form.line("name", missing="Type a name")
    staffing, words = visit.site.staffing, visit.site.staff_words()
    roles = form.several_of("roles", staffing.roles, missing="Choose at least one role")
    agency = form.one_of("agency", staffing.agencies) or visit.who.agency
    force = form.one_of("force", {code for code, _ in words.forces})
    police = form.one_of("police", ("yes", "no"), missing=ASK_POLICE if words.asks_police else None) == "yes"
    if form.errors:
        return _ask(visit, form, 422)
    try:
        made = invite_person(
            visit.desk, name=name, roles=roles, agency=agency, force=force, police=police, by=visit.by, now=visit.now
        )
    except Refused as error:
        form.refuse(_FIELDS.get(error.code, ""), sentence(error.message))
        return _ask(visit, form, 422)
    return _link(visit, name, made)


def _link(visit: Visit, name: str, made: Invited) -> Response:
    link = f"{visit.site.public_url}/invitation/{made.code}"
    return visit.page("people/invited.html", name=name, link=link, person=made.person)


@rooms.get("/{person}")
def one_of_them(visit: Manager, person: int) -> Response:
    """Roles, devices, what can be done."""
    return _one(visit, person, Form())


def _one(visit: Visit, person: int, form: Form, status: int = 200) -> Response:
    shown = show_colleague(visit.desk, person=person, by=visit.by, now=visit.now)
    held = {one.role for one in shown.colleague.person.held if one.until is None}
    filled = form if form.errors else Form.filled({"roles": sorted(held)})
    words, deputised = visit.site.staff_words(), visit.site.staffing.deputised
    deputies = [(role, words.roles[role]) for role in deputised if role in shown.may_give and role not in held]
    return visit.page(
        "people/one.html",
        status=status,
        form=filled,
        shown=shown,
        roles=_offered(words, shown.may_give),
        deputies=deputies,
        role_words=words.roles,
        longest=DEPUTY_AT_MOST.days,
    )


@rooms.post("/{person}/roles")
def put_roles(visit: Manager, form: Posted, person: int) -> Response:
    """The roles as they are ticked; those that this person may not give stay as they are."""
    wanted = set(form.several_of("roles", visit.site.staffing.roles))
    shown = show_colleague(visit.desk, person=person, by=visit.by, now=visit.now)
    held = {one.role for one in shown.colleague.person.held if one.until is None}
    give = tuple(role for role in shown.may_give if role in wanted and role not in held)
    take = tuple(role for role in shown.may_give if role in held and role not in wanted)
    try:
        change_roles(visit.desk, person=person, give=give, take=take, by=visit.by, now=visit.now)
    except Refused as error:
        form.refuse("roles", sentence(error.message))
        return _one(visit, person, form, 422)
    return go(f"/people/{person}")


@rooms.post("/{person}/deputy")
def put_deputy(visit: Manager, form: Posted, person: int) -> Response:
    """Stands in until the end of a day."""
    role = form.one_of("deputy", visit.site.staffing.deputised, missing="Choose what they stand in for")
    last = form.day("until", missing="Say until which day")
    if form.errors or role is None or last is None:
        return _one(visit, person, form, 422)
    until = dt.datetime.combine(last, dt.time(23, 59, 59), LOCAL).astimezone(dt.UTC)
    try:
        appoint_deputy(visit.desk, person=person, role=role, until=until, by=visit.by, now=visit.now)
    except Refused as error:
        form.refuse("until" if error.code == "refused.deputy_until" else "deputy", sentence(error.message))
        return _one(visit, person, form, 422)
    return go(f"/people/{person}")


@rooms.post("/{person}/invite")
def invite_them_again(visit: Manager, form: Posted, person: int) -> Response:
    """They lost what they sign in with, or the link: another one."""
    shown = show_colleague(visit.desk, person=person, by=visit.by, now=visit.now)
    made = invite_again(visit.desk, person=person, by=visit.by, now=visit.now)
    return _link(visit, shown.colleague.person.name, made)


@rooms.post("/{person}/devices/{device}/end")
def lost(visit: Manager, form: Posted, person: int, device: int) -> Response:
    """Lost or stolen: whatever is open on it ends at once."""
    end_device(visit.desk, visit.session, device=device, now=visit.now)
    return go(f"/people/{person}")


@rooms.get("/{person}/end")
def before_ending(visit: Manager, person: int) -> Response:
    """Really?"""
    shown = show_colleague(visit.desk, person=person, by=visit.by, now=visit.now)
    return visit.page("people/end.html", shown=shown, form=Form())


@rooms.post("/{person}/end")
def end(visit: Manager, form: Posted, person: int) -> Response:
    """They leave."""
    try:
        end_account(visit.desk, person=person, by=visit.by, now=visit.now)
    except Refused as error:
        form.refuse("", sentence(error.message))
        shown = show_colleague(visit.desk, person=person, by=visit.by, now=visit.now)
        return visit.page("people/end.html", status=422, shown=shown, form=form)
    return go("/people")
