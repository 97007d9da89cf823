"""The two files of an officer's signature: what is to be signed, and what is. JSON, bytes in base64. Pure.

Officers' keys never lie at the hub: the pages hand out the first file, `watchword-hub sign-as-officer` makes the second
of it where the key is, and the pages take that.
"""

from typing import Final, TypeVar

import msgspec

from hub.core.errors import Malformed

MAX_FILE: Final = 64 * 1024
"""Bytes: a statement of 8 KiB and a body of 16 KiB, in base64."""


class ToSign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is to be signed.

    Attributes:
        payload: the statement's exact bytes.
        body: stored bytes beside it, or None.
    """

    payload: bytes
    body: bytes | None = None


class SignedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was signed: the envelope, and the body as it came."""

    envelope: bytes
    body: bytes | None = None


_File = TypeVar("_File", ToSign, SignedFile)


def encode_file(file: ToSign | SignedFile) -> bytes:
    """As it is handed over."""
    return msgspec.json.encode(file) + b"\n"


def decode_to_sign(data: bytes) -> ToSign:
    """What is to be signed.

    Raises:
        Malformed: `request.malformed`.
    """
    return _decode(data, ToSign)


def decode_signed(data: bytes) -> SignedFile:
    """What was signed; whether it is signed by an officer is not looked at.

    Raises:
        Malformed: `request.malformed`.
    """
    return _decode(data, SignedFile)


def _decode(data: bytes, kind: type[_File]) -> _File:
    if len(data) > MAX_FILE:
        raise Malformed("request.malformed", "this file is larger than any of ours")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("request.malformed", "this is not a file of that kind") from error
