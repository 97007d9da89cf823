"""A hub of its own for one test: a real application over a real database, a clock that is set, and its members.

Statements are built by `protocol.vectors.scene`; `HubScene.take` hands them over for sending.
"""

import asyncio
import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from msgspec.structs import replace
from nacl.signing import SigningKey

from hub.actions import speak_as_officer
from hub.actions.init_log import CharterFile, init_log
from hub.api.hub import Hub
from hub.app import build_app, build_hub
from hub.config import HubConfig
from hub.core.values import Result
from hub.log_view import LogView
from hub.store import members
from protocol import canonical
from protocol.checkpoint import seen_of
from protocol.cosignature import cosign
from protocol.envelope import ACK_TYPE, REQUEST_TYPE, decode_envelope, sign_envelope
from protocol.request import Ack
from protocol.statement import parse_statement
from protocol.statement_fields import Seen, Statement, WitnessKey
from protocol.vectors.named_keys import public, signing_key
from protocol.vectors.scene import DAY, ORIGIN, REGIONS, Scene
from protocol.verifier_key import ED25519, VerifierKey
from tests.hub.asker import PUBLIC_URL, Asker, b64, code_of

NOON = dt.datetime.combine(DAY, dt.time(12), dt.UTC)
OFFICERS = ("officer0", "officer1", "officer2")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def seconds(self) -> int:
        return int(self.now.timestamp())


class HubScene(Scene):
    """Builds statements for the log of a running hub; what is said is queued until `take`."""

    def __init__(self, view: LogView) -> None:
        self._view = view
        self.bodies: dict[str, bytes] = {}
        self.queued: list[bytes] = []
        self._made = 0
        self.day = DAY

    @property
    def log(self) -> str:
        state = self._view.now.state
        assert state.log is not None
        return state.log

    @property
    def figures_key(self) -> str:
        charter = self._view.now.state.charter
        assert charter is not None
        return charter.figures_key

    def keys_held(self, member_id: int) -> set[str]:
        keys = self._view.now.state.members[member_id].keys
        return {*keys.sign, keys.online}

    @property
    def note(self) -> bytes:
        """The latest checkpoint, without cosignatures."""
        checkpoint = self._view.refresh().checkpoint
        assert checkpoint is not None
        return checkpoint.note.encode()

    @property
    def log_key(self) -> VerifierKey:
        charter = self._view.now.state.charter
        assert charter is not None
        return VerifierKey(charter.origin, ED25519, bytes.fromhex(charter.log_key))

    def seen(self) -> Seen:
        return seen_of(self.note, self.log_key)

    def append(self, entry: bytes) -> str:
        self.queued.append(entry)
        return decode_envelope(entry).identity

    def item(self, envelope: bytes) -> dict[str, str]:
        """An envelope with its body, as a submission has them."""
        item = {"envelope": b64(envelope)}
        body = parse_statement(decode_envelope(envelope).payload).body
        if body is not None:
            item["body"] = b64(self.bodies[body.digest])
        return item

    def take(self) -> list[dict[str, str]]:
        """What was said since, for sending."""
        queued, self.queued = self.queued, []
        return [self.item(envelope) for envelope in queued]

    def digest_of(self, item: dict[str, str]) -> str:
        """The digest of an item's body."""
        body = self.statement_of(item).body
        assert body is not None
        return body.digest

    def statement_of(self, item: dict[str, str]) -> Statement:
        return parse_statement(decode_envelope(base64.b64decode(item["envelope"])).payload)


class Ground:
    """A running hub and whoever speaks to it."""

    def __init__(self, hub: Hub, client: httpx.AsyncClient, clock: Clock) -> None:
        self.hub, self.client, self.clock = hub, client, clock
        self.scene = HubScene(hub.view)
        self._askers: dict[str, Asker] = {}

    def asker(self, key: str) -> Asker:
        """Whoever holds the key of that name: `genesis/online`, `witness0`."""
        if key not in self._askers:
            self._askers[key] = Asker(self.client, signing_key(key), self.clock.seconds)
        return self._askers[key]

    def forward(self, **delta: float) -> None:
        """Lets time pass."""
        self.clock.now += dt.timedelta(**delta)
        self.scene.day = self.clock.now.date()
        self._askers = {}

    async def send(self, by: str = "genesis") -> httpx.Response:
        """Submits what the scene has said since."""
        return await self.asker(f"{by}/online").statements(*self.scene.take())

    async def ok(self, by: str = "genesis") -> dict[str, Any]:
        """Submits what the scene has said since; all of it is taken."""
        answer = await self.send(by)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        assert all("index" in result for result in content["results"]), content
        return content

    async def ask_to_join(self, name: str, **over: Any) -> str:
        """An invitation and a request against it; its digest."""
        code = secrets.token_hex(16)
        with self.hub.store.begin() as session:
            members.add_invitation(session, code, self.clock.now.date())
        request = self.scene.request(name, **over)
        first = next(f"{name}/sign{i}" for i in range(8) if public(f"{name}/sign{i}") == request.keys.sign[0])
        envelope = sign_envelope(canonical.encode(request), REQUEST_TYPE, signing_key(first))
        answer = await self.client.post(
            "/v1/requests",
            json={
                "invitation": code,
                "envelope": b64(envelope),
                "name": f"{name} project",
                "contact": f"office@{name}.example.org",
            },
        )
        assert answer.status_code == 200, answer.text
        digest: str = answer.json()["digest"]
        return digest

    async def admit(self, name: str, member: int, endorsed_by: dict[str, int] | None = None, **over: Any) -> None:
        """Request, endorsements, admission."""
        digest = await self.ask_to_join(name, **over)
        for endorser, endorser_id in (endorsed_by or {}).items():
            self.scene.say(f"{endorser}/sign0", "endorse", endorser_id, about=digest)
            await self.ok(endorser)
        result = await self.as_officer("admit", digest, member)
        assert result.index is not None, result

    async def as_officer(self, verb: str, *args: Any, officer: str = "officer0") -> Result:
        """An officer speaks, as the command line does."""
        speaker = speak_as_officer.Officer(
            self.hub.store,
            self.hub.view,
            self.hub.ordering.tick,
            self.hub.epochs(),
            signing_key(officer),
            self.clock.now,
        )
        result: Result = await asyncio.to_thread(getattr(speak_as_officer, verb), speaker, *args)
        return result

    async def officers(self, kind: str, member: int, count: int = 2, **part: Any) -> None:
        """`count` officers ask for the same, each in a statement of its own."""
        self.scene.officers(kind, member, count, **part)
        await self.ok()

    async def cosign(self, *witnesses: int, note: bytes | None = None) -> None:
        """Witnesses cosign the latest checkpoint, or the one given."""
        note = note or self.scene.note
        for number in witnesses or (0, 1):
            answer = await self.post_cosignature(number, note)
            assert answer.status_code == 204, code_of(answer)

    async def post_cosignature(self, number: int, note: bytes) -> httpx.Response:
        name, key = f"w{number}.example.org/witness", signing_key(f"witness{number}")
        return await self.asker(f"witness{number}").post(
            "/v1/cosignatures", note + cosign(note, name, key, self.clock.seconds())
        )

    def ack(self, name: str, member: int, seen: Seen | None = None, key: str = "online") -> bytes:
        """A member's Ack of the log as it stands, or as given."""
        payload = canonical.encode(Ack(log=self.scene.log, origin=member, seen=seen or self.scene.seen()))
        return sign_envelope(payload, ACK_TYPE, signing_key(f"{name}/{key}"))

    async def send_ack(self, name: str, member: int, **over: Any) -> httpx.Response:
        return await self.asker(f"{name}/online").post("/v1/acks", {"envelope": b64(self.ack(name, member, **over))})

    async def three_projects(self) -> None:
        """Genesis (1) and Bradford (2) in West Yorkshire, Merseyside (3); confirmed."""
        await self.admit("genesis", 1)
        await self.admit("bradford", 2, {"genesis": 1})
        await self.admit("merseyside", 3, {"genesis": 1, "bradford": 2}, region="merseyside")
        await self.cosign()


def config_of(database: str, folder: Path) -> HubConfig:
    return HubConfig(
        database=database,
        keys_dir=folder / "keys",
        epoch_dir=folder / "epochs",
        guard_file=folder / "guard",
        public_url=PUBLIC_URL,
    )


def charter_of(**over: Any) -> CharterFile:
    """Three officers, three regions, two of three witnesses, no notice."""
    fields: dict[str, Any] = {
        "origin": ORIGIN,
        "officers": tuple(public(name) for name in OFFICERS),
        "witnesses": tuple(
            WitnessKey(host=f"w{i}.example.org", key=public(f"witness{i}"), name=f"w{i}.example.org/witness")
            for i in range(3)
        ),
        "k": 2,
        "notice_days": 0,
        "regions": REGIONS,
    }
    return CharterFile(**(fields | over))


@asynccontextmanager
async def running_ground(database: str, folder: Path, **charter: Any) -> AsyncIterator[Ground]:
    """A new hub that runs until the block ends."""
    config, clock = config_of(database, folder), Clock()
    await asyncio.to_thread(init_log, config, charter_of(**charter), officer_key(0), clock.now)
    async with serving(config, clock) as ground:
        yield ground


@asynccontextmanager
async def serving(config: HubConfig, clock: Clock) -> AsyncIterator[Ground]:
    """The hub of these settings, running until the block ends."""
    hub = build_hub(config, clock)
    app = build_app(hub, with_worker=False)
    transport = httpx.ASGITransport(app)
    try:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client,
        ):
            yield Ground(hub, client, clock)
    finally:
        hub.store.close()


def officer_key(number: int) -> SigningKey:
    return signing_key(OFFICERS[number])


def seen_at(seen: Seen, **over: Any) -> Seen:
    """A `seen` with something else in it."""
    return replace(seen, **over)


def fake_digest(text: str) -> str:
    """A digest of nothing that the hub has."""
    return hashlib.sha256(text.encode()).hexdigest()
