"""Requests to join: taken with an invitation, and shown to members, who endorse. Source: spec/exchange.md §7."""

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.keep_request import keep_request
from hub.api.callers import read_body, require_log_reader, token_caller
from hub.api.encoding import b64, decode, json_answer, unb64
from hub.api.hub import Hub
from hub.core.values import Candidate
from hub.store import members


class _Join(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    invitation: str
    envelope: str
    name: str
    contact: str


def joining_routes(hub: Hub) -> APIRouter:
    """Who asks to join."""
    router = APIRouter(prefix="/v1")

    @router.get("/requests")
    async def requests(request: Request) -> Response:
        await run_in_threadpool(require_log_reader, hub, token_caller(hub, request))
        waiting = await run_in_threadpool(_candidates, hub)
        return json_answer(
            {
                "requests": [
                    {"digest": c.digest, "envelope": b64(c.envelope), "name": c.name, "contact": c.contact}
                    for c in waiting
                ]
            }
        )

    @router.post("/requests")
    async def ask(request: Request) -> Response:
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


def _candidates(hub: Hub) -> list[Candidate]:
    with hub.store.read() as session:
        return members.candidates(session)
