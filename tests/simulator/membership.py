"""Who is a member and with which keys: what projects do themselves, and what the registrar does. A part of `World`."""

import datetime as dt
import secrets
from typing import Any, Final

import msgspec

from hub.actions import speak_as_officer
from hub.app import build_app
from hub.core.values import Result
from hub.store import members as hub_members
from node.actions.rewrap_keys import rewrap_keys
from node.exchange.join import JoinAs, ask_to_join, endorse, fetch_charter, pin_charter
from node.exchange.membership import leave, rotate_keys, rotate_seal
from node.key_files import Rotated
from tests.federation.network import Federation
from tests.federation.project import RELEASER, Node
from tests.links import Link
from tests.simulator.fuse import Fuse
from tests.simulator.ground import Ground
from tests.simulator.moves import PROJECTS, Move

REGIONS: Final = {"newcastle": "northumbria", "cardiff": "south-wales"}
MEMBER_IDS: Final = {name: number for number, name in enumerate(PROJECTS, 1)}


class Membership(Ground):
    """The moves of keys, and of the registrar."""

    def __init__(self, fed: Federation, fuse: Fuse, *, in_batches: bool) -> None:
        super().__init__(fed, fuse, in_batches=in_batches)
        self._asked: dict[str, str] = {}
        self._endorsed: set[str] = set()

    def _rotate_seal(self, move: Move, node: Node) -> None:
        if node.has_joined:
            self.say(f"{node.name} rotates its seal key")
            rotate_seal(node.desk)

    def _rotate_keys(self, move: Move, node: Node) -> None:
        if node.has_joined and node.name not in self.removed:
            choices: tuple[tuple[Rotated, ...], ...] = (("sign",), ("online",), ("sign", "online"))
            uses = choices[int(move.pick * 3)]
            self.say(f"{node.name} rotates its keys: {', '.join(uses)}")
            rotate_keys(node.desk, uses, by=RELEASER, now=node.clock())

    def _leave(self, move: Move, node: Node) -> None:
        if node.name in REGIONS and node.view.member is not None and node.name not in self.removed:
            self.say(f"{node.name} leaves")
            leave(node.desk, by=RELEASER, now=node.clock())
            self.removed.add(node.name)

    def _keys_at_rest(self, move: Move, node: Node) -> None:
        self.say(f"{node.name} looks after its keys at rest")
        rewrap_keys(node.cases, now=node.clock())

    async def _admit(self, move: Move, node: Node | None) -> None:
        name = ("newcastle", "cardiff")[move.pick < 0.5]
        if name not in self.fed.nodes:
            self._make(name)
        candidate = self.fed.nodes[name]
        if name not in self._asked:
            await self._ask(candidate)
        elif name not in self._endorsed:
            self.say(f"Genesis and Bradford endorse {name}")
            for endorser in (self.fed.genesis, self.fed.bradford):
                await endorse(endorser.desk, self._asked[name])
            self._endorsed.add(name)
        elif candidate.view.member is None:
            result = self.as_officer(speak_as_officer.admit, self._asked[name], MEMBER_IDS[name])
            self.say(f"an officer admits {name}: {result.code or 'admitted'}")

    def _make(self, name: str) -> None:
        (self.fed.folder / name).mkdir()
        link = Link(build_app(self.fed.hub, with_worker=False))
        node = Node(self.fed.folder / name, name, REGIONS[name], self.fed.clock, link)
        self.fed.nodes[name] = node
        self.settle_in(node)

    async def _ask(self, node: Node) -> None:
        self.say(f"{node.name} asks to join")
        code = secrets.token_hex(16)
        with self.fed.hub.store.begin() as session:
            hub_members.add_invitation(session, code, self.hub_clock().date() + dt.timedelta(days=7))
        offered = await fetch_charter(node.desk.client)
        assert self.fed.hub.view.now.state.log is not None
        pin_charter(node.desk, offered, self.fed.hub.view.now.state.log)
        wanted = JoinAs(host=node.config.host, region=node.config.region)
        contact = f"office@{node.name}.example.org"
        self._asked[node.name] = await ask_to_join(node.desk, code, wanted, f"{node.name} project", contact)

    def as_officer(self, verb: Any, *args: Any, number: int = 0) -> Result:
        """What an officer says at the hub's command line."""
        officer = self.fed.officer(number)
        result: Result = verb(msgspec.structs.replace(officer, now=self.hub_clock()), *args)
        return result

    def _suspend(self, move: Move, node: Node) -> None:
        if node.name != "genesis" and node.view.member is not None:
            self.say(f"{'two officers suspend' if move.after else 'an officer asks to suspend'} {node.name}")
            for number in range(1 + move.after):
                self.as_officer(speak_as_officer.suspend, node.id, "safeguarding", number=number)

    def _resume(self, move: Move, node: Node) -> None:
        if node.view.member is not None:
            self.say(f"an officer resumes {node.name}")
            self.as_officer(speak_as_officer.resume, node.id)

    def _revoke(self, move: Move, node: Node) -> None:
        if node.name in REGIONS and node.view.member is not None and node.name not in self.removed:
            size = self.fed.hub.view.refresh().state.size
            since = None if move.after else max(size - 5, node.view.member.admitted + 1)
            reason = "left" if since is None else "compromised"
            self.say(f"two officers revoke {node.name}: {reason}")
            for number in range(2):
                self.as_officer(speak_as_officer.revoke, node.id, reason, since, number=number)
            self.removed.add(node.name)
            if since is not None:
                self.compromised.add(node.name)
