"""Who asks to join: fingerprint words, sponsors, the notice clock, admission."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.drop_candidate import drop_candidate
from hub.actions.invite_candidate import invite_candidate
from hub.actions.name_members import name_members
from hub.actions.officers_statements import admission, next_member
from hub.actions.show_candidates import show_candidate, show_candidates
from hub.core import access
from hub.core.errors import Malformed
from hub.log_view import Snapshot
from hub.web.signing import prepared
from hub.web.site import HubVisit
from hub.web.words import ROLES, words_of
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form, sentence

rooms = APIRouter(prefix="/joining")

Operator = Annotated[HubVisit, door(access.may_operate)]

LARGEST_MEMBER = 65_535
"""Of a member's number. Source: protocol/spec/statement.md."""


@rooms.get("")
def waiting(visit: Operator) -> Response:
    """All who ask."""
    view = visit.log()
    found = show_candidates(visit.desk, view, by=visit.by, now=visit.now)
    return visit.page("joining/list.html", waiting=found, roles=ROLES, today=visit.now.date())


@rooms.get("/invite")
def before_inviting(visit: Operator) -> Response:
    """An invitation for one project."""
    return visit.page("joining/invite.html", made=None, words="", days=visit.hub.config.invitation_days)


@rooms.post("/invite")
def invite(visit: Operator, form: Posted) -> Response:
    """The invitation, shown once."""
    hub = visit.hub
    made = invite_candidate(hub.store, hub.view, hub.config, by=visit.by, now=visit.now)
    return visit.page("joining/invite.html", made=made, words=words_of(made.log), days=hub.config.invitation_days)


@rooms.get("/{digest}")
def one_of_them(visit: Operator, digest: str) -> Response:
    """As they asked, and what is still missing."""
    number = next_member(visit.hub.store, visit.log().state)
    return _one(visit, digest, Form.filled({"number": str(number)}))


def _one(visit: HubVisit, digest: str, form: Form, status: int = 200) -> Response:
    view = visit.log()
    shown = show_candidate(visit.desk, view, digest, by=visit.by, now=visit.now)
    return visit.page(
        "joining/one.html",
        status=status,
        form=form,
        shown=shown,
        roles=ROLES,
        words=words_of(digest),
        sponsors=_sponsors(visit, view, shown.standing.by),
        notice=view.state.charter.notice_days if view.state.charter else 0,
        today=visit.now.date(),
    )


def _sponsors(visit: HubVisit, view: Snapshot, numbers: tuple[int, ...]) -> list[str]:
    named = name_members(visit.hub.store, view, visit.hub.epochs())
    return [named[one].name if one in named else f"Member {one}" for one in numbers]


@rooms.post("/{digest}/admit")
def admit(visit: Operator, form: Posted, digest: str) -> Response:
    """The admission, to be signed where an officer's key is."""
    number = form.number("number", least=1, most=LARGEST_MEMBER, missing="Type a number for the new member")
    if form.errors or number is None:
        return _one(visit, digest, form, 422)
    try:
        return prepared(visit, admission(visit.hub.store, visit.hub.view, visit.now, digest, number))
    except Malformed as error:
        form.refuse("number", sentence(error.detail))
        return _one(visit, digest, form, 422)


@rooms.get("/{digest}/drop")
def before_dropping(visit: Operator, digest: str) -> Response:
    """Really?"""
    shown = show_candidate(visit.desk, visit.log(), digest, by=visit.by, now=visit.now)
    return visit.page("joining/drop.html", shown=shown)


@rooms.post("/{digest}/drop")
def drop(visit: Operator, form: Posted, digest: str) -> Response:
    """Name and contact are deleted."""
    drop_candidate(visit.hub.store, digest, by=visit.by, now=visit.now)
    return go("/joining")
