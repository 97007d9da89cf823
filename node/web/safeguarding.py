"""Somebody under 18: whom of the statutory agency the safeguarding lead asked about a warning, and what they said."""

from typing import Annotated, Final, cast

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.ask_statutory import ask_statutory, show_statutory
from node.core import access
from node.core.safeguarding import Reply
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.house.web.rendering import LOCAL

rooms = APIRouter(prefix="/reports/{report_id:int}/statutory")

Lead = Annotated[Visit, door(access.may_safeguard)]

REPLIES: Final = (
    ("may_warn", "They see no harm in a warning"),
    ("must_wait", "They said: wait"),
    ("no_answer", "They have not answered yet"),
)


@rooms.get("")
def statutory(visit: Lead, report_id: int) -> Response:
    """What was asked so far, and what follows from it."""
    return _page(visit, report_id, Form())


def _page(visit: Visit, report_id: int, form: Form, status: int = 200) -> Response:
    asked = show_statutory(visit.desk, report_id=report_id, by=visit.by, now=visit.now)
    return visit.page(
        "reports/statutory.html",
        status=status,
        form=form,
        report_id=report_id,
        asked=asked,
        may_warn=bool(asked) and asked[-1].reply == "may_warn",
        replies=REPLIES,
    )


@rooms.post("")
def write_down(visit: Lead, form: Posted, report_id: int) -> Response:
    """Keeps what they said; where they said wait, a warning that is out is taken back."""
    agency = form.line("agency", missing="Say whom you asked: the body, and who there")
    asked_on = form.day("asked_on", latest=visit.now.astimezone(LOCAL).date(), missing="Say when you asked")
    reply = form.one_of("reply", {code for code, _ in REPLIES}, missing="Say what they said")
    if form.errors or asked_on is None or reply is None:
        return _page(visit, report_id, form, 422)
    try:
        ask_statutory(
            visit.desk,
            report_id=report_id,
            agency=agency,
            asked_on=asked_on,
            reply=cast(Reply, reply),
            by=visit.by,
            now=visit.now,
            voice=visit.site.voice(),
        )
    except HouseError as error:
        form.refuse_with(error)
        return _page(visit, report_id, form, 409)
    return go(f"/reports/{report_id}/statutory")
