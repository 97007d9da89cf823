"""Who asks: by an HTTP signature or a read token; what each may ask for. Source: spec/exchange.md §1."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from hub.api.hub import Hub
from hub.core import tokens
from hub.core.errors import Forbidden, Halted, TooLarge, Unauthorised
from hub.log_view import Snapshot
from hub.store import log, members
from protocol.errors import HttpSignatureInvalid
from protocol.http_signatures import VerifiedRequest, verify_request
from protocol.replay import Member

MAX_REQUEST_BYTES: Final = 10 * 2**20
"""256 statements with 16 KiB bodies in base64 are 9.3 MiB."""


class Caller(msgspec.Struct, frozen=True):
    """A member (`member`) or a witness that is known by name (`witness`)."""

    member: int | None
    witness: str | None

    @property
    def subject(self) -> str:
        """How tokens and limits call it."""
        return f"m:{self.member}" if self.member is not None else f"w:{self.witness}"


async def read_body(request: Request) -> bytes:
    """The body, bounded.

    Raises:
        TooLarge: `request.too_large`.
    """
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > MAX_REQUEST_BYTES:
                raise TooLarge("request.too_large")
            parts.append(part)
    except ClientDisconnect as error:
        raise TooLarge("request.too_large", "the sender went away") from error
    return b"".join(parts)


class SignedRequest(msgspec.Struct, frozen=True):
    """What a request's signature is over, its body apart."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]

    @classmethod
    def of(cls, request: Request) -> "SignedRequest":
        """As it was received."""
        path = (request.scope.get("raw_path") or request.scope["path"].encode()).decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")  # other than ASCII: no URL of http-signatures.md
        return cls(request.method, path, f"?{query}" if query else "", request.headers)


async def signed_caller(hub: Hub, request: Request, body: bytes, *, counted: bool) -> Caller:
    """Who signed this request.

    Args:
        counted: against the limit of requests a minute.

    Raises:
        As `known_caller`, and as `count_request`.
    """
    limit = (lambda caller: count_request(hub, caller)) if counted else None
    return await run_in_threadpool(known_caller, hub, SignedRequest.of(request), body, limit)


class Signer(msgspec.Struct, frozen=True):
    """Who signed a request, whose nonce is not taken yet: it may be one that was sent again."""

    caller: Caller
    verified: VerifiedRequest
    software: str


def known_caller(
    hub: Hub, request: SignedRequest, body: bytes, limit: Callable[[Caller], None] | None = None
) -> Caller:
    """Who signed this request; its nonce is taken.

    Args:
        limit: asked once the caller is known, and before anything is written: a flood fills no table.

    Raises:
        What `limit` raises.
        As `signer_of`, and as `take_nonces`.
    """
    signer = signer_of(hub, request, body)
    if limit is not None:
        limit(signer.caller)
    if not take_nonces(hub, [signer])[0]:
        raise replayed()
    return signer.caller


def signer_of(hub: Hub, request: SignedRequest, body: bytes) -> Signer:
    """Whose signature this request carries.

    Raises:
        Unauthorised: `auth.signature`.
        Halted: the request's `seen` is signed by this log and not in it.
    """
    view, now = hub.current(), hub.clock()
    url = f"{hub.config.public_url}{request.path}{request.query}"
    try:
        verified = verify_request(
            request.method, url, request.headers, body, now=int(now.timestamp()), public_key_of=_keys_of(view)
        )
    except HttpSignatureInvalid as error:
        raise Unauthorised("auth.signature", error.code) from error
    hub.agreed.heard(now)
    _require_seen(hub, verified)
    member = view.member_of_online_key(verified.keyid)
    witness = view.witness_of_key(verified.keyid)
    caller = Caller(member, None if member is not None or witness is None else witness.name)
    return Signer(caller, verified, request.headers.get("user-agent", ""))


def take_nonces(hub: Hub, signers: Sequence[Signer]) -> list[bool]:
    """Takes the nonces of these requests; for each, whether it was new. Whose was, is noted as heard.

    Raises:
        Busy: the database cannot be used now.
    """
    wanted = [
        members.Nonce(
            one.verified.keyid, one.verified.nonce, dt.datetime.fromtimestamp(one.verified.remember_until, dt.UTC)
        )
        for one in signers
    ]
    new = hub.nonces.do(wanted)
    for signer, is_new in zip(signers, new, strict=True):
        if is_new and signer.caller.member is not None:
            hub.roll.signed(signer.caller.member, hub.clock(), signer.verified.created, signer.software)
    return new


def replayed() -> Unauthorised:
    """What is said of a request that came before."""
    return Unauthorised("auth.replayed", "nonce")


def _keys_of(view: Snapshot) -> Callable[[str], bytes | None]:
    def public_key_of(keyid: str) -> bytes | None:
        if view.member_of_online_key(keyid) is not None:
            return bytes.fromhex(view.state.keys[keyid].public)
        witness = view.witness_of_key(keyid)
        return None if witness is None else bytes.fromhex(witness.key)

    return public_key_of


def _require_seen(hub: Hub, verified: VerifiedRequest) -> None:
    if verified.seen is None:
        return
    standing = hub.view.standing_of(verified.seen)
    if standing == "forged":
        raise Unauthorised("auth.signature", "watchword-seen")
    if standing == "ahead":
        with hub.store.begin() as session:
            log.halt(session, "a member asks with a checkpoint that this hub signed and does not have")
        hub.view.refresh()
        raise Halted("hub.behind", "watchword-seen")


def token_caller(hub: Hub, request: Request) -> Caller:
    """Whose read token this request carries.

    Raises:
        Unauthorised: `auth.token`: none, not ours, or expired.
        Limited: `limits.requests`.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    subject = tokens.read_token(token, int(hub.clock().timestamp()), hub.keys.token) if scheme == "Bearer" else None
    if subject is None:
        raise Unauthorised("auth.token")
    kind, _, name = subject.partition(":")
    caller = Caller(int(name), None) if kind == "m" else Caller(None, name)
    count_request(hub, caller)
    if caller.member is not None:
        hub.roll.asked(caller.member, hub.clock())
    return caller


def count_request(hub: Hub, caller: Caller) -> None:
    """Counts against the charter's limit of requests a minute.

    Raises:
        Limited: `limits.requests`.
    """
    charter = hub.view.now.state.charter
    assert charter is not None
    hub.limits.count(caller.subject, hub.clock(), charter.limits.requests_per_minute)


def require_checkpoint_reader(hub: Hub, caller: Caller) -> None:
    """Refuses whom `require_log_reader` refuses, but for a witness.

    Raises:
        Forbidden: `auth.not_a_member`, `auth.removed`.
    """
    if caller.witness is None:
        require_log_reader(hub, caller)


def require_log_reader(hub: Hub, caller: Caller) -> Member:
    """The member that asks; not a witness, a compromised member, or one that left and has said that it erased.

    Raises:
        Forbidden: `auth.not_a_member`, `auth.removed`.
    """
    member = require_member(hub, caller)
    if member.status == "compromised":
        raise Forbidden("auth.removed")
    if not member.present:
        with hub.store.read() as session:
            acked = members.acked_sizes(session).get(member.id, 0)
        if member.owes is None or acked > member.owes:
            raise Forbidden("auth.removed")
    return member


def require_member(hub: Hub, caller: Caller) -> Member:
    """The member that asks.

    Raises:
        Forbidden: `auth.not_a_member`.
    """
    member = None if caller.member is None else hub.view.now.state.members.get(caller.member)
    if member is None:
        raise Forbidden("auth.not_a_member")
    return member
