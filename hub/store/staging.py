"""What was accepted and waits for the sequencer, and the bodies beside it."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from hub.core.values import Result, Staged, StoredBody
from hub.store.tables import BodyRow, CountRow, StagedRow

MAX_BATCHES = 64
"""Batches in one transaction of the sequencer: bounds its memory and how long a sender waits."""


class NewStatement(msgspec.Struct, frozen=True):
    """A statement to stage."""

    identity: str
    kind: str
    origin: int
    envelope: bytes
    body: StoredBody | None


def stage(session: Session, batch: str, statements: Sequence[NewStatement], today: date) -> None:
    """Keeps statements and their sealed bodies until the sequencer has taken them.

    A crash before the commit: nothing was promised. After it: the sequencer takes them when it runs again; the sender,
    who had no answer, sends again and gets the index.
    """
    bodies = [s.body for s in statements if s.body is not None]
    for body in bodies:
        if session.get(BodyRow, body.digest) is None:
            session.add(BodyRow(**msgspec.structs.asdict(body), live=False))
    session.flush()
    rows = [
        {
            "batch": batch,
            "identity": s.identity,
            "origin": s.origin,
            "envelope": s.envelope,
            "digest": None if s.body is None else s.body.digest,
            "done": False,
            "code": "",
            "staged_on": today,
        }
        for s in statements
    ]
    session.execute(insert(StagedRow), rows)


def waiting(session: Session) -> list[Staged]:
    """What waits, in whole batches: each stands in the log as one run, so that one receipt covers it.

    Two senders' rows may lie between each other: they are gathered by batch, in the order of each batch's first row.
    """
    rows = session.exec(
        select(StagedRow.id, StagedRow.batch, StagedRow.envelope, StagedRow.digest)
        .where(col(StagedRow.done).is_(False))
        .order_by(col(StagedRow.id))
    )
    batches: dict[str, list[Staged]] = {}
    taken = 0
    for number, batch, envelope, digest in rows:
        taken += batch not in batches
        if taken > MAX_BATCHES:
            break
        batches.setdefault(batch, []).append(Staged(number or 0, envelope, digest))
    return [staged for batch in batches.values() for staged in batch]


def any_waiting(session: Session) -> bool:
    """Whether the sequencer has work."""
    return session.exec(select(StagedRow.id).where(col(StagedRow.done).is_(False)).limit(1)).first() is not None


def settle(session: Session, results: Sequence[tuple[Staged, Result]]) -> None:
    """Writes what became of each; a refused one's body goes with it."""
    for staged, result in results:
        session.execute(
            update(StagedRow)
            .where(col(StagedRow.id) == staged.id)
            .values(done=True, idx=result.index, code=result.code)
        )
        if staged.digest is None:
            continue
        if result.index is not None:
            session.execute(update(BodyRow).where(col(BodyRow.digest) == staged.digest).values(live=True))
        else:
            session.execute(delete(BodyRow).where(col(BodyRow.digest) == staged.digest, col(BodyRow.live).is_(False)))


def results_of(session: Session, batch: str) -> list[Result] | None:
    """The results of a batch in its order, or None while any of it waits."""
    rows = session.exec(select(StagedRow).where(StagedRow.batch == batch).order_by(col(StagedRow.id))).all()
    if any(not row.done for row in rows):
        return None
    return [Result(identity=row.identity, index=row.idx, code=row.code) for row in rows]


def forget_batch(session: Session, batch: str) -> None:
    """Drops results that were read."""
    session.execute(delete(StagedRow).where(col(StagedRow.batch) == batch))


def forget_stale(session: Session, today: date) -> None:
    """Drops results that nobody came for within a day."""
    old = today - timedelta(days=1)
    session.execute(delete(StagedRow).where(col(StagedRow.done).is_(True), col(StagedRow.staged_on) < old))
    session.execute(delete(CountRow).where(col(CountRow.day) < today - timedelta(days=7)))


def count_statement(session: Session, origin: int, today: date, limit: int) -> bool:
    """Counts one more statement of this origin today; False, and not counted, if that would be over `limit`."""
    row = session.get(CountRow, (origin, today), with_for_update=True)
    if row is None:
        row = CountRow(origin=origin, day=today, count=0)
        session.add(row)
    if row.count >= limit:
        return False
    row.count += 1
    session.flush()
    return True
