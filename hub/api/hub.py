"""What the routes work with: built once in `app`, handed to each router."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from hub.api.examiners import Examiners
from hub.api.limits import RequestLimits
from hub.api.roll import Roll
from hub.config import HubConfig
from hub.group_commit import GroupCommit
from hub.log_view import LogView, Snapshot
from hub.ordering import Ordering
from hub.store.engine import Store
from hub.store.key_files import EpochFolder, HubKeys
from hub.store.members import Nonce
from protocol.at_rest import Epochs


class Changed:
    """Wakes those who wait for the log to change, or for Acks too. What tells it may be called from any thread.

    An Ack wakes only who asked for Acks: else a thousand members' words about one Cancel wake a thousand members each.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[asyncio.Event, bool] = {}
        self._looked_at = float("-inf")

    def bind(self) -> None:
        """Belongs to the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def is_look_due(self, seconds: float) -> bool:
        """Whether nobody here has looked at the database for so long; whoever is told so looks."""
        now = asyncio.get_running_loop().time()
        if now - self._looked_at < seconds:
            return False
        self._looked_at = now
        return True

    def notify(self) -> None:
        """The log has changed, or there is a new cosignature: wakes everyone who waits now."""
        self._tell(acks_only=False)

    def notify_ack(self) -> None:
        """There is a new Ack."""
        self._tell(acks_only=True)

    def _tell(self, *, acks_only: bool) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, acks_only)

    def _wake(self, acks_only: bool) -> None:
        for event, wants_acks in self._waiting.items():
            if wants_acks or not acks_only:
                event.set()

    @contextlib.contextmanager
    def listening(self, *, acks: bool) -> Iterator[asyncio.Event]:
        """An event that is set at each change, with `acks` also at each Ack. Clear it, look, then wait for it."""
        event = asyncio.Event()
        self._waiting[event] = acks
        try:
            yield event
        finally:
            del self._waiting[event]


BELIEVED_FOR = dt.timedelta(hours=1)
"""How long a member's agreement counts: nodes ask every few seconds, and one that was away for an hour asks again."""


class AgreedClock:
    """When a member's signed request last agreed with the hub's clock.

    A signature is valid for minutes of the signer's clock, so one that verifies is a witness that ours is right. A hub
    whose clock is a year ahead would erase every warning as lapsed, and its epoch keys with them; it hears no such
    request, and so it destroys nothing.
    """

    def __init__(self) -> None:
        self._heard_at: dt.datetime | None = None

    def heard(self, now: dt.datetime) -> None:
        """A signature has just verified."""
        self._heard_at = now

    def is_believed(self, now: dt.datetime) -> bool:
        """Whether one did within `BELIEVED_FOR`."""
        return self._heard_at is not None and abs(now - self._heard_at) <= BELIEVED_FOR


class Hub(msgspec.Struct, frozen=True):
    """A running hub."""

    config: HubConfig
    store: Store
    view: LogView
    ordering: Ordering
    keys: HubKeys
    changed: Changed
    nonces: GroupCommit[Nonce, bool]
    limits: RequestLimits
    agreed: AgreedClock
    roll: Roll
    epoch_folder: EpochFolder
    examiners: Examiners
    clock: Callable[[], dt.datetime]

    def current(self) -> Snapshot:
        """The published log. The process that orders publishes it itself and need not ask the database."""
        return self.view.now if self.ordering.leads else self.view.refresh()

    def epochs(self) -> Epochs:
        """The epoch keys as they are now: the nightly job changes them."""
        return self.epoch_folder.epochs()
