"""Check a phone number, plate, address or username: against our reports and the warnings that we hold."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.check_identifier import check_identifier
from node.core import access
from node.web import options
from node.web.described_forms import read_identifier
from node.web.site import Visit
from protocol.house.web.doors import Posted, door
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/check")

Checker = Annotated[Visit, door(access.may_check)]

REASONS: Final = (
    ("somebody_asked", "Somebody asked us"),
    ("before_a_meeting", "Before a meeting"),
    ("taking_a_report", "While taking a report"),
    ("following_up", "Following something up"),
)


@rooms.get("")
def ask(visit: Checker) -> Response:
    """What to check, and why."""
    return _ask(visit, Form())


def _ask(visit: Visit, form: Form, status: int = 200) -> Response:
    return visit.page("check/ask.html", status=status, form=form, reasons=REASONS, words=options)


@rooms.post("")
def answer(visit: Checker, form: Posted) -> Response:
    """What we hold, and what we did not ask. The number stays out of addresses and history."""
    asked = read_identifier(form)
    reason = form.one_of("reason", options.codes_of(REASONS), missing="Say why you check")
    if asked is None and "identifier_kind" not in form.errors:
        form.refuse("identifier", "Give a phone number, plate, username or e-mail address")
    if form.errors or asked is None or reason is None:
        return _ask(visit, form, 422)
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    checked = check_identifier(visit.desk, view, epochs, asked=asked, reason=reason, by=visit.by, now=visit.now)
    return visit.page("check/answer.html", checked=checked, asked=asked, words=options)
