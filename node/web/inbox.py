"""Warnings from other projects: who sent them, that they are signed, who has seen them, how sure it is."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.actions.look_at_inbox import look_at_inbox, look_at_warning
from node.actions.show_own_warnings import show_own_warnings
from node.actions.show_series import series_shown
from node.core import access
from node.web import options
from node.web.site import Visit
from protocol.house.web.doors import door

rooms = APIRouter(prefix="/inbox")

Reader = Annotated[Visit, door(access.may_read_inbox)]


@rooms.get("")
def inbox(visit: Reader) -> Response:
    """All in force, danger now first."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    warnings = look_at_inbox(visit.desk, view, epochs, by=visit.by, now=visit.now, words=visit.language)
    ours = show_own_warnings(visit.desk, by=visit.by, now=visit.now, words=visit.language)
    return visit.page("inbox/list.html", warnings=warnings, ours=ours, words=options)


@rooms.get("/{identity}")
def one_warning(visit: Reader, identity: str) -> Response:
    """One, and what has become of it."""
    view, epochs = visit.site.log(), visit.site.exchange.epochs()
    shown = look_at_warning(
        visit.desk, view, epochs, identity=identity, by=visit.by, now=visit.now, words=visit.language
    )
    return visit.page(
        "inbox/one.html",
        shown=shown,
        words=options,
        may_print=access.may_print(visit.who),
        may_speak=access.may_speak_of_series(visit.who) and shown.warning is not None,
        series=series_shown(visit.desk, view, epochs, now=visit.now, naming=shown.identity),
        today=visit.now.date(),
    )
