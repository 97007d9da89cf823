"""Whole signed notes: what the log published, what each witness cosigned, and what this node answered for itself.

Never only a root: a split must be provable to a stranger. Source: spec/log.md §8, §9.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from node.store.exchange_tables import CheckpointHeld, Cosigned
from protocol.house.store.queries import ask, ask_plain, columns_for
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


_HELD: Final = sql_select(*columns_for(HeldNote, CheckpointHeld))
_LATEST: Final = (
    _HELD.where(col(CheckpointHeld.source) == bindparam("of")).order_by(col(CheckpointHeld.size).desc()).limit(1)
)
_OF_WITNESSES: Final = _HELD.where(col(CheckpointHeld.source) != LOG)
_COSIGNED: Final = sql_select(*columns_for(OwnCosignature, Cosigned)).where(col(Cosigned.id) == 1)
_IS_SAME: Final = (col(CheckpointHeld.source) == bindparam("of"), col(CheckpointHeld.size) == bindparam("at"))
_SAME: Final = sql_select(col(CheckpointHeld.note), col(CheckpointHeld.signed_at)).where(*_IS_SAME)
_CAME_AGAIN: Final = update(CheckpointHeld).where(*_IS_SAME)
_FORGET: Final = delete(CheckpointHeld).where(col(CheckpointHeld.source) == bindparam("of"))
_KEEP: Final = insert(CheckpointHeld)
"""In every round: built once, and past the ORM."""


def keep_note(session: Session, held: HeldNote) -> None:
    """Keeps a verified note. The log's are all kept; of a witness's, the largest.

    Of one source and size the first is kept, but for cosignatures that came on it later; `received_at` stays.
    """
    here = ask_plain(session, _SAME, {"of": held.source, "at": held.size})
    connection = session.connection()
    if here:
        again = {"note": held.note, "signed_at": held.signed_at or here[0][1]}
        if (again["note"], again["signed_at"]) != here[0]:  # else nothing is written
            connection.execute(_CAME_AGAIN, {"of": held.source, "at": held.size, **again})
        return
    if held.source != LOG:
        newer = latest_note(session, held.source)
        if newer is not None and newer.size > held.size:
            return
        connection.execute(_FORGET, {"of": held.source})
    connection.execute(_KEEP, msgspec.structs.asdict(held))


def latest_note(session: Session, source: str = LOG) -> HeldNote | None:
    """The largest note of a source."""
    found = ask(session, HeldNote, _LATEST, {"of": source})
    return found[0] if found else None


def log_note_at_least(session: Session, size: int) -> HeldNote | None:
    """The smallest published note that covers `size` entries: with its entries it shows what the log said then."""
    rows = select(CheckpointHeld).where(CheckpointHeld.source == LOG, col(CheckpointHeld.size) >= size)
    row = session.exec(rows.order_by(col(CheckpointHeld.size)).limit(1)).one_or_none()
    return None if row is None else _held(row)


def witness_notes(session: Session) -> list[HeldNote]:
    """The largest note that each witness cosigned."""
    return ask(session, HeldNote, _OF_WITNESSES)


def own_cosignature(session: Session) -> OwnCosignature | None:
    """The last checkpoint that this node cosigned."""
    found = ask(session, OwnCosignature, _COSIGNED)
    return found[0] if found else None


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
