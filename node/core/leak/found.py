"""What the leak check found: where, and of what kind. Never the words themselves."""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

HardKind = Literal[
    "private_word",
    "never_alert",
    "phone",
    "email",
    "handle",
    "postcode",
    "address",
    "premises",
    "reference",
    "date",
    "small_cell",
]
"""What stops: the words are changed, or another person changes the record. Nobody overrides it."""

SoftKind = Literal[
    "unknown_word", "name_like", "telling", "place", "time", "number", "private_in_common_use", "small_cell"
]
"""What a reviewer looks at, one by one."""

Kind = HardKind | SoftKind

_SAID_FIRST: Final[tuple[Kind, ...]] = (
    *("private_word", "never_alert", "date", "reference", "email", "handle"),
    *("postcode", "address", "premises", "phone", "private_in_common_use"),
    *("time", "place", "number", "telling", "name_like", "unknown_word", "small_cell"),
)
"""What one place is called that was found in several ways."""

_JOINED_BY: Final = frozenset(" -'/&.\"")


class Flag(msgspec.Struct, frozen=True, order=True):
    """One finding: characters `start` to `end` (not included) of a field, as written.

    Attributes:
        field: name of the body's field: `text`, `town`, `persons.names_used`, …
    """

    field: str
    start: int
    end: int
    kind: Kind


class Found(msgspec.Struct, frozen=True):
    """Hard stops and soft flags, in the order of the fields; empty where nothing was found."""

    hard: tuple[Flag, ...] = ()
    soft: tuple[Flag, ...] = ()


def gathered(field: str, text: str, hard: Iterable[Flag], soft: Iterable[Flag]) -> Found:
    """Findings in one text: neighbours made one, and no soft flag inside a hard stop.

    Every character that was in a finding is still in one.
    """
    stops = _merged(field, text, hard)
    flags = [flag for flag in soft if not any(stop.start <= flag.start and flag.end <= stop.end for stop in stops)]
    return Found(stops, _merged(field, text, flags))


def _merged(field: str, text: str, flags: Iterable[Flag]) -> tuple[Flag, ...]:
    made: list[Flag] = []
    for flag in sorted(flags):
        last = made[-1] if made else None
        if last is not None and (flag.start <= last.end or _JOINED_BY.issuperset(text[last.end : flag.start])):
            kind = min(last.kind, flag.kind, key=_SAID_FIRST.index)
            made[-1] = Flag(field, last.start, max(last.end, flag.end), kind)
        else:
            made.append(flag)
    return tuple(made)
