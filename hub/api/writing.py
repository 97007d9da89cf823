"""What members send: statements, digests of bodies, Acks, cosignatures, requests. Source: spec/exchange.md §4 to §7."""

import asyncio
import base64
import binascii
import secrets
import time
from typing import Annotated, Final, TypeVar

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.keep_ack import keep_ack
from hub.actions.keep_cosignature import keep_cosignature
from hub.actions.keep_request import keep_request
from hub.actions.read_bodies import MAX_DIGESTS, read_bodies
from hub.actions.submit import MAX_STATEMENTS, Offered, Submission, new_range
from hub.api.callers import (
    Caller,
    SignedRequest,
    count_request,
    known_caller,
    read_body,
    require_log_reader,
    signed_caller,
)
from hub.api.hub import Hub
from hub.api.reading import b64, json_answer
from hub.core.errors import Busy, Forbidden, Halted, Limited, Malformed
from hub.core.values import Result
from protocol.at_rest import SEAL_RANDOMNESS
from protocol.errors import ProtocolError
from protocol.proofs import range_proof
from protocol.replay import Entry, verify_ahead
from protocol.statement_fields import Digest

ORDER_SECONDS: Final = 20
"""How long a sender waits for the sequencer before it is told to ask again."""

POLL_SECONDS: Final = 0.02
"""How often a result is looked for that another process writes."""

_T = TypeVar("_T")


class _Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    envelope: bytes  # base64 in JSON
    body: bytes | None = None


class _Statements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    statements: Annotated[list[_Item], msgspec.Meta(min_length=1, max_length=MAX_STATEMENTS)]


class _Digests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    digests: Annotated[list[Digest], msgspec.Meta(min_length=1, max_length=MAX_DIGESTS)]


class _Ack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    envelope: str


class _Join(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    invitation: str
    envelope: str
    name: str
    contact: str


def writing_routes(hub: Hub) -> APIRouter:
    """The routes that take something."""
    router = APIRouter(prefix="/v1")

    @router.post("/statements")
    async def statements(request: Request) -> Response:
        body = await read_body(request)
        taken = await run_in_threadpool(_take, hub, SignedRequest.of(request), body)
        return taken if isinstance(taken, Response) else await _settled(hub, taken)

    @router.post("/bodies")
    async def bodies(request: Request) -> Response:
        body = await read_body(request)
        caller = await signed_caller(hub, request, body, counted=True)
        await run_in_threadpool(hub.current)  # audience is judged by what members are now
        member = await run_in_threadpool(require_log_reader, hub, caller)
        asked = _decode(body, _Digests)
        found = await run_in_threadpool(
            lambda: read_bodies(hub.store, hub.view, hub.epochs(), member.id, asked.digests, hub.clock().date())
        )
        answers: list[dict[str, object]] = []
        for one in found:
            if one.stored is not None:
                answers.append({"digest": one.digest, "bytes": b64(one.stored)})
            elif one.gone is not None:
                answers.append({"digest": one.digest, "gone": one.gone})
            else:
                answers.append({"digest": one.digest, "refused": True})
        return json_answer({"bodies": answers})

    @router.post("/acks")
    async def acks(request: Request) -> Response:
        body = await read_body(request)
        await signed_caller(hub, request, body, counted=False)  # no limit stops an Ack
        await run_in_threadpool(keep_ack, hub.store, hub.view, _unb64(_decode(body, _Ack).envelope, "envelope"))
        hub.changed.notify_ack()
        return Response(status_code=204)

    @router.post("/cosignatures")
    async def cosignatures(request: Request) -> Response:
        note = await read_body(request)
        caller = await signed_caller(hub, request, note, counted=False)
        charter = hub.view.now.state.charter
        assert charter is not None
        witness = next((w for w in charter.witnesses.keys if w.name == caller.witness), None)
        if witness is None:
            raise Forbidden("auth.not_a_member", "not a witness")
        await run_in_threadpool(keep_cosignature, hub.store, hub.view, witness, note)
        await run_in_threadpool(hub.view.refresh)
        hub.changed.notify()
        return Response(status_code=204)

    @router.post("/requests")
    async def requests(request: Request) -> Response:
        join = _decode(await read_body(request), _Join)
        digest = await run_in_threadpool(
            lambda: keep_request(
                hub.store,
                hub.view,
                invitation=join.invitation,
                envelope=_unb64(join.envelope, "envelope"),
                name=join.name,
                contact=join.contact,
                today=hub.clock().date(),
            )
        )
        return json_answer({"digest": digest})

    return router


class _Staged(msgspec.Struct, frozen=True):
    """A submission that was checked and waits, under the name `batch`, for the process that orders."""

    submission: Submission
    published: int
    batch: str


def _take(hub: Hub, request: SignedRequest, body: bytes) -> Response | _Staged:
    """Checks a submission, and has it ordered by this process or stages it for the one that orders.

    Over the limit of requests only the Cancels are looked at.
    """
    over: str | None = None
    offered: list[Offered] = []

    def limit(caller: Caller) -> None:
        nonlocal over
        offered.extend(Offered(Entry(item.envelope), item.body) for item in _decode(body, _Statements).statements)
        try:
            count_request(hub, caller)
        except Limited as limited:
            if not any(_is_cancel(one.entry) for one in offered):
                raise
            over = limited.code

    known_caller(hub, request, body, limit)
    view = hub.current()
    if view.halted:
        raise Halted("hub.behind", view.halted)
    submission = Submission(hub.store, hub.view, hub.epochs(), hub.clock())
    with hub.checking:
        if over is None:
            verify_ahead(view.state, [one.entry for one in offered])
        for one in offered:
            if over is not None and not _is_cancel(one.entry):
                submission.results.append(Result(code=over))
                continue
            submission.check(one, secrets.token_bytes(SEAL_RANDOMNESS))
    batch = secrets.token_hex(16)
    if submission.commit(hub.ordering.commit) or not submission.stage(batch):
        return _answer(hub, submission, view.state.size)
    return _Staged(submission, view.state.size, batch)


def _answer(hub: Hub, submission: Submission, published: int) -> Response:
    """What is answered was signed (promise 7)."""
    answer: dict[str, object] = {"results": submission.results}
    added = new_range(submission.results, published)
    if added is not None:
        answer["receipt"] = _receipt(hub, *added)
    return json_answer(answer)


async def _settled(hub: Hub, staged: _Staged) -> Response:
    give_up = time.monotonic() + ORDER_SECONDS
    while True:
        await run_in_threadpool(hub.ordering.order)
        if await run_in_threadpool(staged.submission.settle, staged.batch):
            return await run_in_threadpool(_answer, hub, staged.submission, staged.published)
        if time.monotonic() > give_up:
            raise Busy("hub.busy", "no process orders statements now; send again", retry_after_seconds=5)
        await asyncio.sleep(POLL_SECONDS)


def _receipt(hub: Hub, first: int, count: int) -> dict[str, object]:
    view = hub.current()
    assert view.checkpoint is not None
    proof = range_proof(first, count, view.tree.size, hub.view.hashes)
    return {
        "first": first,
        "count": count,
        "checkpoint": view.checkpoint.note,
        "proof": [b64(node) for node in proof],
    }


def _is_cancel(entry: Entry) -> bool:
    try:
        return entry.statement.kind == "cancel"
    except ProtocolError:
        return False


def _decode(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        _, at, field = str(error).rpartition(" - at ")
        raise Malformed("request.malformed", field.strip("`") if at else "") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("request.malformed", "not JSON") from error


def _unb64(text: str, field: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("request.malformed", field) from error
