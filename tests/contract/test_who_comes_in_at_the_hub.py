"""Every route of the hub's pages against every role, of the police and not, over real requests. Written by hand.

A route without a row fails, and so does a row without a route.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from hub.core.access import ROLES
from hub.web.app import ROOMS
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import Refused
from protocol.house.web.doors import Door
from tests.contract.routes import address, routes
from tests.hub.ground import Ground, running_ground
from tests.hub.web.client import OPERATOR, PEOPLE, HubBrowser, add_people, desk_of

OPEN: Final = frozenset({"open"})
OWN: Final = frozenset({"own session"})
EVERYBODY: Final = frozenset({*ROLES, "police lead", "police analyst"})
OPERATING: Final = frozenset({"operator"})
ANALYSING: Final = frozenset({"lead", "analyst", "police lead", "police analyst"})
DECIDING: Final = frozenset({"lead", "police lead"})
LOOKING_AFTER: Final = frozenset({"operator", "lead"})
AUDITING: Final = frozenset({"operator", "auditor", "lead"})

WHO: Final[dict[str, frozenset[str]]] = {
    "GET /static/{name}": OPEN,
    "GET /leave": OPEN,
    "GET /sign-in": OPEN,
    "POST /sign-in": OPEN,
    "POST /sign-in/passkey": OPEN,
    "GET /invitation/{code}": OPEN,
    "POST /invitation/{code}": OPEN,
    "POST /sign-out": OWN,
    "GET /locked": OWN,
    "POST /locked": OWN,
    "POST /locked/passkey": OWN,
    "GET /": EVERYBODY,
    "GET /kept": EVERYBODY,
    "POST /kept/forget": EVERYBODY,
    "GET /account": EVERYBODY,
    "GET /account/pin": EVERYBODY,
    "POST /account/pin": EVERYBODY,
    "GET /account/password": EVERYBODY,
    "POST /account/password": EVERYBODY,
    "GET /account/recovery-codes": EVERYBODY,
    "POST /account/recovery-codes": EVERYBODY,
    "GET /account/passkeys": EVERYBODY,
    "POST /account/passkeys": EVERYBODY,
    "POST /account/passkeys/{passkey}/end": EVERYBODY,
    "GET /account/device": EVERYBODY,
    "POST /account/device": EVERYBODY,
    "POST /account/devices/{device}/end": EVERYBODY,
    "GET /members": OPERATING,
    "GET /members/{member}": OPERATING,
    "GET /members/{member}/{verb}": OPERATING,
    "POST /members/{member}/{verb}": OPERATING,
    "GET /joining": OPERATING,
    "GET /joining/invite": OPERATING,
    "POST /joining/invite": OPERATING,
    "GET /joining/{digest}": OPERATING,
    "POST /joining/{digest}/admit": OPERATING,
    "GET /joining/{digest}/drop": OPERATING,
    "POST /joining/{digest}/drop": OPERATING,
    "GET /signing": OPERATING,
    "POST /signing": OPERATING,
    "POST /signing/file": OPERATING,
    "GET /withdrawals": frozenset({"operator", "lead", "analyst"}),
    "GET /withdrawals/{member}": OPERATING,
    "POST /withdrawals/{member}": OPERATING,
    "GET /warnings": ANALYSING,
    "POST /warnings": ANALYSING,
    "GET /warnings/{chain}": ANALYSING,
    "POST /warnings/{chain}": ANALYSING,
    "GET /silent": ANALYSING,
    "GET /alike": ANALYSING,
    "GET /alike/board": frozenset({"lead", "analyst"}),
    "GET /alike/{one}/{other}": ANALYSING,
    "POST /alike/{one}/{other}": ANALYSING,
    "POST /alike/decide": DECIDING,
    "POST /alike/decisions/{number}/take-back": DECIDING,
    "GET /alike/series/{identity}/split": DECIDING,
    "POST /alike/series/{identity}/split": DECIDING,
    "POST /alike/series/{identity}/undo": DECIDING,
    "GET /standing": OPERATING,
    "GET /charter": OPERATING,
    "GET /backup": OPERATING,
    "POST /backup": OPERATING,
    "GET /stolen-key": OPERATING,
    "GET /figures": ANALYSING,
    "GET /figures/permission": ANALYSING,
    "GET /figures/kinds": ANALYSING,
    "GET /figures/map": ANALYSING,
    "GET /figures/police": ANALYSING,
    "GET /figures/small-numbers": ANALYSING,
    "GET /figures/print/{quarter}": ANALYSING,
    "GET /figures/export/{name}/{form}": ANALYSING,
    "GET /figures/history": DECIDING,
    "POST /figures/history": DECIDING,
    "POST /figures/history/take-back": DECIDING,
    "GET /releases": ANALYSING,
    "POST /releases/ask": ANALYSING,
    "POST /releases/confirm": ANALYSING,
    "POST /releases/drop": ANALYSING,
    "GET /releases/{number}": ANALYSING,
    "GET /releases/{number}/json": ANALYSING,
    "GET /releases/{number}/csv": ANALYSING,
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
}
"""Who is let in: roles, `police` before those of a police body; `open`: whoever asks; `own session`: whoever is signed
in, also before a locked screen."""

PARTS: Final = {"{name}": "watchword.css", "{code}": "0" * 64, "{digest}": "0" * 64, "{verb}": "suspend"}
GUARDED: Final = {route: who for route, who in WHO.items() if who <= EVERYBODY}


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[Ground]:
    async with running_ground(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path) as ground:
        add_people(ground)
        yield ground


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(routes(ROOMS)) == set(WHO)


def test_a_guarded_route_names_one_rule_and_asks_it_before_it_reads_what_was_posted() -> None:
    for name, route in routes(ROOMS).items():
        first = [one.call for one in route.dependant.dependencies]
        doors = [call for call in first if isinstance(call, Door)]
        assert len(doors) == (name in GUARDED), name
        assert not doors or first[0] is doors[0], name


@pytest.mark.parametrize("name", PEOPLE)
async def test_each_role_comes_in_where_the_table_says_and_nowhere_else(ground: Ground, name: str) -> None:
    role, police = PEOPLE[name]
    listed = f"police {role}" if police else role
    browser = HubBrowser(ground).sign_in_as(name)
    for route, who in GUARDED.items():
        method, path = address(route, PARTS)
        answer = await browser.http.request(method, path)
        refused = answer.status_code == 403 and "This page is not for your role" in answer.text
        assert refused == (listed not in who), f"{listed}: {route} answers {answer.status_code}"
        assert answer.status_code < 500, f"{listed}: {route} answers {answer.status_code}"
    for route in GUARDED:
        method, path = address(route, PARTS, "9" * 30)
        answer = await browser.http.request(method, path)
        assert answer.status_code < 500, f"{listed}: {route} answers {answer.status_code} to a number without end"
    await browser.http.aclose()


async def test_nobody_and_a_locked_screen_come_in_nowhere(ground: Ground) -> None:
    stranger, locked = HubBrowser(ground), HubBrowser(ground).sign_in_as(OPERATOR)
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


@pytest.mark.parametrize("role", ["operator", "auditor"])
async def test_promise_15_nobody_of_a_police_body_operates_or_audits_the_hub(ground: Ground, role: str) -> None:
    with pytest.raises(Refused, match="somebody of a police body cannot"):
        add_person(desk_of(ground), name="Rob", role=role, police=True, by=OPERATOR, now=ground.clock())
