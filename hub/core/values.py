"""Frozen values that the hub's store returns."""

from collections.abc import Callable

import msgspec


class Head(msgspec.Struct, frozen=True):
    """How long the log is.

    Attributes:
        root: 32 bytes over all `size` entries.
        epoch: whose turn it is to write.
        halted: why signing has stopped, or "".
    """

    size: int
    root: bytes
    epoch: int
    halted: str


class SignedCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint that the hub signed: `note` is the whole signed note, without cosignatures."""

    size: int
    root: bytes
    note: str


class Staged(msgspec.Struct, frozen=True):
    """A statement that waits for the sequencer."""

    id: int
    envelope: bytes


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one statement: its index, or the code of the rule that it broke."""

    identity: str = ""
    index: int | None = None
    code: str = ""
    detail: str = ""


class Candidate(msgspec.Struct, frozen=True):
    """A request to join that waits: name and contact are the candidate's own words."""

    digest: str
    envelope: bytes
    name: str
    contact: str


class StoredBody(msgspec.Struct, frozen=True):
    """A sealed body as it is kept."""

    digest: str
    content: bytes
    wrapped_key: bytes
    epoch: int


Seal = Callable[[], StoredBody]
"""Seals a body, once: when the database is ready for it."""


class Heartbeat(msgspec.Struct, frozen=True):
    """When a job last began and last succeeded, as ISO 8601 UTC, and the code of its last problem."""

    job: str
    started_at: str
    succeeded_at: str
    problem: str
