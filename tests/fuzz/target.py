"""What a target is, and what it may raise."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from hub.core.errors import HubError, Misconfigured
from node.core.sheets.errors import MappingInvalid, SheetUnreadable
from protocol.at_rest import SealBroken
from protocol.errors import ProtocolError
from protocol.house.core.errors import HouseError

OURS: Final = (ProtocolError, SealBroken, SheetUnreadable, MappingInvalid, HouseError, HubError, Misconfigured)


class Target(msgspec.Struct, frozen=True):
    """`name`, `seeds` to start from, the `call`, and the public functions that it `reaches`."""

    name: str
    seeds: Sequence[bytes]
    call: Callable[[bytes], object]
    reaches: tuple[str, ...] = ()


def text_of(data: bytes) -> str:
    """Any bytes as a string that may hold anything."""
    return data.decode("utf-8", "surrogateescape")
