"""The trail of every look: searched by person, subject and time; verified as a whole."""

import datetime as dt
from typing import Annotated, Final

import segno
from fastapi import APIRouter
from fastapi.responses import Response

from protocol.house.actions.look_at_trail import MOST_FOUND, search_trail, verify_trail
from protocol.house.core.audit import Asked
from protocol.house.core.errors import Refused
from protocol.house.web.doors import Posted, Visit, staffing_door
from protocol.house.web.forms import Form, sentence
from protocol.house.web.rendering import LOCAL
from protocol.house.web.site import TrailWords

rooms = APIRouter(prefix="/audit")

Reader = Annotated[Visit, staffing_door(lambda staffing: staffing.may_read_audit)]

MAX_HEAD: Final = 200
"""Characters: a number and eight words."""

HOW: Final = {
    "altered": "An entry was altered.",
    "gap": "Entries are missing.",
    "cut_off": "The end was cut off: the trail ends before the head that you noted.",
    "other_history": "The trail is another one than the one whose head you noted.",
}


@rooms.get("")
def search(visit: Reader) -> Response:
    """The latest entries, or those that are asked for."""
    form = Form(visit.request.query_params.multi_items())
    words = visit.site.trail_words(visit.who)
    found = search_trail(visit.desk, _asked(words, form), by=visit.by, now=visit.now)
    return visit.page(
        "audit/search.html",
        status=422 if form.errors else 200,
        form=form,
        trail=found,
        people=[(str(number), name) for number, name in sorted(found.names.items())],
        kinds=words.kinds,
        most=MOST_FOUND,
        summaries=words.summaries,
    )


def _asked(words: TrailWords, form: Form) -> Asked:
    person = form.number("person", least=1, most=10**9)
    kind = form.one_of("kind", {code for code, _ in words.kinds})
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
