"""Whole signed notes: what the log published, what each witness cosigned, and what this node answered for itself.

Never only a root: a split must be provable to a stranger. Source: spec/log.md §8, §9.
"""

from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from node.store.exchange_tables import CheckpointHeld, Cosigned
from protocol.house.store.registry import columns

LOG = "log"
"""The source of the notes that the log itself published."""


class HeldNote(msgspec.Struct, frozen=True, kw_only=True):
    """A verified note.

    Attributes:
        source: `LOG`, or the name of the witness that cosigned it.
        size: number of entries.
        root: 64 hex digits.
        note: the signed note, as received.
        signed_at: the witness's time in POSIX seconds; None for the log's.
        received_at: aware UTC.
    """

    source: str
    size: int
    root: str
    note: bytes
    signed_at: int | None
    received_at: datetime


class OwnCosignature(msgspec.Struct, frozen=True, kw_only=True):
    """The last checkpoint that this node cosigned: its note, our line over it, and whether the hub has it."""

    size: int
    root: str
    note: bytes
    line: bytes
    delivered: bool


def keep_note(session: Session, held: HeldNote) -> None:
    """Keeps a verified note. The log's are all kept; of a witness's, the largest.

    Of one source and size the first is kept, but for cosignatures that came on it later; `received_at` stays.
    """
    row = session.get(CheckpointHeld, (held.source, held.size))
    if row is not None:
        row.note, row.signed_at = held.note, held.signed_at or row.signed_at
        return
    if held.source != LOG:
        newer = latest_note(session, held.source)
        if newer is not None and newer.size > held.size:
            return
        for older in session.exec(select(CheckpointHeld).where(CheckpointHeld.source == held.source)):
            session.delete(older)
    session.add(CheckpointHeld(**msgspec.structs.asdict(held)))


def latest_note(session: Session, source: str = LOG) -> HeldNote | None:
    """The largest note of a source."""
    rows = select(CheckpointHeld).where(CheckpointHeld.source == source)
    row = session.exec(rows.order_by(col(CheckpointHeld.size).desc()).limit(1)).one_or_none()
    return None if row is None else _held(row)


def log_note_at_least(session: Session, size: int) -> HeldNote | None:
    """The smallest published note that covers `size` entries: with its entries it shows what the log said then."""
    rows = select(CheckpointHeld).where(CheckpointHeld.source == LOG, col(CheckpointHeld.size) >= size)
    row = session.exec(rows.order_by(col(CheckpointHeld.size)).limit(1)).one_or_none()
    return None if row is None else _held(row)


def witness_notes(session: Session) -> list[HeldNote]:
    """The largest note that each witness cosigned."""
    return [_held(row) for row in session.exec(select(CheckpointHeld).where(CheckpointHeld.source != LOG))]


def own_cosignature(session: Session) -> OwnCosignature | None:
    """The last checkpoint that this node cosigned."""
    row = session.get(Cosigned, 1)
    if row is None:
        return None
    return OwnCosignature(size=row.size, root=row.root, note=row.note, line=row.line, delivered=row.delivered)


def persist_cosignature(session: Session, new: OwnCosignature, expected: OwnCosignature | None) -> bool:
    """Replaces the last cosigned checkpoint, if it is still the one that `new` was found consistent with.

    Check and write are one transaction (`BEGIN IMMEDIATE`): two runs at once cannot both answer. A crash after this
    and before the answer leaves `delivered` False: the same line is sent again. Source: spec/log.md §9.

    Returns:
        False if another run was faster: nothing is written and nothing may be answered.
    """
    row = session.get(Cosigned, 1)
    held = own_cosignature(session)
    if (held and (held.size, held.root)) != (expected and (expected.size, expected.root)):
        return False
    if row is None:
        session.add(Cosigned(**msgspec.structs.asdict(new)))
    else:
        row.size, row.root, row.note, row.line, row.delivered = new.size, new.root, new.note, new.line, new.delivered
    return True


def mark_cosignature_delivered(session: Session, size: int) -> None:
    """The hub has it."""
    row = session.get(Cosigned, 1)
    if row is not None and row.size == size:
        row.delivered = True


def _held(row: CheckpointHeld) -> HeldNote:
    return HeldNote(**columns(row))
