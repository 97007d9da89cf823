"""The hub's operator reminds a project: its people read it on their start page, with what to do, until it is done."""

from hub.actions.hub_desk import open_hub_desk
from hub.actions.remind_member import remind_member
from node.exchange.sync import LOOKS_EVERY
from protocol.house.store.people import insert_person
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

SAYS = "The hub asks you to confirm what was deleted"
DONE = "We have seen to it"
MERSEYSIDE = 3


async def remind(fed: Federation) -> None:
    """An operator reminds Merseyside, and its node asks the hub again."""
    desk = open_hub_desk(fed.hub.config, fed.hub.store, fed.hub.epochs())
    with desk.store.begin() as session:
        insert_person(session, f"Oona of {fed.clock():%d}", ["operator"], fed.clock())
    remind_member(desk, MERSEYSIDE, by=f"Oona of {fed.clock():%d}", now=fed.clock())
    fed.clock.now += LOOKS_EVERY
    await fed.settle()


async def test_it_is_said_to_those_who_look_after_the_node_until_one_has_seen_to_it(fed: Federation) -> None:
    release = fed.genesis.draft(fed.genesis.report())
    fed.genesis.release(release)
    await fed.settle()
    fed.merseyside.link.cut = True
    fed.genesis.withdraw(release)
    await fed.genesis.publish()
    coordinator = Browser(fed.merseyside).sign_in_as(RELEASER)
    assert SAYS not in (await coordinator.get("/")).text
    fed.merseyside.link.cut = False
    await remind(fed)
    assert SAYS not in (await Browser(fed.genesis).sign_in_as(RELEASER).get("/")).text
    caseworker = Browser(fed.merseyside).sign_in_as(WRITER)
    assert SAYS not in (await caseworker.get("/")).text
    await caseworker.get("/reminder", status=403)
    coordinator = Browser(fed.merseyside).sign_in_as(RELEASER)
    page = await coordinator.follow(await coordinator.get("/"), SAYS)
    assert "This node has said so for everything by now." in page.text and "off the walls" in page.text
    page = await coordinator.press(page, DONE)
    assert SAYS not in page.text
    await coordinator.get("/reminder", status=404)
    fed.clock.forward(days=1)
    await remind(fed)
    assert SAYS in (await Browser(fed.merseyside).sign_in_as(RELEASER).get("/")).text
