"""Recovery sheets: made and shown once, read back, and whether this node could be put back."""

from typing import Annotated, Final

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.keep_recoverable import make_recovery, read_back, recovery_stands
from node.core import access
from node.web.site import Visit
from protocol.house.core.errors import HouseError
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import Form

rooms = APIRouter(prefix="/recovery")

Keeper = Annotated[Visit, door(access.may_keep_records)]

MISSING: Final = {
    "no_sheets": "There are no recovery sheets: a lost machine is lost for good.",
    "not_read_back": "Two sheets were not read back yet: the set-up is not finished.",
    "drill_due": "Two sheets were last read back more than a year ago.",
    "no_copy": "There is no copy of the keys for the sheets to open: the settings file names no place for it.",
    "copy_old": "The copy does not hold the present key: the place named in the settings file cannot be written.",
}


@rooms.get("")
def recovery(visit: Keeper) -> Response:
    """How it stands."""
    return _recovery(visit, Form())


def _recovery(visit: Visit, form: Form, status: int = 200) -> Response:
    sheets, missing = recovery_stands(visit.desk, visit.now)
    return visit.page("recovery/stands.html", status=status, form=form, sheets=sheets, missing=missing, words=MISSING)


@rooms.post("/sheets")
def make(visit: Keeper, form: Posted) -> Response:
    """Three sheets, shown once: there is no way back to this page."""
    made = make_recovery(visit.desk, by=visit.by, now=visit.now)
    return visit.page("recovery/sheets.html", sheets=[sheet.split() for sheet in made], today=visit.now)


@rooms.post("/read-back")
def read(visit: Keeper, form: Posted) -> Response:
    """Two sheets, typed from paper."""
    names = ("first", "second")
    typed = [form.text(name, missing="Type the twenty words of a sheet", longest=400) for name in names]
    if form.errors:
        return _recovery(visit, form, 422)
    try:
        read_back(visit.desk, sheets=typed, by=visit.by, now=visit.now)
    except HouseError as error:
        fresh = Form()
        fresh.refuse_with(error, "first")
        return _recovery(visit, fresh, 409)
    return go("/recovery")
