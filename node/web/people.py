"""Who works here: invitations, roles, deputies, devices that are lost, people who leave."""

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.change_roles import appoint_deputy, change_roles
from node.actions.end_access import end_account, end_device
from node.actions.invite_person import Invited, invite_again, invite_person
from node.actions.show_people import show_colleague, show_people
from node.core import access
from node.core.errors import Refused
from node.web import options
from node.web.doors import Posted, Visit, door, go
from node.web.forms import Form, sentence
from node.web.rendering import LOCAL

rooms = APIRouter(prefix="/people")

Manager = Annotated[Visit, door(access.may_manage_people)]

ROLE_WORDS: Final[dict[str, str]] = {
    "outreach": "Outreach",
    "caseworker": "Caseworker",
    "coordinator": "Coordinator",
    "safeguarding_lead": "Safeguarding lead",
    "police_contact_worker": "Police contact worker",
    "administrator": "Administrator",
    "auditor": "Auditor",
}
ROLE_HINTS: Final[dict[str, str]] = {
    "outreach": "Takes reports and danger now; sees only their own until they are handed over",
    "caseworker": "Reads reports, records permission, drafts warnings",
    "coordinator": "Releases warnings; answers for records and people",
    "safeguarding_lead": "Alone sees reports of people under 18, or not sure",
    "police_contact_worker": "Works for us, never for the police",
    "administrator": "Looks after the machine; reads no record",
    "auditor": "Verifies who looked at what; reads no record",
}


@rooms.get("")
def everybody(visit: Manager) -> Response:
    """All of them."""
    found = show_people(visit.desk, by=visit.by, now=visit.now)
    return visit.page("people/list.html", people=found, role_words=ROLE_WORDS)


@rooms.get("/invite")
def before_inviting(visit: Manager) -> Response:
    """Who, and as what?"""
    return _ask(visit, Form())


def _ask(visit: Visit, form: Form, status: int = 200) -> Response:
    roles = [(role, ROLE_WORDS[role], ROLE_HINTS[role]) for role in access.ROLES if access.may_give(visit.who, role)]
    agencies = visit.site.config.agencies if visit.who.agency is None else (visit.who.agency,)
    return visit.page(
        "people/invite.html",
        status=status,
        form=form,
        roles=roles,
        agencies=[(one, one) for one in agencies],
        regions=_regions(visit),
    )


def _regions(visit: Visit) -> options.Options:
    return options.regions(visit.site.log().state.charter, visit.site.config.region)


@rooms.post("/invite")
def invite(visit: Manager, form: Posted) -> Response:
    """Makes them known, and shows the link once."""
    name = form.line("name", missing="Type a name")
    roles = form.several_of("roles", set(ROLE_WORDS), missing="Choose at least one role")
    agency = form.one_of("agency", visit.site.config.agencies) or visit.who.agency
    force = form.one_of("force", options.codes_of(_regions(visit)))
    if form.errors:
        return _ask(visit, form, 422)
    try:
        made = invite_person(visit.desk, name=name, roles=roles, agency=agency, force=force, by=visit.by, now=visit.now)
    except Refused as error:
        form.refuse("name" if error.code in ("refused.name", "refused.person_known") else "", sentence(error.message))
        return _ask(visit, form, 422)
    return _link(visit, name, made)


def _link(visit: Visit, name: str, made: Invited) -> Response:
    link = f"{visit.site.config.public_url.rstrip('/')}/invitation/{made.code}"
    return visit.page("people/invited.html", name=name, link=link, person=made.person)


@rooms.get("/{person}")
def one_of_them(visit: Manager, person: int) -> Response:
    """Roles, devices, what can be done."""
    return _one(visit, person, Form())


def _one(visit: Visit, person: int, form: Form, status: int = 200) -> Response:
    shown = show_colleague(visit.desk, person=person, by=visit.by, now=visit.now)
    held = {one.role for one in shown.colleague.person.held if one.until is None}
    filled = form if form.errors else Form.filled({"roles": sorted(held)})
    give = [(role, ROLE_WORDS[role], ROLE_HINTS[role]) for role in shown.may_give]
    deputies = [(role, ROLE_WORDS[role]) for role in access.DEPUTISED if role in shown.may_give and role not in held]
    return visit.page(
        "people/one.html",
        status=status,
        form=filled,
        shown=shown,
        roles=give,
        deputies=deputies,
        role_words=ROLE_WORDS,
        longest=access.DEPUTY_AT_MOST.days,
    )


@rooms.post("/{person}/roles")
def put_roles(visit: Manager, form: Posted, person: int) -> Response:
    """The roles as they are ticked; those that this person may not give stay as they are."""
    wanted = set(form.several_of("roles", set(ROLE_WORDS)))
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
    role = form.one_of("deputy", set(access.DEPUTISED), missing="Choose what they stand in for")
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
