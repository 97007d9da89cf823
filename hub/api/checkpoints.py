"""The latest checkpoint, as soon as there is a later one; who witnessed it. Source: spec/exchange.md §3."""

import asyncio
import contextlib
import functools
from collections.abc import Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from hub.actions.keep_cosignature import keep_cosignature
from hub.api.callers import Caller, read_body, require_checkpoint_reader, signed_caller, token_caller
from hub.api.encoding import b64, json_answer
from hub.api.hub import Hub
from hub.core import tokens
from hub.core.errors import Forbidden, Missing
from hub.log_view import Snapshot
from hub.store import log, members
from protocol.cosignature import add_cosignature
from protocol.errors import ProtocolError
from protocol.proofs import consistency_proof
from protocol.verifier_key import COSIGNATURE, VerifierKey

LONGEST_WAIT_SECONDS = 25
"""Below what proxies and phones' networks cut off."""

POLL_SECONDS = 1.0
"""How soon a change by another process is seen while waiting."""

NOTES_REMEMBERED = 64
"""Cosigned notes whose signatures need not be verified again: all members ask for the last few."""

ENTRIES_TOLD = 8
"""Entries that come with the checkpoint to whoever asks: more come sooner in bundles, which caches keep."""

OTHERS = "Watchword-Others"
"""The header with the mark of what others have said: whoever has kept that need not ask for it again."""


def checkpoint_routes(hub: Hub) -> APIRouter:
    """A token to read with, and the latest checkpoint."""
    router = APIRouter(prefix="/v1")

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
        entries: Annotated[int, Query(ge=0, le=1)] = 0,
    ) -> Response:
        caller = token_caller(hub, request)
        with hub.changed.listening(acks=acks > 0) as heard:
            first = after if entries and caller.witness is None else None
            told = await run_in_threadpool(_told_to, hub, caller, first)
            if wait and not told.is_news(after, acks):
                await _wait_for(hub, told, after, wait, acks, heard)
                told = await run_in_threadpool(_tell, hub, caller, hub.view.now, first)
        return _answer_with(told)

    return router


def witness_routes(hub: Hub) -> APIRouter:
    """What witnesses need, and what they say."""
    router = APIRouter(prefix="/v1")

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

    return router


class Told(msgspec.Struct, frozen=True):
    """What `/checkpoint` answers, of one moment.

    Attributes:
        view: the log.
        note: its latest checkpoint with all cosignatures on it.
        mark: of the Acks.
        entries: the few after those that the caller has, if it asked for them.
    """

    view: Snapshot
    note: str
    mark: int
    entries: Sequence[bytes] = ()

    @property
    def others(self) -> str:
        """Another text whenever `/cosigned` or `/acks` would answer something else: how far all of them reach."""
        return f"{self.mark}.{sum(self.view.witnessed.values())}"

    def is_news(self, after: int, acks: int) -> bool:
        """Whether it is something else than a caller has who holds `after` entries and, unless 0, Acks of that mark."""
        return self.view.state.size > after or acks not in (0, self.mark)


def _answer_with(told: Told) -> Response:
    answer: Response = PlainTextResponse(told.note)
    if told.entries:
        answer = json_answer({"note": told.note, "entries": [b64(entry) for entry in told.entries]})
    answer.headers[OTHERS] = told.others
    return answer


def _told_to(hub: Hub, caller: Caller, first: int | None) -> Told:
    """As `_tell`. Looks at the database anew: who asked may just have written by another process."""
    return _tell(hub, caller, hub.view.refresh(), first)


def _tell(hub: Hub, caller: Caller, view: Snapshot, first: int | None) -> Told:
    """What that moment of the log has for whom it lets read: who asks may have been removed while it waited.

    The marks are not later than the lines on the note: what comes between is news the next time.

    Args:
        first: the entry from which on a few are told with it; None: none.

    Raises:
        Forbidden: as `require_checkpoint_reader`.
        Missing: `log.no_checkpoint`.
    """
    require_checkpoint_reader(hub, caller)
    if view.checkpoint is None:
        raise Missing("log.no_checkpoint")
    with hub.store.read() as session:
        mark, lines = members.acks_mark(session), log.cosignatures_at(session, view.checkpoint.size)
        size, entries = view.checkpoint.size, list[bytes]()
        if first is not None and 0 < size - first <= ENTRIES_TOLD:
            entries = log.read_entries(session, first, size)
    return Told(view, _with_lines(view.checkpoint.note, tuple(lines), _witness_keys(view)), mark, entries)


def _mark_of_acks(hub: Hub) -> int:
    with hub.store.read() as session:
        return members.acks_mark(session)


async def _wait_for(hub: Hub, told: Told, after: int, wait: int, acks: int, heard: asyncio.Event) -> None:
    """Until the log is larger than `after`, or a cosignature has come, or `wait` seconds have passed.

    With `acks` also once the mark of the Acks is another: an Ack has come that the caller does not have.

    Args:
        told: what was found before waiting; the caller has it.
        heard: listened to since before that.
    """

    def is_news(view: Snapshot) -> bool:
        return view.state.size > after or view.witnessed != told.view.witnessed

    ends = asyncio.get_running_loop().time() + wait
    while (left := ends - asyncio.get_running_loop().time()) > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(heard.wait(), min(left, POLL_SECONDS))
        heard.clear()
        if is_news(hub.view.now) or is_news(await _look(hub)) or (acks and await _mark(hub) != acks):
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
