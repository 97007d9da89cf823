"""JSON and base64, as spec/exchange.md has them."""

import base64
import binascii
from typing import TypeVar

import msgspec
from fastapi import Response

from hub.core.errors import Malformed

_T = TypeVar("_T")


def json_answer(content: object) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(content), media_type="application/json")


def b64(value: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(value).decode()


def decode(body: bytes, kind: type[_T]) -> _T:
    """What a request says.

    Raises:
        Malformed: `request.malformed`, naming the field.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        _, at, field = str(error).rpartition(" - at ")
        raise Malformed("request.malformed", field.strip("`") if at else "") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("request.malformed", "not JSON") from error


def unb64(text: str, field: str) -> bytes:
    """The bytes of a field in base64.

    Raises:
        Malformed: `request.malformed`: `field` is no base64.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("request.malformed", field) from error
