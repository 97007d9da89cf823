"""The entries of the log: its charter, and tiles that any cache may keep. Source: spec/exchange.md §3."""

import re

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.api.callers import Caller, require_log_reader, token_caller
from hub.api.encoding import json_answer
from hub.api.hub import Hub
from hub.core.errors import Missing
from hub.store import log
from protocol.errors import TreeInvalid
from protocol.tiles import TILE_WIDTH, Tile, encode_bundle, encode_tile, parse_path

RANGE = re.compile(r"bytes=([0-9]{1,8})-")
"""The one form of `Range` that is answered with a part."""

IMMUTABLE = "private, max-age=31536000, immutable"


def entry_routes(hub: Hub) -> APIRouter:
    """Charter and tiles, and whether the hub is well."""
    router = APIRouter(prefix="/v1")

    @router.get("/health")
    async def health() -> Response:
        # No size: whoever may ask this could note the minute of every warning.
        return json_answer({"ok": not hub.view.now.halted, "leads": hub.ordering.leads})

    @router.get("/charter")
    async def charter() -> Response:
        return Response(await run_in_threadpool(_charter, hub), media_type="application/json")

    @router.get("/tile/{path:path}")
    async def tile(request: Request, path: str) -> Response:
        content, full = await run_in_threadpool(_tile, hub, token_caller(hub, request), f"tile/{path}")
        headers = {"Cache-Control": IMMUTABLE if full else "private, no-cache", "Accept-Ranges": "bytes"}
        first = _first_byte(request.headers.get("range", ""))
        if not 0 < first < len(content):
            return Response(content, media_type="application/octet-stream", headers=headers)
        headers["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
        return Response(content[first:], 206, media_type="application/octet-stream", headers=headers)

    return router


def _charter(hub: Hub) -> bytes:
    with hub.store.read() as session:
        entries = log.read_entries(session, 0, 1)
    if not entries:
        raise Missing("log.no_charter")
    return entries[0]


def _first_byte(wanted: str) -> int:
    """Where the answer begins: whoever has the first entries of a bundle need not fetch them again. Else 0."""
    found = RANGE.fullmatch(wanted)
    return int(found[1]) if found else 0


def _tile(hub: Hub, caller: Caller, path: str) -> tuple[bytes, bool]:
    size = hub.current().tree.size
    require_log_reader(hub, caller)
    try:
        tile = parse_path(path)
    except TreeInvalid as error:
        raise Missing("log.no_such_tile") from error
    if not tile.is_within(size):
        raise Missing("log.no_such_tile")
    return tile_bytes(hub, tile), tile.width == TILE_WIDTH


def tile_bytes(hub: Hub, tile: Tile) -> bytes:
    """What stands at that tile: hashes, or a bundle of entries."""
    if tile.level is not None:
        return encode_tile(tile, hub.view.hashes)
    first = tile.index * TILE_WIDTH
    with hub.store.read() as session:
        return encode_bundle(log.read_entries(session, first, first + tile.width))
