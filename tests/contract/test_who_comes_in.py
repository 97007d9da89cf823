"""Every route of a node's pages against every role, over real requests. The table is written by hand.

A route without a row fails, and so does a row without a route. Beside a role that is let in stands what happens then:
the action asks again, and about the record (`tests/node/test_access.py`).
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from node.core.access import ROLES
from node.web.app import ROOMS
from protocol.house.actions.add_person import add_person
from protocol.house.web.doors import Door
from tests.contract.routes import address, routes
from tests.federation.network import Federation, copied_federation
from tests.federation.project import RELEASER
from tests.node.web.client import Browser

NOBODY: Final = frozenset({"open"})
ANYBODY: Final = frozenset(ROLES)
MEETING: Final = frozenset({"outreach", "caseworker", "coordinator", "safeguarding_lead"})
READING: Final = frozenset({"caseworker", "coordinator", "safeguarding_lead"})
WARNED: Final = MEETING | {"police_contact_worker"}
IMPORTING: Final = frozenset({"caseworker", "coordinator"})
SAFEGUARDING: Final = frozenset({"safeguarding_lead"})
COORDINATOR: Final = frozenset({"coordinator"})
LOOKING_AFTER: Final = frozenset({"coordinator", "administrator"})
AUDITING: Final = frozenset({"coordinator", "auditor"})

WHO: Final[dict[str, frozenset[str]]] = {
    "GET /static/{name}": NOBODY,
    "GET /leave": NOBODY,
    "GET /sign-in": NOBODY,
    "POST /sign-in": NOBODY,
    "POST /sign-in/passkey": NOBODY,
    "GET /invitation/{code}": NOBODY,
    "POST /invitation/{code}": NOBODY,
    "POST /sign-out": frozenset({"own session"}),
    "GET /locked": frozenset({"own session"}),
    "POST /locked": frozenset({"own session"}),
    "POST /locked/passkey": frozenset({"own session"}),
    "GET /": ANYBODY,
    "GET /status": ANYBODY,
    "GET /reminder": LOOKING_AFTER,
    "POST /reminder": LOOKING_AFTER,
    "GET /kept": ANYBODY,
    "POST /kept/forget": ANYBODY,
    "GET /account": ANYBODY,
    "GET /account/language": ANYBODY,
    "POST /account/language": ANYBODY,
    "GET /account/pin": ANYBODY,
    "POST /account/pin": ANYBODY,
    "GET /account/password": ANYBODY,
    "POST /account/password": ANYBODY,
    "GET /account/recovery-codes": ANYBODY,
    "POST /account/recovery-codes": ANYBODY,
    "GET /account/passkeys": ANYBODY,
    "POST /account/passkeys": ANYBODY,
    "POST /account/passkeys/{passkey}/end": ANYBODY,
    "GET /account/device": ANYBODY,
    "POST /account/device": ANYBODY,
    "POST /account/devices/{device}/end": ANYBODY,
    "GET /danger-now": MEETING,
    "POST /danger-now": MEETING,
    "POST /danger-now/what": MEETING,
    "GET /danger-now/kept/{course}": MEETING,
    "GET /danger-now/{release_id}": MEETING,
    "POST /danger-now/{release_id}": MEETING,
    "GET /practice": MEETING,
    "POST /practice/begin": MEETING,
    "POST /practice/colleague": MEETING,
    "GET /practice/certificate": MEETING,
    "POST /practice/end": MEETING,
    "GET /reports/new": MEETING,
    "POST /reports/new": MEETING,
    "GET /reports/new/{number}": MEETING,
    "GET /reports/new/{number}/check": MEETING,
    "POST /reports/new/{number}/keep": MEETING,
    "POST /reports/new/{number}/drop": MEETING,
    "GET /reports/new/{number}/{name}": MEETING,
    "POST /reports/new/{number}/{name}": MEETING,
    "GET /reports": MEETING,
    "GET /reports/{report_id:int}": MEETING,
    "POST /reports/{report_id:int}/hand-over": MEETING,
    "POST /reports/{report_id:int}/words": MEETING,
    "GET /reports/{report_id:int}/support": READING,
    "GET /reports/{report_id:int}/contact": MEETING,
    "POST /reports/{report_id:int}/contact": MEETING,
    "POST /reports/{report_id:int}/he-knows": MEETING,
    "GET /reports/{report_id:int}/reporter": READING,
    "POST /reports/{report_id:int}/reporter": READING,
    "GET /reports/{report_id:int}/legal-names": READING,
    "POST /reports/{report_id:int}/legal-names": READING,
    "GET /reports/{report_id:int}/translation": MEETING,
    "POST /reports/{report_id:int}/translation": MEETING,
    "GET /reports/{report_id:int}/passed-on": READING,
    "POST /reports/{report_id:int}/passed-on": READING,
    "GET /reports/{report_id:int}/passed-on/{number}": READING,
    "POST /reports/{report_id:int}/passed-on/{number}": READING,
    "POST /reports/{report_id:int}/passed-on/{number}/take-out": READING,
    "GET /reports/{report_id:int}/files": MEETING,
    "POST /reports/{report_id:int}/files": MEETING,
    "GET /reports/{report_id:int}/files/{number}": READING,
    "POST /reports/{report_id:int}/files/{number}/take-away": READING,
    "GET /reports/{report_id:int}/same-event": READING,
    "POST /reports/{report_id:int}/same-event": READING,
    "GET /reports/{report_id:int}/described": READING,
    "GET /reports/{report_id:int}/described/{part}": READING,
    "POST /reports/{report_id:int}/described/{part}": READING,
    "GET /reports/{report_id:int}/facts": READING,
    "POST /reports/{report_id:int}/facts": READING,
    "GET /reports/{report_id:int}/history": READING,
    "GET /reports/{report_id:int}/statutory": SAFEGUARDING,
    "POST /reports/{report_id:int}/statutory": SAFEGUARDING,
    "GET /agencies": MEETING,
    "GET /agencies/{at:int}/ties": COORDINATOR,
    "POST /agencies/{at:int}/ties": COORDINATOR,
    "GET /agencies/{at:int}/leave": COORDINATOR,
    "POST /agencies/{at:int}/leave": COORDINATOR,
    "POST /agencies/{at:int}/export": COORDINATOR,
    "GET /recovery": COORDINATOR,
    "POST /recovery/sheets": COORDINATOR,
    "POST /recovery/read-back": COORDINATOR,
    "GET /keeping": COORDINATOR,
    "POST /keeping/{report_id}/keep": COORDINATOR,
    "POST /keeping/{report_id}/erase": COORDINATOR,
    "POST /keeping/{report_id}/forget-contact": COORDINATOR,
    "GET /reports/{report_id:int}/hold": READING,
    "POST /reports/{report_id:int}/hold": READING,
    "POST /reports/{report_id:int}/lift": READING,
    "POST /reports/{report_id:int}/shared": READING,
    "POST /proposals/{number}/second": READING,
    "POST /proposals/{number}/take-away": READING,
    "GET /reports/{report_id:int}/erase": COORDINATOR,
    "POST /reports/{report_id:int}/erase": COORDINATOR,
    "GET /reports/{report_id:int}/permission": READING,
    "GET /reports/{report_id:int}/permission/{switch}": READING,
    "POST /reports/{report_id:int}/permission/{switch}": READING,
    "GET /reports/{report_id:int}/stop-sharing": MEETING,
    "POST /reports/{report_id:int}/stop-sharing": MEETING,
    "GET /reports/{report_id}/warn": READING,
    "POST /reports/{report_id}/warn": READING,
    "GET /releases": MEETING,
    "GET /releases/{release_id}": MEETING,
    "POST /releases/{release_id}/release": frozenset({"caseworker", "coordinator"}),
    "POST /releases/{release_id}/flags/{number}": MEETING,
    "POST /releases/{release_id}/refuse": MEETING,
    "POST /releases/{release_id}/review": frozenset({"caseworker", "coordinator"}),
    "POST /releases/{release_id}/pause": MEETING,
    "GET /releases/{release_id}/take-back": MEETING,
    "GET /series": WARNED,
    "GET /series/with/{identity}": COORDINATOR,
    "POST /series/with/{identity}": COORDINATOR,
    "GET /series/{identity}": WARNED,
    "POST /series/{identity}/agree": COORDINATOR,
    "POST /series/{identity}/object": COORDINATOR,
    "POST /series/{identity}/take-back": COORDINATOR,
    "GET /figures": LOOKING_AFTER,
    "POST /figures": LOOKING_AFTER,
    "GET /figures/{quarter}": LOOKING_AFTER,
    "POST /figures/{quarter}/let-out": COORDINATOR,
    "POST /figures/{quarter}/take-back": COORDINATOR,
    "POST /releases/{release_id}/take-back": MEETING,
    "GET /releases/{release_id}/update": READING,
    "POST /releases/{release_id}/update": READING,
    "GET /inbox": WARNED,
    "GET /inbox/{identity}": WARNED,
    "GET /print": MEETING,
    "GET /print/warnings/{identity}": MEETING,
    "GET /print/releases/{release_id}": MEETING,
    "GET /print/van-sheet": MEETING,
    "GET /print/form": MEETING,
    "GET /check": WARNED,
    "POST /check": WARNED,
    "GET /import": IMPORTING,
    "POST /import": IMPORTING,
    "GET /import/rows": IMPORTING,
    "GET /import/rows/{report_id}": IMPORTING,
    "POST /import/rows/{report_id}": IMPORTING,
    "GET /import/{number}": IMPORTING,
    "POST /import/{number}": IMPORTING,
    "POST /import/{number}/keep": IMPORTING,
    "POST /import/{number}/forget": IMPORTING,
    "GET /settings": LOOKING_AFTER,
    "GET /settings/inclusion": COORDINATOR,
    "POST /settings/inclusion": COORDINATOR,
    "GET /settings/never-alert": COORDINATOR,
    "POST /settings/never-alert": COORDINATOR,
    "POST /settings/never-alert/{number}/confirm": COORDINATOR,
    "POST /settings/never-alert/{number}/remove": COORDINATOR,
    "GET /settings/small-numbers": COORDINATOR,
    "POST /settings/small-numbers": COORDINATOR,
    "POST /settings/small-numbers/remove": COORDINATOR,
    "GET /people": LOOKING_AFTER,
    "GET /people/invite": LOOKING_AFTER,
    "POST /people/invite": LOOKING_AFTER,
    "GET /people/{person}": LOOKING_AFTER,
    "POST /people/{person}/roles": LOOKING_AFTER,
    "POST /people/{person}/deputy": LOOKING_AFTER,
    "POST /people/{person}/invite": LOOKING_AFTER,
    "POST /people/{person}/devices/{device}/end": LOOKING_AFTER,
    "GET /people/{person}/end": LOOKING_AFTER,
    "POST /people/{person}/end": LOOKING_AFTER,
    "GET /audit": AUDITING,
    "GET /audit/verify": AUDITING,
    "POST /audit/verify": AUDITING,
    "GET /audit/week": COORDINATOR,
}
"""Who is let in: roles; `open`: whoever asks; `own session`: whoever is signed in, also before a locked screen."""

PARTS: Final = {
    "{name}": "watchword.css",
    "{code}": "0" * 64,
    "{identity}": "0" * 64,
    "{course}": "danger_now",
    "{switch}": "warn_own",
    "{quarter}": "2026-Q3",
}
GUARDED: Final = {route: who for route, who in WHO.items() if who <= ANYBODY}


@pytest.fixture
async def fed(tmp_path: Path, template: Path) -> AsyncIterator[Federation]:
    async with copied_federation(template, tmp_path / "copy", 1) as made:
        for role in ROLES:
            add_person(made.genesis.cases, name=f"the {role}", role=role, by=RELEASER, now=made.clock())
        yield made


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(routes(ROOMS)) == set(WHO)


def test_a_guarded_route_names_one_rule_and_asks_it_before_it_reads_what_was_posted() -> None:
    for name, route in routes(ROOMS).items():
        first = [one.call for one in route.dependant.dependencies]
        doors = [call for call in first if isinstance(call, Door)]
        assert len(doors) == (name in GUARDED), name
        assert not doors or first[0] is doors[0], name


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_comes_in_where_the_table_says_and_nowhere_else(fed: Federation, role: str) -> None:
    browser = Browser(fed.genesis).sign_in_as(f"the {role}")
    for route, who in GUARDED.items():
        method, path = address(route, PARTS)
        answer = await browser.http.request(method, path)
        refused = answer.status_code == 403 and "This page is not for your role" in answer.text
        assert refused == (role not in who), f"{role}: {route} answers {answer.status_code}"
        assert answer.status_code < 500, f"{role}: {route} answers {answer.status_code}"
    await browser.http.aclose()


async def test_nobody_and_a_locked_screen_come_in_nowhere(fed: Federation) -> None:
    stranger, locked = Browser(fed.genesis), Browser(fed.genesis).sign_in_as(RELEASER)
    await locked.http.get("/leave")
    for route in GUARDED:
        method, path = address(route, PARTS)
        answer = await stranger.http.request(method, path)
        assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in"), route
        answer = await locked.http.request(method, path)
        kept = answer.status_code in (400, 403, 411) and method == "POST"  # there was no form to keep
        assert kept or answer.headers["location"].startswith("/locked"), route
    for browser in (stranger, locked):
        await browser.http.aclose()
