"""What a node does by itself: sync, publish, erase, new epoch keys, and a watchdog over all of it.

APScheduler 3.11 in memory, in UTC; what is due is a query, so running twice is harmless and nothing is lost by not
running. Every job has a deadline (a hung one once stopped a network for 72 hours), a heartbeat in the database, and is
shown when it has not succeeded for three periods. One process a node: the holder of the lock.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from node.jobs.leader import Leadership
from node.store.engine import Store
from node.store.heartbeats import JobState, job_failed, job_started, job_states, job_succeeded
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError

log = logging.getLogger(__name__)

LEADER_RETRY_SECONDS: Final = 1.0
"""How often a process that does not lead asks again: after `kill -9` of the leader another takes over in about this."""

DRAIN_SECONDS: Final = 10.0
"""How long a stop waits for jobs that are at work."""

SHORTEST_PERIOD_SECONDS: Final = 10.0
"""The watchdog counts in periods of at least this: a job every two seconds may miss a few."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Something done again and again.

    Attributes:
        name: stable; of its heartbeat.
        every_seconds: from start to start.
        deadline_seconds: it is stopped after this, and that is shown.
        work: does what is due; returns the stable code of a problem that did not stop it, or None.
        may_be_cut: whether it may be cancelled at this moment because nothing is lost: a long-poll.
    """

    name: str
    every_seconds: float
    deadline_seconds: float
    work: Callable[[], Awaitable[str | None]]
    may_be_cut: Callable[[], bool] = lambda: False


class Worker:
    """Runs the jobs of one node, if this process leads."""

    def __init__(
        self, store: Store, jobs: tuple[Job, ...], leadership: Leadership, now: Callable[[], dt.datetime]
    ) -> None:
        """Starts nothing.

        Args:
            store: for heartbeats.
            jobs: names are unique.
            leadership: not taken yet.
            now: aware UTC.
        """
        self._store, self._jobs, self._leadership, self._now = store, jobs, leadership, now
        self._running: dict[asyncio.Task[Any], Job] = {}
        self._at_work: tuple[asyncio.AbstractEventLoop, AsyncIOScheduler] | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Waits for leadership, runs the jobs until `stop`, lets those at work finish, and gives leadership back."""
        while not self._leadership.acquire():
            if await _set_within(stop, LEADER_RETRY_SECONDS):
                return
        scheduler = self._scheduler()
        try:
            scheduler.start()
            self._at_work = asyncio.get_running_loop(), scheduler
            await stop.wait()
        finally:
            self._at_work = None
            scheduler.remove_all_jobs()
            await asyncio.sleep(0)  # a job that was started at this very moment is among those at work now
            await self._drain()
            scheduler.shutdown(wait=False)
            self._leadership.release()

    def hurry(self, name: str) -> None:
        """Runs a job now and not only at its next time, if this process leads; from any thread.

        A run that is at work is not doubled: what it does not find the next one does.
        """
        if self._at_work is not None:
            loop, scheduler = self._at_work
            loop.call_soon_threadsafe(self._run_now, scheduler, name)

    def _run_now(self, scheduler: AsyncIOScheduler, name: str) -> None:
        if self._at_work is not None and all(job.name != name for job in self._running.values()):
            scheduler.modify_job(name, next_run_time=dt.datetime.now(dt.UTC))

    def _scheduler(self) -> AsyncIOScheduler:
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = AsyncIOScheduler(timezone=dt.UTC, job_defaults=defaults)
        scheduler.add_listener(self._on_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        for job in self._jobs:
            trigger = IntervalTrigger(seconds=job.every_seconds, timezone=dt.UTC)
            first = dt.datetime.now(dt.UTC)
            scheduler.add_job(self.run_job, trigger, args=[job], id=job.name, next_run_time=first)
        return scheduler

    def _on_trouble(self, event: JobExecutionEvent) -> None:
        problem = "job.missed" if event.code == EVENT_JOB_MISSED else "job.fault"
        log.error("job %s: %s", event.job_id, problem)
        self._write(job_failed, event.job_id, problem)

    async def run_job(self, job: Job) -> str | None:
        """One run, with deadline and heartbeat; the code of its problem, or None.

        Raises:
            Exception: a fault of ours, after it was kept as `job.fault`: the scheduler's listener logs it.
        """
        task = asyncio.current_task()
        assert task is not None
        self._running[task] = job
        period = max(job.every_seconds, SHORTEST_PERIOD_SECONDS)
        try:
            await asyncio.to_thread(self._write, job_started, job.name, period, self._now())
            problem = await self._within_deadline(job)
            if problem is None:
                await asyncio.to_thread(self._write, job_succeeded, job.name, self._now())
            else:
                log.info("job %s: %s", job.name, problem)
                await asyncio.to_thread(self._write, job_failed, job.name, problem)
            return problem
        finally:
            del self._running[task]

    async def _within_deadline(self, job: Job) -> str | None:
        try:
            async with asyncio.timeout(job.deadline_seconds) as limit:
                return await job.work()
        except TimeoutError:
            if not limit.expired():
                raise
            return "job.deadline"
        except (HouseError, ProtocolError) as error:
            return error.code

    def _write(self, change: Callable[..., None], *values: Any) -> None:
        with self._store.begin() as session:
            change(session, *values)

    async def _drain(self) -> None:
        """Long-polls are given up; what is at work may finish; the rest is cut after `DRAIN_SECONDS`.

        A transaction is never cut: it runs in a thread to its end. What a cut job had not done is due again.
        """
        for task, job in list(self._running.items()):
            if job.may_be_cut():
                task.cancel()
        if self._running:
            await asyncio.wait(list(self._running), timeout=DRAIN_SECONDS)
        for task in list(self._running):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task


def late_jobs(store: Store, now: dt.datetime) -> list[JobState]:
    """The jobs that have not succeeded for three of their periods."""
    with store.read() as session:
        return [state for state in job_states(session) if state.is_late(now)]


def by_chance() -> float:
    """0 ≤ x < 1: spreads retries of many nodes. Nothing secret hangs on it."""
    return random.random()  # noqa: S311


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
