"""The hub with something in every room, and somebody of each role before it, of the police and not."""

from typing import Final

from hub.actions.compare_bodies import compare_new
from hub.actions.index_bodies import index_bodies
from hub.store import releases
from hub.web.app import ROOMS
from protocol.house.actions.read_session import read_session
from protocol.house.web.cookies import DEVICE, SESSION
from protocol.vectors.plausible_bodies import alert_body, salt
from tests.federation.canary import Canaries
from tests.fuzz.pages import NOBODY, Place
from tests.hub.figures_world import World
from tests.hub.ground import Ground
from tests.hub.web.client import (
    ANALYST,
    AT_HTTPS,
    AUDITOR,
    LEAD,
    OPERATOR,
    PEOPLE,
    POLICE_ANALYST,
    POLICE_LEAD,
    HubBrowser,
    add_people,
    desk_of,
)
from tests.pages.browser import PagesBrowser

KNOWN: Final = {
    "name": ("incidents", "permission", "map", "watchword.css"),
    "form": ("csv", "svg"),
    "code": ("0" * 32,),
    "device": ("1",),
    "person": ("1", "2", "5"),
    "passkey": ("1",),
    "at": ("0", "1"),
    "member": ("1", "3", "9", "60000"),
    "verb": ("suspend", "revoke", "resume"),
    "digest": ("0" * 64,),
    "number": ("1", "2", "0"),
    "identity": ("0" * 64,),
    "chain": ("0" * 64,),
    "one": ("0" * 64,),
    "other": ("1" * 64,),
    "quarter": ("2023-Q1", "2026-Q4"),
}
"""What stands in an address for something, where no link has led there."""


class HubPlace(Place):
    """The pages of a hub with three projects."""

    rooms = ROOMS
    known = KNOWN
    people = tuple(PEOPLE)
    see_all = (NOBODY, OPERATOR, LEAD, ANALYST)
    read_no_record = frozenset({NOBODY, OPERATOR, AUDITOR, POLICE_LEAD, POLICE_ANALYST})
    records = ("/warnings", "/alike")

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def fill(self, words: Canaries) -> frozenset[str]:
        """Warnings that police may not read, a series, a deletion that is not confirmed, a candidate, releases."""
        ground, hub = self._ground, self._ground.hub
        add_people(ground)
        private = [words.word() for _ in range(3)]
        alerts = [
            ground.scene.alert(project, number, body=alert_body(salt=salt(word), text=f"Says {word}.", police="no"))
            for (project, number), word in zip(
                (("genesis", 1), ("bradford", 2), ("merseyside", 3)), private, strict=True
            )
        ]
        await ground.ok()
        ground.scene.series("genesis", 1, tuple(sorted(alerts[:2])))
        ground.scene.cancel("genesis", 1, ground.scene.alert("genesis", 1))
        await ground.ok()
        await ground.ask_to_join("leeds")
        index_bodies(hub.store, hub.view, hub.epochs())
        compare_new(hub.store, hub.epochs(), hub.clock().date())
        with hub.store.begin() as session:
            for release in World(1, 60).releases()[:5]:
                releases.freeze(session, release)
        return frozenset(private)

    def browser(self) -> PagesBrowser:
        """Before the hub's pages."""
        return HubBrowser(self._ground)

    def sign_in(self, browser: PagesBrowser, name: str) -> str:
        """As sign-in leaves it."""
        desk, now = desk_of(self._ground), self._ground.clock()
        cookies = browser.signed_in(desk, name, now, prefix=AT_HTTPS).http.cookies
        return read_session(desk, cookies[AT_HTTPS + SESSION], cookies[AT_HTTPS + DEVICE], now=now).csrf
