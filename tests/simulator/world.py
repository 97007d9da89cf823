"""A hub and up to five projects, each with a clock of its own, and one method for every verb of a move.

What was done is told in words (`told`); what was promised to whom is remembered (`warned`, `spoken`), for
`invariants`. Each part of the moves is a class of its own, beside this one.
"""

import datetime as dt
from collections.abc import Awaitable

from hub.actions import speak_as_officer
from hub.core.errors import HubError
from protocol.at_rest import SealBroken
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError
from tests.federation.project import Node
from tests.simulator.ground import OwnClock
from tests.simulator.machines import Machines
from tests.simulator.membership import Membership
from tests.simulator.moves import Move
from tests.simulator.speaking import Speaking


class World(Speaking, Membership, Machines):
    """See the module."""

    async def begin(self) -> None:
        """Gives each its own clock."""
        await self.start_hub()
        for node in self.fed.nodes.values():
            self.settle_in(node)

    async def do(self, move: Move) -> None:
        """One move; what is refused is told."""
        for node in self.fed.nodes.values():
            node.link.reseed(move.salt)
            node.link.carried.clear()
        who = self.fed.nodes.get(move.who)
        if who is None and move.verb not in ("admit", "wait", "heal", "cut_half") and "hub" not in move.verb:
            return
        try:
            done = getattr(self, f"_{move.verb}")(move, who)
            if isinstance(done, Awaitable):
                await done
        except (HouseError, HubError, ProtocolError) as refused:
            self.told.append(f"    … refused: {refused.code}")
        except SealBroken:  # a backup from before the epoch keys that are left: it must not open (promise 12)
            assert move.who in self.restored, f"7: what {move.who} holds does not open"
            self.told.append("    … does not open any more")

    async def _exchange(self, move: Move, node: Node) -> None:
        if node.has_joined:
            self.say(f"{node.name} publishes and syncs")
            await self.round(node)

    async def end(self) -> None:
        """Everything heals, and all settle."""
        self.fuse.put_out()
        self.hub_clock.off = dt.timedelta()
        for node in self.fed.nodes.values():
            assert isinstance(node.clock, OwnClock)
            node.clock.off = dt.timedelta()
            node.link.cut, node.link.fault_rate = False, 0.0
            node.restart()
        await self.start_hub()
        state = self.fed.hub.view.refresh().state
        for node in self.fed.nodes.values():
            member = node.view.member
            if member is not None and state.members[member.id].status == "suspended":
                self.as_officer(speak_as_officer.resume, member.id)
        for _ in range(2):  # past every batch and pause between tries, and the day after which orphans are taken back
            self.fed.clock.forward(hours=25)
            await self.settle()
        self.night()
        await self.settle()

    async def settle(self) -> None:
        """Rounds until nothing moves for two of them; removed members too."""
        still = 0
        for _ in range(40):
            before = self.fed.picture()
            for node in self.fed.nodes.values():
                if node.has_joined:
                    await self.round(node)
            self.fed.clock.forward(minutes=20)
            still = still + 1 if self.fed.picture() == before else 0
            if still == 2:
                return
        raise AssertionError("8: it never comes to rest")
