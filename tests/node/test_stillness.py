"""Rounds after one that found nothing to do: what they spare themselves, and everything that ends it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, event

from node.exchange.stillness import BELIEVED_FOR
from node.store.alarms import raise_alarm
from node.store.exchange_tables import InboxBody
from node.store.orphans import CANCELLED_AFTER, add_orphan
from node.store.outbox import outbox_of
from protocol.vectors.scene import DAY, Scene, three_projects
from tests.node.exchange_nodes import Clock, ExchangeNode, all_sync, digest_of, three
from tests.node.hub_simulator import HubSimulator


@pytest.fixture
def scene() -> Scene:
    return three_projects()


async def at_rest(scene: Scene, folder: Path) -> tuple[HubSimulator, Clock, ExchangeNode, str]:
    """Merseyside, which holds a warning and has nothing more to do, before a hub that marks what others say."""
    hub, clock, genesis, bradford, merseyside = three(folder, scene)
    hub.marks_others = True
    identity = scene.alert("genesis", 1, days=3)
    genesis.know_own_entries()
    await all_sync(genesis, bradford, merseyside)
    await merseyside.sync()
    await merseyside.sync()
    return hub, clock, merseyside, identity


@contextmanager
def counted_transactions() -> Iterator[list[None]]:
    """Grows by one with every transaction on any database."""
    begun: list[None] = []

    def count(_connection: object) -> None:
        begun.append(None)

    event.listen(Engine, "begin", count)
    try:
        yield begun
    finally:
        event.remove(Engine, "begin", count)


async def test_a_round_after_one_that_found_nothing_asks_for_the_checkpoint_and_reads_nothing(
    scene: Scene, tmp_path: Path
) -> None:
    hub, _, merseyside, _ = await at_rest(scene, tmp_path)
    hub.calls.clear()
    with counted_transactions() as begun:
        report = await merseyside.sync()
    assert begun == []
    assert len(hub.calls) == 1 and "/v1/checkpoint" in hub.calls[0]
    assert report.size == len(scene.entries) and report.troubles == []


async def test_what_another_process_took_away_is_fetched_at_the_next_round(scene: Scene, tmp_path: Path) -> None:
    _, _, merseyside, identity = await at_rest(scene, tmp_path)
    with merseyside.store.begin() as session:
        session.execute(delete(InboxBody))
    report = await merseyside.sync()
    assert report.received > 0
    assert merseyside.received(identity) is not None


async def test_an_alarm_of_another_process_is_counted_at_the_next_round(scene: Scene, tmp_path: Path) -> None:
    _, clock, merseyside, _ = await at_rest(scene, tmp_path)
    with merseyside.store.begin() as session:
        raise_alarm(session, "log.split", "7", clock())
    assert (await merseyside.sync()).alarms == 1


async def test_a_cancel_darkens_at_once_however_still_it_was(scene: Scene, tmp_path: Path) -> None:
    _, _, merseyside, identity = await at_rest(scene, tmp_path)
    scene.cancel("genesis", 1, identity)
    report = await merseyside.sync()
    assert (report.erased, report.acked) == (1, True)


async def test_a_new_day_is_looked_at_although_nothing_else_is_new(scene: Scene, tmp_path: Path) -> None:
    _, clock, merseyside, identity = await at_rest(scene, tmp_path)
    clock.now = dt.datetime.combine(DAY, dt.time(0), dt.UTC) + dt.timedelta(days=3 + 7) - BELIEVED_FOR / 2
    assert [(await merseyside.sync()).erased for _ in range(2)] == [0, 0]
    clock.now += BELIEVED_FOR / 2
    report = await merseyside.sync()
    assert report.erased == 1
    assert merseyside.received(identity) is None


async def test_what_falls_due_within_the_day_is_done_a_minute_later_at_most(scene: Scene, tmp_path: Path) -> None:
    _, clock, merseyside, _ = await at_rest(scene, tmp_path)
    own = scene.alert("merseyside", 3)  # in the log under our name, and not in our outbox
    with merseyside.store.begin() as session:
        add_orphan(session, own, clock() - CANCELLED_AFTER + BELIEVED_FOR / 2)
    for _ in range(3):
        await merseyside.sync()
    clock.now += BELIEVED_FOR
    await merseyside.sync()
    with merseyside.store.read() as session:
        assert [entry.kind for entry in outbox_of(session, "waiting")] == ["cancel"]


async def test_a_body_that_did_not_come_is_asked_for_at_its_own_times(scene: Scene, tmp_path: Path) -> None:
    hub, clock, merseyside, _ = await at_rest(scene, tmp_path)
    late = scene.alert("genesis", 1)
    hub.withheld.add(digest_of(scene, late))
    for _ in range(3):
        await merseyside.sync()
    hub.withheld.clear()
    clock.forward(seconds=3)
    await merseyside.sync()
    assert merseyside.received(late) is not None
