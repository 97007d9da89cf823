"""Count every incident whose body is here again, and name where the running counts say otherwise.

What lapsed is left out: nothing tells any more as what it was counted. Changes nothing. Source: promise 13.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

import msgspec

from hub.actions.count_incidents import Changes, changes_of, countable
from hub.core.counting import Split
from hub.log_view import LogView
from hub.store import descriptors, tallies
from hub.store.engine import Store

PAGE: Final = 5_000
"""Descriptions in memory at a time: a few megabytes."""

LONGEST_SECONDS: Final = 60.0
"""An operator waits so long for `doctor`."""


class Difference(msgspec.Struct, frozen=True):
    """One running count that is not what counting again gives."""

    quarter: str
    split: Split
    kept: int
    counted: int


class Recount(msgspec.Struct, frozen=True):
    """What came of it.

    Attributes:
        warnings: bodies that were looked at.
        seconds: how long it took.
        ended: all were looked at; otherwise nothing was compared.
    """

    warnings: int
    seconds: float
    ended: bool
    differences: tuple[Difference, ...] = ()


def recount_incidents(
    store: Store, view: LogView, *, longest: float = LONGEST_SECONDS, clock: Callable[[], float] = time.monotonic
) -> Recount:
    """Compares; a difference is counted a second time, for the hub may have changed the counts in between.

    Args:
        longest: seconds, after which it gives up.
        clock: in seconds, only ever forward.
    """
    began = clock()
    first = _recount(store, view, began + longest, clock)
    if not first.differences:
        return msgspec.structs.replace(first, seconds=clock() - began)
    again = _recount(store, view, began + 2 * longest, clock)
    both = tuple(one for one in first.differences if one in again.differences)
    return Recount(first.warnings, clock() - began, again.ended, both if again.ended else ())


def _recount(store: Store, view: LogView, until: float, clock: Callable[[], float]) -> Recount:
    counted: Changes = Counter()
    looked, index = 0, -1
    with store.read() as session:
        kept = tallies.live_counts(session)
        while page := descriptors.described_after(session, index, PAGE):
            if clock() > until:
                return Recount(looked, 0.0, ended=False)
            told_before = tallies.told_before(session, {one.idx for one in page})
            standing = countable(session, (one for one in page if one.idx not in told_before))
            counted.update(changes_of(view.refresh().state, standing))
            looked, index = looked + len(page), page[-1].idx
    differing = sorted(key for key in kept.keys() | counted.keys() if kept[key] != counted[key])
    differences = tuple(Difference(*key, kept[key], counted[key]) for key in differing)
    return Recount(looked, 0.0, ended=True, differences=differences)
