"""What nobody waits for is done when no statement comes, or now and then; and not at all once the hub stops."""

import asyncio

import pytest

from hub.jobs import giving_way
from hub.jobs.giving_way import STILL_SECONDS, GivingWay
from hub.jobs.worker import jobs_of
from hub.store import bodies, log
from tests.hub.ground import Ground


async def submitted(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    await ground.ok()


def unindexed(ground: Ground) -> bool:
    with ground.hub.store.read() as session:
        return bodies.any_unindexed(session)


async def test_warnings_are_described_once_no_statement_has_come_for_a_moment(ground: Ground) -> None:
    way = GivingWay(ground.hub.ordering)
    index = jobs_of(ground.hub, way.goes_on)["index"]
    await submitted(ground)
    index()
    assert unindexed(ground)
    await asyncio.sleep(STILL_SECONDS)
    index()
    assert not unindexed(ground)


async def test_a_sender_whom_the_database_holds_up_is_given_way_to(ground: Ground) -> None:
    way = GivingWay(ground.hub.ordering)
    with ground.hub.store.begin() as session:
        log.lock_head(session)
        sender = asyncio.create_task(submitted(ground))
        await asyncio.sleep(2 * STILL_SECONDS)
        assert not sender.done() and not way.goes_on()
    await sender


async def test_under_senders_without_end_a_page_is_done_now_and_then(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_way, "PATIENCE_SECONDS", 0.1)
    way = GivingWay(ground.hub.ordering)
    await submitted(ground)
    assert not way.goes_on()
    await asyncio.sleep(0.1)
    await submitted(ground)
    assert [way.goes_on(), way.goes_on()] == [True, False]


async def test_a_hub_that_stops_begins_no_page(ground: Ground) -> None:
    way = GivingWay(ground.hub.ordering)
    await asyncio.sleep(STILL_SECONDS)
    assert way.goes_on()
    way.stop()
    assert not way.goes_on()
