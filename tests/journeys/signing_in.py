"""Accounts as people have them: invited, set up on the page, signed in with a password and a code."""

import datetime as dt

import pyotp

from node.actions.invite_person import invite_again, invite_person
from node.store.people import person_id
from tests.federation.network import RELEASER, Node
from tests.journeys.person import Person
from tests.journeys.stage import Stage

PASSWORD = "violet kettle on a morning lamp"
DEVICE = "van phone"
PIN = "493027"


async def first_shift(stage: Stage, node: Node, name: str, *, roles: tuple[str, ...] = (), agency: str = "") -> Person:
    """Somebody sets up their account by an invitation, and is signed in on a device that they named.

    Args:
        roles: of somebody who is new here; none: they are known already, and have had no account.
    """
    code = _invited(node, name, roles, agency)
    person = await stage.person(name, node)
    await person.open(f"/invitation/{code}")
    secret = (await person.page.locator(".ww-bytes").first.inner_text()).strip()
    await person.fill("Password", PASSWORD)
    await person.fill("The password again", PASSWORD)
    await person.fill("The six figures that the app shows now", figures(secret, node.clock()))
    await person.press("Set up my account")
    person.secret = secret
    await person.follow("I have kept them: go on")
    await name_device(person)
    return person


def _invited(node: Node, name: str, roles: tuple[str, ...], agency: str) -> str:
    desk, now = node.cases, node.clock()
    with node.store.read() as session:
        coordinator_has_account = session.connection().exec_driver_sql("SELECT count(*) FROM accounts").scalar_one() > 0
        known = None if roles else person_id(session, name)
    by = RELEASER if coordinator_has_account else None
    if known is not None:
        return invite_again(desk, person=known, by=by, now=now).code
    return invite_person(desk, name=name, roles=roles, by=RELEASER, agency=agency or None, now=now).code


async def name_device(person: Person) -> None:
    """A name and a PIN for the device they sit before."""
    await person.fill("What do you call this device?", f"{person.name}'s {DEVICE}")
    await person.fill("A PIN for the lock screen, if you like", PIN)
    await person.fill("The PIN again", PIN)
    await person.press("Go on")


async def sign_in(person: Person, node: Node) -> None:
    """With name, password and code; a code is good once, so half a minute passes."""
    node.clock.forward(seconds=30)
    await person.fill("Your name", person.name)
    await person.fill("Password", PASSWORD)
    await person.fill("Code", figures(person.secret, node.clock()))
    await person.press("Sign in")


def figures(secret: str, now: dt.datetime) -> str:
    """What the app shows."""
    return pyotp.TOTP(secret).at(now)
