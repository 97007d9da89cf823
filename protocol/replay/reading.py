"""Questions about a state that hub and nodes both ask. Clock and confirmation come in as arguments."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from protocol.replay.gone import could_hold
from protocol.replay.state import Link, Member, State

OBJECTION_DAYS: Final = 4
"""Days after a lead's series from which others are told of it: by dates, the least that is 72 hours at any hour."""

FIGURES_KEPT_DAYS: Final = 1_461
"""Four years: windows of three, and the year in which the last of them is released."""


def is_told(state: State, identity: str, today: str) -> bool:
    """Whether others than those concerned are told of a series now: agreed, the lead's and unopposed, or urgent.

    Args:
        identity: of a `series` statement that is valid.
        today: the reader's date, UTC, `YYYY-MM-DD`.
    """
    series, link = state.series[identity], state.links[identity]
    if series.ended is not None:
        return False
    if series.state == "agreed":
        return True
    by_lead = state.members[link.origin].role == "lead"
    return by_lead and (series.at_once or today >= told_from(link).isoformat())


def told_from(link: Link) -> dt.date:
    """The day from 00:00 UTC of which others are told of a lead's series, unless somebody concerned objects."""
    return dt.date.fromisoformat(link.day) + dt.timedelta(days=OBJECTION_DAYS)


def heads_named(state: State, link: Link) -> tuple[Link, ...]:
    """The present links of the alerts that a series, or an objection to one, names; of anything else none."""
    series = state.series.get(link.chain)
    return () if series is None else tuple(state.links[state.chains[one].head] for one in series.alerts)


def lease_end(state: State, link: Link) -> dt.date | None:
    """The day from 00:00 UTC of which what `link` says is no longer in force, or None: it has no lease.

    A sighting's is that of its chain, a series' the first of those that it names; figures are kept for four years.
    """
    if link.kind == "figures":
        return dt.date.fromisoformat(link.day) + dt.timedelta(days=FIGURES_KEPT_DAYS)
    spoken_of = (state.links[state.chains[link.chain].head],) if link.kind == "sighting" else heads_named(state, link)
    ends = [head.expires for head in spoken_of or (link,) if head.expires is not None]
    return dt.date.fromisoformat(min(ends)) if ends else None


def may_read(state: State, member_id: int, link: Link, confirmed_size: int, today: str) -> bool:
    """Whether the hub serves the body of `link` to this member now. Figures it serves to no member.

    Args:
        today: the reader's date, UTC, `YYYY-MM-DD`: a series waits for those concerned (`is_told`).
        confirmed_size: entries under the latest confirmed checkpoint. An admission is acted upon only below it; a
            suspension or removal is acted upon at once, because closing a door early harms nobody.
    """
    member = state.members.get(member_id)
    if member is None or link.gone is not None or link.body is None or member.status != "active":
        return False
    if member.admitted >= confirmed_size or member.role == "observer":
        return False
    if link.kind == "figures":
        return False
    if member_id == link.origin or link.audience is None:
        return True
    if not link.audience.includes(member.id, member.region):
        return False
    return link.kind != "series" or _may_read_series(state, member_id, link, confirmed_size, today)


def _may_read_series(state: State, member_id: int, link: Link, confirmed_size: int, today: str) -> bool:
    """Those concerned at once; others once they are told, if they may read every alert that it names."""
    if member_id in state.series[link.chain].concerned:
        return True
    heads = heads_named(state, link)
    return is_told(state, link.chain, today) and all(
        may_read(state, member_id, head, confirmed_size, today) for head in heads
    )


def holders(state: State, identity: str) -> frozenset[int]:
    """The members whose word is needed that the gone body of this link is erased; empty while it is live."""
    link = state.links[identity]
    if link.gone is None:
        return frozenset()
    return frozenset(m.id for m in state.members.values() if could_hold(m, link, link.gone))


def confirmed_by(state: State, identity: str, acked: dict[int, int]) -> frozenset[int]:
    """Those of `holders` whose latest Ack says that they hold this body no more.

    Args:
        acked: member id → `seen.size` of its latest Ack.
    """
    link = state.links[identity]
    return frozenset(m for m in holders(state, identity) if acked.get(m, 0) > _due(state.members[m], link))


def _due(member: Member, link: Link) -> int:
    """The index that this member's Ack must have seen past: when the body was gone, or its own earlier removal."""
    assert link.gone is not None
    return link.gone if member.removed is None else min(link.gone, member.removed)


def members_owing(state: State, acked: dict[int, int]) -> tuple[Member, ...]:
    """The members whose latest Ack does not reach what they owe, by id.

    Args:
        acked: member id → `seen.size` of its latest Ack.
    """
    owing = (m for m in state.members.values() if m.owes is not None and acked.get(m.id, 0) <= m.owes)
    return tuple(sorted(owing, key=lambda member: member.id))


def current_alerts(state: State, today: str) -> Iterator[tuple[str, Link]]:
    """The heads of chains that are in force: neither gone, paused, lapsed nor dated ahead; in log order.

    A day after tomorrow is no day that a right clock writes: an alert dated far ahead would be a lease without end.

    Args:
        today: the reader's date, UTC, `YYYY-MM-DD`.

    Yields:
        (identity of the first alert, head link).
    """
    heads = ((first, state.links[chain.head]) for first, chain in state.chains.items() if chain.cancelled is None)
    yield from sorted((pair for pair in heads if _in_force(pair[1], today)), key=lambda pair: pair[1].index)


def _in_force(head: Link, today: str) -> bool:
    shown = head.gone is None and head.body is not None and head.expires is not None
    tomorrow = (dt.date.fromisoformat(today) + dt.timedelta(days=1)).isoformat()
    return shown and head.expires is not None and today < head.expires and head.day <= tomorrow
