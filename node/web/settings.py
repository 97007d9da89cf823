"""Where the scheme's rules are kept, and what the machine was told in its settings file."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from node.core import access
from node.web import options
from node.web.site import Visit
from protocol.house.web.doors import door

rooms = APIRouter(prefix="/settings")


@rooms.get("")
def settings(visit: Annotated[Visit, door(access.may_change_settings)]) -> Response:
    """The rules that a coordinator keeps, and the settings of this node, which only its file changes."""
    return visit.page(
        "settings/all.html",
        config=visit.site.config,
        keeps_rules=access.may_keep_records(visit.who),
        words=options,
    )
