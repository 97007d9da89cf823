"""Python's collector of cycles, kept from the log: what is known of it lives as long as the process, and has no cycles.

Walking through a million warnings stopped everything for 2.4 s at a time, and through thirty thousand for 0.3 s. And
kept from a group of statements while it is taken, and from entries while they are read: looking at what that lets go of
itself was a tenth of all the work, at what it keeps for ever a sixth.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

THRESHOLDS: Final = (700, 10, 20)
"""When it looks at its three generations; only the last differs from Python's own (10). The young are
looked at as ever, since what was refused may be large: with 10,000 there, 250 refused requests of 2 MB gathered."""

GROWTH: Final = 5_000
"""Entries by which the log has grown before what is old is set aside again. What is in flight at that moment is set
aside with it, and would stay if it became a cycle; a hub's requests and what they are answered do not
(`hub/api/statements.py`). At a node that may be what a page was showing, in the memory of the process that shows it."""


def spare_the_log(size: Callable[[], int]) -> None:
    """Sets aside all that there is now, and later what the log grew by, each time after it was looked at once.

    Args:
        size: how many entries are known.
    """
    gc.set_threshold(*THRESHOLDS)
    gc.collect()
    gc.freeze()
    spared = size()

    def after(phase: str, about: Mapping[str, Any]) -> None:
        nonlocal spared
        spared = min(spared, size())  # it may have begun anew, with another log
        if phase == "stop" and about["generation"] == 2 and size() >= spared + GROWTH:
            gc.freeze()
            spared = size()

    gc.callbacks.append(after)


@contextmanager
def resting() -> Iterator[None]:
    """Looks at nothing while this lasts, in any thread: what a group makes and lets go of itself is never looked at.

    Within another, or where it is off already, it changes nothing. Where two overlap, the first that began ends it.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
