"""What the worker writes down of its jobs: each run of the rare ones; of the others how they stand, and no fault stays
written down that has passed."""

import datetime as dt
from typing import NoReturn

from hub.core.values import Heartbeat
from hub.jobs.worker import NOTED_EVERY, Worker, jobs_of
from hub.store import members
from hub.web.words import JOBS
from tests.hub.ground import Ground


def beats(ground: Ground) -> dict[str, Heartbeat]:
    with ground.hub.store.read() as session:
        return {beat.job: beat for beat in members.heartbeats(session)}


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
