"""Whether what others say to have seen agrees with the tree that this node computed itself.

Pure: a statement's `seen`, our own roots and the log's key in, findings out. A mismatch is an alarm with both signed
notes as evidence; it never makes an entry void. Source: spec/log.md §6, §8.
"""

from collections.abc import Callable

import msgspec

from protocol.checkpoint import checkpoint_text, verify_seen
from protocol.errors import NoteInvalid
from protocol.note import NoteSignature, UnverifiedNote
from protocol.statement_fields import Seen
from protocol.verifier_key import VerifierKey

RootAt = Callable[[int], bytes | None]
"""`root_at(size)`: our root over the first `size` entries, 32 bytes; None beyond our tree."""


class Finding(msgspec.Struct, frozen=True):
    """Something that must not be.

    Attributes:
        code: of `core/alarms.py`.
        note: the other history as a signed note that the log key verifies, or None where it signed none.
    """

    code: str
    note: bytes | None = None


def judge_seen(seen: Seen, index: int | None, root_at: RootAt, log_key: VerifierKey) -> Finding | None:
    """What is wrong with a `seen`, or None.

    Args:
        seen: as a statement or Ack carries it.
        index: of the entry that carries it; None for what stands beside the log.
        root_at: our own roots.
        log_key: named as the log's origin.
    """
    try:
        verify_seen(seen, log_key.name, log_key.public)
    except NoteInvalid:
        return Finding("seen.not_signed")
    if index is not None and seen.size > index:
        return Finding("seen.ahead", note_of_seen(seen, log_key))
    ours = root_at(seen.size)
    if ours is not None and ours.hex() != seen.root:
        return Finding("seen.other_history", note_of_seen(seen, log_key))
    return None


def note_of_seen(seen: Seen, log_key: VerifierKey) -> bytes:
    """The signed note that a `seen` stands for: a stranger checks it like any other."""
    text = checkpoint_text(log_key.name, seen.size, bytes.fromhex(seen.root))
    return UnverifiedNote(text, (NoteSignature(log_key.name, log_key.id, bytes.fromhex(seen.sig)),)).encode()
