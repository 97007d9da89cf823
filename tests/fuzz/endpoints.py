"""Every endpoint of a real hub under requests that are nearly right: no fault, no crash, each refusal with its code."""

import base64
import contextlib
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx
import msgspec

from protocol.envelope import (
    MAX_PAYLOAD_BYTES,
    STATEMENT_TYPE,
    decode_envelope,
    encode_envelope,
    sign_envelope,
)
from protocol.errors import HttpSignatureInvalid
from protocol.vectors.named_keys import signing_key
from tests.fuzz.mutate import mutate
from tests.hub.asker import Asker, b64
from tests.hub.ground import Ground

READS: Final = (
    b"/v1/charter",
    b"/v1/health",
    b"/v1/checkpoint?after=3&wait=0",
    b"/v1/checkpoint?after=3&wait=0&entries=1",
    b"/v1/tile/entries/000.p/4",
    b"/v1/tile/0/000.p/4",
    b"/v1/proof?old=1&size=4",
    b"/v1/cosigned",
    b"/v1/acks",
    b"/v1/requests",
    b"/v1/decisions",
    b"/v1/looks?after=" + b"0" * 32,
    b"/v1/reminder",
)
WRITES: Final = ("/v1/tokens", "/v1/statements", "/v1/bodies", "/v1/acks", "/v1/cosignatures", "/v1/requests")


class Endpoints:
    """A running hub, and what it is asked."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._asked = 0
        self._asker: Asker = ground.asker("genesis/online")
        ground.scene.alert("genesis", 1)
        items = ground.scene.take()
        self._payload = decode_envelope(base64.b64decode(items[0]["envelope"])).payload
        self._stored = base64.b64decode(items[0]["body"])
        self._seeds: dict[str, list[bytes]] = {
            "/v1/tokens": [b"", b"{}"],
            "/v1/statements": [msgspec.json.encode({"statements": items})],
            "/v1/bodies": [msgspec.json.encode({"digests": [ground.scene.digest_of(items[0])]})],
            "/v1/acks": [msgspec.json.encode({"envelope": b64(ground.ack("genesis", 1))})],
            "/v1/cosignatures": [ground.scene.note],
            "/v1/requests": [
                msgspec.json.encode(
                    {
                        "invitation": "00" * 16,
                        "envelope": b64(
                            encode_envelope(b"{}", "application/vnd.watchword.request.v1+json", "00" * 32, bytes(64))
                        ),
                        "name": "A project",
                        "contact": "office@project.example.org",
                    }
                )
            ],
        }

    async def ask(self, chance: random.Random) -> tuple[bytes, httpx.Response | None]:
        """One request, and its answer; None where no client can send it. A second passes each hundred requests."""
        self._asked += 1
        if self._asked % 100 == 0:
            self._ground.forward(seconds=1)
            self._asker = self._ground.asker("genesis/online")
        if chance.random() < 0.3:
            return await self._read(chance)
        path = chance.choice(WRITES)
        body = mutate(chance, self._seeds[path]) if chance.random() < 0.5 else self._near(chance, path)
        headers = self._asker.signed("POST", path, body) if path != "/v1/requests" else {}
        if chance.random() < 0.2:
            headers = _spoiled(chance, headers)
        return b"POST " + path.encode() + b" " + body, await self._send("POST", path, body, headers)

    def _near(self, chance: random.Random, path: str) -> bytes:
        """For statements: a payload or body that is nearly right, signed all the same; else any of the others."""
        if path != "/v1/statements":
            return mutate(chance, self._seeds[path])
        payload, stored = self._payload, self._stored
        if chance.random() < 0.7:
            payload = mutate(chance, [payload])[:MAX_PAYLOAD_BYTES]
        else:
            stored = mutate(chance, [stored])
        envelope = sign_envelope(payload, STATEMENT_TYPE, signing_key("genesis/sign0"))
        return msgspec.json.encode({"statements": [{"envelope": b64(envelope), "body": b64(stored)}]})

    async def _read(self, chance: random.Random) -> tuple[bytes, httpx.Response | None]:
        path = mutate(chance, READS).decode("latin-1")
        token = await self._asker.token()
        if chance.random() < 0.2:
            token = mutate(chance, [token.encode()]).decode("latin-1")
        method, path = chance.choice(("GET", "GET", "GET", "HEAD", "PUT", "DELETE")), "/" + path.lstrip("/")
        headers = {"authorization": f"Bearer {token}"}
        if chance.random() < 0.3:  # some are asked for by a signature
            with contextlib.suppress(HttpSignatureInvalid):
                headers |= self._asker.signed(method, path, b"")
        return path.encode(), await self._send(method, path, b"", headers)

    async def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response | None:
        try:
            return await self._ground.client.request(method, path, content=body, headers=headers)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeEncodeError):
            return None


def _spoiled(chance: random.Random, headers: dict[str, str]) -> dict[str, str]:
    name = chance.choice(list(headers) or ["signature"])
    seeds: Sequence[bytes] = [headers.get(name, "").encode()]
    spoiled = mutate(chance, seeds).decode("latin-1")[:4_000]
    return headers | {name: "".join(c for c in spoiled if c.isprintable())}


def wrong(answer: httpx.Response) -> str:
    """What is wrong with an answer, or empty: a fault, or a refusal that does not name itself.

    What is no address of the interface is answered by the pages, in words.
    """
    if answer.status_code >= 500:
        return f"{answer.status_code}: {answer.text[:200]}"
    if not answer.request.url.raw_path.startswith(b"/v1/"):
        return ""
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        try:
            named = bool(answer.json()["code"])
        except (ValueError, KeyError, TypeError):
            named = False
        return "" if named else f"{answer.status_code} without a code"
    return ""


def settings_of(folder: Path) -> str:
    """The database of a hub for fuzzing."""
    return f"sqlite:///{folder / 'hub.db'}"
