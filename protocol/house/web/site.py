"""What the frame of the pages asks of the service that they belong to."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
from fastapi import Request

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.session import SignedIn
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing
from protocol.house.web.rendering import Renderer

Choices = tuple[tuple[str, str], ...]
"""Codes with their words."""


class Room(msgspec.Struct, frozen=True):
    """One entry of the navigation."""

    path: str
    name: str
    here: bool = False


class StaffWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages of people say and offer.

    Attributes:
        roles: words of every role.
        hints: what each may, in a line.
        several: said beside them, of who has more than one.
        forces: police-force areas that may be named; none: it is not asked.
        asks_police: whether somebody of a police body can have an account here.
    """

    roles: Mapping[str, str]
    hints: Mapping[str, str]
    several: str
    forces: Choices = ()
    asks_police: bool = False


class TrailWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages of the trail offer.

    Attributes:
        kinds: of subjects that can be looked for.
        summaries: further pages about the trail, by address.
    """

    kinds: Choices
    summaries: Choices = ()


class Site(Protocol):
    """The pages of one service, built once in its `app.py`."""

    @property
    def renderer(self) -> Renderer:
        """The templates."""

    @property
    def now(self) -> Callable[[], dt.datetime]:
        """The clock, aware UTC."""

    @property
    def public_url(self) -> str:
        """Where browsers reach the pages, without a slash at its end."""

    @property
    def leave_url(self) -> str:
        """Where the way out of every page leads."""

    @property
    def staffing(self) -> Staffing:
        """The rules about who works here."""

    def house_desk(self) -> HouseDesk:
        """The desk of people, accounts and the trail, with the epoch keys of this moment."""

    def acting_as(self, session: SignedIn) -> Staff:
        """Who a session is for the pages."""

    def rooms_for(self, session: SignedIn, path: str) -> tuple[Room, ...]:
        """What the navigation shows them on this page."""

    def require_open(self, session: SignedIn, path: str) -> None:
        """Raises an exception of the service's own where a page is not open now, whatever their role."""

    def said_on_every_page(self, request: Request, session: SignedIn | None) -> Mapping[str, Any]:
        """Further names that the layout and every page may use, for somebody signed in or for anybody."""

    def visit(self, request: Request, session: SignedIn) -> Any:
        """The visit that the service's routes are given."""

    def staff_words(self) -> StaffWords:
        """What the pages of people say and offer."""

    def trail_words(self, who: Staff) -> TrailWords:
        """What the pages of the trail offer to somebody."""


def is_https(site: Site) -> bool:
    """Whether browsers reach the pages by it: cookies are bound to it then."""
    return site.public_url.startswith("https://")


def is_within(path: str, room: str) -> bool:
    """Whether a page belongs to a room."""
    return path == room or path.startswith(f"{room}/")
