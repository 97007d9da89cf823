"""A node of the scene, on a real database in a temporary folder, before a simulated hub. Fictional projects only."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import httpx
import msgspec

from node.exchange.client import HubClient
from node.exchange.desk import Desk
from node.exchange.publish import PublishReport, publish_due
from node.exchange.sync import Sync, SyncReport
from node.keyring import Keyring
from node.log_view import LogView
from node.store.alarms import AlarmRaised, alarms
from node.store.engine import Store
from node.store.erasures import ErasureList
from node.store.exchange_tables import InboxBody
from node.store.inbox import Received, received_body
from node.store.mirror import PinnedLog, append_entries, entries_from, mirror_size, pin_log
from node.store.outbox import OutboxEntry, add_to_outbox, mark_sent, outbox_entry
from protocol.at_rest import Epochs
from protocol.envelope import decode_envelope
from protocol.statement_fields import Statement
from protocol.vectors.named_keys import public
from protocol.vectors.scene import DAY, ORIGIN, Scene
from tests.node.empty_databases import new_store
from tests.node.hub_simulator import URL, HubSimulator, seed

EPOCHS = Epochs({1: hashlib.sha256(b"epoch").digest()})


class Clock:
    """A virtual clock, shared by a hub and its nodes."""

    def __init__(self) -> None:
        self.now = dt.datetime.combine(DAY, dt.time(12), dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += dt.timedelta(**delta)


class ExchangeNode:
    """One of the scene's projects, with the scene's keys, already joined; `witness` is its number in the charter."""

    def __init__(
        self,
        folder: Path,
        hub: HubSimulator,
        name: str,
        *,
        witness: int | None = None,
        clock: Clock | None = None,
        **asked: Any,
    ) -> None:
        """`asked`: what its request has otherwise than a project's."""
        region = "merseyside" if name == "merseyside" else "west-yorkshire"
        self._request = hub.scene.request(name, **({"region": region} | asked))
        self.scene, self.name = hub.scene, name
        path, beside = folder / f"{name}.db", folder / f"{name}.epochs"
        beside.mkdir(exist_ok=True)
        self.store = Store(path) if path.exists() else new_store(path)
        self.clock = clock or Clock()
        self.keyring = scene_keyring(name, witness)
        self._pin()
        self.know_own_entries()
        self.view = LogView(self.store)
        self.http: httpx.AsyncClient = hub.client()
        client = HubClient(self.http, URL, self.keyring, self.view, now=self.clock, timeout_seconds=5)
        self.desk = Desk(
            store=self.store,
            view=self.view,
            keyring=self.keyring,
            epochs=lambda: EPOCHS,
            erasures=ErasureList(beside),
            client=client,
            now=self.clock,
        )
        self._sync = Sync(self.desk)

    def _pin(self) -> None:
        with self.store.begin() as session:
            pin_log(
                session,
                PinnedLog(
                    log=self.scene.log,
                    origin=ORIGIN,
                    log_key=public("log"),
                    request=self.scene.request_digest(self._request),
                    pinned_at=self.clock(),
                ),
            )
            if mirror_size(session) == 0:
                append_entries(session, 0, self.scene.entries[:1])

    def know_own_entries(self) -> None:
        """What the scene has this project say so far, this node has said: its outbox knows it as confirmed."""
        for index, (entry, outcome) in enumerate(zip(self.scene.entries, self.scene.outcomes, strict=True)):
            said = outcome.statement
            signer = self.scene.state.keys.get(decode_envelope(entry).keyid)
            if said is None or signer is None or public(f"{self.name}/sign0") != signer.public:
                continue
            assert outcome.identity is not None
            with self.store.begin() as session:
                add_to_outbox(
                    session,
                    identity=outcome.identity,
                    kind=said.kind,
                    envelope=entry,
                    body=None,
                    not_before=self.clock(),
                    release_id=None,
                    epochs=EPOCHS,
                )
                mark_sent(session, outcome.identity, index=index, receipt=None, now=self.clock())

    def restart(self) -> None:
        """A new process on the same database."""
        self.view = LogView(self.store)
        client = HubClient(self.http, URL, self.keyring, self.view, now=self.clock, timeout_seconds=5)
        self.desk = msgspec.structs.replace(self.desk, view=self.view, client=client)
        self._sync = Sync(self.desk)

    def alarm_codes(self) -> list[str]:
        """Codes of all alarms, the oldest first."""
        return [alarm.code for alarm in self.alarms()]

    def alarms(self) -> list[AlarmRaised]:
        with self.store.read() as session:
            return alarms(session)[::-1]

    def outgoing(self, identity: str) -> OutboxEntry:
        with self.store.read() as session:
            entry = outbox_entry(session, identity)
        assert entry is not None
        return entry

    async def sync(self, wait_seconds: int = 0) -> SyncReport:
        return await self._sync.round(wait_seconds)

    async def publish(self) -> PublishReport:
        return await publish_due(self.desk, lambda: 0.5)

    def say(self, statement: Statement, *, not_before: dt.datetime | None = None, urgent: bool = False) -> str:
        """Signs a statement of the scene with this node's key and puts it into the outbox."""
        envelope = self.keyring.sign_statement(statement)
        identity = decode_envelope(envelope).identity
        body = None if statement.body is None else self.scene.bodies[statement.body.digest]
        with self.store.begin() as session:
            add_to_outbox(
                session,
                identity=identity,
                kind=statement.kind,
                envelope=envelope,
                body=body,
                not_before=not_before or self.clock(),
                release_id=None,
                epochs=EPOCHS,
                urgent=urgent,
            )
        return identity

    def received(self, identity: str) -> Received | None:
        with self.store.read() as session:
            return received_body(session, identity, EPOCHS)


def scene_keyring(name: str, witness: int | None = None) -> Keyring:
    """The keys that the scene gives to `name`."""
    return Keyring(
        sign=seed(f"{name}/sign0"),
        online=seed(f"{name}/online"),
        seal=hashlib.sha256(f"seal:{name}".encode()).digest(),
        witness=seed(f"witness{witness}" if witness is not None else f"{name}/witness"),
    )


def three(folder: Path, scene: Scene) -> tuple[HubSimulator, Clock, ExchangeNode, ExchangeNode, ExchangeNode]:
    """A hub and the three projects of `three_projects()`, each a witness, on one clock."""
    clock = Clock()
    hub = HubSimulator(scene, clock)
    genesis = ExchangeNode(folder, hub, "genesis", witness=0, clock=clock)
    bradford = ExchangeNode(folder, hub, "bradford", witness=1, clock=clock)
    merseyside = ExchangeNode(folder, hub, "merseyside", witness=2, clock=clock)
    return hub, clock, genesis, bradford, merseyside


async def all_sync(*nodes: ExchangeNode, rounds: int = 2) -> None:
    for _ in range(rounds):
        for node in nodes:
            await node.sync()


def digest_of(scene: Scene, identity: str) -> str:
    link = scene.state.links[identity]
    assert link.body is not None
    return link.body.digest


def files_of(node: ExchangeNode) -> list[Path]:
    return list(node.store.path.parent.glob(f"{node.store.path.name}*"))


def entries_of(node: ExchangeNode) -> list[bytes]:
    with node.store.read() as session:
        return entries_from(session, 0)


def wrapped_key_of(node: ExchangeNode, identity: str) -> bytes:
    """The key of a received body as its row holds it: what must be gone when the body is."""
    with node.store.read() as session:
        row = session.get(InboxBody, identity)
        assert row is not None and row.wrapped_key is not None
        return row.wrapped_key
