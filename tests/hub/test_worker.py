"""What the worker writes down of its jobs: each run of the rare ones; of the others how they stand, and no fault stays
written down that has passed."""

import datetime as dt
from typing import NoReturn

from hub.core.values import Heartbeat, StoredBody
from hub.jobs.worker import NOTED_EVERY, Worker, jobs_of
from hub.store import bodies, members
from hub.web.words import JOBS
from tests.hub.ground import Ground


def beats(ground: Ground) -> dict[str, Heartbeat]:
    with ground.hub.store.read() as session:
        return {beat.job: beat for beat in members.heartbeats(session)}


def stored(ground: Ground) -> dict[int, StoredBody]:
    with ground.hub.store.read() as session:
        return bodies.bodies_at(session, range(ground.hub.view.now.state.size))


def fail() -> NoReturn:
    raise ValueError("never written down")


async def test_a_fault_of_a_job_that_runs_often_is_noted_at_once_and_so_is_its_end(ground: Ground) -> None:
    worker = Worker(ground.hub)
    await worker._run("index", lambda: None)
    assert beats(ground)["index"].problem == ""
    await worker._run("index", fail)
    assert beats(ground)["index"].problem == "ValueError"
    await worker._run("index", lambda: None)
    assert beats(ground)["index"].problem == ""


async def test_a_job_that_runs_often_is_noted_now_and_then(ground: Ground) -> None:
    worker = Worker(ground.hub)
    noted = []
    for minutes in (0, 1, 31):
        ground.clock.now += dt.timedelta(minutes=minutes)
        await worker._run("index", lambda: None)
        await worker._run("erase", lambda: None)
        noted.append((beats(ground)["index"].started_at, beats(ground)["erase"].started_at))
    assert noted[0][0] == noted[1][0] < noted[2][0]
    assert noted[0][1] < noted[1][1] < noted[2][1]
    assert dt.timedelta(minutes=31) > NOTED_EVERY


async def test_every_job_has_words_on_the_page_of_how_the_hub_stands(ground: Ground) -> None:
    assert set(jobs_of(ground.hub)) == set(JOBS)


async def test_nothing_is_destroyed_by_a_clock_that_no_member_agrees_with(ground: Ground) -> None:
    """A year ahead each warning is lapsed and each epoch key old; who asks then is refused, and vouches for nothing."""
    ground.scene.alert("genesis", 1)
    await ground.ok()
    keys, kept = ground.hub.epochs().keys, stored(ground)
    alert = ground.hub.view.now.state.size - 1
    assert alert in kept
    right = ground.clock.now
    ground.clock.now += dt.timedelta(days=365)
    destroying = [jobs_of(ground.hub)[name] for name in ("erase", "forget", "epoch")]
    for work in destroying:
        work()
    assert ground.hub.epochs().keys == keys and stored(ground) == kept
    ground.clock.now = right
    assert (await ground.asker("genesis/online").get("/v1/checkpoint")).status_code == 200
    for work in destroying:
        work()
    assert stored(ground) == kept


async def test_what_is_lapsed_is_erased_by_a_clock_that_a_member_agrees_with(ground: Ground) -> None:
    ground.scene.alert("genesis", 1)
    await ground.ok()
    ground.clock.now += dt.timedelta(days=365)
    asker = ground.asker("genesis/online")
    assert (await asker.get("/v1/checkpoint")).status_code == 200
    jobs_of(ground.hub)["erase"]()
    assert ground.hub.view.now.state.size - 1 not in stored(ground)
