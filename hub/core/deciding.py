"""What a lead may decide about alerts, judged over the log: what may be said, taken back, and handed to its node.

A series needs at least two alerts that are in force, none of it said already. The hub decides nothing: projects
concerned agree or object, and a decision counts once the lead's own node has signed it. Source: spec/replay.md §9.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from hub.core.lapsed import has_lapsed
from protocol.replay import Link, Member, State, may_read
from protocol.statement_fields import MAX_IN_SERIES


def standing_series(state: State, alerts: Sequence[str]) -> str | None:
    """The identity of the series of exactly these alerts that stands, or None."""
    chain = state.chains.get(alerts[0])
    named = () if chain is None else chain.series
    return next((one for one in named if _is_of(state, one, alerts)), None)


def _is_of(state: State, identity: str, alerts: Sequence[str]) -> bool:
    series = state.series[identity]
    return series.ended is None and series.alerts == tuple(alerts)


def problem_of_series(state: State, alerts: Sequence[str]) -> str | None:
    """Why these alerts cannot be said to be of each other now, in words; None if they can."""
    if not 2 <= len(alerts) <= MAX_IN_SERIES or list(alerts) != sorted(set(alerts)):
        return f"choose 2 to {MAX_IN_SERIES} different warnings"
    chains = [state.chains.get(one) for one in alerts]
    if any(chain is None or chain.cancelled is not None for chain in chains):
        return "one of these warnings was taken back"
    if standing_series(state, alerts) is not None:
        return "this was proposed already"
    return None


def problem_of_parts(whole: Sequence[str], parts: Sequence[Sequence[str]]) -> str | None:
    """Why a series of `whole` cannot be split into these parts, in words; None if it can. What is in none is left out.

    Args:
        parts: at least one, each of alerts that still belong together.
    """
    chosen = [one for part in parts for one in part]
    if not parts or any(len(part) < 2 for part in parts):
        return "at least two warnings belong together, or there is nothing to say: undo it then"
    if len(set(chosen)) < len(chosen) or not set(chosen) <= set(whole):
        return "each warning of it belongs to one part at most"
    if len(parts) == 1 and len(chosen) == len(whole):
        return "that is the whole of it: nothing is split"
    return None


def leads_that_may_read(state: State, alerts: Sequence[str], confirmed_size: int, today: str) -> Iterator[Member]:
    """Present leads whose node may read the body in force of every one of these alerts."""
    heads = [_head(state, one) for one in alerts]
    for member in state.members.values():
        if member.role == "lead" and all(may_read(state, member.id, head, confirmed_size, today) for head in heads):
            yield member


def can_take_back(state: State, series: str) -> bool:
    """Whether a lead said this series and it stands: its signer may undo it."""
    said = state.series.get(series)
    return said is not None and said.ended is None and state.members[state.links[series].origin].role == "lead"


def is_settled(state: State, alerts: Sequence[str], undoes: str, today: dt.date) -> bool:
    """Whether the log has what was decided, or can never have it: nothing is left to sign.

    Of a warning that lapsed for good the body is erased, so no series of it can be said any more; one that was said
    can still be taken back.
    """
    if undoes:
        return not can_take_back(state, undoes)
    if problem_of_series(state, alerts) is not None:
        return True
    return any(has_lapsed(state, _head(state, one), today) for one in alerts)


def _head(state: State, chain: str) -> Link:
    return state.links[state.chains[chain].head]
