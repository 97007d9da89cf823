"""The start page: what needs somebody now. And the way out of every page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from node.actions.list_tasks import list_tasks
from node.actions.lock_session import lock_session
from node.actions.read_status import read_status
from node.core import access
from node.web.cookies import DEVICE, SESSION, read_cookie
from node.web.doors import Visit, door, site_of
from node.web.site import Site

rooms = APIRouter()


@rooms.get("/")
def home(visit: Annotated[Visit, door(access.may_be_here)]) -> Response:
    """What needs this person now."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    tasks = list_tasks(visit.desk, view, epochs, who=visit.who, now=visit.now)
    words = read_status(visit.site.exchange.store, view, epochs, visit.now).checkpoint_words
    return visit.page("home.html", tasks=tasks, words=words, may_take=access.may_take_reports(visit.who))


@rooms.get("/status")
def status(visit: Annotated[Visit, door(access.may_be_here)]) -> Response:
    """How the node stands: the log, what is on its way, who still owes a word, alarms in plain words."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    found = read_status(visit.site.exchange.store, view, epochs, visit.now)
    return visit.page("status.html", node=found)


@rooms.get("/leave")
def leave(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """Locks the screen and is somewhere else; what the browser kept of these pages is dropped."""
    token, device = read_cookie(request, site, SESSION), read_cookie(request, site, DEVICE)
    if token is not None and device is not None:
        lock_session(site.case_desk(), token, device, now=site.now())
    return RedirectResponse(site.config.leave_url, 303, headers={"clear-site-data": '"cache"'})
