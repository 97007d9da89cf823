"""A hub and up to five projects, each with a clock of its own, and one method for every verb of a move.

What was done is told in words (`told`); what was promised to whom is remembered (`warned`), for `invariants`.
"""

import asyncio
import datetime as dt
import secrets
import shutil
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import msgspec

from hub.actions import speak_as_officer
from hub.app import build_app, build_hub
from hub.core.errors import HubError, Misconfigured
from hub.core.values import Result
from hub.jobs.worker import jobs_of
from hub.store import members as hub_members
from node.actions.change_permission import change_permission
from node.actions.erase_report import erase_report
from node.actions.read_inbox import read_inbox
from node.actions.release_danger_now import release_danger_now
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_release import show_release
from node.exchange.join import JoinAs, ask_to_join, endorse, fetch_charter, pin_charter
from node.exchange.membership import leave, rotate_keys, rotate_seal
from node.key_files import Rotated
from node.store.permissions import Given
from protocol.at_rest import SealBroken
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError
from tests.builders import some_scheme_data
from tests.federation.network import RELEASER, WRITER, Clock, Federation, Node
from tests.links import Link
from tests.simulator.fuse import Died, Fuse
from tests.simulator.moves import PROJECTS, Move

REGIONS: Final = {"newcastle": "northumbria", "cardiff": "south-wales"}
MEMBER_IDS: Final = {name: number for number, name in enumerate(PROJECTS, 1)}
GRAVE: Final = ("rape",)


class OwnClock(Clock):
    """A clock that may be wrong."""

    def __init__(self, true: Clock) -> None:
        self._true, self.off = true, dt.timedelta()

    def __call__(self) -> dt.datetime:
        return self._true() + self.off


class Warned(msgspec.Struct):
    """A warning that a project has let out.

    Attributes:
        doubtful: its project lost part of its memory, or had a wrong clock, since: what it did may be undone or late.
    """

    node: str
    report: int
    release: int
    withdrawn: bool = False
    paused: bool = False
    doubtful: bool = False


class World:
    """See the module."""

    def __init__(self, fed: Federation, fuse: Fuse, *, in_batches: bool) -> None:
        self.fed, self._fuse, self._in_batches = fed, fuse, in_batches
        self.told: list[str] = []
        self.warned: list[Warned] = []
        self.removed: set[str] = set()
        self.compromised: set[str] = set()
        self.restored: set[str] = set()
        self._asked: dict[str, str] = {}
        self._endorsed: set[str] = set()
        self._copies: dict[str, tuple[Path, list[int]]] = {}
        self._hub_copy: Path | None = None
        self._hub_clock = OwnClock(fed.clock)

    async def begin(self) -> None:
        """Gives each its own clock."""
        await self._start_hub()
        for node in self.fed.nodes.values():
            self._settle_in(node)

    def _settle_in(self, node: Node) -> None:
        node.clock = OwnClock(self.fed.clock)
        if self._in_batches:
            node.config = msgspec.structs.replace(node.config, batch_times=("11:00", "17:00"))
        node.restart()

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

    def say(self, text: str) -> None:
        self.told.append(f"{self.fed.clock.now:%d %b %Y %H:%M}  {text}")

    # what projects do

    async def _exchange(self, move: Move, node: Node) -> None:
        if node.has_joined:
            self.say(f"{node.name} publishes and syncs")
            await self._round(node)

    async def _round(self, node: Node) -> None:
        await node.publish()
        await node.sync()
        for shown in read_inbox(node.store, node.view, node.desk.epochs(), node.clock().date()):
            link = node.view.state.links[node.view.state.chains[shown.identity].head]
            assert link.gone is None, f"6: {node.name} shows {shown.identity[:6]}, which is gone"
            assert link.expires is not None and link.expires > node.clock().date().isoformat()

    def _warn(self, move: Move, node: Node) -> None:
        if node.has_joined and node.view.member is not None:
            self.say(f"{node.name} warns")
            report = node.report()
            self._let_out(node, report, node.draft(report))

    def _let_out(self, node: Node, report: int, release: int) -> None:
        node.release(release)
        self.warned.append(Warned(node.name, report, release, doubtful=self._is_off(node)))

    def _is_off(self, node: Node) -> bool:
        assert isinstance(node.clock, OwnClock)
        return abs(node.clock.off) > dt.timedelta(hours=2)

    def _danger_now(self, move: Move, node: Node) -> None:
        if node.has_joined and node.view.member is not None:
            self.say(f"{node.name}: danger now")
            day = node.clock().date()
            report = node.report(scheme=some_scheme_data(incident_types=GRAVE, date_min=day, date_max=day))
            draft = node.draft(report, danger_now=True)
            shown = show_release(node.cases, release_id=draft, by=WRITER, now=node.clock())
            voice = node.voice()
            now = node.clock()
            release_danger_now(node.cases, voice, release_id=draft, digest=shown.digest, by=WRITER, now=now)
            self.warned.append(Warned(node.name, report, draft, doubtful=self._is_off(node)))

    def _own(self, node: Node, pick: float) -> Warned | None:
        own = [one for one in self.warned if one.node == node.name and not one.withdrawn]
        return own[int(pick * len(own))] if own else None

    def _update(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} updates its warning {warned.release}")
            made = node.draft_update(warned.release, severity="extreme")
            node.release(made)
            warned.release, warned.paused = made, False
            warned.doubtful = warned.doubtful or self._is_off(node)

    def _pause(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} pauses its warning {warned.release}")
            node.pause(warned.release)
            warned.paused = True

    def _withdraw(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} takes back its warning {warned.release}")
            node.withdraw(warned.release)
            warned.withdrawn = True

    def _stop_sharing(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"she of {node.name}'s warning {warned.release} stops sharing")
            given = Given(witness=WRITER)
            now = node.clock()
            change_permission(node.cases, node.voice(), report_id=warned.report, given=given, by=WRITER, now=now)
            warned.withdrawn = True

    def _erase(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} erases the report of its warning {warned.release}")
            asked, now = "asked_by_person_harmed", node.clock()
            erase_report(node.cases, node.voice(), report_id=warned.report, reason=asked, by=RELEASER, now=now)
            warned.withdrawn = True

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

    # what happens to machines and links

    def _wait(self, move: Move, node: Node | None) -> None:
        self.fed.clock.forward(hours=move.hours)
        self.say(f"{move.hours} hours pass")

    def _kill(self, move: Move, node: Node) -> None:
        self.say(f"{node.name} is killed and starts again")
        node.restart()

    async def _die(self, move: Move, node: Node) -> None:
        if not node.has_joined:
            return
        self._fuse.light(node.folder, move.step, after=move.after)
        try:
            await self._round(node)
        except Died:
            self.say(f"{node.name} dies {'after' if move.after else 'before'} durable step {move.step} of a round")
            node.restart()
        self._fuse.put_out()

    async def _die_hub(self, move: Move, node: Node | None) -> None:
        self._fuse.light(self.fed.folder / "hub", move.step, after=move.after)
        asker = node if node is not None and node.has_joined else self.fed.genesis
        try:
            await self._round(asker)
        except Died:
            self.say(
                f"the hub dies {'after' if move.after else 'before'} durable step {move.step}, as {asker.name} asks"
            )
            await self._start_hub()
        self._fuse.put_out()

    async def _kill_hub(self, move: Move, node: Node | None) -> None:
        self.say("the hub is killed and starts again")
        await self._start_hub()

    async def _start_hub(self) -> None:
        fed = self.fed
        fed.hub.ordering.stop()
        fed.hub.store.close()
        fed.hub = build_hub(fed.hub_config, self._hub_clock)
        fed.hub.changed.bind()
        app = build_app(fed.hub, with_worker=False)
        await asyncio.to_thread(fed.hub.ordering.start)
        for node in fed.nodes.values():
            node.link.reach(app)

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
            await self._start_hub()
            assert self.fed.hub.view.refresh().state.size == size, "7: a hub that lost entries serves (promises 5, 7)"
        except Misconfigured:
            self._put_hub(newest)
            await self._start_hub()

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
        self._hub_clock.off = dt.timedelta(hours=move.clock)
        self.say(f"the hub's clock is {move.clock:+} hours off")

    def _right_hub_clock(self, move: Move, node: Node | None) -> None:
        if self._hub_clock.off:
            self._hub_clock.off = dt.timedelta()
            self.say("the hub's clock is right again")

    # what the registrar does

    def _hub_night(self, move: Move, node: Node | None) -> None:
        hub = self.fed.hub
        hub.view.refresh()
        self.say("the hub does its nightly work")
        for name in ("erase", "forget", "epoch"):
            jobs_of(hub)[name]()

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
            result = self._officer(speak_as_officer.admit, self._asked[name], MEMBER_IDS[name])
            self.say(f"an officer admits {name}: {result.code or 'admitted'}")

    def _make(self, name: str) -> None:
        (self.fed.folder / name).mkdir()
        link = Link(build_app(self.fed.hub, with_worker=False))
        node = Node(self.fed.folder / name, name, REGIONS[name], self.fed.clock, link)
        self.fed.nodes[name] = node
        self._settle_in(node)

    async def _ask(self, node: Node) -> None:
        self.say(f"{node.name} asks to join")
        code = secrets.token_hex(16)
        with self.fed.hub.store.begin() as session:
            hub_members.add_invitation(session, code, self._hub_clock().date() + dt.timedelta(days=7))
        offered = await fetch_charter(node.desk.client)
        assert self.fed.hub.view.now.state.log is not None
        pin_charter(node.desk, offered, self.fed.hub.view.now.state.log)
        wanted = JoinAs(host=node.config.host, region=node.config.region)
        contact = f"office@{node.name}.example.org"
        self._asked[node.name] = await ask_to_join(node.desk, code, wanted, f"{node.name} project", contact)

    def _officer(self, verb: Any, *args: Any, number: int = 0) -> Result:
        officer = self.fed.officer(number)
        result: Result = verb(msgspec.structs.replace(officer, now=self._hub_clock()), *args)
        return result

    def _suspend(self, move: Move, node: Node) -> None:
        if node.name != "genesis" and node.view.member is not None:
            self.say(f"{'two officers suspend' if move.after else 'an officer asks to suspend'} {node.name}")
            for number in range(1 + move.after):
                self._officer(speak_as_officer.suspend, node.id, "safeguarding", number=number)

    def _resume(self, move: Move, node: Node) -> None:
        if node.view.member is not None:
            self.say(f"an officer resumes {node.name}")
            self._officer(speak_as_officer.resume, node.id)

    def _revoke(self, move: Move, node: Node) -> None:
        if node.name in REGIONS and node.view.member is not None and node.name not in self.removed:
            size = self.fed.hub.view.refresh().state.size
            since = None if move.after else max(size - 5, node.view.member.admitted + 1)
            reason = "left" if since is None else "compromised"
            self.say(f"two officers revoke {node.name}: {reason}")
            for number in range(2):
                self._officer(speak_as_officer.revoke, node.id, reason, since, number=number)
            self.removed.add(node.name)
            if since is not None:
                self.compromised.add(node.name)

    # the end

    async def end(self) -> None:
        """Everything heals, and all settle."""
        self._fuse.put_out()
        self._hub_clock.off = dt.timedelta()
        for node in self.fed.nodes.values():
            assert isinstance(node.clock, OwnClock)
            node.clock.off = dt.timedelta()
            node.link.cut, node.link.fault_rate = False, 0.0
            node.restart()
        await self._start_hub()
        state = self.fed.hub.view.refresh().state
        for node in self.fed.nodes.values():
            member = node.view.member
            if member is not None and state.members[member.id].status == "suspended":
                self._officer(speak_as_officer.resume, member.id)
        for _ in range(
            2
        ):  # past every batch, every pause between tries, and the day after which orphans are taken back
            self.fed.clock.forward(hours=25)
            await self.settle()
        self._hub_night(Move("hub_night", "genesis", 0, 0, 0, 0, False, 0), None)
        await self.settle()

    async def settle(self) -> None:
        """Rounds until nothing moves for two of them; removed members too."""
        still = 0
        for _ in range(40):
            before = self.fed.picture()
            for node in self.fed.nodes.values():
                if node.has_joined:
                    await self._round(node)
            self.fed.clock.forward(minutes=20)
            still = still + 1 if self.fed.picture() == before else 0
            if still == 2:
                return
        raise AssertionError("8: it never comes to rest")
