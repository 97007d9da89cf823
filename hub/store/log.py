"""The ordered log in the database: head, entries, checkpoints. Only the sequencer writes here."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import bindparam, delete, func, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from hub.core.errors import Busy
from hub.core.values import Head, SignedCheckpoint
from hub.store.inserts import insert_new, insert_plain
from hub.store.tables import CheckpointRow, CosignatureRow, EntryRow, HeadRow
from protocol.house.store.queries import ask_plain

PAGE = 1_000
"""Entries read at a time: about a megabyte."""


_HEAD = sql_select(col(HeadRow.size), col(HeadRow.root), col(HeadRow.epoch), col(HeadRow.halted))
_HEAD_LOCKED = _HEAD.with_for_update()
_ENTRIES = (
    sql_select(col(EntryRow.envelope))
    .where(col(EntryRow.idx) >= bindparam("first"), col(EntryRow.idx) < bindparam("end"))
    .order_by(col(EntryRow.idx))
)
_MOVED = (
    update(HeadRow)
    .where(col(HeadRow.size) == bindparam("was"), col(HeadRow.epoch) == bindparam("turn"))
    .values(size=bindparam("to"), root=bindparam("new_root"))
)
_SIGNED = sql_select(col(CheckpointRow.size), col(CheckpointRow.root), col(CheckpointRow.note))
_LATEST = _SIGNED.order_by(col(CheckpointRow.size).desc()).limit(1)
_SIGNED_AT = _SIGNED.where(col(CheckpointRow.size) == bindparam("at"))
_LINES = (
    sql_select(col(CosignatureRow.line))
    .where(col(CosignatureRow.size) == bindparam("at"))
    .order_by(col(CosignatureRow.witness))
)
_WITNESSED = sql_select(col(CosignatureRow.witness), func.max(col(CosignatureRow.size))).group_by(
    col(CosignatureRow.witness)
)
"""At every submission, or for everyone who waits for one: built once, and past the ORM."""


def create_head(session: Session, root: bytes) -> None:
    """The head of an empty log."""
    session.add(HeadRow(size=0, root=root, epoch=0))


def has_begun(session: Session) -> bool:
    """Whether the ceremony that begins a log came to its first entry."""
    return session.exec(select(HeadRow.id)).first() is not None


def read_head(session: Session) -> Head:
    """How long the log is and whether signing has stopped."""
    (head,) = ask_plain(session, _HEAD)
    return Head(*head)


def lock_head(session: Session) -> Head:
    """The head, held until the transaction ends."""
    (head,) = ask_plain(session, _HEAD_LOCKED)
    return Head(*head)


def take_epoch(session: Session) -> int:
    """The number under which this process writes from now on; whoever wrote before is refused."""
    session.execute(update(HeadRow).values(epoch=HeadRow.epoch + 1))
    return read_head(session).epoch


def halt(session: Session, reason: str) -> None:
    """Signing stops until a person has looked."""
    session.execute(update(HeadRow).where(col(HeadRow.halted) == "").values(halted=reason))


def append_entries(session: Session, head: Head, entries: Sequence[tuple[bytes, bytes]], root: bytes) -> None:
    """Writes entries after `head` and moves it: the fence.

    Args:
        entries: (leaf hash, envelope) in order.

    Raises:
        Busy: `hub.busy`: another process has written since, or has become the leader. Nothing is kept.
    """
    to = {"was": head.size, "turn": head.epoch, "to": head.size + len(entries), "new_root": root}
    if session.connection().execute(_MOVED, to).rowcount != 1:
        raise Busy("hub.busy", "another process orders statements", retry_after_seconds=1)
    rows = [{"idx": head.size + i, "leaf": leaf, "envelope": data} for i, (leaf, data) in enumerate(entries)]
    insert_plain(session, EntryRow, rows)


def read_entries(session: Session, first: int, end: int) -> list[bytes]:
    """The envelopes of entries `first` … `end` - 1."""
    return [envelope for (envelope,) in ask_plain(session, _ENTRIES, {"first": first, "end": end})]


def entries_at(session: Session, indices: Iterable[int]) -> dict[int, bytes]:
    """The envelopes of these entries, by index; at most some thousands."""
    rows = select(EntryRow.idx, EntryRow.envelope).where(col(EntryRow.idx).in_(list(indices)))
    return dict(session.exec(rows).all())


def add_checkpoint(session: Session, checkpoint: SignedCheckpoint) -> None:
    """Publishes a signed checkpoint; again, harmlessly, the same."""
    insert_new(session, CheckpointRow, [msgspec.structs.asdict(checkpoint)])


def latest_checkpoint(session: Session) -> SignedCheckpoint | None:
    """The published checkpoint of the largest size."""
    rows = ask_plain(session, _LATEST)
    return SignedCheckpoint(*rows[0]) if rows else None


def checkpoint_at(session: Session, size: int) -> SignedCheckpoint | None:
    """The published checkpoint of that size."""
    rows = ask_plain(session, _SIGNED_AT, {"at": size})
    return SignedCheckpoint(*rows[0]) if rows else None


def add_cosignature(session: Session, size: int, witness: str, line: str) -> None:
    """Keeps a witness's line; a later one for the same size replaces it (it may carry a later time)."""
    insert_new(session, CosignatureRow, [{"size": size, "witness": witness, "line": line}])
    session.get_one(CosignatureRow, (size, witness), with_for_update=True).line = line


def cosignatures_at(session: Session, size: int) -> list[str]:
    """The lines on the checkpoint of that size, by witness."""
    return [line for (line,) in ask_plain(session, _LINES, {"at": size})]


def witnessed_sizes(session: Session) -> dict[str, int]:
    """Witness → the largest size that it cosigned."""
    return dict(ask_plain(session, _WITNESSED))


def forget_old_cosignatures(session: Session, witness: str, below: int) -> None:
    """Drops a witness's lines below a size that it cosigned since: the later one covers them."""
    session.execute(
        delete(CosignatureRow).where(col(CosignatureRow.witness) == witness, col(CosignatureRow.size) < below)
    )
