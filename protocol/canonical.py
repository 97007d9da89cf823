"""The one JSON encoding of statements, requests, Acks and bodies: RFC 8785 for the subset that they use.

Members ascend by name at every depth, no white space, integers only, nothing absent is written. A reader decodes by
type, writes what it read and compares; only when that differs does it ask why. Source: spec/statement.md §1.
"""

import json
import re
from typing import Any, Final, TypeVar

import msgspec

from protocol.errors import ProtocolError

_T = TypeVar("_T")
_ENCODER: Final = msgspec.json.Encoder(order="sorted")
_PATH: Final = re.compile(r" - at `\$\.?([A-Za-z0-9_.\[\]…]*)`\Z")
_MISSING: Final = re.compile(r"Object missing required field `([A-Za-z0-9_]+)`")
_OTHER_TYPE: Final = re.compile(r"Expected `[^`]*`, got `")


def encode(value: object) -> bytes:
    """The one encoding of a struct or of plain dicts, lists, strings and integers."""
    return _ENCODER.encode(value)


def decode(data: bytes, kind: type[_T], error: type[ProtocolError], *, shape_error: str | None = None) -> _T:
    """Decodes by type. Does not check that `data` is the one encoding: `require_canonical` does.

    Args:
        data: any bytes, already bounded by the caller.
        kind: a frozen `msgspec.Struct` that forbids unknown fields.
        error: the family to raise.
        shape_error: one name for every misfit of shape, where the family has only one.

    Raises:
        ProtocolError: of the family given: `not_json`, `unknown_field`, `missing_field`, `wrong_type` or `grammar`.
    """
    try:
        return msgspec.json.decode(data, type=kind, strict=True)
    except msgspec.ValidationError as invalid:
        name, detail = _classify(str(invalid))
        if shape_error is not None:
            raise error(shape_error, detail) from None
        reject_duplicate_keys(data, error)
        raise error(name, detail) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise error("not_json") from None


def require_canonical(data: bytes, value: object, error: type[ProtocolError]) -> None:
    """Refuses bytes that are not the one encoding of `value`.

    Raises:
        ProtocolError: of the family given: `duplicate_key` or `not_canonical`.
    """
    if encode(value) != data:
        reject_duplicate_keys(data, error)
        raise error("not_canonical")


def reject_duplicate_keys(data: bytes, error: type[ProtocolError]) -> None:
    """Raises `duplicate_key` if any object in `data` has a member twice. Decoders silently keep the last."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise error("duplicate_key")
        return dict(pairs)

    try:
        json.loads(data, object_pairs_hook=unique)
    except (ValueError, RecursionError):
        return


def _classify(message: str) -> tuple[str, str]:
    """Turns msgspec's words into a stable name and the path of the field; never a value, nor a hostile name.

    A message may quote a hostile value, so only its beginning and its end are looked at.
    """
    path = _PATH.search(message)
    where = path[1] if path else ""
    if message.startswith("Object contains unknown field"):
        return "unknown_field", where
    missing = _MISSING.match(message)
    if missing:
        return "missing_field", f"{where}.{missing[1]}".strip(".")
    if _OTHER_TYPE.match(message):
        return "wrong_type", where
    return "grammar", where
