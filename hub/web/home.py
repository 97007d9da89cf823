"""The start page: the rooms that somebody has."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.web.site import HubVisit
from protocol.house.core.staff import may_be_here
from protocol.house.web.doors import door

rooms = APIRouter()


@rooms.get("/")
def home(visit: Annotated[HubVisit, door(may_be_here)]) -> Response:
    """What there is for this person."""
    return visit.page("home.html")
