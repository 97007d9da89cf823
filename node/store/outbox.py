"""What is signed and on its way to the log. A row is written in the transaction that decides to send it.

States: `waiting` → `sent` (the hub answered with an index) → `confirmed` (a confirmed checkpoint covers it); or
`refused`, with the problem's code, for a person to look at. `held` does not leave: its warning was paused before it
did; if the log turns out to have it, it is `sent`. What replaces a statement waits for it. A crash after sending and
before `mark_sent` sends again: the hub answers with the same index (promise 8).
"""

from collections.abc import Callable, Container, Iterator, Sequence, Set
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from nacl.utils import random
from sqlalchemy import Select, bindparam, exists
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from node.core.back_off import LONGEST_WAIT, URGENT_CAP_SECONDS
from node.store.engine import HAS_TO_SEND
from node.store.exchange_tables import OutboxItem
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from protocol.envelope import decode_envelope
from protocol.house.store.queries import ask, columns_for
from protocol.house.store.registry import columns
from protocol.statement import parse_statement
from protocol.statement_fields import Statement

WITHDRAWN = "outbox.withdrawn"
"""Problem code of what was taken back before it was sent."""


SUCCEEDED: Final = "outbox.succeeded"
"""Problem code of what was on its way to a log that another has succeeded: it is made anew, or not at all."""


SETTLES_WITHIN: Final = timedelta(hours=1)
"""What was sent is in the mirror by then, if the log can be followed; or it is lost, and is sent again."""


class OutboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One statement on its way.

    Attributes:
        identity: 64 hex digits.
        kind: alert, update, cancel, rotate, …
        supersedes: the statement that it replaces (an update), or None.
        urgent: danger now: it leaves before other warnings and never waits long between tries.
        envelope: as signed.
        not_before: it does not leave before (its batch); aware UTC.
        release_id: the release that it belongs to, or None.
        state: waiting, held, sent, confirmed or refused.
        attempts: how often sending failed since the last success.
        next_attempt_at: aware UTC; once sent: when it must be in the mirror.
        index: its place in the log, once sent.
        receipt: the hub's receipt as received, until confirmed.
        problem: code of the last problem, or None.
    """

    identity: str
    kind: str
    supersedes: str | None
    urgent: bool
    envelope: bytes
    not_before: datetime
    release_id: str | None
    state: str
    attempts: int
    next_attempt_at: datetime
    index: int | None
    receipt: bytes | None
    problem: str | None


def add_to_outbox(
    session: Session,
    *,
    identity: str,
    kind: str,
    envelope: bytes,
    body: bytes | None,
    not_before: datetime,
    release_id: str | None,
    epochs: Epochs,
    urgent: bool = False,
) -> None:
    """Puts a signed statement on its way; once is enough (promise 8).

    Args:
        session: the transaction that decides it.
        identity: of the statement.
        kind: of the statement.
        envelope: as signed.
        body: stored bytes of its body, or None. Sealed here at rest, and erased once confirmed (promise 12).
        not_before: aware UTC: its batch; now for what goes at once.
        release_id: for the release's own list, or None.
        epochs: the epoch keys.
        urgent: a danger now.
    """
    if _row(session, identity) is not None:
        return
    row = OutboxItem(
        identity=identity,
        kind=kind,
        supersedes=_supersedes(envelope) if kind == "update" else None,
        urgent=urgent,
        envelope=envelope,
        not_before=not_before,
        release_id=release_id,
        next_attempt_at=not_before,
    )
    if body is not None:
        row.put(epochs.seal(body, row.place(), random(SEAL_RANDOMNESS)))
    session.add(row)
    session.info[HAS_TO_SEND] = True


def _what_is_due() -> Select[Any]:
    earlier, others = aliased(OutboxItem), aliased(OutboxItem)
    follows = exists().where(
        col(earlier.identity) == col(OutboxItem.supersedes), col(earlier.state).in_(("waiting", "held"))
    )
    last = exists().where(col(OutboxItem.kind) == "leave", col(others.kind) != "leave", col(others.state) == "waiting")
    at, is_cancel = col(OutboxItem.next_attempt_at), col(OutboxItem.kind) == "cancel"
    too_far = (at > bindparam("latest")) | (is_cancel & (at > bindparam("latest_of_cancels")))
    return (
        sql_select(*columns_for(OutboxEntry, OutboxItem))
        .where(col(OutboxItem.state) == "waiting", (at <= bindparam("now")) | too_far, ~follows, ~last)
        .order_by(~is_cancel, ~col(OutboxItem.urgent), col(OutboxItem.id))
        .limit(bindparam("most"))
    )


_IN_STATES: Final = (
    sql_select(*columns_for(OutboxEntry, OutboxItem))
    .where(col(OutboxItem.state).in_(bindparam("states", expanding=True)))
    .order_by(col(OutboxItem.id))
)
_DUE: Final = _what_is_due()
"""Asked in every round, or every two seconds and whenever somebody waits for what was released."""


def due_in_outbox(session: Session, now: datetime, *, limit: int = 256) -> list[OutboxEntry]:
    """What may be sent now: Cancels first, then what is urgent, then in the order in which it was put here.

    An update is not due while what it replaces has not left; a leave, while anything else waits: nothing could follow
    it. Nothing holds a Cancel back. What waits for a moment that is too far away was put here by a clock that was
    ahead (`back_off.is_due`).
    """
    moments = {
        "now": now,
        "latest": now + LONGEST_WAIT,
        "latest_of_cancels": now + timedelta(seconds=URGENT_CAP_SECONDS),
    }
    return ask(session, OutboxEntry, _DUE, {**moments, "most": limit})


def outbox_body(session: Session, identity: str, epochs: Epochs) -> bytes | None:
    """The stored bytes of a waiting statement's body, or None.

    Raises:
        SealBroken: its epoch key is destroyed.
    """
    row = _row(session, identity)
    sealed = row.sealed() if row is not None else None
    return None if row is None or sealed is None else epochs.open(sealed, row.place())


def mark_sent(session: Session, identity: str, *, index: int, receipt: bytes | None, now: datetime) -> None:
    """The hub has proved that it has it at this index, or the mirror does. A receipt stays until `mark_confirmed`."""
    row = _known(session, identity)
    if row.state in ("waiting", "held", "sent"):
        row.state, row.index, row.attempts, row.problem = "sent", index, 0, None
        row.next_attempt_at = now + SETTLES_WITHIN
        row.receipt = receipt or row.receipt


def mark_confirmed(session: Session, confirmed_size: int) -> int:
    """Everything sent below the confirmed size is settled: its receipt and body go. How many there were."""
    sent = select(OutboxItem).where(OutboxItem.state == "sent", col(OutboxItem.index) < confirmed_size)
    rows = list(session.exec(sent))
    for row in rows:
        row.state, row.receipt = "confirmed", None
        row.erase()
    return len(rows)


def mark_refused(session: Session, identity: str, problem: str) -> None:
    """The hub says that no waiting will help: a person must look."""
    row = _known(session, identity)
    row.state, row.problem = "refused", problem
    row.erase()


def mark_failed(session: Session, identity: str, problem: str, next_attempt_at: datetime) -> None:
    """Not this time: it stays waiting."""
    row = _known(session, identity)
    row.attempts, row.problem, row.next_attempt_at = row.attempts + 1, problem, next_attempt_at


def sign_again(session: Session, retired: Set[str], sign: Callable[[bytes], bytes]) -> None:
    """Signs what waits, and was signed with a retired key, again: the same statements, under the same identities.

    Cancels stay as they are: any key that ever was this member's signs them. A rotation is made anew by a person.

    Args:
        retired: ids of this member's retired keys.
        sign: from a payload to its envelope, under the present key.
    """
    waiting = select(OutboxItem).where(
        col(OutboxItem.state).in_(("waiting", "held")), col(OutboxItem.kind).not_in(("cancel", "rotate"))
    )
    for row in session.exec(waiting):
        envelope = decode_envelope(row.envelope)
        if envelope.keyid in retired:
            row.envelope, row.attempts, row.next_attempt_at = sign(envelope.payload), 0, row.not_before


def mark_lost(session: Session, identity: str, now: datetime) -> None:
    """The hub said that it had it and its log has not: sent again, the receipt kept as evidence."""
    row = _known(session, identity)
    row.state, row.index, row.problem, row.next_attempt_at = "waiting", None, "outbox.lost", now


def withdraw_unsent(session: Session, identity: str) -> bool:
    """Keeps back what still waits; whether it did.

    Its Cancel is sent all the same: an answer that was lost may hide that it had arrived.
    """
    row = _row(session, identity)
    if row is None or row.state not in ("waiting", "held"):
        return False
    mark_refused(session, identity, WITHDRAWN)
    return True


def hold_unsent(session: Session, identity: str) -> bool:
    """Holds a warning that still waits and is paused now; whether it did.

    It is kept whole: an answer that was lost may hide that it had arrived, and then its pause follows it.
    """
    row = _row(session, identity)
    if row is None or row.state != "waiting":
        return False
    row.state = "held"
    return True


def head_in_outbox(session: Session, made: Sequence[str]) -> str | None:
    """The last of these statements that is in the log or on its way there, or None: what the next one replaces.

    Args:
        session: the caller's.
        made: identities of one chain, in the order in which they were signed.
    """
    for identity in reversed(made):
        row = _row(session, identity)
        if row is None or row.state in ("sent", "confirmed"):
            return identity
        replaced = _row(session, row.supersedes) if row.supersedes is not None else None
        if row.state == "waiting" and (replaced is None or replaced.state != "held"):
            return identity
    return None


def log_of(session: Session, identity: str) -> str | None:
    """The log that a statement of ours was signed for; None if this database does not know it."""
    row = _row(session, identity)
    return None if row is None else parse_statement(decode_envelope(row.envelope).payload).log


def publisher_of(session: Session, chain: str) -> int | None:
    """The member that published this chain of ours: a predecessor's number where this node has a new one.

    None if this database does not know its first alert.
    """
    row = _row(session, chain)
    return None if row is None else parse_statement(decode_envelope(row.envelope).payload).origin


def erase_outbox_body(session: Session, identity: str) -> bool:
    """Forgets the body of a statement whose body is gone; whether there was one."""
    row = _row(session, identity)
    if row is None or row.sealed() is None:
        return False
    row.erase()
    return True


def outbox_entry(session: Session, identity: str) -> OutboxEntry | None:
    """One statement on its way, or None."""
    row = _row(session, identity)
    return None if row is None else _entry(row)


def outbox_of(session: Session, *states: str) -> list[OutboxEntry]:
    """Everything in these states, in the order in which it was put here."""
    return ask(session, OutboxEntry, _IN_STATES, {"states": states})


def on_their_way(session: Session, known: Container[str], kinds: Container[str]) -> Iterator[Statement]:
    """What this node has said in these kinds and the log does not have yet.

    Args:
        known: identities that the log has.
    """
    for entry in outbox_of(session, "waiting", "sent"):
        if entry.kind in kinds and entry.identity not in known:
            yield parse_statement(decode_envelope(entry.envelope).payload)


def refused_for_good(session: Session) -> dict[str, str]:
    """Identities of the statements that the hub refused, and why; not those that this node kept back itself."""
    kept_back = (WITHDRAWN, SUCCEEDED)
    rows = select(OutboxItem).where(OutboxItem.state == "refused", col(OutboxItem.problem).not_in(kept_back))
    return {row.identity: row.problem or "" for row in session.exec(rows)}


def outbox_knows(session: Session, identity: str) -> bool:
    """Whether this node signed that statement (and its database has not been set back since)."""
    return _row(session, identity) is not None


def _supersedes(envelope: bytes) -> str | None:
    return parse_statement(decode_envelope(envelope).payload).supersedes


def _row(session: Session, identity: str) -> OutboxItem | None:
    return session.exec(select(OutboxItem).where(OutboxItem.identity == identity)).one_or_none()


def _known(session: Session, identity: str) -> OutboxItem:
    row = _row(session, identity)
    if row is None:
        raise RuntimeError("no such statement in the outbox")
    return row


def _entry(row: OutboxItem) -> OutboxEntry:
    fields = columns(row)
    return OutboxEntry(**{name: fields[name] for name in OutboxEntry.__struct_fields__})
