"""Soft flags are resolved one by one, each with a reason from a list, by somebody who did not draft the warning. Pure.

A hard stop is not here: nobody resolves it. What was resolved is kept sealed with the release. Source: DESIGN §5.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from node.core.leak.found import Flag, Found
from protocol.house.core.errors import Refused

REASONS: Final = frozenset({"about_person_described", "ordinary_word", "name_they_used", "fits_many"})
"""Why a flag may stand: it speaks of the person described; it is an ordinary word; it is a name that they used; the
place, time or group is so wide that it fits many people."""


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """A flag that somebody looked at and let stand."""

    flag: Flag
    reason: str
    by: str
    at: datetime


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as a reviewer sees it.

    Attributes:
        number: its place in the list, from 1: what `resolve` takes.
        words: what was found, as written; empty for a field without words.
        resolved: None while nobody has.
    """

    number: int
    flag: Flag
    words: str
    resolved: Resolved | None


def looked_at(found: Found, texts: dict[str, str], resolved: Iterable[Resolved]) -> tuple[Looked, ...]:
    """The soft flags with what became of each; the last resolution of a flag stands.

    Args:
        texts: of the fields that hold words.
    """
    by_flag = {one.flag: one for one in resolved}
    return tuple(
        Looked(
            number=number,
            flag=flag,
            words=texts.get(flag.field, "")[flag.start : flag.end],
            resolved=by_flag.get(flag),
        )
        for number, flag in enumerate(found.soft, 1)
    )


def require_reason(reason: str) -> None:
    """Refuses a reason that is not on the list.

    Raises:
        Refused: `refused.flag_reason`.
    """
    if reason not in REASONS:
        raise Refused("flag_reason", "a flag is resolved by one of: " + ", ".join(sorted(REASONS)))


def require_all_resolved(found: Found, resolved: Iterable[Resolved], drafted_by: str) -> None:
    """Refuses a release while a soft flag is not resolved by another person than its drafter.

    Raises:
        Refused: `refused.flags`.
    """
    done = {one.flag for one in resolved if one.by != drafted_by}
    left = sum(flag not in done for flag in found.soft)
    if left:
        raise Refused("flags", f"{left} flags are not looked at yet: resolve each one, or draft it again without them")
