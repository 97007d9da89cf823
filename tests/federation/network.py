"""A hub and several nodes in one process: real stores on disk, virtual time, links that fail.

    async with federation(tmp_path) as fed:                     # Genesis, Bradford, Merseyside: all three witness
        alert = fed.genesis.warn(fed.genesis.report())          # a report, drafted, shown, released by a second person
        await fed.settle()                                      # publish and sync until nothing moves
        assert alert in fed.merseyside.reads()

Nothing here is a stand-in: hub and nodes are what their `app` modules build, less scheduler and sockets.
"""

import contextlib
import datetime as dt
import random
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
from nacl.signing import SigningKey
from sqlalchemy import text, update

from hub.actions import speak_as_officer
from hub.actions.init_log import CharterFile, init_log
from hub.api.hub import Hub
from hub.app import build_app, build_hub
from hub.config import HubConfig
from hub.core.values import Result, SignedCheckpoint
from hub.store import key_files
from hub.store import log as hub_log
from hub.store import members as hub_members
from hub.store.tables import HeadRow
from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk, open_case_desk, voice_of
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.open_database import open_database
from node.actions.pause_alert import pause_alert
from node.actions.set_up_node import set_up_node
from node.actions.show_release import show_release
from node.actions.take_report import take_report
from node.actions.withdraw_alert import withdraw_alert
from node.config import NodeConfig
from node.core.compose import Choices
from node.core.errors import Misconfigured
from node.core.report import Facts
from node.core.scheme_data import SchemeData
from node.core.voice import Voice
from node.exchange.client import HubClient
from node.exchange.desk import Desk
from node.exchange.join import JoinAs, ask_to_join, endorse, fetch_charter, pin_charter
from node.exchange.publish import publish_due
from node.exchange.sync import Sync, SyncReport
from node.keyring import Keyring
from node.log_view import LogView
from node.store.epoch_keys import load_epochs
from node.store.erasures import ErasureList
from node.store.inbox import held_identities
from protocol.checkpoint import sign_checkpoint
from protocol.house.actions.add_person import add_person
from protocol.keys import public_hex
from protocol.log import Tree, leaf_hash
from protocol.statement_fields import Statement, WitnessKey
from tests.builders import a_reporter, some_scheme_data
from tests.links import Link

URL: Final = "http://hub.example.org"
START: Final = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
REGIONS: Final = {"genesis": "west-yorkshire", "bradford": "west-yorkshire", "merseyside": "merseyside"}
LEAD: Final = {"lead": "west-yorkshire"}
AGENCIES: Final = {"genesis": ("BLAST",)}
WRITER, RELEASER = "Asha", "Bryony"


class Clock:
    """One time for all; it moves only when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        """Time passes."""
        self.now += dt.timedelta(**delta)


class Node:
    """One project."""

    def __init__(self, folder: Path, name: str, region: str, clock: Clock, link: Link) -> None:
        self.name, self.clock, self.link, self.folder = name, clock, link, folder
        self.config = NodeConfig(
            name=name,
            region=region,
            host=f"{name}.example.org",
            hub_url=URL,
            database=folder / "node.db",
            keys_dir=folder / "keys",
            epoch_dir=folder / "epochs",
            witness_name=f"{name}.example.org/witness",
            batch_times=(),
            agencies=AGENCIES.get(name, ()),
        )
        if not self.config.database.exists():
            set_up_node(self.config, clock())
            self.open()
            add_person(self.cases, name=RELEASER, role="coordinator", now=clock())
            add_person(self.cases, name=WRITER, role="caseworker", by=RELEASER, now=clock())
        else:
            self.open()

    def open(self) -> None:
        """Starts, as after a reboot: everything comes from disk."""
        self.store = open_database(self.config, self.clock())
        self.view = LogView(self.store)
        self.keyring = Keyring.load(self.config.keys_dir)
        http = httpx.AsyncClient(transport=self.link, base_url=URL)
        client = HubClient(http, URL, self.keyring, self.view, now=self.clock, timeout_seconds=30)
        self.desk = Desk(
            store=self.store,
            view=self.view,
            keyring=self.keyring,
            epochs=lambda: load_epochs(self.config.epoch_dir),
            erasures=ErasureList(self.config.epoch_dir),
            client=client,
            now=self.clock,
        )
        self._sync = Sync(self.desk)

    def restart(self) -> None:
        """Stops without warning and starts again."""
        self.store.close()
        self.open()

    def restore(self, copy: Path) -> None:
        """The database as it was when `copy` was made."""
        self.store.close()
        for path in self.folder.glob("node.db*"):
            path.unlink()
        shutil.copy(copy, self.config.database)
        self.open()

    @property
    def cases(self) -> CaseDesk:
        """The desk of the records."""
        return open_case_desk(self.config, self.store)

    @property
    def has_joined(self) -> bool:
        """Whether it has pinned a log."""
        with contextlib.suppress(Misconfigured):
            return bool(self.view.log)
        return False

    @property
    def id(self) -> int:
        """Its member id."""
        member_id = self.view.member_id
        assert member_id is not None
        return member_id

    def voice(self) -> Voice:
        """What its statements are signed with."""
        return voice_of(self.view, self.keyring)

    def report(self, *, scheme: SchemeData | None = None, **over: Any) -> int:
        """A report by an adult who says yes to being recorded, to warning others, and to police without a name."""
        given: dict[str, Any] = {
            "agency": self.name,
            "facts": Facts(age_at_event="adult", age_now="adult"),
            "scheme": scheme or some_scheme_data(),
            "answers": {"record": "yes", "warn_own": "yes", "warn_others": "yes", "police_anonymous": "yes"},
            "reporter": a_reporter(),
            "account": "What happened, in her words.",
            "by": WRITER,
            "now": self.clock(),
        }
        return take_report(self.cases, **(given | over))

    def draft(self, report: int, **over: Any) -> int:
        """A draft of a warning to other projects, west towards Liverpool."""
        choices = Choices(**({"region": self.config.region, "direction": ("merseyside", "west-yorkshire")} | over))
        voice = self.voice()
        return draft_release(self.cases, voice, report_id=report, choices=choices, by=WRITER, now=self.clock())

    def release(self, release: int) -> str:
        """A second person looks at it and lets it out; the statement's identity."""
        shown = show_release(self.cases, release_id=release, by=RELEASER, now=self.clock())
        voice = self.voice()
        made = approve_release(
            self.cases, voice, release_id=release, digest=shown.digest, by=RELEASER, now=self.clock()
        )
        assert made.identity is not None
        return made.identity

    def warn(self, report: int, **over: Any) -> str:
        """Draft and release; the alert's identity."""
        return self.release(self.draft(report, **over))

    def draft_update(self, release: int, **over: Any) -> int:
        """A draft of what replaces that release."""
        choices = Choices(**({"region": self.config.region, "direction": ("merseyside", "west-yorkshire")} | over))
        voice = self.voice()
        return draft_update(self.cases, voice, release_id=release, choices=choices, by=WRITER, now=self.clock())

    def pause(self, release: int) -> None:
        """Pauses a warning."""
        pause_alert(self.cases, self.voice(), release_id=release, by=RELEASER, now=self.clock())

    def withdraw(self, release: int) -> None:
        """Takes a warning back: one person, any hour."""
        voice = self.voice()
        withdraw_alert(self.cases, voice, release_id=release, by=WRITER, now=self.clock())

    def statement(self, kind: str, **fields: Any) -> Statement:
        """A statement of this project, as the node itself would write it; not signed."""
        common: dict[str, Any] = {
            "log": self.view.log,
            "origin": self.id,
            "day": self.clock().date().isoformat(),
            "status": "actual",
        }
        return Statement(kind=kind, **(common | fields))

    async def publish(self) -> None:
        """Sends what is due."""
        await publish_due(self.desk, lambda: 0.0)

    async def sync(self) -> SyncReport:
        """One round."""
        return await self._sync.round()

    def reads(self) -> frozenset[str]:
        """Identities of the statements whose bodies it holds."""
        with self.store.read() as session:
            return held_identities(session)


class Federation:
    """A hub, its officers, and the projects."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.clock, self.random = folder, Clock(), random.Random(seed)
        self.officers = [SigningKey(bytes([7 + i]) * 32) for i in range(2)]
        self.hub_config = HubConfig(
            database=f"sqlite:///{folder / 'hub' / 'hub.db'}",
            keys_dir=folder / "hub" / "keys",
            epoch_dir=folder / "hub-epochs",
            guard_file=folder / "hub" / "guard.json",
            public_url=URL,
        )
        self.nodes: dict[str, Node] = {}
        self.hub: Hub

    @property
    def genesis(self) -> Node:
        """Leeds, with BLAST."""
        return self.nodes["genesis"]

    @property
    def bradford(self) -> Node:
        """Bradford."""
        return self.nodes["bradford"]

    @property
    def merseyside(self) -> Node:
        """Merseyside."""
        return self.nodes["merseyside"]

    def make_nodes(self) -> None:
        """Folders, keys and databases: before there is a hub, because the charter names the nodes as witnesses.

        A lead's, too, if it was made before (`join_lead`).
        """
        there = REGIONS | LEAD if (self.folder / "lead").exists() else REGIONS
        for number, (name, region) in enumerate(there.items()):
            link = Link(None, seed=self.random.randrange(2**32) + number)
            (self.folder / name).mkdir(exist_ok=True)
            self.nodes[name] = Node(self.folder / name, name, region, self.clock, link)

    def make_hub(self, k: int) -> None:
        """The charter, signed by the first officer."""
        (self.folder / "hub").mkdir()
        witnesses = tuple(
            WitnessKey(host=node.config.host, key=node.keyring.witness_public, name=node.config.witness_name)
            for node in self.nodes.values()
        )
        charter = CharterFile(
            origin="hub.example.org/watchword",
            officers=tuple(public_hex(key) for key in self.officers),
            witnesses=witnesses,
            k=k,
            notice_days=0,
            requests_per_minute=100_000,
            statements_per_day=100_000,
        )
        init_log(self.hub_config, charter, self.officers[0], self.clock())

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """The hub runs within this."""
        self.hub = build_hub(self.hub_config, self.clock)
        self.app = build_app(self.hub, with_worker=False)
        for node in self.nodes.values():
            node.link.reach(self.app)
        async with self.app.router.lifespan_context(self.app):
            yield
        self.hub.store.close()

    def officer(self, number: int = 0) -> speak_as_officer.Officer:
        """An officer at the hub's command line."""
        epochs = key_files.load_epochs(self.hub_config.epoch_dir)
        hub = self.hub
        return speak_as_officer.Officer(
            hub.store, hub.view, hub.ordering.tick, epochs, self.officers[number], self.clock()
        )

    def suspend(self, node: Node, *, officers: int = 2) -> None:
        """Officers suspend a project: it takes two."""
        for number in range(officers):
            speak_as_officer.suspend(self.officer(number), node.id, "safeguarding")

    def forget_last_entry(self) -> None:
        """The operator's database loses its last entry, and the operator signs on as if nothing were."""
        size = self.hub.view.now.state.size - 1
        keys, origin = self.hub.keys, self.hub.view.now.state.charter
        assert origin is not None
        with self.hub.store.begin() as session:
            for table in ("entries", "checkpoints", "cosignatures"):
                column = "idx" if table == "entries" else "size"
                limit = size if table == "entries" else size + 1
                session.execute(text(f"DELETE FROM {table} WHERE {column} >= {limit}"))
            entries = hub_log.read_entries(session, 0, size)
            root = Tree().extend(leaf_hash(entry) for entry in entries).root
            session.execute(update(HeadRow).values(size=size, root=root))
            note = sign_checkpoint(origin.origin, size, root, keys.log).decode()
            hub_log.add_checkpoint(session, SignedCheckpoint(size, root, note))
        self.hub.view.__init__(self.hub.store)  # type: ignore[misc]
        self.hub.view.refresh()

    def resume(self, node: Node) -> None:
        """One officer ends it."""
        speak_as_officer.resume(self.officer(), node.id)

    def acked(self) -> dict[int, int]:
        """Member → how far its latest Ack reaches."""
        with self.hub.store.read() as session:
            return hub_members.acked_sizes(session)

    async def join_lead(self, *, police: bool) -> Node:
        """The national lead's node (9), admitted by the same ceremony; it reads what is released from then on."""
        link = Link(None, seed=self.random.randrange(2**32))
        (self.folder / "lead").mkdir(exist_ok=True)
        self.nodes["lead"] = Node(self.folder / "lead", "lead", LEAD["lead"], self.clock, link)
        link.reach(self.app)
        wanted = JoinAs(host="lead.example.org", region=None, role="lead", police="yes" if police else "no")
        await self.join("lead", 9, ("genesis", "bradford"), wanted)
        return self.nodes["lead"]

    async def join(
        self, name: str, member_id: int, endorsed_by: tuple[str, ...], wanted: JoinAs | None = None
    ) -> Result:
        """The whole ceremony for one member: a project, or what is wanted."""
        node = self.nodes[name]
        with self.hub.store.begin() as session:
            hub_members.add_invitation(session, f"invitation-{name}", self.clock().date())
        offered = await fetch_charter(node.desk.client)
        assert self.hub.view.now.state.log is not None
        pin_charter(node.desk, offered, self.hub.view.now.state.log)
        wanted = wanted or JoinAs(host=node.config.host, region=node.config.region)
        digest = await ask_to_join(node.desk, f"invitation-{name}", wanted, f"{name} project", f"{name}@example.org")
        await self.round()
        for endorser in endorsed_by:
            await endorse(self.nodes[endorser].desk, digest)
            await self.nodes[endorser].publish()
        result = speak_as_officer.admit(self.officer(), digest, member_id)
        await self.settle()
        return result

    def close(self) -> None:
        """Closes the nodes' databases."""
        for node in self.nodes.values():
            node.store.close()

    async def round(self) -> None:
        """Everyone who has joined publishes and syncs once."""
        for node in self.nodes.values():
            if node.has_joined:
                await node.publish()
                await node.sync()

    async def settle(self, rounds: int = 16) -> None:
        """Rounds until nothing has moved for two of them: what one round decides, the next one sends."""
        still = 0
        for _ in range(rounds):
            before = self.picture()
            await self.round()
            self.clock.forward(minutes=10)
            still = still + 1 if self.picture() == before else 0
            if still == 2:
                return

    def picture(self) -> object:
        """What would show that something moved."""
        view = self.hub.view.refresh()
        held = tuple(sorted((name, tuple(sorted(node.reads()))) for name, node in self.nodes.items()))
        return view.state.size, dict(view.witnessed), self.acked(), held


@contextlib.asynccontextmanager
async def federation(folder: Path, seed: int = 0, *, k: int = 2) -> AsyncIterator[Federation]:
    """Genesis (1), Bradford (2), Merseyside (3): admitted by the real ceremony, all witnesses, k of 3."""
    fed = Federation(folder, seed)
    fed.make_nodes()
    fed.make_hub(k)
    async with fed.serving():
        await fed.join("genesis", 1, ())
        await fed.join("bradford", 2, ("genesis",))
        await fed.join("merseyside", 3, ("genesis", "bradford"))
        yield fed
        fed.close()


@contextlib.asynccontextmanager
async def copied_federation(template: Path, folder: Path, seed: int) -> AsyncIterator[Federation]:
    """A federation that was made in `template` and closed, copied into `folder`: much quicker than the ceremony."""
    shutil.copytree(template, folder)
    fed = Federation(folder, seed)
    fed.clock.now = START + dt.timedelta(hours=12)
    fed.make_nodes()
    async with fed.serving():
        yield fed
        fed.close()
