"""Count incidents as their bodies come and go, in the transactions in which they do.

An alert and what followed it are one incident, of the quarter in which the alert was made. It is not counted while an
earlier alert that it names as the same event is: while that has a body, or lapsed while it was counted. What is paused
or taken back is not counted; what lapsed while it was counted stays so, for nothing tells any more as what.

Source: DESIGN §4 body, §6; promise 13.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlmodel import Session

from hub.core.counting import COUNTED_SOURCE, Split, splits_of
from hub.core.descriptors import LAPSED, Described, Gone
from hub.store import bodies, descriptors, tallies
from protocol.quarters import quarter_of
from protocol.replay import State

Changes = Counter[tuple[str, Split]]


def count_in(session: Session, state: State, came: Sequence[Described]) -> None:
    """Counts bodies that have just been described.

    Args:
        state: of a log that has their statements.
    """
    _, told_again = tallies.change_standing(session, {one.chain for one in came}, stands=True)
    for one in came:
        _keep_same_events(session, state, one)
    told_before = tallies.told_before(session, {one.idx for one in came})
    changes = changes_of(state, countable(session, (one for one in came if one.idx not in told_before)))
    changes.subtract(changes_of(state, countable(session, descriptors.described_at(session, told_again))))
    tallies.change_tallies(session, "live", changes)


def count_out(session: Session, state: State, digests: Iterable[str], gone: Sequence[Gone]) -> None:
    """Takes bodies out of the counts that are about to be erased; what lapsed stays, by itself.

    Args:
        state: of a log that says why they are gone, or does not: their lease has lapsed.
        digests: of all bodies that are erased.
        gone: those of them that were described.
    """
    going = {one.described.idx for one in gone}
    told_before = tallies.told_before(session, going)
    counted = countable(session, (one.described for one in gone if one.described.idx not in told_before))
    out_of_time = {one.described.idx for one in gone if one.why == LAPSED}
    lapsed = [one for one in counted if one.idx in out_of_time]
    tallies.keep_lapsed(session, [one.chain for one in lapsed])
    fallen = _without_body(state, digests)
    fallen -= tallies.lapsed_among(session, fallen)
    freed, _ = tallies.change_standing(session, fallen, stands=False)
    changes = changes_of(state, countable(session, descriptors.described_at(session, freed - going)))
    changes.subtract(changes_of(state, counted))
    tallies.change_tallies(session, "live", changes)
    tallies.change_tallies(session, "lapsed", changes_of(state, lapsed))


def _keep_same_events(session: Session, state: State, one: Described) -> None:
    """Keeps which earlier alerts tell of the same event, and which of them stand."""
    heads = {}
    for named in one.same_event_as:
        link = state.links.get(named)
        if link is None or link.chain not in state.chains or link.status != "actual":
            continue
        if state.links[link.chain].index < state.links[one.chain].index:
            heads[link.chain] = state.links[state.chains[link.chain].head].index
    if heads:
        present = bodies.hold_present(session, heads.values())
        lapsed = tallies.lapsed_among(session, heads)
        stands = {chain: index in present or chain in lapsed for chain, index in heads.items()}
        tallies.add_same_events(session, one.idx, stands)


def countable(session: Session, described: Iterable[Described]) -> list[Described]:
    """Those that are counted unless they were told before: reports, of chains that are not counted for good."""
    reports = [one for one in described if one.source == COUNTED_SOURCE]
    for_good = tallies.lapsed_among(session, {one.chain for one in reports})
    return [one for one in reports if one.chain not in for_good]


def _without_body(state: State, digests: Iterable[str]) -> set[str]:
    """Chains that have no body once these are erased: not those that were superseded, whose next body comes."""
    links = (state.links[state.bodies[digest]] for digest in digests)
    return {link.chain for link in links if link.why != "superseded" and link.chain in state.chains}


def changes_of(state: State, counted: Iterable[Described]) -> Changes:
    """What these add to the counts: of the quarter of their chain's first alert, one in each split."""
    changes: Changes = Counter()
    for one in counted:
        quarter = str(quarter_of(dt.date.fromisoformat(state.links[one.chain].day)))
        changes.update((quarter, split) for split in splits_of(one))
    return changes
