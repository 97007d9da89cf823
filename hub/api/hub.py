"""What the routes work with: built once in `app`, handed to each router."""

import asyncio
import datetime as dt
from collections.abc import Callable

import msgspec

from hub.api.limits import RequestLimits
from hub.config import HubConfig
from hub.group_commit import GroupCommit
from hub.log_view import LogView, Snapshot
from hub.ordering import Ordering
from hub.store.engine import Store
from hub.store.key_files import HubKeys, load_epochs
from hub.store.members import Nonce
from protocol.at_rest import Epochs


class Changed:
    """Wakes those who wait for the log to change. `notify` may be called from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()

    def bind(self) -> None:
        """Belongs to the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def notify(self) -> None:
        """Wakes everyone who waits now."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self, seconds: float) -> None:
        """Returns at the next change, or after `seconds`."""
        event = self._event
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return


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
    clock: Callable[[], dt.datetime]

    def current(self) -> Snapshot:
        """The published log. The process that orders publishes it itself and need not ask the database."""
        return self.view.now if self.ordering.leads else self.view.refresh()

    def epochs(self) -> Epochs:
        """The epoch keys as they are now: the nightly job changes them."""
        return load_epochs(self.config.epoch_dir)
