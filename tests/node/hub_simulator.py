"""A small real hub in memory, speaking exchange.md over `httpx.MockTransport`. It can misbehave on request.

It grows a `protocol.vectors.scene.Scene`, verifies request signatures, judges statements by replay, serves bundles,
proofs and bodies, and keeps cosignatures and Acks: small, but nothing of it is pretended.

Example::

    scene = three_projects()
    hub = HubSimulator(scene)
    scene.alert("genesis", 1)          # somebody else publishes: it is in the log at once
    http = hub.client()                # an httpx.AsyncClient for a node

    hub.shown_size = 4                 # from here on it shows an older checkpoint
    hub.history = other_entries        # … or another history, signed with the same key
    hub.withheld.add(digest)           # … or keeps a body back
    hub.away = True                    # … or is not there
"""

import asyncio
import base64
import contextlib
import datetime as dt
import hashlib
import re
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from protocol.bodies import check_stored
from protocol.checkpoint import open_checkpoint, sign_checkpoint
from protocol.cosignature import add_cosignature, cosign, cosignatures
from protocol.envelope import decode_envelope
from protocol.errors import HttpSignatureInvalid, ProtocolError
from protocol.http_signatures import VerifiedRequest, verify_request
from protocol.keys import key_id
from protocol.log import Tree, leaf_hash
from protocol.note import decode_note
from protocol.proofs import consistency_proof, range_proof
from protocol.replay import apply, may_read
from protocol.request import parse_ack
from protocol.statement import parse_statement
from protocol.tiles import TILE_WIDTH, encode_bundle, parse_path
from protocol.vectors.named_keys import public, signing_key
from protocol.vectors.scene import ORIGIN, Scene
from protocol.verifier_key import COSIGNATURE, ED25519, VerifierKey

URL = "https://hub.example.org"
LOG_KEY = VerifierKey(ORIGIN, ED25519, bytes.fromhex(public("log")))


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Refusal(Exception):
    def __init__(self, status: int, code: str, retry_after: int | None = None) -> None:
        self.status, self.code, self.retry_after = status, code, retry_after


class HubSimulator:
    """See the module. Everything public may be changed by a test at any time."""

    def __init__(self, scene: Scene, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.scene, self.now = scene, now
        self.cosigned: dict[str, tuple[int, bytes]] = {}
        self.acks: dict[int, tuple[int, bytes]] = {}
        self.candidates: list[dict[str, str]] = []
        self.invitations = {"let-us-in"}
        self.calls: list[str] = []
        self.asked_digests: list[list[str]] = []
        self.reminded_on: str | None = None
        self.looks: list[tuple[int, dict[str, Any]]] = []  # member whose warning it is, and what is told
        self.decisions: list[dict[str, Any]] = []
        self.marks_waited_for: list[int] = []
        self.marks_others = False
        self.tells_entries: Callable[[list[bytes]], list[bytes]] | None = None  # with the checkpoint, to who waits
        self._tokens: dict[str, tuple[int | None, dt.datetime]] = {}
        self._nonces: set[str] = set()
        # how it misbehaves
        self.away = False
        self.lose_answers = False
        self.shown_size: int | None = None
        self.history: list[bytes] | None = None
        self.withheld: set[str] = set()
        self.false_gone: set[str] = set()
        self.altered: set[str] = set()
        self.truncate_bundles = False
        self.alter_bundles = False
        self.ranges_begin_off_by: int | None = None  # None: it knows no ranges
        self.refuse_with: Refusal | None = None
        self.refuse_bodies = 0  # requests for bodies that are still refused
        self.held_until: dict[str, asyncio.Event] = {}  # by path: when it answers
        self.malformed: set[str] = set()
        self.forget_submissions = False
        self.answer_with: bytes | None = None
        self.tells_nothing = False  # as hubs did before these pages

    def client(self) -> httpx.AsyncClient:
        """What a node is given instead of the network."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self.handle))

    @property
    def entries(self) -> list[bytes]:
        """The history that it shows."""
        return self.scene.entries if self.history is None else self.history

    def root(self, size: int) -> bytes:
        """Of the history that it shows."""
        return Tree().extend(leaf_hash(entry) for entry in self.entries[:size]).root

    def note(self, size: int) -> bytes:
        """The checkpoint of that size, with the cosignatures that it has of it."""
        note = sign_checkpoint(ORIGIN, size, self.root(size), signing_key("log"))
        for name, (cosigned, line) in self.cosigned.items():
            if cosigned == size:
                with contextlib.suppress(ProtocolError):  # a line over another history
                    note = add_cosignature(note, line, self._witness(name))
        return note

    def cosign_as(self, *witnesses: int) -> None:
        """Witnesses that are nobody's node here cosign what it shows now."""
        for number in witnesses:
            name = f"w{number}.example.org/witness"
            note = sign_checkpoint(ORIGIN, len(self.entries), self.root(len(self.entries)), signing_key("log"))
            line = cosign(note, name, signing_key(f"witness{number}"), int(self.now().timestamp()))
            self.cosigned[name] = (len(self.entries), line)

    @property
    def confirmed_size(self) -> int:
        """By the cosignatures that it has."""
        sizes = sorted((size for size, _ in self.cosigned.values()), reverse=True)
        return sizes[1] if len(sizes) > 1 else 0

    def _witness(self, name: str) -> VerifierKey:
        number = re.sub(r"\D", "", name)
        return VerifierKey(name, COSIGNATURE, bytes.fromhex(public(f"witness{number}")))

    async def handle(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        self.calls.append(f"{request.method} {request.url.path}")
        if self.away:
            raise httpx.ConnectError("away")
        if request.url.path in self.held_until:
            await self.held_until[request.url.path].wait()
        try:
            if self.refuse_with is not None:
                raise self.refuse_with
            content = self._answer(request, body)
        except Refusal as refusal:
            headers = {} if refusal.retry_after is None else {"retry-after": str(refusal.retry_after)}
            problem = {"type": "about:blank", "title": "no", "status": refusal.status, "code": refusal.code}
            return httpx.Response(refusal.status, content=msgspec.json.encode(problem), headers=headers)
        if self.lose_answers:
            raise httpx.ReadError("the reply was lost")
        wanted = request.headers.get("range")
        if wanted is not None and self.ranges_begin_off_by is not None:
            first = int(wanted.removeprefix("bytes=").removesuffix("-")) + self.ranges_begin_off_by
            span = {"content-range": f"bytes {first}-{len(content) - 1}/{len(content)}"}
            return httpx.Response(206, content=content[first:], headers=span)
        marked = self.marks_others and request.url.path == "/v1/checkpoint"
        headers = {"watchword-others": self._mark_of_others()} if marked else {}
        if content[:1] == b"{" and request.url.path == "/v1/checkpoint":
            headers["content-type"] = "application/json"
        return httpx.Response(200 if content else 204, content=self.answer_with or content, headers=headers)

    def _mark_of_others(self) -> str:
        return f"{sum(size for size, _ in self.acks.values())}.{sum(size for size, _ in self.cosigned.values())}"

    def _answer(self, request: httpx.Request, body: bytes) -> bytes:
        path = request.url.path
        if path == "/v1/charter":
            return self.entries[0]
        if path == "/v1/requests" and request.method == "POST":
            return self._join(msgspec.json.decode(body))
        signed: dict[str, Callable[[VerifiedRequest, bytes], object]] = {
            "/v1/tokens": self._token,
            "/v1/statements": self._submit,
            "/v1/bodies": self._bodies,
            "/v1/acks": self._ack,
            "/v1/cosignatures": self._cosign,
        }
        if request.method == "POST":
            return _json(signed[path](self._verified(request, body), body))
        if path in ("/v1/looks", "/v1/decisions", "/v1/reminder"):
            return _json(self._told(request, self._member_of(self._verified(request, body))))
        member = self._by_token(request)
        if path == "/v1/checkpoint":
            self.marks_waited_for.append(int(request.url.params.get("acks", 0)))
            size = min(len(self.entries), self.shown_size or len(self.entries))
            if self.tells_entries is None or "entries" not in request.url.params or member is None:
                return self.note(size)
            told = self.tells_entries(self.entries[int(request.url.params["after"]) : size])
            return _json({"note": self.note(size).decode(), "entries": [_b64(entry) for entry in told]})
        if path == "/v1/proof":
            old, size = int(request.url.params["old"]), int(request.url.params["size"])
            return _json({"hashes": [_b64(node) for node in consistency_proof(old, size, self._hashes)]})
        if path == "/v1/cosigned":
            return _json(
                {"notes": [self.note(size).decode() for size in sorted({s for s, _ in self.cosigned.values()})]}
            )
        if member is None:
            raise Refusal(403, "auth.not_a_member")
        if path == "/v1/acks":
            mark = sum(size for size, _ in self.acks.values())
            return _json({"envelopes": [_b64(envelope) for _, envelope in self.acks.values()], "mark": mark})
        if path == "/v1/requests":
            return _json({"requests": self.candidates})
        return self._bundle(path.removeprefix("/v1/"))

    def _told(self, request: httpx.Request, member: int | None) -> object:
        if self.tells_nothing:
            raise Refusal(404, "http.404")
        if request.url.path == "/v1/decisions":
            return {"decisions": self.decisions}
        if request.url.path == "/v1/reminder":
            return {"asked_on": self.reminded_on}
        looks = [look for whose, look in self.looks if whose == member]
        places = [place for place, look in enumerate(looks, 1) if look["id"] == request.url.params.get("after")]
        return {"looks": looks[max(places, default=0) :]}

    def _hashes(self, level: int, index: int) -> bytes:
        part = self.entries[index << level : (index + 1) << level]
        return Tree().extend(leaf_hash(entry) for entry in part).root

    def _verified(self, request: httpx.Request, body: bytes) -> VerifiedRequest:
        def public_key_of(keyid: str) -> bytes | None:
            record = self.scene.state.keys.get(keyid)
            if record is not None and record.use == "online" and record.retired is None:
                return bytes.fromhex(record.public)
            witnesses = [bytes.fromhex(public(f"witness{number}")) for number in range(3)]
            return next((key for key in witnesses if key_id(key) == keyid), None)

        try:
            verified = verify_request(
                request.method,
                str(request.url),
                request.headers,
                body,
                now=int(self.now().timestamp()),
                public_key_of=public_key_of,
            )
        except HttpSignatureInvalid as error:
            raise Refusal(401, "auth.signature") from error
        if verified.nonce in self._nonces:
            raise Refusal(401, "auth.replayed")
        self._nonces.add(verified.nonce)
        return verified

    def _member_of(self, verified: VerifiedRequest) -> int | None:
        record = self.scene.state.keys.get(verified.keyid)
        return None if record is None else record.member

    def _token(self, verified: VerifiedRequest, _body: bytes) -> object:
        token = f"t{len(self._tokens)}"
        expires = self.now() + dt.timedelta(seconds=600)
        self._tokens[token] = (self._member_of(verified), expires)
        return {"token": token, "expires_at": int(expires.timestamp())}

    def _by_token(self, request: httpx.Request) -> int | None:
        held = self._tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if held is None or held[1] <= self.now():
            raise Refusal(401, "auth.token")
        return held[0]

    def forget_tokens(self) -> None:
        self._tokens.clear()

    def _bundle(self, path: str) -> bytes:
        tile = parse_path(path)
        first = tile.index * TILE_WIDTH
        entries = self.entries[first : first + tile.width]
        if self.alter_bundles:
            entries = [*entries[:-1], entries[-1][:-1] + b"!"]
        bundle = encode_bundle(entries)
        return bundle[:-7] if self.truncate_bundles else bundle

    def _submit(self, _verified: VerifiedRequest, body: bytes) -> object:
        results: list[dict[str, Any]] = []
        first = len(self.scene.entries)
        items = msgspec.json.decode(body)["statements"]
        if any(decode_envelope(base64.b64decode(item["envelope"])).identity in self.malformed for item in items):
            raise Refusal(400, "request.malformed")
        for item in items:
            stored = base64.b64decode(item["body"]) if "body" in item else None
            results.append(self._take(base64.b64decode(item["envelope"]), stored))
        size = len(self.scene.entries)
        if size == first:
            return {"results": results}
        receipt = {
            "first": first,
            "count": size - first,
            "checkpoint": self.note(size).decode(),
            "proof": [_b64(node) for node in range_proof(first, size - first, size, self._hashes)],
        }
        if self.forget_submissions:
            del self.scene.entries[first:]
        return {"results": results, "receipt": receipt}

    def _take(self, envelope: bytes, stored: bytes | None) -> dict[str, Any]:
        unverified = decode_envelope(envelope)
        known = self.scene.state.statements.get(unverified.identity)
        if known is not None:
            return {"identity": unverified.identity, "index": known}
        state, outcome = apply(self.scene.state, len(self.scene.entries), envelope)
        if outcome.verdict != "valid" or outcome.statement is None:
            return {"code": outcome.code}
        statement = outcome.statement
        if statement.body is not None:
            try:
                check_stored(stored or b"", statement.body, self.scene.log, statement.origin, statement.nonce)
            except ProtocolError as error:
                return {"code": error.code}
            self.scene.bodies[statement.body.digest] = stored or b""
        self.scene.append(envelope)
        if self.forget_submissions:
            return {"identity": unverified.identity, "index": len(self.scene.entries) - 1}
        assert self.scene.state.size == state.size
        return {"identity": unverified.identity, "index": len(self.scene.entries) - 1}

    def _bodies(self, verified: VerifiedRequest, body: bytes) -> object:
        member = self._member_of(verified)
        digests = msgspec.json.decode(body)["digests"]
        self.asked_digests.append(digests)
        if self.refuse_bodies:
            self.refuse_bodies -= 1
            raise Refusal(401, "auth.signature")
        return {"bodies": [self._body(member or 0, digest) for digest in digests]}

    def _body(self, member: int, digest: str) -> dict[str, Any]:
        state = self.scene.state
        link = state.links.get(state.bodies.get(digest, ""))
        if digest in self.false_gone:
            return {"digest": digest, "gone": 1}
        if link is not None and link.gone is not None:
            return {"digest": digest, "gone": link.gone}
        readable = link is not None and may_read(
            state, member, link, self.confirmed_size, self.now().date().isoformat()
        )
        if not readable or digest in self.withheld:
            return {"digest": digest, "refused": True}
        stored = self.scene.bodies[digest]
        if digest in self.altered:
            stored = stored.replace(b"stocky", b"slight")
        return {"digest": digest, "bytes": _b64(stored)}

    def _ack(self, verified: VerifiedRequest, body: bytes) -> object:
        envelope = base64.b64decode(msgspec.json.decode(body)["envelope"])
        unverified = decode_envelope(envelope)
        ack = parse_ack(unverified.verify(bytes.fromhex(self.scene.state.keys[verified.keyid].public)))
        if self.acks.get(ack.origin, (0, b""))[0] > ack.seen.size:
            raise Refusal(409, "ack.older")
        self.acks[ack.origin] = (ack.seen.size, envelope)
        return b""

    def _cosign(self, verified: VerifiedRequest, note: bytes) -> object:
        checkpoint = open_checkpoint(note, LOG_KEY)
        if checkpoint.size > len(self.entries) or self.root(checkpoint.size) != checkpoint.root:
            raise Refusal(409, "cosignature.conflict")
        for number in range(3):
            key = self._witness(f"w{number}.example.org/witness")
            if key_id(key.public) == verified.keyid and cosignatures(note, [key]):
                line = next(one.line for one in decode_note(note).signatures if one.is_by(key))
                self.cosigned[key.name] = (checkpoint.size, line.encode())
        return b""

    def _join(self, asked: dict[str, str]) -> bytes:
        digest = decode_envelope(base64.b64decode(asked["envelope"])).identity
        if all(one["digest"] != digest for one in self.candidates):
            if asked["invitation"] not in self.invitations:
                raise Refusal(403, "invitation.unknown")
            self.invitations.discard(asked["invitation"])
            kept = {name: asked[name] for name in ("envelope", "name", "contact")}
            self.candidates.append({"digest": digest, **kept})
        return _json({"digest": digest})


def statement_of(entry: bytes) -> Any:
    """The statement in an entry."""
    return parse_statement(decode_envelope(entry).payload)


def seed(name: str) -> bytes:
    """The seed of the scene's key of that name."""
    return hashlib.sha256(f"key:{name}".encode()).digest()


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _json(value: object) -> bytes:
    return value if isinstance(value, bytes) else msgspec.json.encode(value)
