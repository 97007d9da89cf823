"""The start page: what needs somebody now, and the rooms that they have."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.list_tasks import list_operators_tasks, list_readers_tasks
from hub.actions.read_releases import read_releases
from hub.core import access
from hub.core.figure_answers import answers
from hub.core.figure_views import Shelf
from hub.web.site import HubVisit
from protocol.house.core.staff import may_be_here
from protocol.house.web.doors import door

rooms = APIRouter()


@rooms.get("/")
def home(visit: Annotated[HubVisit, door(may_be_here)]) -> Response:
    """What there is for this person."""
    operates, analyses = access.may_operate(visit.who), access.may_analyse(visit.who)
    tasks = list_operators_tasks(visit.desk, visit.log(), visit.now) if operates else ()
    if analyses:
        tasks += list_readers_tasks(visit.desk, visit.log(), visit.who, visit.now)
    found = answers(Shelf(read_releases(visit.desk.store))) if analyses else None
    return visit.page("home.html", tasks=tasks, works=operates or analyses, answers=found)
