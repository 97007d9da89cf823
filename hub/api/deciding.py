"""What a lead's node fetches to sign, what an origin is told of looks, and reminders: spec/exchange.md §8."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.decide_series import wanted_of
from hub.actions.remind_member import reminder_for
from hub.actions.tell_origins import LOOK_BYTES, looks_at
from hub.api.callers import require_log_reader, signed_caller
from hub.api.encoding import json_answer
from hub.api.hub import Hub
from hub.core.errors import Forbidden
from hub.store.deciding import Look

LookIdentity = Annotated[str | None, Query(pattern=f"^[0-9a-f]{{{2 * LOOK_BYTES}}}$")]


class _Told(msgspec.Struct, frozen=True):
    id: str
    alert: str
    day: str
    role: str
    reason: str


def deciding_routes(hub: Hub) -> APIRouter:
    """The routes by which pages of the hub reach nodes."""
    router = APIRouter(prefix="/v1")

    @router.get("/decisions")
    async def decisions(request: Request) -> Response:
        caller = await signed_caller(hub, request, b"", counted=True)
        member = await run_in_threadpool(require_log_reader, hub, caller)
        if member.role != "lead" or member.status != "active":
            raise Forbidden("auth.not_a_lead")
        today = hub.clock().date()
        return json_answer(
            {"decisions": await run_in_threadpool(wanted_of, hub.store, hub.view, hub.epochs(), member.id, today)}
        )

    @router.get("/looks")
    async def looks(request: Request, after: LookIdentity = None) -> Response:
        caller = await signed_caller(hub, request, b"", counted=True)
        member = await run_in_threadpool(require_log_reader, hub, caller)
        found = await run_in_threadpool(looks_at, hub.store, member.id, after)
        return json_answer({"looks": [_told(look) for look in found]})

    @router.get("/reminder")
    async def reminder(request: Request) -> Response:
        caller = await signed_caller(hub, request, b"", counted=True)
        member = await run_in_threadpool(require_log_reader, hub, caller)
        asked_on = await run_in_threadpool(reminder_for, hub.store, member.id, hub.clock().date())
        return json_answer({"asked_on": None if asked_on is None else asked_on.isoformat()})

    return router


def _told(look: Look) -> _Told:
    return _Told(look.identity, look.alert, look.day.isoformat(), look.role, look.reason)
