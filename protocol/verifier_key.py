"""The keys that verify notes, and the text (`vkey`) in which settings and papers carry them. C2SP signed-note.

Source: spec/log.md §4.
"""

import base64
import binascii
import hashlib
import re
from functools import cached_property
from typing import Final

import msgspec

from protocol.errors import NoteInvalid
from protocol.keys import require_valid_point

ED25519: Final = 0x01
"""Type of a key whose signature is over the text: what a log signs with."""

COSIGNATURE: Final = 0x04
"""Type of a key whose signature is over a time and the text: what a witness signs with."""

ID_BYTES: Final = 4

_NAME: Final = re.compile(r"[!-*,-~]{1,128}")


class VerifierKey(msgspec.Struct, frozen=True, dict=True):
    """A key that may verify notes. Making one checks it, so a held one is usable.

    Attributes:
        name: who signs: 1 to 128 visible ASCII characters other than plus.
        kind: `ED25519` or `COSIGNATURE`.
        public: 32 bytes, a canonical point of the main subgroup.

    Raises:
        NoteInvalid: `note.key_name`, `note.key_type`.
        KeyInvalid: `key.invalid_point`.
    """

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        require_name(self.name)
        if self.kind not in (ED25519, COSIGNATURE):
            raise NoteInvalid("key_type", "kind")
        require_valid_point(self.public, "public")

    @cached_property
    def id(self) -> bytes:
        """4 bytes that say, with the name, which line to verify; they prove nothing. Source: spec/log.md §4."""
        return key_id_of(self.name, self.kind, self.public)

    @property
    def vkey(self) -> str:
        """`name+hex(id)+base64(kind ‖ public)`, the text in which settings carry it."""
        return f"{self.name}+{self.id.hex()}+{encode_base64(bytes([self.kind]) + self.public)}"


def parse_vkey(vkey: str) -> VerifierKey:
    """Reads `name+hex(id)+base64(kind ‖ public)`, in that one form.

    Raises:
        NoteInvalid: `note.vkey` (not of that form), `note.key_id` (not that key's), `note.key_name`, `note.key_type`.
        KeyInvalid: `key.invalid_point`.
    """
    parts = vkey.split("+", 2)
    if len(parts) != 3:
        raise NoteInvalid("vkey")
    name, written_id, encoded = parts
    raw = decode_base64(encoded, "vkey")
    if not raw:
        raise NoteInvalid("vkey")
    key = VerifierKey(name, raw[0], raw[1:])
    if key.id.hex() != written_id:
        raise NoteInvalid("key_id")
    return key


def key_id_of(name: str, kind: int, public: bytes) -> bytes:
    """SHA-256(name ‖ 0x0A ‖ kind ‖ public key)[:4]. Source: spec/log.md §4."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:ID_BYTES]


def require_name(name: str) -> None:
    """Refuses a key name that a note cannot carry.

    Raises:
        NoteInvalid: `note.key_name`: not 1 to 128 visible ASCII characters other than plus.
    """
    if not _NAME.fullmatch(name):
        raise NoteInvalid("key_name", "name")


def encode_base64(value: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(value).decode("ascii")


def decode_base64(text: str, rejection: str) -> bytes:
    """Canonical standard base64: what it decodes to encodes to the same text.

    Args:
        text: any text.
        rejection: the name under which to refuse it.

    Raises:
        NoteInvalid: `note.` and the name given.
    """
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteInvalid(rejection) from error
    if encode_base64(value) != text:
        raise NoteInvalid(rejection)
    return value
