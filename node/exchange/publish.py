"""What is signed goes out: in batches, Cancels first, again and again until the log has it.

Source: spec/exchange.md §4. What a crash means, at each step of `publish_due`:

1. read what is due: nothing happened;
2. ask the hub: it may have everything; sent again, it answers with the same indexes (promise 8);
3. verify the receipt: as 2;
4. write what was answered, in one transaction: nothing is left to do but step 13 of a sync (`settle_outbox`).
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlmodel import Session

from node.core.back_off import is_due, next_attempt
from node.core.errors import Unavailable
from node.exchange.answers import AnswerInvalid, HubBusy, HubRefused, Receipt, Result, SubmissionAnswer
from node.exchange.desk import Desk
from node.store.alarms import raise_alarm
from node.store.outbox import (
    WITHDRAWN,
    OutboxEntry,
    due_in_outbox,
    mark_confirmed,
    mark_failed,
    mark_lost,
    mark_refused,
    mark_sent,
    outbox_body,
    outbox_entry,
    outbox_of,
    withdraw_unsent,
)
from protocol.at_rest import SealBroken
from protocol.checkpoint import Checkpoint, open_checkpoint
from protocol.envelope import decode_envelope
from protocol.errors import ProtocolError, TreeInvalid
from protocol.log import leaf_hash
from protocol.proofs import verify_range
from protocol.statement import parse_statement
from protocol.statement_fields import NOTICE_KINDS

BATCH: Final = 64
"""Statements in one request: 1.8 MB at most, which a phone's uplink carries within the deadline."""

URGENT_KINDS: Final = frozenset({"cancel", "update"})
SUSPENDED: Final = "member.suspended"
"""What the hub answers while this project is suspended: its warnings wait, and leave when officers resume it."""

RETIRED: Final = "key.retired"
"""What the hub answers to what was signed before a rotation, and arrives after it: it is signed again, once the log
was read (`membership.follow_keys`)."""

DAY: Final = "limits.day"
"""What the hub answers to a day that has not come by its clock, or that is too long ago to count notice from."""

UNPROVED: Final = "answer.unproved"
"""An index that no receipt proves and that our mirror does not show: believed only once a sync has fetched it."""

_WAITING_HELPS: Final = frozenset({"limits", "hub"})
"""Families of codes that say not now; every other code says never."""


class PublishReport(msgspec.Struct, frozen=True):
    """What a run did: how many the log took, how many were refused for good, how many wait, and why."""

    sent: int = 0
    refused: int = 0
    waiting: int = 0
    problem: str | None = None


async def publish_due(desk: Desk, jitter: Callable[[], float]) -> PublishReport:
    """Sends what is due, batch after batch, until nothing is or the hub does not answer.

    Args:
        desk: the node's.
        jitter: 0 ≤ x < 1, by chance.
    """
    report = PublishReport()
    limit = BATCH
    while desk.view.member_id is not None:
        batch = await asyncio.to_thread(_due, desk, limit)
        if not batch:
            break
        try:
            answer = await desk.client.submit([(entry.envelope, body) for entry, body in batch])
            receipt = None if answer.receipt is None else _verify_receipt(desk, batch, answer.results, answer.receipt)
        except HubRefused as refused:
            if refused.status in (400, 413) and len(batch) > 1:
                limit = 1  # one by one: only what is malformed or too large by itself is refused
                continue
            refused_for_good = refused.status in (400, 413) and batch[0][0].kind != "cancel"
            return await asyncio.to_thread(_all_failed, desk, report, batch, refused, jitter, refused_for_good)
        except (Unavailable, ProtocolError) as error:
            return await asyncio.to_thread(_all_failed, desk, report, batch, error, jitter, False)
        report = await asyncio.to_thread(_take_results, desk, report, batch, answer, receipt, jitter)
    return report


def _due(desk: Desk, limit: int) -> list[tuple[OutboxEntry, bytes | None]]:
    """Step 1: Cancels first, and beside nothing that could be refused.

    One whose body does not open any more (its epoch key is destroyed) is refused here.
    """
    batch = []
    epochs = desk.epochs()
    with desk.store.begin() as session:
        due = due_in_outbox(session, desk.now(), limit=limit)
        cancels = [entry for entry in due if entry.kind == "cancel"]
        for entry in cancels or due:
            try:
                batch.append((entry, outbox_body(session, entry.identity, epochs)))
            except SealBroken:
                mark_refused(session, entry.identity, "outbox.body_lost")
    return batch


def _verify_receipt(
    desk: Desk, batch: Sequence[tuple[OutboxEntry, bytes | None]], results: Sequence[Result], receipt: Receipt
) -> tuple[int, int]:
    """Step 3: the entries that the hub says are new stand in a checkpoint that it signed; the range they fill.

    Raises:
        NoteInvalid, TreeInvalid: they do not.
        AnswerInvalid: `answer.results`: results and receipt contradict each other.
    """
    end = receipt.first + receipt.count
    new = [
        (result.index, entry)
        for (entry, _), result in zip(batch, results, strict=True)
        if result.index is not None and receipt.first <= result.index < end
    ]
    if [index for index, _ in new] != list(range(receipt.first, end)):
        raise AnswerInvalid("results", "receipt")
    if any(result.identity not in (None, entry.identity) for (entry, _), result in zip(batch, results, strict=True)):
        raise AnswerInvalid("results", "identity")
    checkpoint = open_checkpoint(receipt.checkpoint.encode(), desk.view.log_key)
    leaves = [leaf_hash(entry.envelope) for _, entry in new]
    verify_range(receipt.first, leaves, checkpoint.size, checkpoint.root, receipt.proof)
    _require_our_history(desk, checkpoint, receipt.checkpoint.encode())
    return receipt.first, end


def _require_our_history(desk: Desk, checkpoint: Checkpoint, note: bytes) -> None:
    ours = desk.view.own_tree.root_at(checkpoint.size)
    if ours is not None and ours != checkpoint.root:
        desk.alarm("log.split", str(checkpoint.size), other_note=note, at_size=checkpoint.size)
        raise TreeInvalid("split", "root")


def _take_results(
    desk: Desk,
    report: PublishReport,
    batch: Sequence[tuple[OutboxEntry, bytes | None]],
    answer: SubmissionAnswer,
    proved: tuple[int, int] | None,
    jitter: Callable[[], float],
) -> PublishReport:
    """Step 4, in one transaction."""
    sent, refused, waiting = report.sent, report.refused, report.waiting
    kept = None if answer.receipt is None else msgspec.json.encode(answer.receipt)
    problem = report.problem
    today = desk.now().date()
    with desk.store.begin() as session:
        for (entry, _), result in zip(batch, answer.results, strict=True):
            if result.index is not None:
                in_range = proved is not None and proved[0] <= result.index < proved[1]
                if in_range or desk.view.state.statements.get(entry.identity) == result.index:
                    receipt = kept if in_range else None
                    mark_sent(session, entry.identity, index=result.index, receipt=receipt, now=desk.now())
                    sent += 1
                    continue
            problem = result.code or UNPROVED
            if _waiting_helps(entry, problem, today):
                mark_failed(session, entry.identity, problem, _again(desk, entry, jitter, None))
                waiting += 1
            else:
                mark_refused(session, entry.identity, problem)
                refused += 1
    return PublishReport(sent, refused, waiting, problem)


def _waiting_helps(entry: OutboxEntry, problem: str, today: dt.date) -> bool:
    """Whether it may be taken later; a word from whose day notice is counted comes too late once that day is past."""
    if problem == DAY and entry.kind in NOTICE_KINDS:
        said = parse_statement(decode_envelope(entry.envelope).payload)
        return dt.date.fromisoformat(said.day) >= today - dt.timedelta(days=1)
    return problem in (UNPROVED, SUSPENDED, RETIRED) or problem.partition(".")[0] in _WAITING_HELPS


def _all_failed(
    desk: Desk,
    report: PublishReport,
    batch: Sequence[tuple[OutboxEntry, bytes | None]],
    error: Unavailable | HubRefused | ProtocolError,
    jitter: Callable[[], float],
    for_good: bool,
) -> PublishReport:
    problem = error.problem if isinstance(error, HubBusy | HubRefused) else error.code
    retry_after = error.retry_after_seconds if isinstance(error, HubBusy) else None
    with desk.store.begin() as session:
        for entry, _ in batch:
            if for_good:
                mark_refused(session, entry.identity, problem)
            else:
                mark_failed(session, entry.identity, problem, _again(desk, entry, jitter, retry_after))
    refused, waiting = (len(batch), 0) if for_good else (0, len(batch))
    return PublishReport(report.sent, report.refused + refused, report.waiting + waiting, problem)


def _again(desk: Desk, entry: OutboxEntry, jitter: Callable[[], float], retry_after_seconds: int | None) -> dt.datetime:
    return next_attempt(
        desk.now(),
        entry.attempts,
        jitter(),
        urgent=entry.urgent or entry.kind in URGENT_KINDS,
        retry_after_seconds=retry_after_seconds,
    )


def settle_outbox(desk: Desk) -> int:
    """Step 13 of a sync: what was sent is in the log where it should be, or is sent again; and what is confirmed.

    Returns:
        How many were confirmed.
    """
    state = desk.view.state
    with desk.store.begin() as session:
        for entry in outbox_of(session, "waiting", "held", "sent"):
            found = state.statements.get(entry.identity)
            if found is not None:
                if entry.state != "sent" or found != entry.index:
                    mark_sent(session, entry.identity, index=found, receipt=None, now=desk.now())
            elif _never_stands(session, desk, entry):
                withdraw_unsent(session, entry.identity)
            elif entry.index is not None and (entry.index < state.size or is_due(entry.next_attempt_at, desk.now())):
                mark_lost(session, entry.identity, desk.now())
                note = desk.view.note
                raise_alarm(
                    session,
                    "outbox.lost",
                    entry.identity,
                    desk.now(),
                    index=entry.index,
                    note=None if note is None else note.note,
                    other_note=_note_of(entry.receipt),
                    entry=entry.envelope,
                )
        return mark_confirmed(session, min(desk.view.confirmed_size, state.size))


def _never_stands(session: Session, desk: Desk, entry: OutboxEntry) -> bool:
    """A held update whose place in the chain was taken meanwhile, and the pause that waited for it."""
    if entry.state == "sent" or entry.supersedes is None:
        return False
    replaced = outbox_entry(session, entry.supersedes)
    if entry.state == "waiting":
        return replaced is not None and replaced.problem == WITHDRAWN
    link = desk.view.state.links.get(entry.supersedes)
    return link is not None and desk.view.state.chains[link.chain].head != entry.supersedes


def _note_of(receipt: bytes | None) -> bytes | None:
    return None if receipt is None else msgspec.json.decode(receipt, type=Receipt).checkpoint.encode()
