"""Old logs as this node reads them now: what their entries left, and what Cancels in their successors ended since.

Pure but for `read_old_logs`, which reads what was put aside. Source: spec/membership.md §7.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from sqlmodel import Session

from node.store.old_logs import OldLogKept, old_entries, old_logs, old_witness_sizes, place_of
from protocol.house.collector import resting
from protocol.replay import Entry, Link, Member, State, after_successors, replay, verify_ahead

VERIFIED_AT_ONCE: Final = 1_024
"""Entries whose signatures are verified on all cores before they are applied: a key that one of them rotates to is
verified when it is applied."""


class OldLog(msgspec.Struct, frozen=True, kw_only=True):
    """A log that another has succeeded.

    Attributes:
        kept: as it was put aside.
        at_end: replay state over all entries of it that this node holds.
        state: the same, with the chains ended that were cancelled in a later log. An index beyond `at_end.size` is one
            of a later log: `entry_of` says which.
        witnessed: each witness of its charter → how far it had followed.
    """

    kept: OldLogKept
    at_end: State
    state: State
    witnessed: Mapping[str, int]

    def seen_by(self, index: int) -> tuple[int, int]:
        """How many witnesses had cosigned a tree with the entry at `index` in it, and how many there were."""
        return sum(size > index for size in self.witnessed.values()), len(self.witnessed)

    @property
    def member(self) -> Member | None:
        """This node as that log had it, or None."""
        return next((one for one in self.state.members.values() if one.request == self.kept.pin.request), None)


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A link, and where it stands.

    Attributes:
        state: of its log.
        place: one number for its entry, whatever log that is in (`store.old_logs.place_of`).
        old: of a log that another has succeeded.
    """

    link: Link
    state: State
    place: int
    old: bool


def read_old_logs(session: Session) -> tuple[OldLog, ...]:
    """Replays all that there are, the oldest first; without what their successors say."""
    found = []
    for kept in old_logs(session):
        entries = [Entry(data) for data in old_entries(session, kept.number)]
        at_end = replayed(State(), entries)
        reached = old_witness_sizes(session, kept.number)
        keys = at_end.charter.witnesses.keys if at_end.charter is not None else ()
        witnessed = {one.name: reached.get(one.name, 0) for one in keys}
        found.append(OldLog(kept=kept, at_end=at_end, state=at_end, witnessed=witnessed))
    return tuple(found)


def replayed(state: State, entries: Sequence[Entry]) -> State:
    """The state after `entries`; signatures of a page are verified on all cores under what the pages before admit."""
    with resting():
        for start in range(0, len(entries), VERIFIED_AT_ONCE):
            page = entries[start : start + VERIFIED_AT_ONCE]
            verify_ahead(state, page)
            state = replay(state, page)
    return state


def with_successors(old: Sequence[OldLog], present: State) -> tuple[OldLog, ...]:
    """The same, as the logs after them leave them.

    Args:
        old: the oldest first.
        present: the state of the log that this node obeys now.
    """
    states = [one.at_end for one in old] + [present]
    return tuple(
        msgspec.structs.replace(one, state=after_successors(one.at_end, states[number + 1 :]))
        for number, one in enumerate(old)
    )


def find_link(identity: str, present: State, old: Sequence[OldLog]) -> Placed | None:
    """The link of that identity, in whichever log it stands; None: in none."""
    link = present.links.get(identity)
    if link is not None:
        return Placed(link=link, state=present, place=place_of(len(old), link.index), old=False)
    for one in old:
        link = one.state.links.get(identity)
        if link is not None:
            return Placed(link=link, state=one.state, place=place_of(one.kept.number, link.index), old=True)
    return None


def entry_of(state: State, index: int, present: State, old: Sequence[OldLog]) -> tuple[int, int]:
    """Where an index that a log's state names stands: (number of the log, index there).

    Args:
        state: `present`, or that of one of `old`, in which an index beyond its own end is one of a later log.
    """
    number = next((number for number, one in enumerate(old) if one.state is state), len(old))
    sizes = [one.at_end.size for one in old] + [present.size]
    while number < len(old) and index >= sizes[number]:
        index -= sizes[number]
        number += 1
    return number, index
