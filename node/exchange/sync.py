"""One round of sync, in numbered steps: the same numbers stand in spec/sync.md and in the tests.

Steps 1 to 4 make the mirror longer; if one fails, the round ends there and the steps after it still run over what is
held: a hub that is away or hostile delays no erasure. From step 5 on each step stands alone: one that fails is
reported and the next one runs. Running twice changes nothing (promise 8).
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Final, TypeVar

import msgspec

from node.core.back_off import is_due
from node.exchange.answers import HubBusy, HubRefused
from node.exchange.awaiting import AwaitedAcks
from node.exchange.desk import Desk
from node.exchange.erasing import ack_if_owed, erase_due
from node.exchange.following import Fetched, fetch_checkpoint, fetch_entries, keep_history, require_root
from node.exchange.hearing import hear_looks, hear_reminder, sign_decisions
from node.exchange.membership import follow_keys
from node.exchange.publish import settle_outbox
from node.exchange.receiving import Asked, ask_for_bodies, fetch_bodies
from node.exchange.stillness import Stillness
from node.exchange.watching import cancel_due_orphans, cancel_in_this_log, check_entries
from node.exchange.witnessing import Relayed, cosign_latest, fetch_others, keep_others
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError

log = logging.getLogger(__name__)
_T = TypeVar("_T")

LOOKS_EVERY: Final = dt.timedelta(minutes=10)
"""A round ends at each new entry; who looked at a warning, and a reminder, may be read ten minutes later."""

HEAD_START_SECONDS: Final = 0.003
"""In which the first bodies are asked for: steps 5 to 7 run while the hub looks for them, not in the way of asking."""


class Step(IntEnum):
    """The steps of a round. Source: spec/sync.md §1."""

    CHECKPOINT = 1
    BUNDLES = 2
    ROOT = 3
    REPLAY = 4
    SEEN = 5
    OWN = 6
    ERASE = 7
    ACK = 8
    BODIES = 9
    ARRIVAL = 10
    COSIGN = 11
    OTHERS = 12
    SETTLE = 13
    LOOKS = 14
    DECISIONS = 15


class Trouble(msgspec.Struct, frozen=True):
    """A step that did not succeed, and the stable code of why."""

    step: Step
    code: str


class SyncReport(msgspec.Struct, kw_only=True):
    """What a round did.

    Attributes:
        size: entries held afterwards.
        confirmed_size: of those, under a confirmed checkpoint.
        added: entries that came.
        received: bodies that came.
        erased: bodies that were erased.
        confirmed: own statements that were confirmed.
        acked: whether an Ack was sent.
        cosigned: whether a cosignature was delivered.
        signed: what a lead decided on the hub's pages and this node signed.
        alarms: how many alarms are held.
        troubles: steps that did not succeed.
    """

    size: int = 0
    confirmed_size: int = 0
    added: int = 0
    received: int = 0
    erased: int = 0
    confirmed: int = 0
    acked: bool = False
    cosigned: bool = False
    signed: int = 0
    alarms: int = 0
    troubles: list[Trouble] = msgspec.field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether the log was followed up to the hub's checkpoint: steps 1 to 4 succeeded."""
        return all(trouble.step > Step.REPLAY for trouble in self.troubles)


class Heard(msgspec.Struct, frozen=True):
    """What others had said was kept, as the hub marks it, with a mirror of `size` entries."""

    size: int
    mark: str


class Sync:
    """The rounds of one node. One at a time.

    Attributes:
        waiting: in step 1, where the hub may hold the answer back: nothing is lost if it is given up.
        awaited: whose Acks are waited for.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one_at_a_time = asyncio.Lock()
        self.waiting = False
        self._heard: Relayed | None = None
        self._marked: Heard | None = None
        self._checked_size: int | None = None
        self._asked_looks_at: dt.datetime | None = None
        self._stillness = Stillness(desk)
        self.awaited = AwaitedAcks(desk)

    async def round(self, wait_seconds: int = 0) -> SyncReport:
        """One round; never raises for what the hub does or does not do.

        Args:
            wait_seconds: how long the hub may wait for news before it answers step 1, at most 25.

        Raises:
            Misconfigured: this node has not joined a log, or its database is not what it was.
        """
        async with self._one_at_a_time:
            report = SyncReport()
            await asyncio.to_thread(self._desk.view.refresh)
            _ = self._desk.view.log
            before = self._desk.view.state
            followed = await self._follow(report, wait_seconds)
            report.added = self._desk.view.state.size - before.size
            self.awaited.note(before)
            as_member = followed is not None and not self._desk.client.as_witness
            asked = asyncio.create_task(ask_for_bodies(self._desk)) if as_member and report.added else None
            try:
                if asked is not None:
                    await asyncio.wait({asked}, timeout=HEAD_START_SECONDS)
                standing = await asyncio.to_thread(self._stillness.standing, followed)
                if not self._stillness.holds(standing):
                    await asyncio.to_thread(self._obey, report)
                    if followed is not None:
                        await self._answer(report, followed, asked)
                    idle = as_member and report == SyncReport() and self._marked is not None
                    await asyncio.to_thread(self._stillness.note, standing, idle=idle)
            finally:
                await _given_up(asked)
            if as_member:
                await self._hear(report)
            report.size, report.confirmed_size = self._desk.view.state.size, self._desk.view.confirmed_size
            report.alarms = self._stillness.alarms
            return report

    async def _follow(self, report: SyncReport, wait_seconds: int) -> Fetched | None:
        """Steps 1 to 4. None if one of them failed."""
        desk, step = self._desk, Step.CHECKPOINT
        try:
            self.waiting = True
            try:
                acks = self.awaited.mark if await asyncio.to_thread(self.awaited.any) else 0
                latest = await fetch_checkpoint(desk, wait_seconds, acks=acks)
            finally:
                self.waiting = False
            if desk.client.as_witness:
                return latest
            step = Step.BUNDLES
            entries = await fetch_entries(desk, latest)
            step = Step.ROOT
            await require_root(desk, latest.note, latest.checkpoint, entries)
            step = Step.REPLAY
            await asyncio.to_thread(keep_history, desk, latest.note, latest.checkpoint, entries)
        except (HouseError, ProtocolError) as error:
            _report(report, step, error)
            if step is Step.CHECKPOINT:
                desk.client.forget_token()
            return None
        return latest

    def _obey(self, report: SyncReport) -> None:
        """Steps 5 to 7: what needs nobody."""
        desk = self._desk
        if self._checked_size != desk.view.state.size:
            self._checked_size = _do(report, Step.SEEN, check_entries, desk)
        _do(report, Step.OWN, follow_keys, desk)
        _do(report, Step.OWN, cancel_due_orphans, desk)
        if desk.view.old:
            _do(report, Step.OWN, cancel_in_this_log, desk)
        report.erased = _do(report, Step.ERASE, erase_due, desk) or 0

    async def _answer(self, report: SyncReport, latest: Fetched, asked: "asyncio.Task[Asked] | None") -> None:
        """Steps 8 to 13: what needs the hub. A witness that is no member only cosigns.

        Args:
            asked: the first bodies, which were asked for before step 5; None: nothing came that names any.
        """
        desk, note, checkpoint = self._desk, latest.note, latest.checkpoint
        if desk.client.as_witness:
            report.cosigned = await self._try(report, Step.COSIGN, cosign_latest(desk, note, checkpoint)) or False
            desk.client.forget_token()
            return
        report.acked = await self._try(report, Step.ACK, ack_if_owed(desk)) or False
        reads = self._may_read()
        await self._receive(report, asked or ask_for_bodies(desk))
        report.cosigned = await self._try(report, Step.COSIGN, cosign_latest(desk, note, checkpoint)) or False
        problems = await self._try(report, Step.OTHERS, self._hear_others(latest))
        report.troubles += [Trouble(Step.OTHERS, code) for code in problems or ()]
        report.confirmed = await self._try(report, Step.SETTLE, asyncio.to_thread(settle_outbox, desk)) or 0
        if not reads and self._may_read():
            await self._receive(report, ask_for_bodies(desk))

    async def _hear(self, report: SyncReport) -> None:
        """Steps 14 and 15. For step 14 nobody waits: at the first round and then now and then."""
        now = self._desk.now()
        if self._asked_looks_at is None or is_due(self._asked_looks_at + LOOKS_EVERY, now):
            heard = [await self._try(report, Step.LOOKS, one(self._desk)) for one in (hear_looks, hear_reminder)]
            if None not in heard:
                self._asked_looks_at = now
        report.signed = await self._try(report, Step.DECISIONS, sign_decisions(self._desk)) or 0

    def _may_read(self) -> bool:
        """Whether this node knows its admission to be confirmed: before that, no body is its to read."""
        member = self._desk.view.member
        return member is not None and member.admitted < self._desk.view.confirmed_size

    async def _receive(self, report: SyncReport, first: Awaitable[Asked]) -> None:
        """Steps 9 and 10; again at the end of the round in which step 12 told that this node is confirmed."""
        got = await self._try(report, Step.BODIES, fetch_bodies(self._desk, first))
        if got is not None:
            report.received += got[0]
            report.troubles += [Trouble(Step.ARRIVAL, code) for code in got[1]]

    async def _hear_others(self, latest: Fetched) -> list[str]:
        """Step 12. What the hub marks as the same is not fetched, and what came again the same not verified again."""
        as_marked = Heard(self._desk.view.state.size, latest.others)
        if latest.others and as_marked == self._marked:
            return []
        self._marked = None
        relayed = await fetch_others(self._desk, latest.note)
        self.awaited.mark = relayed.mark
        if relayed == self._heard:
            self._marked = as_marked
            return []
        problems = await asyncio.to_thread(keep_others, self._desk, relayed)
        self._heard, self._marked = (None, None) if problems else (relayed, as_marked)
        return problems

    async def _try(self, report: SyncReport, step: Step, work: Awaitable[_T]) -> _T | None:
        try:
            return await work
        except (HouseError, ProtocolError) as error:
            _report(report, step, error)
            return None


async def _given_up(asked: "asyncio.Task[Asked] | None") -> None:
    """Nobody wants its answer any more, if it has not come yet; what went wrong was reported by whoever did."""
    if asked is not None:
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)


def _do(report: SyncReport, step: Step, work: Callable[[Desk], _T], desk: Desk) -> _T | None:
    """As `_try`, for what waits for nothing but the disk."""
    try:
        return work(desk)
    except (HouseError, ProtocolError) as error:
        _report(report, step, error)
        return None


def _report(report: SyncReport, step: Step, error: HouseError | ProtocolError) -> None:
    code = error.problem if isinstance(error, HubBusy | HubRefused) else error.code
    report.troubles.append(Trouble(step, code))
    log.info("sync step %d (%s): %s", step, step.name, code)
