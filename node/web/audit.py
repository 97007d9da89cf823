"""The trail of every look: searched by person, subject and time; verified as a whole; summed up on Mondays."""

import datetime as dt
from typing import Annotated, Final

import segno
from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.look_at_trail import MOST_FOUND, read_week, search_trail, verify_trail
from node.core import access
from node.core.audit import Asked
from node.core.audit_week import last_whole_week, monday_of
from node.core.errors import Refused
from node.web.doors import Posted, Visit, door
from node.web.forms import Form, sentence
from node.web.rendering import LOCAL

rooms = APIRouter(prefix="/audit")

Reader = Annotated[Visit, door(access.may_read_audit)]
Coordinator = Annotated[Visit, door(access.may_read_week)]

MAX_HEAD: Final = 200
"""Characters: a number and eight words."""

HOW: Final = {
    "altered": "An entry was altered.",
    "gap": "Entries are missing.",
    "cut_off": "The end was cut off: the trail ends before the head that you noted.",
    "other_history": "The trail is another one than the one whose head you noted.",
}
KINDS: Final = (
    ("report", "Report"),
    ("release", "Warning of ours"),
    ("person", "Person"),
    ("device", "Device"),
    ("session", "Session"),
)


@rooms.get("")
def search(visit: Reader) -> Response:
    """The latest entries, or those that are asked for."""
    form = Form(visit.request.query_params.multi_items())
    found = search_trail(visit.desk, _asked(visit, form), by=visit.by, now=visit.now)
    return visit.page(
        "audit/search.html",
        status=422 if form.errors else 200,
        form=form,
        trail=found,
        people=[(str(number), name) for number, name in sorted(found.names.items())],
        kinds=KINDS,
        most=MOST_FOUND,
        may_read_week=access.may_read_week(visit.who),
    )


def _asked(visit: Visit, form: Form) -> Asked:
    person = form.number("person", least=1, most=10**9)
    kind = form.one_of("kind", {code for code, _ in KINDS})
    number = form.number("number", least=1, most=10**9)
    if kind is not None and number is None:
        form.refuse("number", "Type its number")
    first, last = form.day("from"), form.day("until")
    return Asked(
        person=person,
        subject=f"{kind}/{number}" if kind is not None and number is not None else None,
        since=None if first is None else _midnight(first),
        before=None if last is None or last == dt.date.max else _midnight(last + dt.timedelta(days=1)),
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), LOCAL)


@rooms.get("/verify")
def before_verifying(visit: Reader) -> Response:
    """The whole of it, against a head that was noted elsewhere."""
    return visit.page("audit/verify.html", form=Form())


@rooms.post("/verify")
def verify(visit: Reader, form: Posted) -> Response:
    """Whole, or where it breaks; and the head, to be noted elsewhere."""
    try:
        found = verify_trail(visit.desk, noted=form.line("head", longest=MAX_HEAD), by=visit.by, now=visit.now)
    except Refused as error:
        form.refuse("head", sentence(error.message))
        return visit.page("audit/verify.html", status=422, form=form)
    picture = ""
    if found.head is not None:
        noted = f"{found.head.number}:{found.head.hash}"
        picture = segno.make(noted, error="m").svg_data_uri(scale=4, border=4, light="#fff")
    return visit.page("audit/verified.html", found=found, picture=picture, how=HOW, at=visit.now)


@rooms.get("/week")
def week(visit: Coordinator, of: str = "") -> Response:
    """Who opened what in a week; the last whole one, unless another is asked for."""
    try:
        monday = monday_of(dt.date.fromisoformat(of))
    except ValueError:
        monday = last_whole_week(visit.now)
    shown = read_week(visit.desk, monday, by=visit.by, now=visit.now)
    return visit.page("audit/week.html", shown=shown, before=monday - dt.timedelta(days=7), last=_last_day(monday))


def _last_day(monday: dt.date) -> dt.date:
    return monday + dt.timedelta(days=6)
