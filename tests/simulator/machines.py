"""What happens to machines, links and clocks. A part of `World`."""

import contextlib
import datetime as dt
import shutil
from pathlib import Path

from hub.core.errors import Misconfigured
from hub.jobs.worker import jobs_of
from tests.federation.network import Federation
from tests.federation.project import Node
from tests.simulator.fuse import Died, Fuse
from tests.simulator.ground import OwnClock
from tests.simulator.moves import Move
from tests.simulator.releasing import Releasing


class Machines(Releasing):
    """The moves of machines; a project that is restored forgets what it promised since."""

    def __init__(self, fed: Federation, fuse: Fuse, *, in_batches: bool) -> None:
        super().__init__(fed, fuse, in_batches=in_batches)
        self._copies: dict[str, tuple[Path, list[int]]] = {}
        self._hub_copy: Path | None = None

    def _wait(self, move: Move, node: Node | None) -> None:
        self.fed.clock.forward(hours=move.hours)
        self.say(f"{move.hours} hours pass")

    def _kill(self, move: Move, node: Node) -> None:
        self.say(f"{node.name} is killed and starts again")
        node.restart()

    async def _die(self, move: Move, node: Node) -> None:
        if not node.has_joined:
            return
        self.fuse.light(node.folder, move.step, after=move.after)
        with contextlib.suppress(Died):
            await self.round(node)
        if self.fuse.has_burnt:
            self.say(f"{node.name} dies {'after' if move.after else 'before'} durable step {move.step} of a round")
            node.restart()
        self.fuse.put_out()

    async def _die_hub(self, move: Move, node: Node | None) -> None:
        self.fuse.light(self.fed.folder / "hub", move.step, after=move.after)
        asker = node if node is not None and node.has_joined else self.fed.genesis
        with contextlib.suppress(Died):
            await self.round(asker)
        if self.fuse.has_burnt:  # whoever heard of it
            self.say(
                f"the hub dies {'after' if move.after else 'before'} durable step {move.step}, as {asker.name} asks"
            )
            await self.start_hub()
        self.fuse.put_out()

    async def _kill_hub(self, move: Move, node: Node | None) -> None:
        self.say("the hub is killed and starts again")
        await self.start_hub()

    def _hub_night(self, move: Move, node: Node | None) -> None:
        self.night()

    def night(self) -> None:
        """What the hub does once a day."""
        hub = self.fed.hub
        hub.view.refresh()
        self.say("the hub does its nightly work")
        for name in ("erase", "forget", "epoch"):
            jobs_of(hub)[name]()

    async def _restore_hub(self, move: Move, node: Node | None) -> None:
        """From an old copy: it refuses to start. Then the newest copy comes back."""
        database = self.fed.folder / "hub" / "hub.db"
        if self._hub_copy is None:
            self._hub_copy = self.fed.folder / "old-hub.db"
            self.fed.hub.store.checkpoint_wal()
            shutil.copy(database, self._hub_copy)
            return
        size = self.fed.hub.view.refresh().state.size
        self.fed.hub.store.checkpoint_wal()
        newest = self.fed.folder / "newest-hub.db"
        shutil.copy(database, newest)
        self._put_hub(self._hub_copy)
        self.say("the hub's database is restored from an old copy")
        try:
            await self.start_hub()
            assert self.fed.hub.view.refresh().state.size == size, "7: a hub that lost entries serves (promises 5, 7)"
        except Misconfigured:
            self._put_hub(newest)
            await self.start_hub()

    def _put_hub(self, copy: Path) -> None:
        self.fed.hub.ordering.stop()
        self.fed.hub.store.close()
        for path in (self.fed.folder / "hub").glob("hub.db*"):
            path.unlink()
        shutil.copy(copy, self.fed.folder / "hub" / "hub.db")

    def _back_up(self, move: Move, node: Node) -> None:
        if node.has_joined:
            self.say(f"{node.name} makes a backup")
            node.store.checkpoint_wal()
            copy = self.fed.folder / f"{node.name}-backup.db"
            shutil.copy(node.config.database, copy)
            self._copies[node.name] = copy, [one.release for one in self.warned]

    def _restore(self, move: Move, node: Node) -> None:
        if node.name in self._copies:
            self.say(f"{node.name} is restored from its backup")
            copy, releases = self._copies[node.name]
            node.restore(copy)
            self.restored.add(node.name)
            for number, one in enumerate(self.warned):
                if one.node == node.name:
                    one.doubtful = True
                    if number >= len(releases):
                        one.withdrawn = True  # it does not know it any more: nobody there can change it
                    else:
                        one.release = releases[number]  # later numbers are given again, to other warnings

    def _faulty_link(self, move: Move, node: Node) -> None:
        node.link.fault_rate = (0.1, 0.3, 0.6)[int(move.pick * 3)]
        self.say(f"{node.name}'s link loses, doubles and delays {node.link.fault_rate:.0%}")

    def _cut(self, move: Move, node: Node) -> None:
        node.link.cut = True
        self.say(f"{node.name}'s link is cut")

    def _cut_half(self, move: Move, node: Node | None) -> None:
        for name in list(self.fed.nodes)[::2]:
            self.fed.nodes[name].link.cut = True
        self.say("half of the links are cut")

    def _heal(self, move: Move, node: Node | None) -> None:
        for one in self.fed.nodes.values():
            one.link.cut, one.link.fault_rate = False, 0.0
        self.say("all links are whole")

    def _set_clock(self, move: Move, node: Node) -> None:
        assert isinstance(node.clock, OwnClock)
        node.clock.off = dt.timedelta(hours=move.clock)
        self.say(f"{node.name}'s clock is {move.clock:+} hours off")

    def _right_clock(self, move: Move, node: Node) -> None:
        assert isinstance(node.clock, OwnClock)
        if node.clock.off:
            node.clock.off = dt.timedelta()
            self.say(f"{node.name}'s clock is right again")

    def _set_hub_clock(self, move: Move, node: Node | None) -> None:
        self.hub_clock.off = dt.timedelta(hours=move.clock)
        self.say(f"the hub's clock is {move.clock:+} hours off")

    def _right_hub_clock(self, move: Move, node: Node | None) -> None:
        if self.hub_clock.off:
            self.hub_clock.off = dt.timedelta()
            self.say("the hub's clock is right again")
