"""Which warnings are in force today. Pure: the log's state, the date and what is confirmed come in.

In force: the head of its chain, neither gone, paused nor lapsed, and its origin's admission is under a confirmed
checkpoint. Past `expires` it goes dark by itself, whatever the network does (promise 6).
"""

import datetime as dt
from collections.abc import Callable
from typing import Final

import msgspec

from protocol.replay import Link, State, current_alerts, lease_end

DANGER_NOW_DAYS: Final = 3
"""The lease that only danger now has, until it is reviewed: the review is an update with a longer one."""


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A warning in force.

    Attributes:
        first: identity of its first alert: the chain's name.
        head: identity of the statement whose body speaks now.
        link: that statement as replay has it.
        seen_by: witnesses that have cosigned a tree with it.
        witnesses: how many there are; 0 means that nobody watches this log.
        danger_now: to be shown first, and marked.
        practice: an exercise or test: never to be acted on.
    """

    first: str
    head: str
    link: Link
    seen_by: int
    witnesses: int
    danger_now: bool
    practice: bool


def alerts_in_force(
    state: State, today: dt.date, confirmed_size: int, seen_by: Callable[[int], tuple[int, int]]
) -> list[InForce]:
    """The warnings in force: danger now first, then the newest.

    Args:
        state: of the log.
        today: the reader's date, UTC.
        confirmed_size: entries under the latest confirmed checkpoint.
        seen_by: index → (witnesses that have seen it, witnesses), as `LogView.seen_by`.
    """
    found = []
    for first, link in current_alerts(state, today.isoformat()):
        origin = state.members.get(link.origin)
        if origin is None or origin.admitted >= confirmed_size:
            continue
        count, witnesses = seen_by(link.index)
        found.append(
            InForce(
                first=first,
                head=state.chains[first].head,
                link=link,
                seen_by=count,
                witnesses=witnesses,
                danger_now=lease_days(link) == DANGER_NOW_DAYS,
                practice=link.status != "actual",
            )
        )
    return sorted(found, key=lambda alert: (not alert.danger_now, -alert.link.index))


def lease_days(link: Link) -> int:
    """Days from `day` to `expires`; 0 for what has no lease."""
    if link.expires is None:
        return 0
    return (dt.date.fromisoformat(link.expires) - dt.date.fromisoformat(link.day)).days


def has_lapsed(state: State, link: Link, today: dt.date, *, after_days: int = 0) -> bool:
    """Whether the lease of `link` (`lease_end`) ran out at least `after_days` ago.

    Args:
        state: of the log.
        link: any.
        today: the reader's date, UTC.
        after_days: 0: dark; the charter's `lapsed_days`: to be erased.
    """
    ended = lease_end(state, link)
    return ended is not None and today >= ended + dt.timedelta(days=after_days)
