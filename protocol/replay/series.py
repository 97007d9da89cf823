"""What alerts may be of each other: said by the lead or by a project concerned, agreed or ended by those concerned.

What needs a clock, when others are told, is `reading.is_told`. Source: spec/replay.md §9.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from protocol.replay.chains import add_link, uncancelled
from protocol.replay.gone import Ending, end_series
from protocol.replay.state import Chain, Link, Series, State
from protocol.replay.void import require
from protocol.statement_fields import Audience, Statement

DANGER_NOW_DAYS: Final = 3
"""The lease that only danger now has. Source: DESIGN §4."""


def _series(state: State, index: int, identity: str, statement: Statement) -> State:
    assert statement.alerts is not None
    chains = [uncancelled(state, one, "series.unknown") for one in statement.alerts]
    require(all(chain.status == statement.status for chain in chains), "chain.status")
    require((statement.origin, identity) not in state.cancels, "chain.cancelled")
    concerned = tuple(sorted({chain.origin for chain in chains}))
    by_lead = state.members[statement.origin].role == "lead"
    require(by_lead or statement.origin in concerned, "series.not_concerned")
    said = (state.series[one] for one in chains[0].series)
    require(not any(one.alerts == statement.alerts and one.ended is None for one in said), "series.again")
    heads = [state.links[chain.head] for chain in chains]
    readers = replace(statement, audience=_readers(state, heads, concerned))
    state = _name(add_link(state, index, identity, readers, identity), identity, statement.alerts, chains)
    series = Series(alerts=statement.alerts, concerned=concerned, at_once=any(map(_is_danger_now, heads)))
    return _agreed_by(state, identity, series, statement.origin, index)


def _name(state: State, identity: str, alerts: Sequence[str], chains: Sequence[Chain]) -> State:
    for first, chain in zip(alerts, chains, strict=True):
        named = replace(chain, series=(*chain.series, identity))
        state = replace(state, chains=state.chains.set(first, named))
    return state


def _readers(state: State, heads: Sequence[Link], concerned: tuple[int, ...]) -> Audience:
    """Who is in the audience of all of these alerts, by region also who joins later; and those concerned."""
    audiences = [head.audience for head in heads if head.audience is not None]
    regions = set.intersection(*(set(audience.regions) for audience in audiences))
    members = state.members.values()
    meant = {m.id for m in members if all(audience.includes(m.id, m.region) for audience in audiences)}
    by_name = {member for member in meant if state.members[member].region not in regions}
    excepted = {member for audience in audiences for member in audience.except_} - set(concerned)
    return Audience(
        except_=tuple(sorted(excepted)),
        members=tuple(sorted(by_name | set(concerned))),
        regions=tuple(sorted(regions)),
    )


def _is_danger_now(head: Link) -> bool:
    if head.body is None or head.expires is None:
        return False
    return (dt.date.fromisoformat(head.expires) - dt.date.fromisoformat(head.day)).days == DANGER_NOW_DAYS


def _agreed_by(state: State, identity: str, series: Series, member: int, index: int) -> State:
    """Counts a project concerned once; with the last of them it is agreed."""
    if member in series.concerned and member not in {one for one, _ in series.agreed}:
        series = replace(series, agreed=(*series.agreed, (member, index)))
    if {one for one, _ in series.agreed} == set(series.concerned):
        series = replace(series, state="agreed")
    return replace(state, series=state.series.set(identity, series))


def _endorse(state: State, index: int, identity: str, statement: Statement) -> State:
    assert statement.about is not None
    series = _standing(state, statement.about, statement.origin)
    return _agreed_by(state, statement.about, series, statement.origin, index)


def _object(state: State, index: int, identity: str, statement: Statement) -> State:
    """Ends it: within the wait it disagrees, later it undoes. Read by those concerned and by whoever proposed it."""
    assert statement.about is not None
    series = _standing(state, statement.about, statement.origin)
    told = Audience(members=tuple(sorted({*series.concerned, state.links[statement.about].origin})))
    state = add_link(state, index, identity, replace(statement, audience=told), statement.about)
    how: Ending = "undone" if series.state == "agreed" else "disagreed"
    state = end_series(state, statement.about, index, "objected", how)
    ended = replace(state.series[statement.about], objection=identity)
    return replace(state, series=state.series.set(statement.about, ended))


def _standing(state: State, about: str, member: int) -> Series:
    series = state.series[about]
    require(member in series.concerned, "series.not_concerned")
    require(series.ended is None, "series.ended")
    return series


RULES: Final[dict[str, Callable[[State, int, str, Statement], State]]] = {"series": _series}
WORDS: Final[dict[str, Callable[[State, int, str, Statement], State]]] = {"endorse": _endorse, "object": _object}
"""What is said about a series; about anything else these are words about an admission."""
