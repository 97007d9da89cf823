"""Signing in as people do: a name, a password and a code, on a device that they name."""

from tests.federation.network import Federation
from tests.federation.project import Node
from tests.journeys.person import Person
from tests.journeys.staff import PASSWORD, figures, secret_of
from tests.journeys.stage import PIN, Stage


async def on_shift(stage: Stage, node: Node, name: str, *, device: str = "phone") -> Person:
    """One of the staff signs in on a device that is new here."""
    person = await stage.person(name, node)
    person.secret = secret_of(stage.fed.folder, node, name)
    await person.open("/")
    await sign_in(person, node)
    await name_device(person, f"{name}'s {device}")
    return person


async def sign_in(person: Person, node: Node) -> None:
    """With name, password and code; a code is good once, so half a minute passes."""
    node.clock.forward(seconds=30)
    await person.fill("Your name", person.name)
    await person.fill("Password", PASSWORD)
    await person.fill("Code", figures(person.secret, node.clock()))
    await person.press("Sign in")


async def set_up_account(person: Person, place: Node | Federation) -> None:
    """On the page of an invitation: a password, an app, and the recovery codes are put away."""
    person.secret = await person.value_after("Or type this into it:")
    await person.fill("Password", PASSWORD)
    await person.fill("The password again", PASSWORD)
    await person.fill("The six figures that the app shows now", figures(person.secret, place.clock()))
    await person.press("Set up my account")
    await person.follow("I have kept them: go on")


async def name_device(person: Person, device: str) -> None:
    """A name and a PIN for the device they sit before."""
    await person.fill("What do you call this device?", device)
    await person.fill("A PIN for the lock screen, if you like", PIN)
    await person.fill("The PIN again", PIN)
    await person.press("Go on")
