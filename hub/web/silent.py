"""Projects from whose node nothing is heard. It says nothing of what they report."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.list_silent import SILENT_AFTER, list_silent
from hub.core import access
from hub.web.site import HubVisit
from protocol.house.web.doors import door

rooms = APIRouter(prefix="/silent")


@rooms.get("")
def silent(visit: Annotated[HubVisit, door(access.may_analyse)]) -> Response:
    """Which, and since when."""
    return visit.page(
        "silent.html",
        found=list_silent(visit.hub.store, visit.log(), by=visit.by, now=visit.now),
        names=visit.names(),
        days=SILENT_AFTER.days,
    )
