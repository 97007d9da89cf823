"""The figures of a quarter: counted, shown as exactly what leaves, let out by a second person, taken back."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.approve_figures import approve_figures
from node.actions.prepare_figures import prepare_figures
from node.actions.show_figures import AllFigures, list_all_figures, show_figures
from node.actions.take_back_figures import take_back_figures
from node.core import access
from node.core.figure_words import WHO_READS, figure_lines
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form
from protocol.vocabulary import REGISTERED_BANDS

rooms = APIRouter(prefix="/figures")

Counts = Annotated[Visit, door(access.may_prepare_figures)]
LetsOut = Annotated[Visit, door(access.may_let_out_figures)]

NOT_SAID: Final = "not_said"
REGISTERED: Final = (
    *(
        (band, "None" if band == "0" else band.replace("-", " to ").replace("+", " or more"))
        for band in REGISTERED_BANDS
    ),
    (NOT_SAID, "Not known, or not to be said"),
)


@rooms.get("")
def all_figures(visit: Counts) -> Response:
    """Which quarters were counted, and which one is due: that one stands in the form already."""
    found = list_all_figures(visit.desk, by=visit.by, now=visit.now)
    return _all(visit, found, Form.filled({"quarter": found.due or ""}))


def _again(visit: Visit, form: Form, status: int) -> Response:
    return _all(visit, list_all_figures(visit.desk, by=visit.by, now=visit.now), form, status)


def _all(visit: Visit, found: AllFigures, form: Form, status: int = 200) -> Response:
    return visit.page(
        "figures/all.html", status=status, form=form, found=found, registered=REGISTERED, who_reads=WHO_READS
    )


@rooms.post("")
def count(visit: Counts, form: Posted) -> Response:
    """Counts a quarter that is over. Nothing leaves."""
    quarter = form.line("quarter", missing="Say which quarter")
    registered = form.one_of(
        "registered", {code for code, _ in REGISTERED}, missing="Say how many workers are registered here"
    )
    if form.errors or registered is None:
        return _again(visit, form, 422)
    band = None if registered == NOT_SAID else registered
    try:
        prepare_figures(visit.desk, quarter=quarter, registered=band, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _again(visit, form, 409)
    return go(f"/figures/{quarter.strip().upper()}")


@rooms.get("/{quarter}")
def one_quarter(visit: Counts, quarter: str) -> Response:
    """Exactly what leaves, or has left."""
    return _one(visit, quarter, Form())


def _one(visit: Visit, quarter: str, form: Form, status: int = 200) -> Response:
    shown = show_figures(visit.desk, quarter=quarter, by=visit.by, now=visit.now)
    may_let_out = access.may_let_out_figures(visit.who)
    return visit.page(
        "figures/one.html",
        status=status,
        form=form,
        shown=shown,
        lines=figure_lines(shown.body),
        who_reads=WHO_READS,
        may_let_out=may_let_out and shown.kept.prepared_by != visit.by,
        may_take_back=may_let_out,
    )


@rooms.post("/{quarter}/let-out")
def let_out(visit: LetsOut, form: Posted, quarter: str) -> Response:
    """A second person lets out the exact numbers that they were shown."""
    try:
        approve_figures(
            visit.desk,
            visit.require_voice(),
            quarter=quarter,
            digest=form.value("digest"),
            by=visit.by,
            now=visit.now,
        )
    except HouseError as error:
        form.refuse_with(error)
        return _one(visit, quarter, form, 409)
    return go(f"/figures/{quarter}")


@rooms.post("/{quarter}/take-back")
def take_back(visit: LetsOut, form: Posted, quarter: str) -> Response:
    """Takes them back, or forgets what has not left."""
    try:
        take_back_figures(visit.desk, visit.voice(), quarter=quarter, by=visit.by, now=visit.now)
    except HouseError as error:
        form.refuse_with(error)
        return _one(visit, quarter, form, 409)
    return go("/figures")
