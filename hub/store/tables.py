"""Tables of the hub. Each declares `erased_with`: what a row is erased with. Source: DESIGN §5 at rest, §6.

No table holds when a statement arrived: the minute of a warning points at who was seen the night before.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field

from hub.store.engine import HubTable
from protocol.at_rest import ErasedWith

PLACE = BigInteger().with_variant(Integer, "sqlite")
"""A place in the log as a primary key: SQLite keeps a row at an INTEGER, and beside a BIGINT another index."""


class HeadRow(HubTable, table=True):
    """One row: how long the log is, its root, whose turn it is to write, and whether signing has stopped."""

    __tablename__ = "head"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="sizes and hashes")
    id: int = Field(default=1, primary_key=True)
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    root: bytes
    epoch: int
    halted: str = ""


class EntryRow(HubTable, table=True):
    """One entry of the log: the envelope's bytes, for ever."""

    __tablename__ = "entries"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="statements stay")
    idx: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    leaf: bytes
    envelope: bytes


class BodyRow(HubTable, table=True):
    """One body, sealed with a key of its own, at the place of its statement in the log.

    By its place, not by its digest: digests come in no order, and each of a batch would write a page of their index.
    `indexed`: what is to be found of it (`descriptors`) was written; a body of another kind than an alert has nothing.
    """

    __tablename__ = "bodies"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("order", "erase_lapsed"), why="when replay says gone, or the lease has lapsed"
    )
    idx: int = Field(sa_column=Column(PLACE, primary_key=True, autoincrement=False))
    digest: str
    content: bytes
    wrapped_key: bytes
    epoch: int = Field(index=True)
    indexed: bool = Field(default=False, index=True)


class StagedRow(HubTable, table=True):
    """A statement that was accepted and waits for the sequencer, with its sealed body, or its result waits to be read.

    `digest`, `content`, `wrapped_key`, `epoch`: of the body, if it has one, until it is ordered.
    """

    __tablename__ = "staged"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("forget_batch", "forget_stale"),
        why="when read, or after a day; `order` takes its body out",
    )
    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    batch: str = Field(index=True)
    identity: str
    origin: int
    envelope: bytes
    digest: str | None = None
    content: bytes | None = None
    wrapped_key: bytes | None = None
    epoch: int | None = None
    done: bool = Field(default=False, index=True)
    idx: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    code: str = ""
    staged_on: date


class CheckpointRow(HubTable, table=True):
    """A checkpoint that the hub signed: the whole note, so that a split would be provable."""

    __tablename__ = "checkpoints"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="hashes and signatures")
    size: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    root: bytes
    note: str


class CosignatureRow(HubTable, table=True):
    """A witness's line for a checkpoint."""

    __tablename__ = "cosignatures"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="hashes and signatures")
    size: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    witness: str = Field(primary_key=True)
    line: str


class AckRow(HubTable, table=True):
    """The latest Ack of a member."""

    __tablename__ = "acks"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a member's number and a checkpoint, replaced by a later one"
    )
    member: int = Field(primary_key=True)
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    envelope: bytes


class RequestRow(HubTable, table=True):
    """A candidate's request; its name and contact until it is admitted or dropped."""

    __tablename__ = "requests"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("forget_candidate", "forget_stale"), why="when admitted or dropped"
    )
    digest: str = Field(primary_key=True)
    envelope: bytes
    name: str
    contact: str


class OldMemberRow(HubTable, table=True):
    """A member of the log that this one succeeds, as it was there: it may come over."""

    __tablename__ = "old_members"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="it stands in the old log, and holds no words")
    id: int = Field(primary_key=True)
    leaf: bytes


class InvitationRow(HubTable, table=True):
    """The hash of an unused invitation."""

    __tablename__ = "invitations"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("use_invitation", "forget_stale"), why="when used or past its day"
    )
    code_hash: str = Field(primary_key=True)
    expires_on: date


class NonceRow(HubTable, table=True):
    """A request that was taken: the same one is not taken again."""

    __tablename__ = "nonces"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("forget_stale",), why="after `nonce_minutes`")
    keyid: str = Field(primary_key=True)
    nonce: str = Field(primary_key=True)
    expires_at: datetime = Field(index=True)


class CountRow(HubTable, table=True):
    """How many statements of one origin were taken on one day."""

    __tablename__ = "statement_counts"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("forget_stale",), why="after a week")
    origin: int = Field(primary_key=True)
    day: date = Field(primary_key=True)
    count: int


class HeardRow(HubTable, table=True):
    """When a member's node was last heard, to the minute: each asks every half minute, so it tells of no warning."""

    __tablename__ = "members_heard"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a member's number and its latest minute, replaced by a later one"
    )
    member: int = Field(primary_key=True)
    heard_at: datetime
    clock_seconds: int | None = None
    software: str = ""


class ReminderRow(HubTable, table=True):
    """The day on which an operator last asked a member to confirm what was deleted; its node is told."""

    __tablename__ = "reminders"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a member's number and a day, replaced by a later one"
    )
    member: int = Field(primary_key=True)
    day: date


class HeartbeatRow(HubTable, table=True):
    """When a job last began and last succeeded."""

    __tablename__ = "heartbeats"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="no record of a person, replaced at each run")
    job: str = Field(primary_key=True)
    started_at: datetime
    succeeded_at: datetime | None = None
    problem: str = ""
