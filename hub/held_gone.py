"""Which bodies that are gone a member may hold: counted on as the log grows, where a page would else recount it.

Nothing of it changes once it stands: a body stays gone, and whether somebody came before it or after does not change.
"""

import threading
from bisect import bisect_left
from collections.abc import Sequence

from protocol.replay import Link, Member, State, could_hold


class HeldGone:
    """Of some members, the entries by which something is gone that they may hold. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lists: dict[int, _List] = {}

    def since(self, state: State, member: Member, index: int) -> Sequence[int]:
        """The entries from `index` on by which something is gone that a present member may hold, ascending.

        Args:
            state: one moment of the log, always of the same; another thread may have asked of a later one.
        """
        with self._lock:
            kept = self._lists.get(member.id)
            if kept is None or index < kept.first:
                kept = self._lists[member.id] = _List(index)
            kept.grow(state, member)
            return kept.indices[bisect_left(kept.indices, index) : bisect_left(kept.indices, state.size)]


class _List:
    """The entries from `first` on, as far as `end`."""

    def __init__(self, first: int) -> None:
        self.first, self.end, self.indices = first, first, list[int]()

    def grow(self, state: State, member: Member) -> None:
        for index in _gone_from(state, self.end):
            links = (state.links[state.bodies[digest]] for digest in state.gone[index])
            if any(_may_hold(member, link) for link in links):
                self.indices.append(index)
        self.end = max(self.end, state.size)


def _gone_from(state: State, least: int) -> list[int]:
    """The indices from `least` on by which something is gone, ascending; looked for on the shorter way."""
    if state.size - least < len(state.gone):
        return [index for index in range(least, state.size) if index in state.gone]
    return sorted(index for index in state.gone if index >= least)


def _may_hold(member: Member, link: Link) -> bool:
    return link.gone is not None and could_hold(member, link, link.gone)
