"""What a stranger can make of an alarm: *proof*, which needs nobody's word, or *testimony*, which is this node's.

Proof is two notes under one log's key that cannot both be true. Everything else a hub could deny.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from protocol.checkpoint import Checkpoint, open_checkpoint
from protocol.errors import ProtocolError
from protocol.verifier_key import VerifierKey

Kind = Literal["proof", "testimony"]


class Judged(msgspec.Struct, frozen=True):
    """`kind`, and why in a sentence that tells a stranger what to check."""

    kind: Kind
    why: str


def judge_evidence(
    notes: Sequence[bytes | None],
    other_note: bytes | None,
    log_key: VerifierKey,
    root_at: Callable[[int], bytes | None],
) -> Judged:
    """What notes prove.

    Entries count only under a signed root: what stands beside the notes past the larger one is the exporter's word.

    Args:
        notes: what the hub signed and showed to this node: at the time, and last.
        other_note: what else it signed.
        log_key: verifies all.
        root_at: size → the root over that many of the entries beside them, or None beyond them.
    """
    theirs = _opened(other_note, log_key)
    judged = Judged("testimony", "there are no two signed notes: this is what this node says that it saw")
    for note in notes:
        ours = _opened(note, log_key)
        if ours is not None and theirs is not None:
            judged = _of_two(ours, theirs, root_at)
            if judged.kind == "proof":
                break
    return judged


def _of_two(ours: Checkpoint, theirs: Checkpoint, root_at: Callable[[int], bytes | None]) -> Judged:
    if ours.size == theirs.size and ours.root != theirs.root:
        return Judged("proof", "two notes of one size with different roots, both signed with the log's key")
    smaller, larger = sorted((ours, theirs), key=lambda one: one.size)
    if root_at(larger.size) == larger.root and root_at(smaller.size) not in (None, smaller.root):
        return Judged(
            "proof", "the entries have the root of the larger note, and their beginning not that of the other"
        )
    return Judged("testimony", "the two notes do not contradict each other: this is what this node says that it saw")


def _opened(note: bytes | None, log_key: VerifierKey) -> Checkpoint | None:
    try:
        return None if note is None else open_checkpoint(note, log_key)
    except ProtocolError:
        return None
