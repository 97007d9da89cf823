"""Logs that this node obeyed before this one: put aside whole, in one transaction, and only read since.

Source: spec/membership.md §7.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import delete, func, text
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from node.store.checkpoints import LOG
from node.store.exchange_tables import (
    AckHeld,
    CheckpointHeld,
    Cosigned,
    MirrorEntry,
    MissingBody,
    OldEntry,
    OldLogRow,
    OldNote,
    OutboxItem,
    Pin,
)
from node.store.mirror import PinnedLog, pin_log, pinned_log
from node.store.outbox import SUCCEEDED
from protocol.house.store.queries import ask_plain
from protocol.house.store.registry import columns

STRIDE: Final = 2**40
"""Places of one log: more entries than any log will have. So an index in one log is never taken for one in another."""

_COPY_ENTRIES: Final = """INSERT INTO old_entries (number, "index", envelope)
    SELECT :number, "index", envelope FROM mirror_entries"""
_COPY_NOTES: Final = """INSERT INTO old_notes (number, source, size, note, received_at)
    SELECT :number, source, size, note, received_at FROM checkpoints"""


class OldLogKept(msgspec.Struct, frozen=True, kw_only=True):
    """An old log, as it was put aside.

    Attributes:
        number: 0 for the first that this node ever obeyed.
        pin: what was pinned, with this node's request there.
        named_size: entries under the checkpoint that the successor's charter names.
        confirmed_size: how many were confirmed, as far as this node knew.
        cosigned_note: the last checkpoint that it cosigned there, or None.
        ended_at: aware UTC.
    """

    number: int
    pin: PinnedLog
    named_size: int
    confirmed_size: int
    cosigned_note: bytes | None
    ended_at: datetime


def place_of(number: int, index: int) -> int:
    """One number for an entry of any log: the log's own number, and the entry's index there."""
    return number * STRIDE + index


def old_logs(session: Session) -> list[OldLogKept]:
    """All that there are, the oldest first."""
    found = []
    for row in session.exec(select(OldLogRow).order_by(col(OldLogRow.number))):
        fields = columns(row)
        pin = PinnedLog(**{name: fields[name] for name in PinnedLog.__struct_fields__})
        own = {name: fields[name] for name in OldLogKept.__struct_fields__ if name != "pin"}
        found.append(OldLogKept(pin=pin, **own))
    return found


_COUNT: Final = sql_select(func.count()).select_from(OldLogRow)


def count_old_logs(session: Session) -> int:
    """How many logs this node obeyed before: the number of the one that it obeys now."""
    ((count,),) = ask_plain(session, _COUNT)
    return int(count)


def old_entries(session: Session, number: int) -> list[bytes]:
    """The entries of an old log, in order."""
    rows = select(OldEntry.envelope).where(OldEntry.number == number).order_by(col(OldEntry.index))
    return list(session.exec(rows))


def old_entry_at(session: Session, number: int, index: int) -> bytes | None:
    """One entry of an old log, or None."""
    row = session.get(OldEntry, (number, index))
    return None if row is None else row.envelope


def old_witness_sizes(session: Session, number: int) -> dict[str, int]:
    """How far each witness of an old log had followed it, by its name."""
    notes = select(OldNote.source, OldNote.size).where(OldNote.number == number, col(OldNote.source) != LOG)
    return dict(session.exec(notes).all())


def put_aside(session: Session, new: PinnedLog, *, named_size: int, confirmed_size: int, now: datetime) -> None:
    """Puts the log that this node obeys aside, and pins its successor, in the caller's transaction.

    What was sent and stands under the named checkpoint is settled. Of what does not, Cancels wait again: the new log
    takes them as they are; nothing else is sent any more.
    """
    pin, number = pinned_log(session), count_old_logs(session)
    cosigned = session.get(Cosigned, 1)
    row = OldLogRow(
        number=number,
        named_size=named_size,
        confirmed_size=confirmed_size,
        cosigned_note=None if cosigned is None else cosigned.note,
        ended_at=now,
        **msgspec.structs.asdict(pin),
    )
    session.add(row)
    session.flush()
    connection = session.connection()
    connection.execute(text(_COPY_ENTRIES), {"number": number})
    connection.execute(text(_COPY_NOTES), {"number": number})
    for table in (MirrorEntry, CheckpointHeld, Cosigned, AckHeld, MissingBody, Pin):
        connection.execute(delete(table))
    session.expire_all()
    pin_log(session, new)
    _settle(session, named_size, now)


def _settle(session: Session, named_size: int, now: datetime) -> None:
    """An index says something in its own log only: what is settled here has none any more, and is passed over later."""
    open_items = select(OutboxItem).where(
        (col(OutboxItem.state) != "refused")
        & ((col(OutboxItem.state) != "confirmed") | col(OutboxItem.index).is_not(None))
    )
    for item in session.exec(open_items):
        if item.index is not None and item.index < named_size:
            item.state, item.index, item.receipt = "confirmed", None, None
            item.erase()
        elif item.kind == "cancel":
            item.state, item.index, item.receipt, item.attempts, item.problem = "waiting", None, None, 0, None
            item.next_attempt_at = now
        else:
            item.state, item.index, item.receipt, item.problem = "refused", None, None, SUCCEEDED
            item.erase()
