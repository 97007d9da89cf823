"""Signed notes of C2SP: text and signature lines, Ed25519 (type 0x01) and timestamped cosignatures (type 0x04).

Does not know what the text says: that is `checkpoint`. The text of an `UnverifiedNote` is hostile until `verify` has
returned. Signatures by unknown keys are ignored; one by a known key that fails condemns the whole note.
Source: spec/log.md §4.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec
from nacl.signing import SigningKey

from protocol.errors import NoteInvalid, SignatureInvalid
from protocol.keys import SIGNATURE_BYTES, verify_signature
from protocol.verifier_key import (
    COSIGNATURE,
    ED25519,
    ID_BYTES,
    VerifierKey,
    decode_base64,
    encode_base64,
    key_id_of,
    require_name,
)

MAX_NOTE_BYTES: Final = 65_536
MAX_NOTE_SIGNATURES: Final = 256
"""A log and 255 members that cosign, each in a line of at most 256 bytes."""

MAX_TIMESTAMP: Final = 2**63 - 1

_TIMESTAMP_BYTES: Final = 8
_DASH: Final = "\N{EM DASH} "
_CONTROL: Final = re.compile(rb"[\x00-\x09\x0b-\x1f]")


class NoteSignature(msgspec.Struct, frozen=True):
    """One signature line.

    Attributes:
        name: of the key, as in the line.
        key_id: 4 bytes.
        value: the rest: 64 bytes of Ed25519, or 8 of time (big-endian POSIX seconds) and 64 of Ed25519.
    """

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {encode_base64(self.key_id + self.value)}\n"

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it claims to be by this key: name and id are its. Not whether it verifies."""
        return self.name == key.name and self.key_id == key.id

    def verify(self, text: str, key: VerifierKey) -> None:
        """Checks this signature over the text of a note.

        Raises:
            NoteInvalid: `note.bad_signature`: of the wrong length, of an impossible time, or it does not verify.
        """
        raw = self.value[-SIGNATURE_BYTES:]
        stamp = self.value[:-SIGNATURE_BYTES]
        if len(stamp) != (_TIMESTAMP_BYTES if key.kind == COSIGNATURE else 0) or len(raw) != SIGNATURE_BYTES:
            raise NoteInvalid("bad_signature", "size")
        timestamp = int.from_bytes(stamp, "big")
        if timestamp > MAX_TIMESTAMP:
            raise NoteInvalid("bad_signature", "timestamp")
        message = cosigned_message(text, timestamp) if stamp else text.encode()
        try:
            verify_signature(message, raw, key.public)
        except SignatureInvalid as error:
            raise NoteInvalid("bad_signature", "signature") from error

    @property
    def timestamp(self) -> int:
        """When a cosignature says it was made, POSIX seconds. Only of one that a witness's key has verified."""
        return int.from_bytes(self.value[:_TIMESTAMP_BYTES], "big")


class UnverifiedNote(msgspec.Struct, frozen=True):
    """A well-formed note. Nothing in it has been verified.

    Attributes:
        text: with its last newline, without the blank line.
        signatures: in the order of their lines, each name and key id once.
    """

    text: str
    signatures: tuple[NoteSignature, ...]

    def verify(self, known: Iterable[VerifierKey]) -> dict[VerifierKey, NoteSignature]:
        """Verifies every signature that claims to be by a known key; ignores the others.

        Returns:
            The keys that signed, each with its signature: at least one.

        Raises:
            NoteInvalid: `note.bad_signature`: one by a known key fails: nothing in the note is to be believed.
                `note.unsigned`: none is by a known key. `note.ambiguous_key`: two known keys of one name and id.
        """
        by_name: dict[tuple[str, bytes], VerifierKey] = {}
        for key in known:
            if by_name.setdefault((key.name, key.id), key) != key:
                raise NoteInvalid("ambiguous_key", "known")
        verified = {}
        for signature in self.signatures:
            signer = by_name.get((signature.name, signature.key_id))
            if signer is not None:
                signature.verify(self.text, signer)
                verified[signer] = signature
        if not verified:
            raise NoteInvalid("unsigned")
        return verified

    def with_signature(self, signature: NoteSignature) -> "UnverifiedNote":
        """This note with a line added; one of the same name and key id is replaced where it stands."""
        added = (signature.name, signature.key_id)
        lines = [signature if (held.name, held.key_id) == added else held for held in self.signatures]
        return UnverifiedNote(self.text, tuple(lines if signature in lines else [*lines, signature]))

    def encode(self) -> bytes:
        """The bytes of the note.

        Raises:
            NoteInvalid: it is one that `decode_note` would refuse.
        """
        data = f"{self.text}\n{''.join(signature.line for signature in self.signatures)}".encode()
        decode_note(data)
        return data


def decode_note(data: bytes) -> UnverifiedNote:
    """Reads a note in the order of spec/log.md §4.

    Args:
        data: any bytes.

    Raises:
        NoteInvalid: `note.oversize`, `note.not_utf8`, `note.control_character`, `note.shape` (no blank line or no last
            newline), `note.too_many_signatures`, `note.signature_line`, `note.key_name`, `note.duplicate_signature`.
    """
    if len(data) > MAX_NOTE_BYTES:
        raise NoteInvalid("oversize")
    try:
        note = data.decode()
    except UnicodeDecodeError as error:
        raise NoteInvalid("not_utf8") from error
    if _CONTROL.search(data):
        raise NoteInvalid("control_character")
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteInvalid("shape")
    if lines.count("\n") > MAX_NOTE_SIGNATURES:
        raise NoteInvalid("too_many_signatures")
    signatures = tuple(decode_line(line + "\n") for line in lines[:-1].split("\n"))
    if len({(signature.name, signature.key_id) for signature in signatures}) != len(signatures):
        raise NoteInvalid("duplicate_signature")
    return UnverifiedNote(text + "\n", signatures)


def decode_line(line: str) -> NoteSignature:
    """Reads one signature line, with its newline: what a witness answers.

    Raises:
        NoteInvalid: `note.signature_line`: not dash, name, canonical base64 of an id and a signature; `note.key_name`.
    """
    name, space, encoded = line.removeprefix(_DASH).removesuffix("\n").partition(" ")
    if not space:
        raise NoteInvalid("signature_line")
    require_name(name)
    raw = decode_base64(encoded, "signature_line")
    signature = NoteSignature(name, raw[:ID_BYTES], raw[ID_BYTES:])
    if not signature.value or signature.line != line:
        raise NoteInvalid("signature_line")
    return signature


def sign_text(text: str, name: str, key: SigningKey) -> NoteSignature:
    """A log's signature over a text that ends in a newline."""
    public = bytes(key.verify_key)
    return NoteSignature(name, key_id_of(name, ED25519, public), key.sign(text.encode()).signature)


def cosign_text(text: str, name: str, key: SigningKey, timestamp: int) -> NoteSignature:
    """A witness's cosignature over a text that ends in a newline.

    Args:
        text: of the note.
        name: of the witness. It is not signed: a key must serve one name only.
        key: of the witness.
        timestamp: now, in POSIX seconds, 0 to 2^63 − 1.

    Raises:
        RuntimeError: the timestamp is out of bounds: a caller's bug.
    """
    if not 0 <= timestamp <= MAX_TIMESTAMP:
        raise RuntimeError("a timestamp is 0 to 2^63 - 1")
    signature = key.sign(cosigned_message(text, timestamp)).signature
    value = timestamp.to_bytes(_TIMESTAMP_BYTES, "big") + signature
    return NoteSignature(name, key_id_of(name, COSIGNATURE, bytes(key.verify_key)), value)


def cosigned_message(text: str, timestamp: int) -> bytes:
    """What a cosignature is over. Source: spec/log.md §4."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()
