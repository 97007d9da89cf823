"""What is said of several warnings: that they may be the same person, the same incident, or one a relay of another.

How each stands for one project. Pure: the log's state and the date come in. Source: protocol/spec/replay.md §9.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

import msgspec

from protocol.body_fields import SeriesReason
from protocol.house.core.errors import Refused
from protocol.replay import Link, Series, State, is_told, lease_end, may_read, told_from
from protocol.statement_fields import MAX_IN_SERIES, Statement

SERIES_WORDS: Final = frozenset({"series", "endorse", "object", "cancel"})
"""Kinds of statements that say something of a series."""

UNSIGNED: Final = {
    "not_in_our_log": "one of the warnings is not in the log as this node has it",
    "taken_back": "one of the warnings was taken back or is paused",
    "practice": "one of the warnings is for practice",
    "not_read_here": "one of the warnings is not this node's to read, or has not arrived yet",
    "said_already": "something is said of these warnings already",
    "on_its_way": "this node's word about these warnings is on its way already",
    "not_in_them": "a reason names a field that these warnings do not state",
    "not_said_here": "this node did not say it, and takes back only what it said itself",
    "ended": "it has ended already",
    "malformed": "it is not as the specification says",
}
"""Why a lead's node does not sign what was decided on the hub's pages: code → words."""

Stands = Literal["waits_for_us", "waits_for_others", "told", "ended"]


def speaks_of(said: Statement, *, about: str | None = None, alerts: tuple[str, ...] | None = None) -> bool:
    """Whether a statement says something of this series, or of exactly these alerts."""
    return (about is not None and about in (said.about, said.supersedes)) or (
        alerts is not None and alerts == said.alerts
    )


class SeriesStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A series, as one project sees it.

    Attributes:
        identity: of its statement.
        said_by: member id of its signer.
        by_lead: the lead says it: others are told without a second word, unless somebody objects.
        alerts: first alerts of the warnings named.
        ours: those of them that this project published.
        agreed_by: the projects that stand by it, of those that published one of the warnings.
        stands: what it waits for, or whether others are told.
        told_on: of one by the lead that waits: the day from 00:00 UTC of which others are told.
        objection: identity of the objection that ended it, or None.
    """

    identity: str
    said_by: int
    by_lead: bool
    alerts: tuple[str, ...]
    ours: tuple[str, ...]
    agreed_by: tuple[int, ...]
    stands: Stands
    told_on: date | None
    objection: str | None


def series_for(state: State, member: int, today: date) -> list[SeriesStanding]:
    """Every series that concerns a member or is told to it; what waits for it first, then the newest.

    Args:
        state: of the log.
        member: its id.
        today: the reader's date, UTC.
    """
    found = [
        _standing(state, identity, series, member, today)
        for identity, series in state.series.items()
        if _reaches(state, identity, series, member, today)
    ]
    return sorted(found, key=lambda one: (one.stands != "waits_for_us", -state.links[one.identity].index))


def _reaches(state: State, identity: str, series: Series, member: int, today: date) -> bool:
    """Whether it may be shown there: as `may_read`, and once ended still to those who had a say."""
    link = state.links[identity]
    if member in series.concerned or member == link.origin:
        return True
    return may_read(state, member, link, state.size, today.isoformat()) and not _is_over(state, link, today)


def _is_over(state: State, link: Link, today: date) -> bool:
    """Whether one of the warnings named is no longer in force by its lease."""
    ended = lease_end(state, link)
    return ended is not None and ended <= today


def _standing(state: State, identity: str, series: Series, member: int, today: date) -> SeriesStanding:
    link = state.links[identity]
    by_lead = state.members[link.origin].role == "lead"
    agreed_by = tuple(one for one, _ in series.agreed)
    told = is_told(state, identity, today.isoformat())
    over = series.ended is not None or _is_over(state, link, today)
    stands: Stands = "ended" if over else "told" if told else "waits_for_others"
    if stands == "waits_for_others" and member in series.concerned and member not in agreed_by:
        stands = "waits_for_us"
    return SeriesStanding(
        identity=identity,
        said_by=link.origin,
        by_lead=by_lead,
        alerts=series.alerts,
        ours=tuple(one for one in series.alerts if state.chains[one].origin == member),
        agreed_by=agreed_by,
        stands=stands,
        told_on=told_from(link) if by_lead and not over and not told else None,
        objection=series.objection,
    )


def days_left(standings: Iterable[SeriesStanding], today: date) -> int | None:
    """Days until others are told of the first of those that wait for us and are the lead's; None: no clock runs."""
    ends = [one.told_on for one in standings if one.stands == "waits_for_us" and one.told_on is not None]
    return (min(ends) - today).days if ends else None


def require_series(state: State, member: int, alerts: tuple[str, ...]) -> None:
    """What the log would refuse is refused here, in words.

    Raises:
        Refused: `refused.series_size`, `refused.series_alerts`, `refused.series_not_ours`, `refused.series_stands`.
    """
    if not 2 <= len(set(alerts)) <= MAX_IN_SERIES:
        raise Refused("series_size", f"from 2 to {MAX_IN_SERIES} warnings are named")
    chains = [state.chains.get(one) for one in alerts]
    if any(chain is None or chain.cancelled is not None or chain.status != "actual" for chain in chains):
        raise Refused("series_alerts", "each warning named is a real one that has not been taken back")
    if state.members[member].role != "lead" and all(chain is None or chain.origin != member for chain in chains):
        raise Refused("series_not_ours", "one of the warnings named is this project's own")
    wanted = tuple(sorted(alerts))
    if any(one.alerts == wanted and one.ended is None for one in state.series.values()):
        raise Refused("series_stands", "something is said of these warnings already: agree to that, or object to it")


def require_reasons(reasons: tuple[SeriesReason, ...]) -> None:
    """Something speaks for or against it, each field once, and skin as seen never more than weakly.

    Raises:
        Refused: `refused.series_reasons`, `refused.series_skin`.
    """
    fields = [one.field for one in reasons]
    if not fields or len(set(fields)) != len(fields):
        raise Refused("series_reasons", "say for at least one thing whether it speaks for or against, and how much")
    if any(one.field == "skin" and one.weight != "weak" for one in reasons):
        raise Refused("series_skin", "skin as seen is a weak reason, never more")
