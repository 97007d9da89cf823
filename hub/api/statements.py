"""Statements from members: all that wait are checked one behind the other, and ordered in one transaction.

Source: spec/exchange.md §4, DESIGN §4.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from hub.actions.submit import Submission, commit, new_range, stage
from hub.api.callers import (
    MAX_REQUEST_BYTES,
    SignedRequest,
    Signer,
    count_request,
    read_body,
    replayed,
    signer_of,
    take_nonces,
)
from hub.api.encoding import b64, decode, json_answer
from hub.api.hub import Hub
from hub.api.intake import Intake
from hub.core.errors import Busy, Halted, Limited
from hub.core.offered import Items, Offered, examined, offered_of
from hub.core.values import Result
from protocol.errors import ProtocolError
from protocol.house.collector import resting
from protocol.keys import key_id
from protocol.proofs import range_proof
from protocol.replay import Entry, verify_ahead

logger = logging.getLogger(__name__)

GROUP_BYTES: Final = MAX_REQUEST_BYTES
"""Requests that are taken together: some hundred single statements, or a few full batches. Bounds memory, and how long
a sender waits for what came with it."""

REQUEST_BYTES: Final = 2**14
"""What a request counts beside its body: some hundreds of small ones are taken together, and no more, for each has a
signature to verify while the others wait."""

EXAMINED_BYTES: Final = 2**16
"""A request from which its statements are examined in another process, where others are here too: some twenty of them,
for which asking it, about a millisecond, is worth it. Who comes alone has the answer sooner without."""

ORDER_SECONDS: Final = 20
"""How long a sender waits for the sequencer before it is told to ask again."""

POLL_SECONDS: Final = 0.02
"""How often a result is looked for that another process writes."""


class _Staged(msgspec.Struct, frozen=True):
    """A submission that was checked and waits, under the name `batch`, for the process that orders."""

    submission: Submission
    batch: str


class _Brought:
    """A request on its way through this room.

    Attributes:
        outcome: what it is answered; None while that is not known.
        over: the limit that its sender met: only its Cancels are looked at then.
        found: what an examiner found out about it, or nothing.
    """

    def __init__(self, request: SignedRequest, body: bytes) -> None:
        self.request, self.body = request, body
        self.outcome: Response | _Staged | Exception | None = None
        self.over: Limited | None = None
        self.offered: list[Offered] = []
        self.is_heard = False
        self.found = b""
        self.signer: Signer
        self.submission: Submission


def statement_routes(hub: Hub) -> APIRouter:
    """The route that takes statements."""
    router = APIRouter(prefix="/v1")
    intake: Intake[_Brought, Response | _Staged] = Intake(
        lambda group: _take(hub, group), lambda brought: len(brought.body) + REQUEST_BYTES, GROUP_BYTES
    )

    here = 0  # requests that are in this room

    @router.post("/statements")
    async def statements(request: Request) -> Response:
        nonlocal here
        one = _Brought(SignedRequest.of(request), await read_body(request))
        here += 1
        try:
            if here > 1 and len(one.body) >= EXAMINED_BYTES:
                await run_in_threadpool(_hear, hub, one)
                if not one.over:
                    one.found = await hub.examiners.examine(one.body, _keys_of(hub, one.signer))
            taken = await intake.take(one)
        finally:
            here -= 1
        return taken if isinstance(taken, Response) else await _settled(hub, taken)

    return router


def _take(hub: Hub, group: Sequence[_Brought]) -> list[Response | _Staged | Exception]:
    """Checks each, and has all of them ordered by this process, or stages each for the process that orders."""
    with resting(), hub.ordering.awaited():
        try:
            _each(group, partial(_read, hub))
            _refuse_replayed(hub, _open(group))
            _verify(hub, _open(group))
            _check(hub, group)
            commit([one.submission for one in _open(group)], hub.ordering.commit)
            _stage(hub, [one for one in _open(group) if one.submission.is_left])
            _each(group, partial(_answered, hub))
        except Exception as error:
            for one in _open(group):
                one.outcome = error
        return [_handed_over(one) for one in group]


def _handed_over(one: _Brought) -> Response | _Staged | Exception:
    """Its outcome, which nothing of the request refers to any more: an error's traceback does refer to the request."""
    outcome = one.outcome
    assert outcome is not None
    one.__dict__.clear()
    return outcome


def _open(group: Sequence[_Brought]) -> list[_Brought]:
    return [one for one in group if one.outcome is None]


def _each(group: Sequence[_Brought], work: Callable[[_Brought], None]) -> None:
    """Does that for each that is open. What goes wrong with one, whatever it is, is that one's outcome alone."""
    for one in _open(group):
        try:
            work(one)
        except Exception as error:
            one.outcome = error


def _hear(hub: Hub, one: _Brought) -> None:
    """Who signed it, and whether they may ask now."""
    one.signer, one.is_heard = signer_of(hub, one.request, one.body), True
    try:
        count_request(hub, one.signer.caller)
    except Limited as limited:
        one.over = limited


def _read(hub: Hub, one: _Brought) -> None:
    """What it brings. Over the limit only Cancels are looked at."""
    if not one.is_heard:
        _hear(hub, one)
    one.offered = read_examined(one.found) or offered_of(decode(one.body, Items))
    if one.over is not None and not any(_is_cancel(offered.entry) for offered in one.offered):
        raise one.over


def read_examined(found: bytes) -> list[Offered]:
    """What an examiner found out; nothing, if that cannot be read."""
    try:
        return examined(found) if found else []
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        logger.error("an examiner's answer cannot be read")
        return []


def _refuse_replayed(hub: Hub, group: Sequence[_Brought]) -> None:
    for one, is_new in zip(group, take_nonces(hub, [one.signer for one in group]), strict=True):
        if not is_new:
            one.outcome = replayed()


def _verify(hub: Hub, group: Sequence[_Brought]) -> None:
    """All signatures at once that no examiner verified; what does not is found out again by `Submission.check`."""
    view = hub.current()
    if view.halted:
        raise Halted("hub.behind", view.halted)
    looked_at = [offered.entry for one in group if not one.over for offered in one.offered]
    verify_ahead(view.state, [entry for entry in looked_at if not entry.is_parsed])


def _check(hub: Hub, group: Sequence[_Brought]) -> None:
    """Each behind the one before it: what two of them bring at once is judged in their order."""
    behind: Submission | None = None
    epochs, now = hub.epochs(), hub.clock()

    def check(one: _Brought) -> None:
        nonlocal behind
        submission = Submission(hub.store, hub.view, epochs, now, behind)
        for offered in one.offered:
            if one.over and not _is_cancel(offered.entry):
                submission.results.append(Result(code=one.over.code))
            else:
                submission.check(offered)
        one.submission = behind = submission

    _each(group, check)


def _stage(hub: Hub, group: Sequence[_Brought]) -> None:
    """What this process could not order waits for the one that does."""
    for one in group:
        if one.submission.brings_back:
            one.outcome = Busy("hub.busy", "another process orders statements, and keeps what is brought back")
    batches = {secrets.token_hex(16): one for one in _open(group)}
    charter = hub.view.now.state.charter
    if not batches or charter is None:
        return
    left = {batch: one.submission for batch, one in batches.items()}
    stage(hub.store, left, charter.limits.statements_per_day, hub.clock().date())
    for batch, one in batches.items():
        if not one.submission.is_settled:
            one.outcome = _Staged(one.submission, batch)


def _answered(hub: Hub, one: _Brought) -> None:
    one.outcome = _answer(hub, one.submission)


def _answer(hub: Hub, submission: Submission) -> Response:
    """What is answered was signed (promise 7)."""
    answer: dict[str, object] = {"results": submission.results}
    added = new_range(submission.results, submission.published)
    if added is not None:
        answer["receipt"] = _receipt(hub, *added)
    return json_answer(answer)


async def _settled(hub: Hub, staged: _Staged) -> Response:
    give_up = time.monotonic() + ORDER_SECONDS
    while True:
        await run_in_threadpool(hub.ordering.order)
        if await run_in_threadpool(staged.submission.settle, staged.batch):
            return await run_in_threadpool(_answer, hub, staged.submission)
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


def _keys_of(hub: Hub, signer: Signer) -> dict[str, bytes]:
    """The keys by which a member signs statements now: whatever else it carries is verified where it is judged."""
    members, caller = hub.view.now.state.members, signer.caller.member
    keys = [] if caller is None else [bytes.fromhex(key) for key in members[caller].keys.sign]
    return {key_id(key): key for key in keys}


def _is_cancel(entry: Entry) -> bool:
    try:
        return entry.statement.kind == "cancel"
    except ProtocolError:
        return False
