"""A small real client of the hub: it signs its requests as http-signatures.md says, and buys its read tokens."""

import base64
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx
import msgspec
from nacl.signing import SigningKey

from protocol.http_signatures import sign_request
from protocol.statement_fields import Seen

PUBLIC_URL = "https://hub.example.org"


def b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


class Asker:
    """Whoever holds this `online` or witness key."""

    def __init__(self, client: httpx.AsyncClient, key: SigningKey, now: Callable[[], int]) -> None:
        self.client, self.key, self._now = client, key, now
        self.seen: Seen | None = None
        self._token = ""

    def signed(self, method: str, path: str, body: bytes = b"", nonce: bytes | None = None) -> dict[str, str]:
        """The headers of a signed request."""
        return sign_request(
            method,
            PUBLIC_URL + path,
            body,
            key=self.key,
            created=self._now(),
            nonce=nonce or secrets.token_bytes(16),
            seen=self.seen,
        )

    async def post(self, path: str, body: bytes | Mapping[str, Any]) -> httpx.Response:
        """A signed POST of bytes, or of an object as JSON."""
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        return await self.client.post(path, content=content, headers=self.signed("POST", path, content))

    async def token(self) -> str:
        """A read token; bought once."""
        if not self._token:
            answer = await self.post("/v1/tokens", b"")
            assert answer.status_code == 200, answer.text
            self._token = answer.json()["token"]
        return self._token

    async def get(self, path: str, **params: str | int) -> httpx.Response:
        """A GET with a read token."""
        headers = {"authorization": f"Bearer {await self.token()}"}
        return await self.client.get(path, params=params, headers=headers)

    async def statements(self, *items: Mapping[str, Any]) -> httpx.Response:
        """Submits items as `HubScene.take` makes them."""
        return await self.post("/v1/statements", {"statements": list(items)})

    async def bodies(self, *digests: str) -> list[dict[str, Any]]:
        """Asks for bodies."""
        answer = await self.post("/v1/bodies", {"digests": list(digests)})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["bodies"]
        return found


def code_of(answer: httpx.Response) -> str:
    """The stable code of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    content = answer.json()
    assert content["status"] == answer.status_code and content["type"] == "about:blank" and content["title"]
    code: str = content["code"]
    return code


def codes_of(answer: httpx.Response) -> Sequence[str | int]:
    """For each statement of a submission its index, or the code of its refusal."""
    assert answer.status_code == 200, answer.text
    return [result["code"] if "code" in result else result["index"] for result in answer.json()["results"]]
