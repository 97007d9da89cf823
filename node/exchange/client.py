"""The requests of exchange.md, from the node's side. The only place that speaks HTTP (promise 1).

Verifies nothing: what it gives was decoded, bounded and is still hostile. Times out always: a request that hung once
stopped a whole network for 72 hours. The HTTP client, the clock and the keys come in. Source: spec/exchange.md.
"""

import asyncio
import base64
import datetime as dt
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, Final, TypeAlias

import httpx
import msgspec
from nacl.utils import random

from node.core.errors import Unavailable
from node.exchange.answers import (
    AcksAnswer,
    AnswerInvalid,
    BodiesAnswer,
    BodyAnswer,
    Candidate,
    CheckpointAnswer,
    CosignedAnswer,
    DecisionsAnswer,
    DecisionTold,
    HubRefused,
    LooksAnswer,
    LookTold,
    ProofAnswer,
    ReminderAnswer,
    RequestsAnswer,
    RequestTaken,
    SubmissionAnswer,
    TokenAnswer,
    decode_answer,
    problem_of,
)
from node.keyring import KeyOf, Keyring
from node.log_view import LogView
from protocol.envelope import MAX_ENVELOPE_BYTES
from protocol.http_signatures import NONCE_BYTES
from protocol.note import MAX_NOTE_BYTES
from protocol.tiles import MAX_BUNDLE_BYTES, Tile

KIB: Final = 1_024
MIB: Final = 1_024 * KIB
LONGEST_WAIT_SECONDS: Final = 25
"""How long the hub holds a long-poll."""

RENEW_BEFORE: Final = dt.timedelta(seconds=60)
"""A token is renewed this long before it ends: clocks differ."""


MAX_CHECKPOINT_BYTES: Final = MAX_NOTE_BYTES + 256 * KIB
"""A note, and the few entries that come with it: eight of the largest are 119 KiB in base64."""

MAX_MARK_LENGTH: Final = 64
"""Characters of the hub's mark of what others said: three numbers need no more."""

SOFTWARE: Final = f"watchword-node/{version('watchword')}"
"""By which the hub's operator sees who runs what. Nothing depends on it."""


Http: TypeAlias = httpx.AsyncClient
"""What carries requests: nobody outside this package needs to know httpx."""


class Latest(msgspec.Struct, frozen=True):
    """The hub's latest checkpoint.

    Attributes:
        note: as it came.
        others: another one whenever something else would be told of others (`cosigned`, `acks`); empty: this hub has
            none. Source: spec/exchange.md §3.
        entries: that came with it, if there were few.
    """

    note: bytes
    others: str
    entries: tuple[bytes, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    data: bytes
    others: str = ""
    is_json: bool = False


def open_http() -> Http:
    """The real network: no redirects, no proxies or certificates from the environment, few connections."""
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=4)
    return httpx.AsyncClient(follow_redirects=False, trust_env=False, limits=limits)


class HubClient:
    """The hub, as one node asks it.

    Attributes:
        as_witness: whether the last token was bought with the witness key: this node is no member (yet).
    """

    def __init__(
        self,
        http: Http,
        hub_url: str,
        keyring: Keyring,
        view: LogView,
        *,
        now: Callable[[], dt.datetime],
        timeout_seconds: float,
    ) -> None:
        """Makes no request.

        Args:
            http: follows no redirects; in tests over a transport of their own.
            hub_url: without `/v1`.
            keyring: signs requests.
            view: for `seen`.
            now: aware UTC.
            timeout_seconds: for one whole request, a long-poll's wait apart.
        """
        self._http, self._base, self._keyring, self._view = http, hub_url.rstrip("/"), keyring, view
        self._now, self._timeout = now, timeout_seconds
        self._token: tuple[str, dt.datetime] | None = None
        self.as_witness = False

    async def charter(self) -> bytes:
        """Entry 0, as the hub says. Believe it only after its words were compared."""
        return await self._send("GET", "/v1/charter", limit=MAX_ENVELOPE_BYTES)

    async def checkpoint(self, after: int, wait_seconds: int, *, acks: int = 0, past_caches: bool = False) -> Latest:
        """The latest checkpoint; waits for one larger than `after`, at most `LONGEST_WAIT_SECONDS`.

        With `acks`, the mark of those that we have, another Ack ends the wait too. Whoever waits has few new entries
        with the answer, and need not ask for them.

        Raises:
            AnswerInvalid: `answer.malformed`; and what every request raises.
        """
        path = f"/v1/checkpoint?after={after}&wait={wait_seconds}{f'&acks={acks}' if acks else ''}"
        path += "&entries=1" if wait_seconds else ""
        headers = {"cache-control": "no-cache"} if past_caches else {}
        answer = await self._ask(path, limit=MAX_CHECKPOINT_BYTES, wait_seconds=wait_seconds, headers=headers)
        others = answer.others[:MAX_MARK_LENGTH]
        if not answer.is_json:
            return Latest(answer.data, others)
        told = decode_answer(answer.data, CheckpointAnswer)
        return Latest(told.note.encode(), others, told.entries)

    async def bundle(self, tile: Tile, begun: bytes = b"") -> bytes:
        """The bytes at a tile's path; `begun` are the first of them, if we have some: only the rest is asked for."""
        headers = {"range": f"bytes={len(begun)}-"} if begun else {}
        return await self._read(f"/v1/{tile.path}", limit=MAX_BUNDLE_BYTES, headers=headers, begun=begun)

    async def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        """A consistency proof between two published sizes."""
        data = await self._read(f"/v1/proof?old={old}&size={size}", limit=16 * KIB)
        return decode_answer(data, ProofAnswer).hashes

    async def cosigned(self) -> list[bytes]:
        """For each witness the latest note that it cosigned."""
        data = await self._read("/v1/cosigned", limit=32 * MIB)
        return [note.encode() for note in decode_answer(data, CosignedAnswer).notes]

    async def acks(self) -> AcksAnswer:
        """The latest Ack of each member, as envelopes, and the hub's mark of them."""
        return decode_answer(await self._read("/v1/acks", limit=64 * MIB), AcksAnswer)

    async def candidates(self) -> tuple[Candidate, ...]:
        """Who asks to join."""
        return decode_answer(await self._read("/v1/requests", limit=16 * MIB), RequestsAnswer).requests

    async def post_cosignature(self, note: bytes) -> None:
        """Gives the hub a note with our cosignature on it. Signed with the witness key."""
        await self._send("POST", "/v1/cosignatures", note, signed="witness", limit=4 * KIB)

    async def post_ack(self, envelope: bytes) -> None:
        """Gives the hub our Ack."""
        body = msgspec.json.encode({"envelope": _b64(envelope)})
        await self._signed("/v1/acks", body, limit=4 * KIB)

    async def submit(self, statements: Sequence[tuple[bytes, bytes | None]]) -> SubmissionAnswer:
        """Submits envelopes with their bodies, 1 to 256.

        Raises:
            AnswerInvalid: `answer.count`: not one result for each; and what every request raises.
        """
        items = []
        for envelope, body in statements:
            items.append({"envelope": _b64(envelope)} | ({} if body is None else {"body": _b64(body)}))
        data = msgspec.json.encode({"statements": items})
        got = await self._signed("/v1/statements", data, limit=MIB)
        answer = decode_answer(got, SubmissionAnswer)
        if len(answer.results) != len(statements):
            raise AnswerInvalid("count", "results")
        return answer

    async def bodies(self, digests: Sequence[str]) -> tuple[BodyAnswer, ...]:
        """Asks for bodies, 1 to 256.

        Raises:
            AnswerInvalid: `answer.count`: not one answer for each, in order; and what every request raises.
        """
        data = msgspec.json.encode({"digests": list(digests)})
        got = await self._signed("/v1/bodies", data, limit=8 * MIB)
        bodies = decode_answer(got, BodiesAnswer).bodies
        if [body.digest for body in bodies] != list(digests):
            raise AnswerInvalid("count", "bodies")
        return bodies

    async def looks(self, after: str | None) -> tuple[LookTold, ...]:
        """Looks at warnings of ours with a number above `since`."""
        path = "/v1/looks" if after is None else f"/v1/looks?after={after}"
        got = await self._signed(path, b"", limit=MIB, method="GET")
        return decode_answer(got, LooksAnswer).looks

    async def reminder(self) -> str | None:
        """The day on which the hub last asked us to confirm what was deleted, `YYYY-MM-DD`, or None."""
        got = await self._signed("/v1/reminder", b"", limit=KIB, method="GET")
        return decode_answer(got, ReminderAnswer).asked_on

    async def decisions(self) -> tuple[DecisionTold, ...]:
        """What a lead decided on the hub's pages, and its node has not signed yet."""
        got = await self._signed("/v1/decisions", b"", limit=MIB, method="GET")
        return decode_answer(got, DecisionsAnswer).decisions

    async def ask_to_join(self, invitation: str, envelope: bytes, name: str, contact: str) -> str:
        """Sends an admission request against an invitation; its digest as the hub has it."""
        content = {"invitation": invitation, "envelope": _b64(envelope), "name": name, "contact": contact}
        got = await self._send("POST", "/v1/requests", msgspec.json.encode(content), limit=4 * KIB)
        return decode_answer(got, RequestTaken).digest

    async def _read(self, path: str, *, limit: int, headers: dict[str, str] | None = None, begun: bytes = b"") -> bytes:
        return (await self._ask(path, limit=limit, headers=headers, begun=begun)).data

    async def _ask(
        self,
        path: str,
        *,
        limit: int,
        wait_seconds: int = 0,
        headers: dict[str, str] | None = None,
        begun: bytes = b"",
    ) -> _Answer:
        """A request with a read token; once more with a new one if the hub no longer knows it."""
        for attempt in range(2):
            sent = {"authorization": f"Bearer {await self._read_token()}"} | (headers or {})
            try:
                return await self._request(
                    "GET", path, headers=sent, limit=limit, wait_seconds=wait_seconds, begun=begun
                )
            except HubRefused as refused:
                if refused.status != 401 or attempt:
                    raise
                self._token = None
        raise AssertionError("unreachable")

    async def _read_token(self) -> str:
        if self._token is None or self._token[1] - RENEW_BEFORE <= self._now():
            self._token = await self._buy_token()
        return self._token[0]

    async def _buy_token(self) -> tuple[str, dt.datetime]:
        """As a member; if the hub knows no such member and the charter knows this witness, as a witness."""
        try:
            answer = await self._signed("/v1/tokens", b"", limit=4 * KIB)
            self.as_witness = False
        except HubRefused as refused:
            if refused.status not in (401, 403) or self._view.witness_name(self._keyring.witness_public) is None:
                raise
            answer = await self._send("POST", "/v1/tokens", signed="witness", limit=4 * KIB)
            self.as_witness = True
        token = decode_answer(answer, TokenAnswer)
        lives = min(max(token.expires_at - int(self._now().timestamp()), 0), 600)
        return token.token, self._now() + dt.timedelta(seconds=lives)

    async def _signed(self, path: str, body: bytes, *, limit: int, method: str = "POST") -> bytes:
        """A request under our `online` key; if the hub knows it no more, under the next one, which the log may have.

        An answer to a rotation may be lost: then this is how we learn that it arrived.
        """
        try:
            return await self._send(method, path, body, signed="online", limit=limit)
        except HubRefused as refused:
            if refused.status not in (401, 403) or not self._keyring.is_waiting("online"):
                raise
            return await self._send(method, path, body, signed="waiting", limit=limit)

    def forget_token(self) -> None:
        """The next read buys a new one: this node may have become a member since."""
        self._token = None

    async def _send(
        self, method: str, path: str, body: bytes = b"", *, limit: int, signed: KeyOf | None = None
    ) -> bytes:
        return (await self._request(method, path, body, limit=limit, signed=signed)).data

    async def _request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        limit: int,
        signed: KeyOf | None = None,
        headers: dict[str, str] | None = None,
        wait_seconds: int = 0,
        begun: bytes = b"",
    ) -> _Answer:
        """One request, whole or an error. An answer that goes on where `begun` ends comes back with it before.

        Raises:
            Unavailable: `unavailable.timeout`, `unavailable.unreachable`; `HubBusy`.
            HubRefused: the hub says no.
            AnswerInvalid: `answer.too_large`, `answer.encoded`, `answer.status`, `answer.range`.
        """
        url = self._base + path
        sent = {"accept-encoding": "identity", "user-agent": SOFTWARE} | (headers or {})
        if body:
            sent["content-type"] = "application/json" if body[:1] == b"{" else "text/plain; charset=utf-8"
        if signed is not None:
            sent |= self._keyring.sign_http(
                method,
                url,
                body,
                created=int(self._now().timestamp()),
                nonce=random(NONCE_BYTES),
                seen=self._view.seen(),
                use=signed,
            )
        try:
            async with asyncio.timeout(self._timeout + wait_seconds):
                async with self._http.stream(
                    method, url, headers=sent, content=body or None, timeout=self._timeout + wait_seconds
                ) as answer:
                    data = await _bounded(answer, limit)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise Unavailable("timeout", "the hub did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise Unavailable("unreachable", "the hub cannot be reached") from error
        if answer.status_code == 206:
            if not begun or not answer.headers.get("content-range", "").startswith(f"bytes {len(begun)}-"):
                raise AnswerInvalid("range")
            return _Answer(begun + data)
        if 200 <= answer.status_code < 300:
            is_json = answer.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
            return _Answer(data, answer.headers.get("watchword-others", ""), is_json)
        if answer.status_code < 400:
            raise AnswerInvalid("status")
        raise problem_of(answer.status_code, data, answer.headers.get("retry-after"))


async def _bounded(answer: httpx.Response, limit: int) -> bytes:
    """The answer's bytes; never more than `limit` in memory, and never anything that was packed."""
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise AnswerInvalid("encoded")
    parts: list[Any] = []
    size = 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > max(limit, 4 * KIB):
            raise AnswerInvalid("too_large")
        parts.append(part)
    return b"".join(parts)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
