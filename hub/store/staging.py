"""What was accepted and waits for the sequencer, and the bodies beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import delete, false, func, insert, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from hub.core.values import Result, Seal, Staged, StoredBody
from hub.store.inserts import insert_or_add, insert_rows
from hub.store.tables import BodyRow, CheckpointRow, CountRow, StagedRow
from protocol.at_rest import Sealed
from protocol.house.store.queries import ask_plain, columns_for
from protocol.replay import Entry

MAX_BATCHES = 64
"""Batches in one transaction of the sequencer: bounds its memory and how long a sender waits."""


_WAITING = (
    sql_select(col(StagedRow.id), col(StagedRow.batch), col(StagedRow.envelope))
    .where(col(StagedRow.done).is_(False))
    .order_by(col(StagedRow.id))
)
"""Asked at every submission: built once, and past the ORM."""


class NewStatement(msgspec.Struct, frozen=True):
    """A statement that was checked and waits to be ordered; `seal` its body. `exempt`: no limit is counted."""

    identity: str
    origin: int
    entry: Entry
    seal: Seal | None
    exempt: bool


def stage(session: Session, batches: Mapping[str, Sequence[NewStatement]], today: date) -> None:
    """Keeps statements and their sealed bodies, by the name of their batch, until the sequencer has taken them.

    A crash before the commit: nothing was promised. After it: the sequencer takes them when it runs again; the sender,
    who had no answer, sends again and gets the index.
    """
    without = dict.fromkeys(StoredBody.__struct_fields__)
    rows = [
        {
            "batch": batch,
            "identity": s.identity,
            "origin": s.origin,
            "envelope": s.entry.data,
            "done": False,
            "code": "",
            "staged_on": today,
        }
        | (without if s.seal is None else msgspec.structs.asdict(s.seal()))
        for batch, statements in batches.items()
        for s in statements
    ]
    if rows:
        insert_rows(session, StagedRow, rows)


def waiting(session: Session) -> list[Staged]:
    """What waits, in whole batches: each stands in the log as one run, so that one receipt covers it.

    Two senders' rows may lie between each other: they are gathered by batch, in the order of each batch's first row.
    """
    rows = ask_plain(session, _WAITING)
    batches: dict[str, list[Staged]] = {}
    taken = 0
    for number, batch, envelope in rows:
        taken += batch not in batches
        if taken > MAX_BATCHES:
            break
        batches.setdefault(batch, []).append(Staged(number or 0, envelope))
    return [staged for batch in batches.values() for staged in batch]


def any_waiting(session: Session) -> bool:
    """Whether the sequencer has work."""
    return session.exec(select(StagedRow.id).where(col(StagedRow.done).is_(False)).limit(1)).first() is not None


def settle(session: Session, results: Sequence[tuple[Staged, Result]], first: int) -> None:
    """Writes what became of each. The bodies of new entries go to their places; any other staged body goes.

    A statement that was in the log already brings no body back: it may have been erased since.

    Args:
        first: the index of the first new entry.
    """
    if not results:
        return
    in_order = sorted(results, key=lambda one: one[0].id)  # of rows, as in `bodies_of_other_epochs`: no deadlock
    session.execute(
        update(StagedRow),
        [{"id": s.id, "done": True, "idx": result.index, "code": result.code} for s, result in in_order],
    )
    new = {result.index: s.id for s, result in reversed(results) if result.index is not None and result.index >= first}
    sealed = columns_for(StoredBody, StagedRow)
    bodies = sql_select(col(StagedRow.idx), *sealed, false()).where(
        col(StagedRow.id).in_(list(new.values())), col(StagedRow.content).is_not(None)
    )
    session.execute(insert(BodyRow).from_select(["idx", *StoredBody.__struct_fields__, "indexed"], bodies))
    session.execute(
        update(StagedRow)
        .where(col(StagedRow.id).in_([s.id for s, _ in results]))
        .values(dict.fromkeys(StoredBody.__struct_fields__))
    )


def results_of(session: Session, batch: str) -> list[Result] | None:
    """The results of a batch in its order, or None while any of it waits or is not under a signed checkpoint yet."""
    wanted = sql_select(*(col(getattr(StagedRow, name)) for name in ("identity", "idx", "code", "done")))
    rows = session.connection().execute(wanted.where(col(StagedRow.batch) == batch).order_by(col(StagedRow.id))).all()
    signed = session.exec(select(func.max(CheckpointRow.size))).one() or 0
    if not rows:
        return None  # a clock that jumped had them forgotten: the sender asks again, and finds what stands
    if any(not row.done or (row.idx is not None and row.idx >= signed) for row in rows):
        return None
    return [Result(identity=row.identity, index=row.idx, code=row.code) for row in rows]


def bodies_of_other_epochs(session: Session, epoch: int, limit: int) -> dict[int, StoredBody]:
    """Staged bodies whose keys are not wrapped by epoch key `epoch` yet, at most `limit`, by their rows' numbers."""
    wanted = col(StagedRow.id), *columns_for(StoredBody, StagedRow)
    rows = session.connection().execute(
        sql_select(*wanted).where(col(StagedRow.epoch) != epoch).order_by(col(StagedRow.id)).limit(limit)
    )
    return {number: StoredBody(*sealed) for number, *sealed in rows}


def keep_rewrapped(session: Session, number: int, sealed: Sealed) -> None:
    """Replaces the wrapped key of a staged body, if it was not ordered meanwhile."""
    session.execute(
        update(StagedRow)
        .where(col(StagedRow.id) == number, col(StagedRow.content).is_not(None))
        .values(wrapped_key=sealed.wrapped_key, epoch=sealed.epoch)
    )


def forget_batch(session: Session, batch: str) -> None:
    """Drops results that were read."""
    session.execute(delete(StagedRow).where(col(StagedRow.batch) == batch))


def forget_stale(session: Session, today: date) -> None:
    """Drops results that nobody came for within a day."""
    old = today - timedelta(days=1)
    session.execute(delete(StagedRow).where(col(StagedRow.done).is_(True), col(StagedRow.staged_on) < old))
    session.execute(delete(CountRow).where(col(CountRow.day) < today - timedelta(days=7)))


def over_limit(session: Session, statements: Sequence[NewStatement], today: date, limit: int) -> set[str]:
    """Counts these against their origins' limits, each once; the identities for which there is no room today.

    In the order of origins: no two transactions deadlock.
    """
    counted = list({new.identity: new for new in statements if not new.exempt}.values())
    over: set[str] = set()
    for origin in sorted({new.origin for new in counted}):
        own = [new.identity for new in counted if new.origin == origin]
        over.update(own[_count(session, origin, len(own), today, limit) :])
    return over


def _count(session: Session, origin: int, wanted: int, today: date, limit: int) -> int:
    """Counts `wanted` more statements of this origin today; for how many of them `limit` had room."""
    count = insert_or_add(session, CountRow, {"origin": origin, "day": today, "count": wanted}, "count")
    return max(0, min(wanted, limit - (count - wanted)))
