"""The jobs of a node: thin, each calls one thing. Whether anything is due is a question to the database."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from node.actions.back_up import back_up, backups_stand
from node.actions.case_desk import open_case_desk
from node.actions.practise_restore import practise_restore
from node.actions.rewrap_keys import rewrap_keys
from node.config import NodeConfig
from node.core.backups import backup_is_due, practice_is_due
from node.exchange.client import LONGEST_WAIT_SECONDS
from node.exchange.desk import Desk
from node.exchange.erasing import erase_due
from node.exchange.publish import publish_due
from node.exchange.sync import Sync, SyncReport
from node.jobs.worker import Job, by_chance, late_jobs

log = logging.getLogger(__name__)

PUBLISH_SECONDS: Final = 2.0
"""What the pages release leaves at once; what the command line puts into the outbox is seen within this."""

ERASE_SECONDS: Final = 600.0
REWRAP_SECONDS: Final = 6 * 3_600.0
BACKUP_SECONDS: Final = 3_600.0
"""How often it is asked whether the night's backup or the month's practice is due: what failed is tried again soon."""

WATCHDOG_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.5
"""Between two rounds of one run: a hub that answers long-polls at once is not asked in a tight loop."""

AWAITING_SECONDS: Final = 0.1
"""The same while others' Acks are waited for: a person looks at the list of who has erased."""


def node_jobs(config: NodeConfig, desk: Desk, sync: Sync) -> tuple[Job, ...]:
    """All of them; those about backups where there are any, or each would look as if it were done."""
    deadline = config.job_deadline_seconds

    def job(name: str, every: float, work: Callable[[], Awaitable[str | None]]) -> Job:
        return Job(name=name, every_seconds=every, deadline_seconds=deadline, work=work)

    about_backups = (
        job("backup", BACKUP_SECONDS, lambda: back_up_nightly(config, desk)),
        job("drill", BACKUP_SECONDS, lambda: practise_monthly(config, desk)),
    )
    return (
        Job(
            name="sync",
            every_seconds=config.sync_seconds,
            deadline_seconds=deadline,
            work=lambda: sync_for(config, desk, sync),
            may_be_cut=lambda: sync.waiting,
        ),
        job("publish", PUBLISH_SECONDS, lambda: publish(desk)),
        job("erase", ERASE_SECONDS, lambda: erase(desk)),
        job("rewrap", REWRAP_SECONDS, lambda: rewrap(config, desk)),
        *(() if config.backup_folder is None else about_backups),
        job("watchdog", WATCHDOG_SECONDS, lambda: watch(desk)),
    )


async def sync_for(config: NodeConfig, desk: Desk, sync: Sync) -> str | None:
    """Rounds with a long-poll between them, for `sync_seconds`; the first problem ends the run."""
    ends = asyncio.get_running_loop().time() + config.sync_seconds
    while True:
        left = ends - asyncio.get_running_loop().time()
        report = await sync.round(max(0, min(LONGEST_WAIT_SECONDS, int(left))))
        if report.troubles:
            return _problem(report)
        pause = AWAITING_SECONDS if await asyncio.to_thread(sync.awaited.any) else PAUSE_SECONDS
        if ends - asyncio.get_running_loop().time() < pause:
            return None
        await asyncio.sleep(pause)


def _problem(report: SyncReport) -> str:
    """The first trouble, as it is shown: the step's number says where."""
    return f"step{report.troubles[0].step}.{report.troubles[0].code}"


async def publish(desk: Desk) -> str | None:
    """Sends what is due."""
    return (await publish_due(desk, by_chance)).problem


async def erase(desk: Desk) -> str | None:
    """Erases what is gone or lapsed, also with the hub away."""
    await asyncio.to_thread(erase_due, desk)
    await asyncio.to_thread(desk.store.checkpoint_wal)
    return None


async def rewrap(config: NodeConfig, desk: Desk) -> str | None:
    """A new epoch key when a week is over, and the end of old ones (promise 12)."""
    await asyncio.to_thread(lambda: rewrap_keys(open_case_desk(config, desk.store), now=desk.now()))
    return None


async def back_up_nightly(config: NodeConfig, desk: Desk) -> str | None:
    """A sealed copy of the database on another host, if the settings name one and tonight's is not made yet."""
    backups = await asyncio.to_thread(backups_stand, config, desk.store)
    if backup_is_due(backups.made_at, desk.now()):
        await asyncio.to_thread(lambda: back_up(config, desk.store, now=desk.now()))
    return None


async def practise_monthly(config: NodeConfig, desk: Desk) -> str | None:
    """The newest backup restored for practice, if the month is over."""
    backups = await asyncio.to_thread(backups_stand, config, desk.store)
    if practice_is_due(backups, desk.now()):
        outcome = await asyncio.to_thread(lambda: practise_restore(config, desk.store, now=desk.now()))
        return None if outcome == "whole" else f"practice.{outcome}"
    return None


async def watch(desk: Desk) -> str | None:
    """Shows every job that has not succeeded for three of its periods."""
    late = await asyncio.to_thread(late_jobs, desk.store, desk.now())
    for state in late:
        log.warning("job %s has not succeeded since %s", state.job, _since(state.last_success or state.first_start))
    return None


def _since(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")
