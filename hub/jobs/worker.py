"""What the hub does by itself. Jobs are defined here; *what is due* is a query; running twice is harmless.

Each job has a deadline and a heartbeat that `doctor` reads. Source: FINDINGS (APScheduler 3, X-Road's hung refresh).
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from hub.actions import (
    compare_bodies,
    count_series,
    decide_series,
    index_bodies,
    keep_heard,
    keep_house,
    keep_releases,
    tell_origins,
)
from hub.api.hub import Hub
from hub.core.errors import Misconfigured
from hub.jobs.giving_way import GivingWay
from hub.store import members
from hub.store.leadership import PING_SECONDS

logger = logging.getLogger(__name__)

DEADLINE_SECONDS: Final = 600
"""No job lasts longer; the slowest re-wraps every body."""

EVERY_SECONDS: Final[dict[str, float]] = {
    "lead": PING_SECONDS,
    "index": 2,
    "compare": 5,
    "decided": 5,
    "erase": 300,
    "forget": 300,
    "heard": 60,
    "epoch": 3_600,
    "rekey": 3_600,
    "count_series": 3_600,
    "looks": 3_600,
    "releases": 300,
}
"""How often each runs. `epoch` looks each hour whether a day has passed, so that a hub that slept catches up."""

OFTEN: Final = frozenset({"lead", "index", "compare", "decided", "heard"})
"""Those that run each few seconds: that they run well is written down each `NOTED_EVERY`, and when it changes."""

NOTED_EVERY: Final = dt.timedelta(minutes=30)
"""Well within the hours after which `doctor` says that a job does not run."""


def jobs_of(hub: Hub, goes_on: Callable[[], bool] = lambda: True) -> dict[str, Callable[[], object]]:
    """What there is to do, by name. What destroys is done by the leader, and by a clock that members agree with.

    `goes_on`: asked before each page of what nobody waits for.
    """
    lead: dict[str, Callable[[], object]] = {"lead": hub.ordering.tick} if hub.config.sequencer else {}
    return lead | {
        "index": lambda: _if_leading(
            hub, lambda: index_bodies.index_bodies(hub.store, hub.view, hub.epochs(), goes_on)
        ),
        "rekey": lambda: _if_leading(hub, lambda: index_bodies.rekey_bodies(hub.store, hub.epochs())),
        "compare": lambda: _if_leading(
            hub, lambda: compare_bodies.compare_new(hub.store, hub.epochs(), hub.clock().date(), goes_on)
        ),
        "decided": lambda: _if_sure(
            hub, lambda: decide_series.forget_decisions(hub.store, hub.view, hub.clock().date())
        ),
        "count_series": lambda: _if_leading(
            hub, lambda: count_series.count_series(hub.store, hub.view, hub.epochs(), hub.clock().date())
        ),
        "looks": lambda: _if_sure(hub, lambda: tell_origins.forget_looks(hub.store, hub.clock().date())),
        "releases": lambda: keep_releases.bring_together(hub.store, hub.config.releases_dir),
        "heard": lambda: keep_heard.keep_heard(hub.store, hub.roll.take()),
        "erase": lambda: _if_sure(hub, lambda: keep_house.erase_lapsed(hub.store, hub.view, hub.clock().date())),
        "forget": lambda: _if_sure(hub, lambda: keep_house.forget_stale(hub.store, hub.view, hub.clock())),
        "epoch": lambda: _if_sure(
            hub, lambda: keep_house.change_epoch(hub.store, hub.config.epoch_dir, hub.clock(), hub.config.epoch_days)
        ),
    }


def _if_leading(hub: Hub, work: Callable[[], object]) -> None:
    if hub.ordering.leads:
        work()


def _if_sure(hub: Hub, work: Callable[[], object]) -> None:
    if hub.ordering.leads and hub.agreed.is_believed(hub.clock()):
        work()


class Worker:
    """Runs the jobs while the hub serves."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone=dt.UTC)
        self._scheduler.add_listener(self._noticed, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._noted: dict[str, tuple[dt.datetime, str]] = {}
        self._giving_way = GivingWay(hub.ordering)
        for name, work in jobs_of(hub, self._giving_way.goes_on).items():
            self._scheduler.add_job(
                self._run,
                "interval",
                args=(name, work),
                seconds=EVERY_SECONDS[name],
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Starts the scheduler on the running loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Lets what runs come to its end, then stops: a cancelled job would leave its thread behind."""
        self._scheduler.pause()
        self._giving_way.stop()
        if self._running:
            await asyncio.wait(self._running)
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, work: Callable[[], object]) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        started_at, problem = self._hub.clock(), ""
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await asyncio.to_thread(work)
        except Misconfigured as error:
            problem = "misconfigured"
            logger.error("job %s: %s", name, error)
        except Exception as error:
            problem = type(error).__name__
            logger.error("job %s failed: %s", name, problem)
        if self._is_to_be_noted(name, started_at, problem):
            await asyncio.to_thread(self._beat, name, started_at, problem)
        self._running.discard(task)

    def _is_to_be_noted(self, name: str, now: dt.datetime, problem: str) -> bool:
        at, before = self._noted.get(name, (None, ""))
        if name in OFTEN and at is not None and problem == before == "" and now - at < NOTED_EVERY:
            return False
        self._noted[name] = now, problem
        return True

    def _beat(self, name: str, started_at: dt.datetime, problem: str) -> None:
        with self._hub.store.begin() as session:
            members.beat(session, name, started_at, None if problem else self._hub.clock(), problem)

    def _noticed(self, event: JobExecutionEvent) -> None:
        logger.error("job %s was missed or failed", event.job_id)
