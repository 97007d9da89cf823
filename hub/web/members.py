"""Members: who they are, how they stand, and what officers can say about them."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.list_withdrawals import list_withdrawals
from hub.actions.officers_statements import SUSPENDING, resumption, revocation, suspension
from hub.actions.show_members import MemberShown, show_member, show_members
from hub.core import access
from hub.core.officers_words import EFFECTS, REASONS
from hub.web.signing import prepared
from hub.web.site import HubVisit
from hub.web.words import ROLES, STATUSES
from protocol.house.web.doors import Posted, door
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/members")

Operator = Annotated[HubVisit, door(access.may_operate)]
Verb = Literal["suspend", "resume", "revoke"]

ASKED: Final[dict[Verb, tuple[str, ...]]] = {"suspend": SUSPENDING, "resume": (), "revoke": ("left", "compromised")}
"""Reasons from which one is chosen."""


@rooms.get("")
def everybody(visit: Operator) -> Response:
    """All of them."""
    found = show_members(visit.desk, visit.log(), by=visit.by, now=visit.now)
    return visit.page("members/list.html", members=found, roles=ROLES, statuses=STATUSES)


@rooms.get("/{member}")
def one_of_them(visit: Operator, member: int) -> Response:
    """Name, contact, how it stands, what can be done."""
    shown = _shown(visit, member)
    waits = list_withdrawals(visit.hub.store, visit.hub.view, by=visit.by, now=visit.now)
    return visit.page(
        "members/one.html",
        shown=shown,
        roles=ROLES,
        statuses=STATUSES,
        reasons=REASONS,
        waits=waits.of(member).number,
        owes_everything=member in waits.leavers,
    )


@rooms.get("/{member}/{verb}")
def before(visit: Operator, member: int, verb: Verb) -> Response:
    """What it will do, and will not."""
    return _ask(visit, member, verb, Form())


def _shown(visit: HubVisit, member: int) -> MemberShown:
    return show_member(visit.desk, visit.log(), member, by=visit.by, now=visit.now)


def _ask(visit: HubVisit, member: int, verb: Verb, form: Form, status: int = 200) -> Response:
    return visit.page(
        "members/ask.html",
        status=status,
        form=form,
        shown=_shown(visit, member),
        verb=verb,
        effects=EFFECTS[verb],
        reasons=[(code, REASONS[code][:1].upper() + REASONS[code][1:]) for code in ASKED[verb]],
        size=visit.log().state.size,
    )


@rooms.post("/{member}/{verb}")
def prepare(visit: Operator, form: Posted, member: int, verb: Verb) -> Response:
    """The statement, to be signed where an officer's key is."""
    _shown(visit, member)
    size = visit.log().state.size
    reason = form.one_of("reason", ASKED[verb], missing="Choose why" if ASKED[verb] else None)
    since = None
    if reason == "compromised":
        since = form.number("since", least=0, most=size - 1, missing="Say from which entry on")
    if form.errors:
        return _ask(visit, member, verb, form, 422)
    view, now = visit.hub.view, visit.now
    if verb == "resume":
        return prepared(visit, resumption(view, now, member))
    if verb == "suspend":
        return prepared(visit, suspension(view, now, member, reason or ""))
    return prepared(visit, revocation(view, now, member, reason or "", since))
