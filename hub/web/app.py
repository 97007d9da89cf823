"""Joins the hub's rooms, and its house's, to one application; and that to the exchange."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from hub.api.hub import Hub
from hub.core.errors import HubError
from hub.web import alike, figures, home, joining, members, releases, signing, silent, standing, warnings, withdrawals
from hub.web.site import HubSite
from hub.web.tiles import read_tiles
from hub.web.words import FILTERS
from protocol.house.web.forms import sentence
from protocol.house.web.frame import HOUSE_PROBLEMS, HOUSE_ROOMS, join_rooms, problem_page
from protocol.house.web.rendering import Renderer

ROOMS: Final[tuple[APIRouter, ...]] = (
    *HOUSE_ROOMS,
    home.rooms,
    members.rooms,
    joining.rooms,
    signing.rooms,
    withdrawals.rooms,
    standing.rooms,
    figures.rooms,
    releases.rooms,
    warnings.rooms,
    alike.rooms,
    silent.rooms,
)
"""Every router of pages."""

EXCHANGE: Final = "/v1/"
"""What members' machines ask for; every other address is a page."""

HEADINGS: Final = {404: "There is no such thing here", 503: "This cannot be done at the moment"}

_App = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]


def build_pages(hub: Hub) -> FastAPI:
    """The application of the pages."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    join_rooms(
        app,
        HubSite(
            hub=hub,
            renderer=Renderer("hub.web", project=hub.config.name, filters=FILTERS),
            tiles=read_tiles(hub.config.tile_map),
        ),
        ROOMS,
        HOUSE_PROBLEMS,
    )
    app.add_exception_handler(HubError, _refused)
    return app


def _refused(request: Request, error: Exception) -> Response:
    """What the log or the database refuses, as a page says it."""
    assert isinstance(error, HubError)
    heading = HEADINGS.get(error.status, "This cannot be done")
    return problem_page(request, error.status, heading, f"{sentence(error.detail or error.code)}.")


class PagesBeside:
    """Hands every request that is none of the exchange's to the pages."""

    def __init__(self, app: _App, *, pages: _App) -> None:
        self._app, self._pages = app, pages

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """ASGI."""
        is_page = scope["type"] == "http" and not scope["path"].startswith(EXCHANGE)
        await (self._pages if is_page else self._app)(scope, receive, send)
