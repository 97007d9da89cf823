"""What every page works with: settings, the log, the desks, the clock; and what a room of a node is given."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from fastapi import Request

from node.actions.case_desk import CaseDesk, open_case_desk, voice_of
from node.actions.practise import practice_voice
from node.config import NodeConfig
from node.core.access import may_read_week
from node.core.errors import Misconfigured
from node.core.practice import COLLEAGUE
from node.core.staffing import node_staffing
from node.core.voice import Voice
from node.exchange.desk import Desk
from node.log_view import LogView
from node.web.options import ROLE_HINTS, ROLE_WORDS, SEVERAL_ROLES, TRAIL_KINDS, regions
from node.web.practice_room import PracticeRoom
from node.web.rooms import is_for_practice, rooms_for
from node.wording.reading import read_catalogues
from protocol.house.core.session import SignedIn
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing
from protocol.house.web.doors import Visit as HouseVisit
from protocol.house.web.rendering import Renderer
from protocol.house.web.site import Room, StaffWords, TrailWords
from protocol.wording.catalogue import ENGLISH, Catalogue


class NotInPractice(Exception):
    """Somebody practises, and this page is about what is real."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of one node, built once in `app.py`.

    Attributes:
        config: its settings.
        exchange: the log, the keys and the hub.
        renderer: the templates.
        now: the clock, aware UTC.
        languages: those in which a warning can be read, by code.
        practice: where people practise.
    """

    config: NodeConfig
    exchange: Desk
    renderer: Renderer
    now: Callable[[], dt.datetime]
    languages: Mapping[str, Catalogue] = msgspec.field(default_factory=read_catalogues)
    practice: PracticeRoom = msgspec.field(default_factory=PracticeRoom)

    @property
    def public_url(self) -> str:
        """Where browsers reach the pages."""
        return self.config.public_url.rstrip("/")

    @property
    def leave_url(self) -> str:
        """Where the way out of every page leads."""
        return self.config.leave_url

    @property
    def staffing(self) -> Staffing:
        """The rules about who works here."""
        return node_staffing(self.config.agencies)

    def house_desk(self) -> CaseDesk:
        """As `case_desk`."""
        return self.case_desk()

    def acting_as(self, session: SignedIn) -> Staff:
        """Oneself, or in practice perhaps the colleague."""
        if session.practice == "colleague":
            return Staff(id=0, name=COLLEAGUE, roles=frozenset({"coordinator"}))
        return session.staff

    def rooms_for(self, session: SignedIn, path: str) -> tuple[Room, ...]:
        """What the navigation shows them; in practice only what is practised."""
        return rooms_for(self.acting_as(session), path, practice=bool(session.practice))

    def require_open(self, session: SignedIn, path: str) -> None:
        """While somebody practises, nothing but practice is open.

        Raises:
            NotInPractice: this page is about what is real.
        """
        if session.practice and not is_for_practice(path):
            raise NotInPractice

    def said_on_every_page(self, request: Request, session: SignedIn | None) -> Mapping[str, Any]:
        """The languages in which a warning can be read, and where one's own is chosen."""
        return {
            "languages": tuple(self.languages.values()),
            "language": self.language_for(request, session),
            "own_pages": (("/account/language", "The language in which you read warnings"),),
        }

    def language_for(self, request: Request, session: SignedIn | None) -> Catalogue:
        """By `?lang=`, or else the one that somebody chose for themselves; one that we do not have is English."""
        own = "" if session is None else session.reads_in
        return self.languages.get(request.query_params.get("lang", own), ENGLISH)

    def visit(self, request: Request, session: SignedIn) -> "Visit":
        """The visit that the rooms are given."""
        return Visit(request=request, site=self, session=session, now=self.now())

    def staff_words(self) -> StaffWords:
        """What the pages of people say and offer."""
        forces = regions(self.log().state.charter, self.config.region)
        return StaffWords(roles=ROLE_WORDS, hints=ROLE_HINTS, several=SEVERAL_ROLES, forces=forces)

    def trail_words(self, who: Staff) -> TrailWords:
        """What the pages of the trail offer; a coordinator reads last week's summary."""
        summaries = (("/audit/week", "Last week: who opened what"),) if may_read_week(who) else ()
        return TrailWords(kinds=TRAIL_KINDS, summaries=summaries)

    def case_desk(self) -> CaseDesk:
        """The desk of the records, with the epoch keys of this moment."""
        return open_case_desk(self.config, self.exchange.store)

    def log(self) -> LogView:
        """The log, as far as it has been synced at this moment."""
        self.exchange.view.refresh()
        return self.exchange.view

    def require_voice(self) -> Voice:
        """This node's voice in the log.

        Raises:
            Misconfigured: it has none, and why.
        """
        return voice_of(self.log(), self.exchange.keyring)

    def voice(self) -> Voice | None:
        """This node's voice in the log; None where it has none yet, or no signing key: it can warn its own people."""
        try:
            return self.require_voice()
        except Misconfigured:
            return None


class Visit(HouseVisit, frozen=True, kw_only=True):
    """A visit to a node's pages."""

    site: "Site"

    @property
    def desk(self) -> CaseDesk:
        """The desk of the records: in practice the one with fictional cases."""
        if self.session.practice:
            return self.site.practice.desk(self.site.config, self.session.staff, self.now)
        return self.site.case_desk()

    @property
    def language(self) -> Catalogue:
        """The language in which they want to read a warning."""
        return self.site.language_for(self.request, self.session)

    def voice(self) -> Voice | None:
        """This node's voice in the log, or None; in practice nobody's."""
        return practice_voice(self.site.voice()) if self.session.practice else self.site.voice()

    def require_voice(self) -> Voice:
        """The same.

        Raises:
            Misconfigured: there is none, and why.
        """
        found = self.site.require_voice()
        return practice_voice(found) or found if self.session.practice else found
