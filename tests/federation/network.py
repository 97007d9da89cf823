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
from typing import Final

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
from node.exchange.join import JoinAs, ask_to_join, endorse, fetch_charter, pin_charter
from protocol.checkpoint import sign_checkpoint
from protocol.keys import public_hex
from protocol.log import Tree, leaf_hash
from protocol.statement_fields import WitnessKey
from tests.federation.project import START, URL, Clock, Node
from tests.links import Link

REGIONS: Final = {"genesis": "west-yorkshire", "bradford": "west-yorkshire", "merseyside": "merseyside"}
LEAD: Final = {"lead": "west-yorkshire"}


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

    @property
    def witnesses(self) -> tuple[WitnessKey, ...]:
        """All nodes, as a charter names them."""
        return tuple(
            WitnessKey(host=node.config.host, key=node.keyring.witness_public, name=node.config.witness_name)
            for node in self.nodes.values()
        )

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
        charter = CharterFile(
            origin="hub.example.org/watchword",
            officers=tuple(public_hex(key) for key in self.officers),
            witnesses=self.witnesses,
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
