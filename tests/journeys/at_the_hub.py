"""People of the hub's pages, invited as its command line does, with accounts that they set up themselves."""

from hub.actions.hub_desk import open_hub_desk
from protocol.house.actions.invite_person import invite_person
from tests.journeys.person import Person
from tests.journeys.signing_in import name_device, set_up_account
from tests.journeys.stage import Stage


async def at_the_hub(stage: Stage, name: str, role: str, *, police: bool = False) -> Person:
    """Somebody opens their invitation, sets up an account, and is signed in."""
    hub = stage.fed.hub
    desk = open_hub_desk(hub.config, hub.store, hub.epochs())
    made = invite_person(desk, name=name, roles=[role], police=police, now=hub.clock())
    person = await stage.person_at_hub(name)
    await person.open(f"/invitation/{made.code}")
    await set_up_account(person, stage.fed)
    await name_device(person, f"{name}'s laptop")
    return person
