"""Monday's summary of the trail: who opened what."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.read_week import read_week
from node.core import access
from node.core.audit_week import last_whole_week, monday_of
from node.web.site import Visit
from protocol.house.web.doors import door

rooms = APIRouter(prefix="/audit")


@rooms.get("/week")
def week(visit: Annotated[Visit, door(access.may_read_week)], of: str = "") -> Response:
    """Who opened what in a week; the last whole one, unless another is asked for."""
    try:
        monday = monday_of(dt.date.fromisoformat(of))
    except ValueError:
        monday = last_whole_week(visit.now)
    shown = read_week(visit.desk, monday, by=visit.by, now=visit.now)
    return visit.page("audit/week.html", shown=shown, before=monday - dt.timedelta(days=7), last=_last_day(monday))


def _last_day(monday: dt.date) -> dt.date:
    return monday + dt.timedelta(days=6)
