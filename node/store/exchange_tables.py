"""Tables of the exchange: the mirror of the log, what is on its way out, what came in, and what was found wrong.

Every table says in `erased_with` what its rows are erased with. Times are aware UTC; codes are plain strings.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from node.store.engine import NodeTable
from protocol.at_rest import ErasedWith
from protocol.house.store.registry import SealedColumns


class SealedRow(SealedColumns, NodeTable):
    """A row of the exchange whose content is sealed: by default the body of a statement."""

    __abstract__ = True

    def place(self) -> str:
        """Where the content belongs: it opens nowhere else."""
        return f"{self.sealed_place}/{getattr(self, 'identity')}/body"  # noqa: B009 - columns of the subclass


class MirrorEntry(NodeTable, table=True):
    """One entry of the log, as received."""

    __tablename__ = "mirror_entries"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a statement has closed grammars only, and no words"
    )

    index: int = Field(primary_key=True)
    envelope: bytes


class Pin(NodeTable, table=True):
    """The one log that this node obeys, and what it asked for there."""

    __tablename__ = "pins"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="names a log, no person")

    id: int = Field(default=1, primary_key=True)
    log: str
    origin: str
    log_key: str
    request: str | None = None
    request_envelope: bytes | None = None
    pinned_at: datetime
    checked: int = 1


class OldLogRow(NodeTable, table=True):
    """A log that this node obeyed until another succeeded it. Its entries and notes are kept, and never change."""

    __tablename__ = "old_logs"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="evidence; names a log, no person")

    number: int = Field(primary_key=True)
    log: str = Field(unique=True)
    origin: str
    log_key: str
    request: str | None = None
    request_envelope: bytes | None = None
    pinned_at: datetime
    named_size: int
    confirmed_size: int
    cosigned_note: bytes | None = None
    ended_at: datetime


class OldEntry(NodeTable, table=True):
    """One entry of an old log, as received."""

    __tablename__ = "old_entries"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a statement has closed grammars only, and no words"
    )

    number: int = Field(primary_key=True)
    index: int = Field(primary_key=True)
    envelope: bytes


class OldNote(NodeTable, table=True):
    """A whole signed note of an old log."""

    __tablename__ = "old_notes"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="evidence of one history")

    number: int = Field(primary_key=True)
    source: str = Field(primary_key=True)
    size: int = Field(primary_key=True)
    note: bytes
    received_at: datetime


class OutboxItem(SealedRow, table=True):
    """A signed statement on its way to the log."""

    __tablename__ = "outbox_items"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="sealed",
        by=("mark_confirmed", "mark_refused", "erase_due", "erase_report"),
        why="its body; the statement is in the log",
    )
    sealed_place: ClassVar[str] = "outbox_items"

    id: int | None = Field(default=None, primary_key=True)
    identity: str = Field(unique=True)
    kind: str
    supersedes: str | None = None
    urgent: bool = False
    envelope: bytes
    not_before: datetime
    release_id: str | None = Field(default=None, index=True)
    state: str = Field(default="waiting", index=True)
    attempts: int = 0
    next_attempt_at: datetime
    index: int | None = None
    receipt: bytes | None = None
    problem: str | None = None


class InboxBody(SealedRow, table=True):
    """A body received from another member, sealed together with what the check on arrival found."""

    __tablename__ = "inbox_bodies"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("erase_due",), why="when the body is gone, or lapsed for the charter's days"
    )
    sealed_place: ClassVar[str] = "inbox_bodies"

    identity: str = Field(primary_key=True)
    digest: str
    type: str
    entry: int
    received_at: datetime


class MissingBody(NodeTable, table=True):
    """A body that should be ours to read and did not come."""

    __tablename__ = "missing_bodies"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("keep_body", "erase_due"), why="when the body comes, or is gone"
    )

    identity: str = Field(primary_key=True)
    tries: int = 0
    first_tried_at: datetime
    last_tried_at: datetime


class AckHeld(NodeTable, table=True):
    """The latest Ack of a member, verified; our own among them."""

    __tablename__ = "acks"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a member's number and a checkpoint, replaced by a later one"
    )

    member: int = Field(primary_key=True)
    size: int
    envelope: bytes
    received_at: datetime


class CheckpointHeld(NodeTable, table=True):
    """A whole signed note: as the log published it (`source` "log"), or as a witness cosigned it (its name)."""

    __tablename__ = "checkpoints"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="evidence of one history")

    source: str = Field(primary_key=True)
    size: int = Field(primary_key=True)
    root: str
    note: bytes
    signed_at: int | None = None
    received_at: datetime


class Cosigned(NodeTable, table=True):
    """The last checkpoint that this node answered for as a witness: it never answers for a smaller or another one."""

    __tablename__ = "cosigned"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="forgetting it would allow a split")

    id: int = Field(default=1, primary_key=True)
    size: int
    root: str
    note: bytes
    line: bytes
    delivered: bool = False


class Alarm(NodeTable, table=True):
    """Something that must not be, with the signed bytes by which a stranger can check it."""

    __tablename__ = "alarms"
    __table_args__ = (UniqueConstraint("subject", "code"),)
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="evidence")

    id: int | None = Field(default=None, primary_key=True)
    code: str
    subject: str
    index: int | None = None
    found_at: datetime
    note: bytes | None = None
    other_note: bytes | None = None
    entry: bytes | None = None


class Orphan(NodeTable, table=True):
    """An own statement in the log that no release here knows: a restored backup."""

    __tablename__ = "orphans"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="an identity that is in the log")

    identity: str = Field(primary_key=True)
    found_at: datetime
    relinked_at: datetime | None = None
    cancelled_at: datetime | None = None


class Heartbeat(NodeTable, table=True):
    """When a job last began and last succeeded."""

    __tablename__ = "heartbeats"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="no record of a person, replaced at each run")

    job: str = Field(primary_key=True)
    period_seconds: float
    first_start: datetime
    last_start: datetime
    last_success: datetime | None = None
    problem: str | None = None
