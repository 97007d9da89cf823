"""What members send beside statements. Source: spec/exchange.md §5 to §7."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.keep_ack import keep_ack
from hub.actions.keep_cosignature import keep_cosignature
from hub.actions.keep_request import keep_request
from hub.actions.read_bodies import MAX_DIGESTS, read_bodies
from hub.api.callers import read_body, require_log_reader, signed_caller
from hub.api.encoding import b64, decode, json_answer, unb64
from hub.api.hub import Hub
from hub.core.errors import Forbidden
from protocol.statement_fields import Digest


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

    @router.post("/bodies")
    async def bodies(request: Request) -> Response:
        body = await read_body(request)
        caller = await signed_caller(hub, request, body, counted=True)
        await run_in_threadpool(hub.current)  # audience is judged by what members are now
        member = await run_in_threadpool(require_log_reader, hub, caller)
        asked = decode(body, _Digests)
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
        await run_in_threadpool(keep_ack, hub.store, hub.view, unb64(decode(body, _Ack).envelope, "envelope"))
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
        join = decode(await read_body(request), _Join)
        digest = await run_in_threadpool(
            lambda: keep_request(
                hub.store,
                hub.view,
                invitation=join.invitation,
                envelope=unb64(join.envelope, "envelope"),
                name=join.name,
                contact=join.contact,
                today=hub.clock().date(),
            )
        )
        return json_answer({"digest": digest})

    return router
