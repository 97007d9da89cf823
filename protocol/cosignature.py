"""Cosignatures of C2SP tlog-cosignature: a witness says that this tree extends all that it has seen of the log.

Cosigning is consistency, not approval of what the entries say. A witness must check against its last checkpoint and
store the new one in one step, before it answers: that is the caller's (spec/log.md §9 shows the race). How many make
a checkpoint *confirmed* is the charter's. Source: spec/log.md §5.
"""

from collections.abc import Iterable

import msgspec
from nacl.signing import SigningKey

from protocol.errors import NoteInvalid
from protocol.note import NoteSignature, cosign_text, decode_line, decode_note
from protocol.verifier_key import COSIGNATURE, VerifierKey


class Cosignature(msgspec.Struct, frozen=True):
    """One verified cosignature.

    Attributes:
        witness: its key.
        timestamp: POSIX seconds, by the witness's clock. Whether it lies ahead is for the reader, who has a clock.
    """

    witness: VerifierKey
    timestamp: int


def cosign(note: bytes, name: str, key: SigningKey, timestamp: int) -> bytes:
    """The line that a witness answers, with its newline.

    Args:
        note: that the witness has opened, found consistent and stored.
        name: of the witness.
        key: of the witness; it must serve no other name, and nothing but cosigning.
        timestamp: now, in POSIX seconds.

    Raises:
        NoteInvalid: as `decode_note`.
        RuntimeError: the timestamp is out of bounds: a caller's bug.
    """
    return cosign_text(decode_note(note).text, name, key, timestamp).line.encode()


def verify_cosignature(note: bytes, line: bytes, witness: VerifierKey) -> Cosignature:
    """Checks one line over the text of a note.

    Args:
        note: any bytes.
        line: any bytes: what a witness answered.
        witness: of type `COSIGNATURE`.

    Raises:
        NoteInvalid: as `decode_note` and `decode_line`; `note.witness_key` (a key that cosigns nothing),
            `note.other_witness` (a line by another key), `note.bad_signature`.
    """
    return Cosignature(witness, _verified(decode_note(note).text, line, witness).timestamp)


def add_cosignature(note: bytes, line: bytes, witness: VerifierKey) -> bytes:
    """The note with the line in it, once it has verified. Adding again, or in another order of times, changes nothing.

    A witness stands in a note once: the later of its cosignatures is kept.

    Raises:
        NoteInvalid: as `verify_cosignature`; `note.too_many_signatures`, `note.oversize`.
    """
    unverified = decode_note(note)
    signature = _verified(unverified.text, line, witness)
    held = [one for one in unverified.signatures if one.is_by(witness)]
    if any(_is_valid(one, unverified.text, witness) and one.timestamp >= signature.timestamp for one in held):
        return note
    return unverified.with_signature(signature).encode()


def cosignatures(note: bytes, witnesses: Iterable[VerifierKey]) -> tuple[Cosignature, ...]:
    """The valid cosignatures by these witnesses, one for each public key: what k of n is counted from.

    The signed message does not name the witness, so two names of one public key would be counted twice: the first
    counts. Verify the log's own signature first (`checkpoint.open_checkpoint`).

    Raises:
        NoteInvalid: as `decode_note`; `note.witness_key`; `note.ambiguous_key`; `note.bad_signature`: one by a named
            witness fails, so nothing in the note is to be believed.
    """
    known = list(witnesses)
    if any(witness.kind != COSIGNATURE for witness in known):
        raise NoteInvalid("witness_key", "kind")
    unverified = decode_note(note)
    if not any(one.is_by(witness) for one in unverified.signatures for witness in known):
        return ()
    by_public: dict[bytes, Cosignature] = {}
    for witness, signature in unverified.verify(known).items():
        by_public.setdefault(witness.public, Cosignature(witness, signature.timestamp))
    return tuple(by_public.values())


def _verified(text: str, line: bytes, witness: VerifierKey) -> NoteSignature:
    if witness.kind != COSIGNATURE:
        raise NoteInvalid("witness_key", "kind")
    try:
        signature = decode_line(line.decode())
    except UnicodeDecodeError as error:
        raise NoteInvalid("not_utf8", "line") from error
    if not signature.is_by(witness):
        raise NoteInvalid("other_witness", "line")
    signature.verify(text, witness)
    return signature


def _is_valid(signature: NoteSignature, text: str, witness: VerifierKey) -> bool:
    try:
        signature.verify(text, witness)
    except NoteInvalid:
        return False
    return True
