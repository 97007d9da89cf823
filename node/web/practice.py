"""Practice mode: fictional cases, a second person to be, and a certificate at the end."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.practise import switch_practice, what_was_practised
from node.core import access
from node.core.practice import COLLEAGUE
from node.web.site import Visit
from protocol.house.web.doors import Posted, door, go

rooms = APIRouter(prefix="/practice")

Anyone = Annotated[Visit, door(access.may_take_reports)]


@rooms.get("")
def practice(visit: Anyone) -> Response:
    """What it is, and who one is in it."""
    return visit.page("practice/room.html", at=visit.session.practice, colleague=COLLEAGUE)


@rooms.post("/begin")
def begin(visit: Anyone, form: Posted) -> Response:
    """From now on nothing is real."""
    _switch(visit, "self")
    return go("/practice")


@rooms.post("/colleague")
def colleague(visit: Anyone, form: Posted) -> Response:
    """The second person, for a while; or oneself again."""
    if visit.session.practice:
        _switch(visit, "self" if visit.session.practice == "colleague" else "colleague")
    return go("/practice")


@rooms.get("/certificate")
def certificate(visit: Anyone) -> Response:
    """What was practised, to be printed."""
    if not visit.session.practice:
        return go("/practice")
    done = what_was_practised(visit.desk, (visit.session.staff.name, COLLEAGUE))
    return visit.page("practice/certificate.html", name=visit.session.staff.name, done=done, on=visit.now)


@rooms.post("/end")
def end(visit: Anyone, form: Posted) -> Response:
    """Back to what is real."""
    _switch(visit, "")
    return go("/")


def _switch(visit: Visit, to: str) -> None:
    switch_practice(
        visit.site.case_desk(),
        session_id=visit.session.id,
        to=to,  # type: ignore[arg-type]  # one of its words
        who=visit.session.staff,
        now=visit.now,
    )
