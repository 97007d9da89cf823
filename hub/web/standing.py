"""How the hub stands: checkpoint, witnesses, jobs, limits; the charter; backups and their drill; a stolen key."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from hub.actions.note_drill import DUE_AFTER_DAYS, last_drill, note_drill
from hub.actions.read_standing import Standing, read_standing
from hub.core import access
from hub.core.offered import MAX_STATEMENTS
from hub.web.site import HubVisit
from hub.web.words import words_of
from protocol.house.web.doors import Posted, door, go
from protocol.house.web.forms import sentence

rooms = APIRouter()

Operator = Annotated[HubVisit, door(access.may_operate)]


def _standing(visit: HubVisit) -> Standing:
    return read_standing(visit.hub.config, visit.hub.store, visit.log(), visit.now)


@rooms.get("/standing")
def standing(visit: Operator) -> Response:
    """What is wrong first; then the log, its witnesses, the jobs."""
    return visit.page("standing/hub.html", hub=_standing(visit), sentence=sentence, when=_when, batch=MAX_STATEMENTS)


def _when(iso: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(iso) if iso else None


@rooms.get("/charter")
def charter(visit: Operator) -> Response:
    """What stands in it for ever, what can change, and how a new log would succeed this one."""
    found = _standing(visit)
    return visit.page("standing/charter.html", hub=found, words=words_of(found.log))


@rooms.get("/backup")
def backup(visit: Operator) -> Response:
    """What to keep where, how it is put back, and when that was last practised."""
    last = last_drill(visit.desk)
    return visit.page(
        "standing/backup.html",
        last=last,
        due=last is None or visit.now - last > dt.timedelta(days=DUE_AFTER_DAYS),
        every=DUE_AFTER_DAYS,
        days=visit.hub.config.epoch_days + 1,
    )


@rooms.post("/backup")
def practised(visit: Operator, form: Posted) -> Response:
    """It was practised today."""
    note_drill(visit.desk, by=visit.by, now=visit.now)
    return go("/backup")


@rooms.get("/stolen-key")
def stolen_key(visit: Operator) -> Response:
    """A node's key, the log's or an officer's is in other hands: step by step."""
    return visit.page("standing/stolen_key.html", size=visit.log().state.size)
