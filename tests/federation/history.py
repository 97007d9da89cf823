"""Seeded histories: what people and networks do at random, and what must hold afterwards whatever they did.

`make test ARGS="tests/federation/test_histories.py -k 17"` tells one history again; a failing one is printed in words.
"""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import msgspec

from hub.store import bodies as hub_bodies
from node.core.errors import NodeError
from node.store.alarms import alarms
from node.store.releases import get_release
from protocol.replay import current_alerts, members_owing
from tests.federation.network import Federation, Node, copied_federation

STEPS: Final = 24
"""Operations in one history: enough for a warning to be made, changed, lost on the way and taken back."""

SAID_OF_US: Final = frozenset({"own.suspend", "own.resume"})
"""What a node must raise the alarm about when officers did it: the histories suspend and resume."""


class Warned(msgspec.Struct):
    """A warning that a node has released."""

    node: str
    report: int
    release: int
    first: str
    withdrawn: bool = False
    paused: bool = False


class History:
    """One history: `told` says what happened, in words. With an odd seed warnings leave in two batches a day."""

    def __init__(self, fed: Federation, seed: int) -> None:
        self.fed, self.random, self.in_batches = fed, random.Random(seed), seed % 2 == 1
        self.told: list[str] = []
        self.warned: list[Warned] = []
        self.suspended: set[str] = set()

    async def run(self) -> None:
        """Does `STEPS` things, then heals every link and lets all settle."""
        for node in self.fed.nodes.values():
            if self.in_batches:
                node.config = msgspec.structs.replace(node.config, batch_times=("11:00", "17:00"))
            node.link.fault_rate = self.random.choice((0.0, 0.1, 0.3))
        for _ in range(STEPS):
            await self._step()
        for node in self.fed.nodes.values():
            node.link.fault_rate, node.link.cut = 0.0, False
        self.fed.clock.forward(hours=24)  # past every batch
        for name in sorted(self.suspended):
            self._resume(self.fed.nodes[name])
        await self.fed.settle()

    async def _step(self) -> None:
        moves: list[tuple[int, Callable[[Node], Awaitable[None] | None]]] = [
            (5, self._warn),
            (2, self._update),
            (1, self._pause),
            (3, self._withdraw),
            (8, self._exchange),
            (1, self._cut),
            (1, self._restart),
            (1, self._suspend),
            (1, self._resume),
            (2, self._wait),
        ]
        weights, works = [weight for weight, _ in moves], [work for _, work in moves]
        work = self.random.choices(works, weights)[0]
        node = self.random.choice(list(self.fed.nodes.values()))
        try:
            done = work(node)
            if done is not None:
                await done
        except NodeError as refused:
            self.told.append(f"    refused: {refused.code}")

    def _say(self, text: str) -> None:
        self.told.append(f"{self.fed.clock.now:%d %b %H:%M} {text}")

    def _warn(self, node: Node) -> None:
        self._say(f"{node.name} warns")
        report = node.report()
        release = node.draft(report)
        self.warned.append(Warned(node.name, report, release, node.release(release)))

    def _own(self, node: Node) -> Warned | None:
        own = [one for one in self.warned if one.node == node.name and not one.withdrawn]
        return self.random.choice(own) if own else None

    def _update(self, node: Node) -> None:
        warned = self._own(node)
        if warned is not None:
            self._say(f"{node.name} updates {warned.first[:6]}")
            made = node.draft_update(warned.release, severity="extreme")
            node.release(made)
            with node.store.read() as session:
                chain = get_release(session, made).chain  # another one, if the first was paused before it left
            assert chain is not None
            warned.release, warned.first, warned.paused = made, chain, False

    def _pause(self, node: Node) -> None:
        warned = self._own(node)
        if warned is not None:
            self._say(f"{node.name} pauses {warned.first[:6]}")
            node.pause(warned.release)
            warned.paused = True

    def _withdraw(self, node: Node) -> None:
        warned = self._own(node)
        if warned is not None:
            self._say(f"{node.name} takes back {warned.first[:6]}")
            node.withdraw(warned.release)
            warned.withdrawn = True

    async def _exchange(self, node: Node) -> None:
        self._say(f"{node.name} publishes and syncs")
        await node.publish()
        await node.sync()

    def _cut(self, node: Node) -> None:
        node.link.cut = not node.link.cut
        self._say(f"{node.name}'s link is {'cut' if node.link.cut else 'back'}")

    def _restart(self, node: Node) -> None:
        self._say(f"{node.name} is killed and starts again")
        node.restart()

    def _suspend(self, node: Node) -> None:
        if not self.suspended and node.name != "genesis":
            self._say(f"two officers suspend {node.name}")
            self.fed.suspend(node)
            self.suspended.add(node.name)

    def _resume(self, node: Node) -> None:
        if node.name in self.suspended:
            self._say(f"an officer resumes {node.name}")
            self.fed.resume(node)
            self.suspended.discard(node.name)

    def _wait(self, _node: Node) -> None:
        hours = self.random.choice((1, 7, 30))
        self.fed.clock.forward(hours=hours)
        self._say(f"{hours} hours pass")


def broken_promises(history: History) -> list[str]:
    """What does not hold after a history has settled; by the promises' numbers."""
    fed, broken = history.fed, []
    view = fed.hub.view.refresh()
    state, expected = view.state, view.state.serialise()
    today = fed.clock.now.date().isoformat()
    in_force = {head.body.digest: (first, head) for first, head in current_alerts(state, today) if head.body}
    for name, node in fed.nodes.items():
        if node.view.state.serialise() != expected:
            broken.append(f"4: {name} reads the log differently ({node.view.state.size} of {state.size} entries)")
        gone = [one for one in node.reads() if state.links[one].gone is not None]
        broken += [f"6: {name} still holds {one[:6]}" for one in gone]
        member = state.members[node.id]
        for first, head in in_force.values():
            meant = head.audience is None or head.audience.includes(member.id, member.region)
            if meant and head.origin != member.id and state.chains[first].head not in node.reads():
                broken.append(f"7: {name} never got {first[:6]}")
        with node.store.read() as session:
            raised = [alarm.code for alarm in alarms(session) if alarm.code not in SAID_OF_US]
        broken += [f"5: {name} raised {code}" for code in raised]
    for warned in history.warned:
        chain = state.chains.get(warned.first)
        if warned.withdrawn and chain is not None and chain.cancelled is None:
            broken.append(f"6: {warned.first[:6]} was taken back and stands")
        if warned.paused and chain is not None and chain.cancelled is None and state.links[chain.head].body:
            broken.append(f"6: {warned.first[:6]} was paused and stands")
        if not warned.withdrawn and not warned.paused and chain is None:
            broken.append(f"7: {warned.first[:6]} was released and is not in the log")
    with fed.hub.store.read() as session:
        kept = set(hub_bodies.all_digests(session))
    broken += [f"6: the hub still keeps {d[:6]}" for d in kept if state.links[state.bodies[d]].gone is not None]
    owing = members_owing(state, fed.acked())
    broken += [f"6: member {member.id} has not confirmed" for member in owing]
    if len(state.statements) != view.state.size:
        broken.append("8: an entry of the log is not a statement that stands once")
    return broken


async def tell(template: Path, folder: Path, seed: int) -> tuple[list[str], list[str]]:
    """Runs the history of one seed.

    Returns:
        (what happened, what does not hold).
    """
    async with copied_federation(template, folder, seed) as fed:
        history = History(fed, seed)
        await history.run()
        return history.told, broken_promises(history)
