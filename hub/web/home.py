"""The start page: what needs somebody now, and the rooms that they have."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.list_tasks import list_operators_tasks
from hub.core import access
from hub.web.site import HubVisit
from protocol.house.core.staff import may_be_here
from protocol.house.web.doors import door

rooms = APIRouter()


@rooms.get("/")
def home(visit: Annotated[HubVisit, door(may_be_here)]) -> Response:
    """What there is for this person."""
    operates = access.may_operate(visit.who)
    tasks = list_operators_tasks(visit.desk, visit.log(), visit.now) if operates else ()
    return visit.page("home.html", tasks=tasks, operates=operates)
