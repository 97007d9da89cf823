"""What every page of the hub works with, and what a room is given."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

import msgspec
from fastapi import Path, Request

from hub.actions.hub_desk import HubDesk, open_hub_desk
from hub.actions.name_members import name_members
from hub.api.hub import Hub
from hub.core.access import STAFFING
from hub.core.figure_views import TilePlace
from hub.log_view import Snapshot
from hub.web.rooms import rooms_for
from protocol.house.core.session import SignedIn
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing
from protocol.house.web.doors import Visit as HouseVisit
from protocol.house.web.rendering import Renderer
from protocol.house.web.site import Room, StaffWords, TrailWords

STAFF_WORDS: Final = StaffWords(
    roles={"lead": "National lead", "analyst": "Analyst", "operator": "Operator", "auditor": "Auditor"},
    hints={
        "lead": "Sees patterns and figures; decides what may be one person",
        "analyst": "Sees patterns and figures; looks for what may be one person",
        "operator": "Admits and suspends members; looks after the hub; sees nothing of what it carries",
        "auditor": "Verifies who looked at what",
    },
    several="Several are fine, but nobody both operates the hub and reads what it carries.",
    asks_police=True,
)
TRAIL_WORDS: Final = TrailWords(
    kinds=(("member", "Member"), ("person", "Person"), ("device", "Device"), ("session", "Session"))
)


Chain = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
"""The identity of a first alert, or of a series, in an address: whatever else is typed comes no further."""


class HubSite(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of one hub, built once in `app.py`.

    Attributes:
        hub: the running hub.
        renderer: the templates.
        tiles: where areas stand on the map.
    """

    hub: Hub
    renderer: Renderer
    tiles: Mapping[str, TilePlace]

    @property
    def now(self) -> Callable[[], dt.datetime]:
        """The hub's clock."""
        return self.hub.clock

    @property
    def public_url(self) -> str:
        """Where browsers reach the pages."""
        return self.hub.config.public_url.rstrip("/")

    @property
    def leave_url(self) -> str:
        """Where the way out of every page leads."""
        return self.hub.config.leave_url

    @property
    def staffing(self) -> Staffing:
        """The rules about who works here."""
        return STAFFING

    def house_desk(self) -> HubDesk:
        """The desk, with the epoch keys of this moment."""
        return open_hub_desk(self.hub.config, self.hub.store, self.hub.epochs())

    def acting_as(self, session: SignedIn) -> Staff:
        """Who signed in."""
        return session.staff

    def rooms_for(self, session: SignedIn, path: str) -> tuple[Room, ...]:
        """What the navigation shows them."""
        return rooms_for(session.staff, path)

    def require_open(self, _session: SignedIn, _path: str) -> None:
        """Every page is open at any time."""

    def said_on_every_page(self, _request: Request, _session: SignedIn | None) -> Mapping[str, Any]:
        """Nothing more than the layout says: an account has no further pages."""
        return {"own_pages": ()}

    def visit(self, request: Request, session: SignedIn) -> "HubVisit":
        """The visit that the rooms are given."""
        return HubVisit(request=request, site=self, session=session, now=self.now())

    def staff_words(self) -> StaffWords:
        """What the pages of people say and offer."""
        return STAFF_WORDS

    def trail_words(self, _who: Staff) -> TrailWords:
        """What the pages of the trail offer."""
        return TRAIL_WORDS


class HubVisit(HouseVisit, frozen=True, kw_only=True):
    """One signed-in person asking the hub for one page."""

    site: HubSite

    @property
    def hub(self) -> Hub:
        """The running hub."""
        return self.site.hub

    @property
    def desk(self) -> HubDesk:
        """The desk of people, accounts and the trail."""
        return self.site.house_desk()

    def names(self) -> dict[int, str]:
        """What members are called; one whose name is erased, by its number."""
        snapshot, desk = self.log(), self.desk
        named = name_members(desk.store, snapshot, desk.vault.epochs)
        return {one: named[one].name if one in named else f"Member {one}" for one in snapshot.state.members}

    def log(self) -> Snapshot:
        """The published log at this moment."""
        return self.hub.view.refresh()
