"""The log, for members and witnesses: charter, tokens, checkpoints, tiles, proofs. Source: spec/exchange.md §3."""

import asyncio
import contextlib
import functools
import re
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from hub.api.callers import (
    Caller,
    read_body,
    require_checkpoint_reader,
    require_log_reader,
    signed_caller,
    token_caller,
)
from hub.api.encoding import b64, json_answer
from hub.api.hub import Hub
from hub.core import tokens
from hub.core.errors import Missing
from hub.core.values import Candidate
from hub.log_view import Snapshot
from hub.store import log, members
from protocol.cosignature import add_cosignature
from protocol.errors import ProtocolError, TreeInvalid
from protocol.proofs import consistency_proof
from protocol.tiles import TILE_WIDTH, Tile, encode_bundle, encode_tile, parse_path
from protocol.verifier_key import COSIGNATURE, VerifierKey

LONGEST_WAIT_SECONDS = 25
"""Below what proxies and phones' networks cut off."""

POLL_SECONDS = 1.0
"""How soon a change by another process is seen while waiting."""

NOTES_REMEMBERED = 64
"""Cosigned notes whose signatures need not be verified again: all members ask for the last few."""

RANGE = re.compile(r"bytes=([0-9]{1,8})-")
"""The one form of `Range` that is answered with a part."""

OTHERS = "Watchword-Others"
"""The header with the mark of what others have said: whoever has kept that need not ask for it again."""

IMMUTABLE = "private, max-age=31536000, immutable"


def reading_routes(hub: Hub) -> APIRouter:
    """The routes of the log itself."""
    router = APIRouter(prefix="/v1")

    @router.get("/health")
    async def health() -> Response:
        # No size: whoever may ask this could note the minute of every warning.
        return json_answer({"ok": not hub.view.now.halted, "leads": hub.ordering.leads})

    @router.get("/charter")
    async def charter() -> Response:
        return Response(await run_in_threadpool(_charter, hub), media_type="application/json")

    @router.post("/tokens")
    async def new_token(request: Request) -> Response:
        caller = await signed_caller(hub, request, await read_body(request), counted=True)
        await run_in_threadpool(require_checkpoint_reader, hub, caller)
        expires_at = int(hub.clock().timestamp()) + tokens.LIFETIME_SECONDS
        return json_answer(
            {"token": tokens.make_token(caller.subject, expires_at, hub.keys.token), "expires_at": expires_at}
        )

    @router.get("/checkpoint")
    async def checkpoint(
        request: Request,
        after: Annotated[int, Query(ge=0, le=2**53)] = 0,
        wait: Annotated[int, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 0,
        acks: Annotated[int, Query(ge=0, le=2**53)] = 0,
    ) -> Response:
        caller = token_caller(hub, request)
        with hub.changed.listening(acks=acks > 0) as heard:
            told = await run_in_threadpool(_told_to, hub, caller)
            if wait and not told.is_news(after, acks):
                await _wait_for(hub, told, after, wait, acks, heard)
                told = await run_in_threadpool(_tell, hub, hub.view.now)
        return PlainTextResponse(told.note, headers={OTHERS: told.others})

    @router.get("/tile/{path:path}")
    async def tile(request: Request, path: str) -> Response:
        await run_in_threadpool(require_log_reader, hub, token_caller(hub, request))
        content, full = await run_in_threadpool(_tile, hub, f"tile/{path}")
        headers = {"Cache-Control": IMMUTABLE if full else "private, no-cache", "Accept-Ranges": "bytes"}
        first = _first_byte(request.headers.get("range", ""))
        if not 0 < first < len(content):
            return Response(content, media_type="application/octet-stream", headers=headers)
        headers["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
        return Response(content[first:], 206, media_type="application/octet-stream", headers=headers)

    @router.get("/proof")
    async def proof(request: Request, old: Annotated[int, Query(ge=0)], size: Annotated[int, Query(ge=0)]) -> Response:
        await run_in_threadpool(require_checkpoint_reader, hub, token_caller(hub, request))
        view = await run_in_threadpool(hub.view.refresh)
        if not 0 < old <= size <= view.tree.size:
            raise Missing("log.no_such_size")
        return json_answer({"hashes": [b64(node) for node in consistency_proof(old, size, hub.view.hashes)]})

    @router.get("/cosigned")
    async def cosigned(request: Request) -> Response:
        await run_in_threadpool(require_checkpoint_reader, hub, token_caller(hub, request))
        view = await run_in_threadpool(hub.view.refresh)
        sizes = sorted(set(view.witnessed.values()))
        return json_answer({"notes": [await run_in_threadpool(cosigned_note, hub, size) for size in sizes]})

    return router


def people_routes(hub: Hub) -> APIRouter:
    """The routes that say who has said what, and who asks to join."""
    router = APIRouter(prefix="/v1")

    @router.get("/acks")
    async def acks(request: Request) -> Response:
        await run_in_threadpool(require_log_reader, hub, token_caller(hub, request))
        envelopes, mark = await run_in_threadpool(_acks, hub)
        return json_answer({"envelopes": [b64(envelope) for envelope in envelopes], "mark": mark})

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

    return router


def _acks(hub: Hub) -> tuple[list[bytes], int]:
    """The Acks, and their mark."""
    with hub.store.read() as session:
        return members.ack_envelopes(session), members.acks_mark(session)


def _mark_of_acks(hub: Hub) -> int:
    with hub.store.read() as session:
        return members.acks_mark(session)


class Told(msgspec.Struct, frozen=True):
    """What `/checkpoint` answers, of one moment.

    Attributes:
        view: the log.
        note: its latest checkpoint with all cosignatures on it.
        mark: of the Acks.
    """

    view: Snapshot
    note: str
    mark: int

    @property
    def others(self) -> str:
        """Another text whenever `/cosigned` or `/acks` would answer something else: how far all of them reach."""
        return f"{self.mark}.{sum(self.view.witnessed.values())}"

    def is_news(self, after: int, acks: int) -> bool:
        """Whether it is something else than a caller has who holds `after` entries and, unless 0, Acks of that mark."""
        return self.view.state.size > after or acks not in (0, self.mark)


def _told_to(hub: Hub, caller: Caller) -> Told:
    """Looks at the database anew: who asked may just have written by another process.

    Raises:
        Forbidden: as `require_checkpoint_reader`.
        Missing: `log.no_checkpoint`.
    """
    require_checkpoint_reader(hub, caller)
    return _tell(hub, hub.view.refresh())


def _tell(hub: Hub, view: Snapshot) -> Told:
    """The marks are not later than the lines on the note: what comes between is news the next time."""
    if view.checkpoint is None:
        raise Missing("log.no_checkpoint")
    with hub.store.read() as session:
        mark, lines = members.acks_mark(session), log.cosignatures_at(session, view.checkpoint.size)
    return Told(view, _with_lines(view.checkpoint.note, tuple(lines), _witness_keys(view)), mark)


def _candidates(hub: Hub) -> list[Candidate]:
    with hub.store.read() as session:
        return members.candidates(session)


def _charter(hub: Hub) -> bytes:
    with hub.store.read() as session:
        entries = log.read_entries(session, 0, 1)
    if not entries:
        raise Missing("log.no_charter")
    return entries[0]


async def _wait_for(hub: Hub, told: Told, after: int, wait: int, acks: int, heard: asyncio.Event) -> None:
    """Until the log is larger than `after`, or a cosignature has come, or `wait` seconds have passed.

    With `acks` also once the mark of the Acks is another: an Ack has come that the caller does not have.

    Args:
        told: what was found before waiting; the caller has it.
        heard: listened to since before that.
    """
    ends = asyncio.get_running_loop().time() + wait
    while (left := ends - asyncio.get_running_loop().time()) > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(heard.wait(), min(left, POLL_SECONDS))
        heard.clear()
        view = await _look(hub)
        if view.state.size > after or view.witnessed != told.view.witnessed or (acks and await _mark(hub) != acks):
            return


async def _look(hub: Hub) -> Snapshot:
    """The log as it is now. Of all who wait one looks for what other processes did; it tells the others."""
    if not hub.changed.is_look_due(POLL_SECONDS):
        return hub.view.now
    before = hub.view.now
    now = await run_in_threadpool(hub.view.refresh)
    if (now.state.size, now.witnessed) != (before.state.size, before.witnessed):
        hub.changed.notify()
    return now


async def _mark(hub: Hub) -> int:
    return await run_in_threadpool(_mark_of_acks, hub)


def cosigned_note(hub: Hub, size: int) -> str:
    """The published checkpoint of that size with all cosignatures on it."""
    with hub.store.read() as session:
        published, lines = log.checkpoint_at(session, size), log.cosignatures_at(session, size)
    if published is None:
        raise Missing("log.no_checkpoint")
    return _with_lines(published.note, tuple(lines), _witness_keys(hub.view.now))


def _witness_keys(view: Snapshot) -> tuple[VerifierKey, ...]:
    charter = view.state.charter
    assert charter is not None
    return tuple(VerifierKey(one.name, COSIGNATURE, bytes.fromhex(one.key)) for one in charter.witnesses.keys)


@functools.lru_cache(NOTES_REMEMBERED)
def _with_lines(published: str, lines: tuple[str, ...], witnesses: tuple[VerifierKey, ...]) -> str:
    """The note with those of the lines that verify."""
    note = published.encode()
    for witness in witnesses:
        for line in lines:
            with contextlib.suppress(ProtocolError):
                note = add_cosignature(note, line.encode(), witness)
    return note.decode()


def _first_byte(wanted: str) -> int:
    """Where the answer begins: whoever has the first entries of a bundle need not fetch them again. Else 0."""
    found = RANGE.fullmatch(wanted)
    return int(found[1]) if found else 0


def _tile(hub: Hub, path: str) -> tuple[bytes, bool]:
    try:
        tile = parse_path(path)
    except TreeInvalid as error:
        raise Missing("log.no_such_tile") from error
    if not tile.is_within(hub.current().tree.size):
        raise Missing("log.no_such_tile")
    return tile_bytes(hub, tile), tile.width == TILE_WIDTH


def tile_bytes(hub: Hub, tile: Tile) -> bytes:
    """What stands at that tile: hashes, or a bundle of entries."""
    if tile.level is not None:
        return encode_tile(tile, hub.view.hashes)
    first = tile.index * TILE_WIDTH
    with hub.store.read() as session:
        return encode_bundle(log.read_entries(session, first, first + tile.width))
