"""What every part of `World` stands on: a hub and its projects, each with a clock of its own, and what was told."""

import asyncio
import datetime as dt

import msgspec

from hub.app import build_app, build_hub
from node.actions.read_inbox import read_inbox
from tests.federation.network import Federation
from tests.federation.project import Clock, Node
from tests.simulator.fuse import Fuse


class OwnClock(Clock):
    """A clock that may be wrong."""

    def __init__(self, true: Clock) -> None:
        self._true, self.off = true, dt.timedelta()

    def __call__(self) -> dt.datetime:
        return self._true() + self.off


class Ground:
    """A hub and its projects.

    Attributes:
        fed: everybody.
        fuse: with which somebody dies.
        hub_clock: the hub's own.
        told: what was done, in words.
        removed: names of projects that left or were revoked. compromised: of those, whose keys were lost.
        restored: of projects that came back from a backup.
    """

    def __init__(self, fed: Federation, fuse: Fuse, *, in_batches: bool) -> None:
        """`in_batches`: warnings leave in two batches a day; else at once."""
        self.fed, self.fuse, self._in_batches = fed, fuse, in_batches
        self.hub_clock = OwnClock(fed.clock)
        self.told: list[str] = []
        self.removed: set[str] = set()
        self.compromised: set[str] = set()
        self.restored: set[str] = set()

    def say(self, text: str) -> None:
        """A line of the story."""
        self.told.append(f"{self.fed.clock.now:%d %b %Y %H:%M}  {text}")

    def settle_in(self, node: Node) -> None:
        """It gets a clock of its own, and the hours at which warnings leave."""
        node.clock = OwnClock(self.fed.clock)
        if self._in_batches:
            node.config = msgspec.structs.replace(node.config, batch_times=("11:00", "17:00"))
        node.restart()

    async def start_hub(self) -> None:
        """Stops it, whatever it was doing, and starts it from disk."""
        fed = self.fed
        fed.hub.ordering.stop()
        fed.hub.store.close()
        fed.hub = build_hub(fed.hub_config, self.hub_clock)
        fed.hub.changed.bind()
        app = build_app(fed.hub, with_worker=False)
        await asyncio.to_thread(fed.hub.ordering.start)
        for node in fed.nodes.values():
            node.link.reach(app)

    async def round(self, node: Node) -> None:
        """It publishes and syncs; then nobody there reads what is gone or has lapsed."""
        await node.publish()
        await node.sync()
        for shown in read_inbox(node.store, node.view, node.desk.epochs(), node.clock().date()):
            link = node.view.state.links[node.view.state.chains[shown.identity].head]
            assert link.gone is None, f"6: {node.name} shows {shown.identity[:6]}, which is gone"
            assert link.expires is not None and link.expires > node.clock().date().isoformat()

    def is_off(self, node: Node) -> bool:
        """Whether its clock is wrong by more than the exchange bears."""
        assert isinstance(node.clock, OwnClock)
        return abs(node.clock.off) > dt.timedelta(hours=2)
