"""Paper: a warning as A4 poster or A5 slip, the van sheet, and the form for when there is no signal."""

import datetime as dt
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.print_van_sheet import print_van_sheet
from node.actions.print_warning import print_own, print_received
from node.actions.read_status import checkpoint_words
from node.core import access
from node.core.danger_questions import wording_in
from node.core.papers import Paper, initials_of
from node.web import options
from node.web.danger_now import POLICE, WARN, WHEN
from node.web.site import Visit
from protocol.house.web.doors import door
from protocol.house.web.rendering import LOCAL
from protocol.region_names import region_name
from protocol.wording.catalogue import ENGLISH

rooms = APIRouter(prefix="/print")

Printer = Annotated[Visit, door(access.may_print)]

SIZES: Final = (("a4", "A4 poster"), ("a5", "A5 slip"))
FORM_SIZES: Final = (("a5", "A5"), ("a4", "A4"))


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """Who printed it, for whom, on which day, and how the log read then."""

    initials: str
    project: str
    day: dt.date
    words: tuple[str, ...]


@rooms.get("")
def choose(visit: Printer) -> Response:
    """What can be printed."""
    return visit.page("print/choose.html")


@rooms.get("/warnings/{identity}")
def received(visit: Printer, identity: str) -> Response:
    """A warning of another project."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    paper = print_received(
        visit.desk, view, epochs, identity=identity, words=visit.language, by=visit.by, now=visit.now
    )
    return _warning(visit, paper, f"/inbox/{identity}")


@rooms.get("/releases/{release_id}")
def own(visit: Printer, release_id: int) -> Response:
    """A warning of ours."""
    paper = print_own(visit.desk, release_id=release_id, words=visit.language, by=visit.by, now=visit.now)
    return _warning(visit, paper, f"/releases/{release_id}")


def _warning(visit: Visit, paper: Paper, back: str) -> Response:
    return visit.page(
        "print/warning.html",
        paper=paper,
        back=back,
        size=_size(visit, "a4"),
        sizes=SIZES,
        printed=_printed(visit),
        say=visit.language.say,
    )


@rooms.get("/van-sheet")
def van_sheet(visit: Printer) -> Response:
    """This week's warnings on one sheet."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    sheet = print_van_sheet(visit.desk, view, epochs, words=visit.language, by=visit.by, now=visit.now)
    return visit.page(
        "print/van_sheet.html",
        sheet=sheet,
        area=region_name(visit.site.config.region),
        printed=_printed(visit),
        say=visit.language.say,
    )


@rooms.get("/form")
def form(visit: Printer) -> Response:
    """The twelve questions on paper. Nothing of anybody is on it."""
    return visit.page(
        "print/form.html",
        size=_size(visit, "a5"),
        sizes=FORM_SIZES,
        offered=options,
        warn=WARN,
        police=POLICE,
        when=WHEN,
        area=region_name(visit.site.config.region),
        wording=wording_in(visit.language.language),
        english=ENGLISH,
        printed=_printed(visit),
    )


def _size(visit: Visit, usual: str) -> str:
    asked = visit.request.query_params.get("size", usual)
    return asked if asked in dict(SIZES) else usual


def _printed(visit: Visit) -> Printed:
    return Printed(
        initials=initials_of(visit.by),
        project=visit.site.config.name,
        day=visit.now.astimezone(LOCAL).date(),
        words=checkpoint_words(visit.site.log()),
    )
