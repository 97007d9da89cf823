"""Bodies that are gone: for ever, and who owes a word for it. What ends a series. Source: spec/replay.md §6, §9."""

from typing import Literal

from msgspec.structs import replace

from protocol.replay.state import Link, Member, State

Ending = Literal["disagreed", "undone"]
"""How a series ends. Source: spec/replay.md §9."""


def could_hold(member: Member, link: Link, until: int) -> bool:
    """Whether `member` could have fetched the body of `link` before index `until`.

    A project or lead other than the origin, in the audience, admitted before `until` and not removed before the body
    was published. Suspended members count: they may have had it before.
    """
    if member.role == "observer" or member.id == link.origin or link.kind == "figures":
        return False
    if member.admitted >= until or (member.removed is not None and member.removed <= link.index):
        return False
    return link.audience is None or link.audience.includes(member.id, member.region)


def make_gone(state: State, identity: str, index: int, why: str) -> State:
    """The state in which the body of link `identity` is gone from `index` on; unchanged if it was already.

    A removed member owes its word from its removal, for everything at once; nothing later is added.
    """
    link = state.links[identity]
    if link.gone is not None or link.body is None:
        return state
    members = state.members
    for member in state.members.values():
        if member.present and could_hold(member, link, index):
            members = members.set(member.id, replace(member, owes=index))
    gone = replace(link, gone=index, why=why)
    digests = (*state.gone.get(index, ()), link.body.digest)
    return replace(state, links=state.links.set(identity, gone), members=members, gone=state.gone.set(index, digests))


def end_series(state: State, identity: str, index: int, why: str, how: Ending = "undone") -> State:
    """The state in which a series is ended, and its body, with that of an objection to it, gone; unchanged if ended.

    The objection that ends it is not gone by that: who spoke is told why. It is gone with one of the alerts.
    """
    series = state.series[identity]
    state = make_gone(state, identity, index, why)
    if series.objection is not None:
        state = make_gone(state, series.objection, index, why)
    if series.ended is not None:
        return state
    return replace(state, series=state.series.set(identity, replace(series, state=how, ended=index)))
