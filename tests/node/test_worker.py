"""The worker: deadlines, heartbeats, a watchdog that shows, one leader, and an end that cuts nothing short."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from node.core.errors import Unavailable
from node.jobs.leader import Leadership
from node.jobs.worker import Job, Worker, late_jobs
from node.store.engine import Store
from node.store.heartbeats import JobState, job_states
from node.store.outbox import add_to_outbox, outbox_of
from protocol.at_rest import Epochs
from tests.node.empty_databases import new_store
from tests.node.exchange_nodes import Clock


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path / "node.db")


async def nothing() -> str | None:
    return None


def a_job(work: Callable[[], Awaitable[str | None]] = nothing, **over: object) -> Job:
    fields: dict[str, object] = {"name": "sync", "every_seconds": 30.0, "deadline_seconds": 0.2, "work": work}
    return Job(**(fields | over))  # type: ignore[arg-type]


def a_worker(store: Store, *jobs: Job, clock: Clock | None = None) -> Worker:
    return Worker(store, jobs, Leadership(store.path), clock or Clock())


def heartbeat(store: Store) -> JobState:
    with store.read() as session:
        return job_states(session)[0]


async def test_a_job_that_succeeds_is_kept_as_such(store: Store) -> None:
    clock = Clock()
    await a_worker(store, clock=clock).run_job(a_job())
    assert (heartbeat(store).last_success, heartbeat(store).problem) == (clock(), None)


async def test_a_job_that_hangs_is_stopped_at_its_deadline_and_shown(store: Store) -> None:
    async def hang() -> str | None:
        await asyncio.sleep(60)
        return None

    assert await a_worker(store).run_job(a_job(hang)) == "job.deadline"
    assert (heartbeat(store).problem, heartbeat(store).last_success) == ("job.deadline", None)


async def test_a_refusal_is_kept_by_its_code(store: Store) -> None:
    async def away() -> str | None:
        raise Unavailable("unreachable", "away")

    await a_worker(store).run_job(a_job(away))
    assert heartbeat(store).problem == "unavailable.unreachable"


async def test_a_job_can_be_hurried_from_any_thread(store: Store) -> None:
    ran = asyncio.Event()
    runs = 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        ran.set()

    worker, stop = a_worker(store, a_job(work, every_seconds=3_600.0, deadline_seconds=5.0)), asyncio.Event()
    worker.hurry("sync")  # nothing: it does not lead
    running = asyncio.create_task(worker.run(stop))
    await ran.wait()
    async with asyncio.timeout(10):
        while runs < 2:  # one that is still at work is not doubled
            await asyncio.to_thread(worker.hurry, "sync")
            await asyncio.sleep(0.05)
    stop.set()
    await running


def put_into_outbox(session: Session) -> None:
    add_to_outbox(
        session,
        identity="0" * 64,
        kind="cancel",
        envelope=b"signed",
        body=None,
        not_before=Clock()(),
        release_id=None,
        epochs=Epochs({}),
    )


def test_what_was_put_into_the_outbox_is_told_once_it_is_kept(store: Store) -> None:
    told: list[int] = []

    def note() -> None:
        with store.read() as session:
            told.append(len(outbox_of(session, "waiting")))

    store.on_to_send = note
    with store.begin() as session:
        job_states(session)
    with pytest.raises(ZeroDivisionError), store.begin() as session:
        put_into_outbox(session)
        raise ZeroDivisionError
    assert told == []
    with store.begin() as session:
        put_into_outbox(session)
    assert told == [1]


async def test_a_job_is_shown_when_it_has_not_succeeded_for_three_periods(store: Store) -> None:
    clock = Clock()
    worker = a_worker(store, clock=clock)
    await worker.run_job(a_job())
    clock.forward(seconds=90)
    assert late_jobs(store, clock()) == []
    clock.forward(seconds=1)
    assert [state.job for state in late_jobs(store, clock())] == ["sync"]
    await worker.run_job(a_job())
    assert late_jobs(store, clock()) == []


async def test_a_job_that_has_never_succeeded_is_shown_too(store: Store) -> None:
    async def away() -> str | None:
        return "unavailable.unreachable"

    clock = Clock()
    worker = a_worker(store, clock=clock)
    await worker.run_job(a_job(away))
    clock.forward(seconds=91)
    await worker.run_job(a_job(away))
    assert [state.job for state in late_jobs(store, clock())] == ["sync"]


async def test_a_fault_of_ours_reaches_the_listener_and_the_next_run_comes(store: Store) -> None:
    runs = 0

    async def fault() -> str | None:
        nonlocal runs
        runs += 1
        raise ValueError("ours")

    stop = asyncio.Event()
    running = asyncio.create_task(a_worker(store, a_job(fault, every_seconds=0.1)).run(stop))
    await until(lambda: runs >= 2)
    stop.set()
    await running
    assert heartbeat(store).problem == "job.fault"


async def test_stopping_lets_work_finish_and_gives_up_a_long_poll(store: Store) -> None:
    finished: list[str] = []

    async def work() -> str | None:
        await asyncio.sleep(0.3)
        finished.append("work")
        return None

    async def poll() -> str | None:
        await asyncio.sleep(30)
        finished.append("poll")
        return None

    stop = asyncio.Event()
    jobs = (
        a_job(work, name="work", deadline_seconds=5),
        a_job(poll, name="poll", deadline_seconds=60, may_be_cut=lambda: True),
    )
    running = asyncio.create_task(a_worker(store, *jobs).run(stop))
    await asyncio.sleep(0.1)
    stop.set()
    async with asyncio.timeout(3):
        await running
    assert finished == ["work"]


async def test_only_one_process_of_a_node_leads(store: Store) -> None:
    first, second = Leadership(store.path), Leadership(store.path)
    assert first.acquire() and not second.acquire()
    stop, runs = asyncio.Event(), 0

    async def count() -> str | None:
        nonlocal runs
        runs += 1
        return None

    worker = Worker(store, (a_job(count),), second, lambda: dt.datetime.now(dt.UTC))
    running = asyncio.create_task(worker.run(stop))
    await asyncio.sleep(0.2)
    assert runs == 0
    first.release()
    await until(lambda: runs == 1)
    stop.set()
    await running
    assert not second.held


def test_after_kill_9_of_the_leader_another_takes_over_at_once(store: Store) -> None:
    code = (
        "import sys, time; from pathlib import Path; from node.jobs.leader import Leadership\n"
        "held = Leadership(Path(sys.argv[1])); print(held.acquire(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(store.path)], stdout=subprocess.PIPE, text=True) as leader:
        assert leader.stdout is not None and leader.stdout.readline().strip() == "True"
        assert not Leadership(store.path).acquire()
        os.kill(leader.pid, signal.SIGKILL)
        leader.wait()
    assert Leadership(store.path).acquire()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.02)
