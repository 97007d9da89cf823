"""Alerts, what follows them, and how they end. Source: spec/replay.md §4, §5."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from protocol.replay.gone import end_series, make_gone
from protocol.replay.state import Chain, Link, State
from protocol.replay.void import Void, require
from protocol.statement_fields import Audience, Statement

CANCELLED_BY_NAME: Final = frozenset({"alert", "sighting", "series", "figures"})
"""What a Cancel may name: the beginning of something of its origin's."""


def add_link(state: State, index: int, identity: str, statement: Statement, chain: str) -> State:
    """The state with this statement as a link, and its body's digest taken for ever.

    Raises:
        Void: `body.reused`.
    """
    bodies = state.bodies
    if statement.body is not None:
        require(statement.body.digest not in bodies, "body.reused")
        bodies = bodies.set(statement.body.digest, identity)
    link = Link(
        kind=statement.kind,
        origin=statement.origin,
        index=index,
        chain=chain,
        body=statement.body,
        audience=statement.audience,
        expires=statement.expires,
        day=statement.day,
        status=statement.status,
    )
    return replace(state, links=state.links.set(identity, link), bodies=bodies)


def _require_audience(state: State, audience: Audience | None) -> None:
    if audience is None:
        return
    assert state.charter is not None
    if audience.regions:
        codes = {region.code for region in state.charter.regions}
        require(codes.issuperset(audience.regions), "audience.region")
    if audience.members or audience.except_:
        require(all(i in state.members for i in (*audience.members, *audience.except_)), "audience.member")


def _require_lease(state: State, statement: Statement) -> None:
    assert state.charter is not None
    require(statement.expires is None or statement.lease_days() <= state.charter.lease_max_days, "alert.lease")


def uncancelled(state: State, identity: str, unknown: str) -> Chain:
    """The chain that begins with `identity`.

    Raises:
        Void: `unknown`, where there is none; `chain.cancelled`.
    """
    chain = state.chains.get(identity)
    if chain is None:
        raise Void(unknown)
    require(chain.cancelled is None, "chain.cancelled")
    return chain


def _alert(state: State, index: int, identity: str, statement: Statement) -> State:
    _require_audience(state, statement.audience)
    _require_lease(state, statement)
    require((statement.origin, identity) not in state.cancels, "chain.cancelled")
    state = add_link(state, index, identity, statement, identity)
    chain = Chain(origin=statement.origin, head=identity, status=statement.status)
    return replace(state, chains=state.chains.set(identity, chain))


def _update(state: State, index: int, identity: str, statement: Statement) -> State:
    assert statement.supersedes is not None
    replaced = state.links.get(statement.supersedes)
    if replaced is None or replaced.chain not in state.chains or replaced.kind == "sighting":
        raise Void("update.unknown")
    require(replaced.origin == statement.origin, "chain.not_yours")
    chain = uncancelled(state, replaced.chain, "update.unknown")
    require(chain.head == statement.supersedes, "update.not_head")
    require(chain.status == statement.status, "chain.status")
    paused = statement.state == "paused"
    require(not (paused and replaced.body is None), "update.paused")
    _require_audience(state, statement.audience)
    _require_lease(state, statement)
    require((statement.origin, identity) not in state.cancels, "chain.cancelled")
    if paused:  # the lease of the chain goes on
        statement = replace(statement, expires=replaced.expires, audience=replaced.audience)
    state = add_link(state, index, identity, statement, replaced.chain)
    state = make_gone(state, chain.head, index, "paused" if paused else "superseded")
    return replace(state, chains=state.chains.set(replaced.chain, replace(chain, head=identity)))


def _sighting(state: State, index: int, identity: str, statement: Statement) -> State:
    assert statement.about is not None
    _require_audience(state, statement.audience)
    chain = uncancelled(state, statement.about, "sighting.unknown")
    require(chain.status == statement.status, "chain.status")
    require((statement.origin, identity) not in state.cancels, "chain.cancelled")
    said = (state.links[one] for one in chain.sightings)
    require(not any(one.origin == statement.origin and one.gone is None for one in said), "sighting.again")
    state = add_link(state, index, identity, statement, statement.about)
    chain = replace(chain, sightings=(*chain.sightings, identity))
    return replace(state, chains=state.chains.set(statement.about, chain))


def _cancel(state: State, index: int, identity: str, statement: Statement) -> State:
    """A Cancel for what is not in the log yet is kept; for what is, it ends the chain; a second one changes nothing."""
    target = statement.supersedes
    assert target is not None
    link = state.links.get(target)
    if link is not None:
        require(link.origin == statement.origin, "chain.not_yours")
        require(link.kind in CANCELLED_BY_NAME, "cancel.not_first")
    elif target in state.statements:
        raise Void("cancel.not_first")
    if (statement.origin, target) not in state.cancels:
        state = replace(state, cancels=state.cancels.set((statement.origin, target), index))
    if link is None:
        return state
    return end_chain(make_gone(state, target, index, "cancelled"), index, target)


def _figures(state: State, index: int, identity: str, statement: Statement) -> State:
    """One a day of each origin, until it is taken back: of which quarter they are nobody sees who has not the key."""
    require((statement.origin, identity) not in state.cancels, "chain.cancelled")
    said = state.figures.get((statement.origin, statement.day))
    require(said is None or state.links[said].gone is not None, "figures.again")
    state = add_link(state, index, identity, statement, identity)
    return replace(state, figures=state.figures.set((statement.origin, statement.day), identity))


def end_chain(state: State, index: int, target: str) -> State:
    """The state in which the chain that begins with `target` is ended, and all bodies of it are gone from `index` on.

    What is said of several alerts ends with the first of them. Unchanged where it was ended before, and where `target`
    is a sighting or figures, which are nothing but a body.
    """
    if target in state.series:
        return end_series(state, target, index, "cancelled")
    chain = state.chains.get(target)
    if chain is None or chain.cancelled is not None:
        return state
    for identity in (chain.head, *chain.sightings):
        state = make_gone(state, identity, index, "cancelled")
    for identity in chain.series:
        state = end_series(state, identity, index, "cancelled")
    return replace(state, chains=state.chains.set(target, replace(chain, cancelled=index)))


RULES: Final[dict[str, Callable[[State, int, str, Statement], State]]] = {
    "alert": _alert,
    "update": _update,
    "sighting": _sighting,
    "cancel": _cancel,
    "figures": _figures,
}
