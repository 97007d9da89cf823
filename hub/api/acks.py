"""Acks: taken from each member, and given to all. Source: spec/exchange.md §6."""

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.keep_ack import keep_ack
from hub.api.callers import read_body, require_log_reader, signed_caller, token_caller
from hub.api.encoding import b64, decode, json_answer, unb64
from hub.api.hub import Hub
from hub.store import members


class _Ack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    envelope: str


def ack_routes(hub: Hub) -> APIRouter:
    """Who says that they hold nothing that is gone."""
    router = APIRouter(prefix="/v1")

    @router.get("/acks")
    async def acks(request: Request) -> Response:
        await run_in_threadpool(require_log_reader, hub, token_caller(hub, request))
        envelopes, mark = await run_in_threadpool(_acks, hub)
        return json_answer({"envelopes": [b64(envelope) for envelope in envelopes], "mark": mark})

    @router.post("/acks")
    async def keep(request: Request) -> Response:
        body = await read_body(request)
        await signed_caller(hub, request, body, counted=False)  # no limit stops an Ack
        await run_in_threadpool(keep_ack, hub.store, hub.view, unb64(decode(body, _Ack).envelope, "envelope"))
        hub.changed.notify_ack()
        return Response(status_code=204)

    return router


def _acks(hub: Hub) -> tuple[list[bytes], int]:
    """The Acks, and their mark."""
    with hub.store.read() as session:
        return members.ack_envelopes(session), members.acks_mark(session)
