"""Checkpoints: what a log signs about its tree, and `seen`, the same signature as statements and requests carry it.

That a signed root is the root of the entries is for `log.follow`; that others saw the same is for `cosignature`.
A log must not sign a checkpoint that does not extend every one it signed before: that needs memory, so it is the
caller's. Source: spec/log.md §5, §6.
"""

import hashlib
import re
from typing import Final

import msgspec
from nacl.signing import SigningKey

from protocol.errors import NoteInvalid, SignatureInvalid
from protocol.keys import verify_signature
from protocol.log import EMPTY_ROOT, HASH_BYTES, MAX_SIZE
from protocol.note import UnverifiedNote, decode_note, sign_text
from protocol.statement_fields import Seen
from protocol.verifier_key import ED25519, VerifierKey, decode_base64, encode_base64

MAX_ORIGIN_BYTES: Final = 100

_ORIGIN: Final = re.compile(r"[a-z0-9.-]+(?:/[a-z0-9-]+)*")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,15}")


class Checkpoint(msgspec.Struct, frozen=True):
    """The tree of one log at one size. Making one checks it; who signed it is not part of it.

    Attributes:
        origin: which log: lower-case, like a URL without scheme, at most 100 characters. Also its key's name.
        size: number of entries, 0 to `MAX_SIZE`.
        root: 32 bytes.

    Raises:
        NoteInvalid: `note.origin`, `note.size`, `note.root` (not 32 bytes, or not the empty root at size 0).
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if len(self.origin) > MAX_ORIGIN_BYTES or not _ORIGIN.fullmatch(self.origin):
            raise NoteInvalid("origin", "origin")
        if not 0 <= self.size <= MAX_SIZE:
            raise NoteInvalid("size", "size")
        if len(self.root) != HASH_BYTES or (self.size == 0 and self.root != EMPTY_ROOT):
            raise NoteInvalid("root", "root")

    @property
    def text(self) -> str:
        """The text of its note: three lines, each with its newline. Source: spec/log.md §5."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n"

    @property
    def digest(self) -> bytes:
        """SHA-256 of the text, 32 bytes: what the checkpoint words are of. Source: spec/log.md §7."""
        return hashlib.sha256(self.text.encode()).digest()


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """The text of the note of that origin, size and root.

    Raises:
        NoteInvalid: `note.origin`, `note.size`, `note.root`.
    """
    return Checkpoint(origin, size, root).text


def parse_checkpoint(text: str) -> Checkpoint:
    """Reads the text of a note: exactly three lines, no extension lines.

    Raises:
        NoteInvalid: `note.checkpoint_lines`, `note.origin`, `note.size`, `note.root`.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NoteInvalid("checkpoint_lines")
    origin, size, root, _ = lines
    if not _SIZE.fullmatch(size):
        raise NoteInvalid("size", "size")
    return Checkpoint(origin, int(size), decode_base64(root, "root"))


def sign_checkpoint(origin: str, size: int, root: bytes, key: SigningKey) -> bytes:
    """A note over a checkpoint with the log's signature, and no cosignature yet.

    Args:
        origin: which log; the name of its key.
        size: number of entries.
        root: 32 bytes: of the entries as they were read back from the store, not as they were meant.
        key: the log's.

    Raises:
        NoteInvalid: `note.origin`, `note.size`, `note.root`.
    """
    text = checkpoint_text(origin, size, root)
    return UnverifiedNote(text, (sign_text(text, origin, key),)).encode()


def open_checkpoint(note: bytes, log_key: VerifierKey) -> Checkpoint:
    """Verifies a note under the log's key and reads the checkpoint in it.

    Args:
        note: any bytes.
        log_key: of type `ED25519`, named as the log's origin.

    Raises:
        NoteInvalid: as `decode_note`; `note.bad_signature`, `note.unsigned`; `note.log_key` (a key that signs no
            checkpoints); as `parse_checkpoint`; `note.origin_mismatch` (of another log).
    """
    return _open(note, log_key)[0]


def seen_of(note: bytes, log_key: VerifierKey) -> Seen:
    """Size, root and the log's signature: how a statement or request says that its sender holds this checkpoint.

    Raises:
        NoteInvalid: as `open_checkpoint`.
    """
    checkpoint, signature = _open(note, log_key)
    return Seen(root=checkpoint.root.hex(), sig=signature.hex(), size=checkpoint.size)


def verify_seen(seen: Seen, origin: str, log_key: bytes) -> Checkpoint:
    """Checks that the log signed what the sender says to have seen. It need not be in the reader's own past.

    Args:
        seen: hex fields; from a statement or a request.
        origin: of the log.
        log_key: its public key, 32 bytes.

    Raises:
        NoteInvalid: `note.origin`, `note.size`, `note.root`; `note.seen`: the log did not sign that.
    """
    try:
        checkpoint = Checkpoint(origin, seen.size, bytes.fromhex(seen.root))
        verify_signature(checkpoint.text.encode(), bytes.fromhex(seen.sig), log_key)
    except (SignatureInvalid, ValueError) as error:
        raise NoteInvalid("seen", "seen") from error
    return checkpoint


def _open(note: bytes, log_key: VerifierKey) -> tuple[Checkpoint, bytes]:
    """The checkpoint and the log's 64-byte signature over it."""
    if log_key.kind != ED25519:
        raise NoteInvalid("log_key", "kind")
    unverified = decode_note(note)
    signature = unverified.verify([log_key])[log_key]
    checkpoint = parse_checkpoint(unverified.text)
    if checkpoint.origin != log_key.name:
        raise NoteInvalid("origin_mismatch", "origin")
    return checkpoint, signature.value
