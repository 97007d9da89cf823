"""Withdrawals that are not yet confirmed: by whom, since when, and a reminder for the phone."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.list_withdrawals import Unconfirmed, list_withdrawals
from hub.actions.remind_member import last_reminded, remind_member
from hub.actions.show_members import show_member
from hub.core import access
from hub.web.site import HubVisit
from hub.web.words import WHY_GONE
from protocol.house.web.doors import Posted, door, go

rooms = APIRouter(prefix="/withdrawals")

Follower = Annotated[HubVisit, door(access.may_follow_withdrawals)]
Operator = Annotated[HubVisit, door(access.may_operate)]


@rooms.get("")
def unconfirmed(visit: Follower) -> Response:
    """Those there are, the oldest first; to an operator, whom to ring."""
    found = _found(visit)
    reminded = last_reminded(visit.desk, found.owing)
    return visit.page(
        "withdrawals/list.html",
        found=found,
        names=visit.names(),
        operates=access.may_operate(visit.who),
        owing=[(one, owes.number, one in found.leavers, reminded.get(one)) for one, owes in found.owing.items()],
        why=WHY_GONE,
        days={one.index: (visit.now.date() - dt.date.fromisoformat(one.day)).days for one in found.withdrawals},
    )


def _found(visit: HubVisit) -> Unconfirmed:
    return list_withdrawals(visit.hub.store, visit.hub.view, by=visit.by, now=visit.now)


@rooms.get("/{member}")
def before_reminding(visit: Operator, member: int) -> Response:
    """What to say on the phone: it says nothing of what was withdrawn."""
    found = _found(visit)
    shown = show_member(visit.desk, visit.log(), member, by=visit.by, now=visit.now)
    last = last_reminded(visit.desk, [member]).get(member)
    return visit.page(
        "withdrawals/remind.html",
        shown=shown,
        owes=found.of(member),
        leaver=member in found.leavers,
        reminded=last,
        reminded_today=last is not None and last.date() == visit.now.date(),
    )


@rooms.post("/{member}")
def reminded(visit: Operator, form: Posted, member: int) -> Response:
    """Somebody rang them: that is kept, and their node is told."""
    show_member(visit.desk, visit.log(), member, by=visit.by, now=visit.now)
    remind_member(visit.desk, member, by=visit.by, now=visit.now)
    return go("/withdrawals")
