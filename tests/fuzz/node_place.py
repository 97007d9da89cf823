"""A node with something in every room, and somebody of each role before it."""

from typing import Final

from node.actions.bring_sheet import bring_sheet
from node.web.app import ROOMS
from protocol.house.actions.add_person import add_person
from protocol.house.actions.read_session import read_session
from protocol.house.web.cookies import DEVICE, SESSION
from tests.federation.canary import Canaries
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.fuzz.files import DEMO
from tests.fuzz.pages import NOBODY, Place
from tests.node.web.client import Browser
from tests.pages.browser import PagesBrowser

ROLES: Final = {
    "Cleo": "safeguarding_lead",
    "Dee": "outreach",
    "Edda": "administrator",
    "Finn": "auditor",
    "Gwen": "police_contact_worker",
}
PEOPLE: Final = (WRITER, RELEASER, *ROLES)
KNOWN: Final = {
    "report_id": ("1", "2", "3"),
    "release_id": ("1", "2", "3"),
    "number": ("1", "2", "0"),
    "name": ("permission", "reporter", "account"),
    "file_name": ("watchword.css",),
    "course": ("kept", "lead"),
    "identity": ("0" * 64,),
    "code": ("0" * 32,),
    "device": ("1",),
    "person": ("1", "2", "5"),
    "at": ("0", "1"),
    "quarter": ("2026-Q2", "2026-Q3"),
    "part": ("event", "person1", "person2", "things"),
    "switch": ("warn_others", "record"),
    "passkey": ("1",),
}
"""What stands in an address for something, where no link has led there."""


class NodePlace(Place):
    """Genesis's pages, in a federation of three projects."""

    rooms = ROOMS
    known = KNOWN
    people = PEOPLE
    see_all = (NOBODY, WRITER, RELEASER, "Edda")
    read_no_record = frozenset({NOBODY, "Edda", "Finn"})
    records = ("/reports", "/danger-now", "/import", "/check")

    def __init__(self, fed: Federation) -> None:
        self._fed = fed

    async def fill(self, words: Canaries) -> frozenset[str]:
        """Reports, warnings of its own and of others, an imported sheet, a report that is begun."""
        node, word = self._fed.genesis, words.word()
        for name, role in ROLES.items():
            add_person(node.cases, name=name, role=role, by=RELEASER, now=self._fed.clock())
        node.warn(node.report(account=f"It was {word}."))
        node.draft(node.report())
        self._fed.bradford.warn(self._fed.bradford.report())
        await self._fed.settle()
        sheet = (DEMO / "bradford.csv").read_bytes()
        bring_sheet(node.cases, filename="log.csv", content=sheet, by=WRITER, now=node.clock())
        asha = Browser(node).sign_in_as(WRITER)
        await asha.press(await asha.get("/reports/new"), "Begin a new report")
        await asha.http.aclose()
        return frozenset({word})

    def browser(self) -> PagesBrowser:
        """Before Genesis's pages."""
        return Browser(self._fed.genesis)

    def sign_in(self, browser: PagesBrowser, name: str) -> str:
        """As sign-in leaves it."""
        node = self._fed.genesis
        cookies = browser.signed_in(node.cases, name, node.clock()).http.cookies
        return read_session(node.cases, cookies[SESSION], cookies[DEVICE], now=node.clock()).csrf
