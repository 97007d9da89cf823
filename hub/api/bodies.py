"""Bodies, by their digests. Source: spec/exchange.md §5."""

from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.read_bodies import MAX_DIGESTS, read_bodies
from hub.api.callers import SignedRequest, count_request, known_caller, read_body, require_log_reader
from hub.api.encoding import b64, decode, json_answer
from hub.api.hub import Hub
from protocol.statement_fields import Digest


class _Digests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    digests: Annotated[list[Digest], msgspec.Meta(min_length=1, max_length=MAX_DIGESTS)]


def body_routes(hub: Hub) -> APIRouter:
    """Bodies that are here and the caller's to read."""
    router = APIRouter(prefix="/v1")

    @router.post("/bodies")
    async def bodies(request: Request) -> Response:
        body = await read_body(request)
        return await run_in_threadpool(_hand_out, hub, SignedRequest.of(request), body)

    return router


def _hand_out(hub: Hub, request: SignedRequest, body: bytes) -> Response:
    """All at once in one thread: each change of threads is a part of a millisecond for whoever waits."""
    caller = known_caller(hub, request, body, partial(count_request, hub))
    hub.current()  # audience is judged by what members are now
    member = require_log_reader(hub, caller)
    asked = decode(body, _Digests)
    found = read_bodies(hub.store, hub.view, hub.epochs(), member.id, asked.digests, hub.clock().date())
    answers: list[dict[str, object]] = []
    for one in found:
        if one.stored is not None:
            answers.append({"digest": one.digest, "bytes": b64(one.stored)})
        elif one.gone is not None:
            answers.append({"digest": one.digest, "gone": one.gone})
        else:
            answers.append({"digest": one.digest, "refused": True})
    return json_answer({"bodies": answers})
