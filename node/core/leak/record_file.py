"""A record as a file gives it to the leak check alone: an object of lists of strings. Pure."""

from collections.abc import Iterator
from typing import Final

import msgspec

from node.core.private_parts import PrivateParts
from protocol.house.core.errors import Refused

_NAMES: Final = ("victim_name", "aliases", "names", "also_known_as", "legal_names", "former_names")
_NUMBERS: Final = ("phones", "numbers")
_ADDRESSES: Final = ("address", "addresses")
_NEVER_SAY: Final = ("never_say", "legal_names", "former_names")


def read_record(data: bytes) -> PrivateParts:
    """What a record file knows to be private. What has a name that is not known here is private words all the same.

    Raises:
        Refused: `refused.record_file`.
    """
    try:
        held = msgspec.json.decode(data, type=dict[str, str | list[str] | None])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused("record_file", "a record is an object of strings and lists of strings, in JSON") from error
    known = {*_NAMES, *_NUMBERS, *_ADDRESSES, *_NEVER_SAY}
    return PrivateParts(
        names=tuple(_strings(held, _NAMES)),
        numbers=tuple(_strings(held, _NUMBERS)),
        addresses=tuple(_strings(held, _ADDRESSES)),
        words=tuple(_strings(held, tuple(name for name in held if name not in known))),
        never_say=tuple(_strings(held, _NEVER_SAY)),
    )


def _strings(held: dict[str, str | list[str] | None], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = held.get(name) or ()
        yield from (value,) if isinstance(value, str) else value
