"""Danger now: one person releases, a second looks afterwards; dark by itself after 72 hours without that look.

Pure: rules and the judgement of what is due; the list of unreviewed ones comes from `store`. Source: DESIGN §5,
PEOPLE 5.2, promise 2.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal

import msgspec

from node.core.scheme_data import SchemeData
from protocol.house.core.errors import Refused
from protocol.wording.codes import INCIDENTS

LISTED_KINDS: Final = frozenset(
    {"rape", "abduction_false_imprisonment", "threats_weapon", "strangulation", "attempted_killing", "murder"}
)
"""A spree is not an incident type: it is several of these."""

WITHIN: Final = timedelta(hours=72)
LEASE_DAYS: Final = 3
CHASE_AFTER: Final = timedelta(hours=24)
DARK_AFTER: Final = timedelta(hours=72)
MAX_PER_PERSON: Final = 1
MAX_PER_NODE: Final = 3

Due = Literal["waiting", "chase", "dark"]


class Unreviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A danger now that waits for its second look."""

    release_id: int
    released_by: str
    released_at: datetime


def require_listed(data: SchemeData, now: datetime) -> None:
    """Only listed kinds, within 72 hours of the event's first moment.

    Raises:
        Refused: `refused.danger_now_kind`, `refused.danger_now_late`.
    """
    if LISTED_KINDS.isdisjoint(data.incident_types):
        kinds = ", ".join(INCIDENTS[kind] for kind in INCIDENTS if kind in LISTED_KINDS)
        raise Refused("danger_now_kind", f"danger now is for: {kinds}")
    if not is_in_time(data, now):
        raise Refused("danger_now_late", "danger now is for what happened within 72 hours, with its date")


def is_in_time(data: SchemeData, now: datetime) -> bool:
    """Whether it is known to have happened within 72 hours."""
    return data.date_min is not None and _end_of_day(data) >= now - WITHIN


def _end_of_day(data: SchemeData) -> datetime:
    """Days are all that is known: the benefit of the doubt is a day."""
    assert data.date_min is not None
    return datetime.combine(data.date_min + timedelta(days=1), time(), UTC)


def require_within_limits(waiting: Sequence[Unreviewed], by: str) -> None:
    """One unreviewed for each person, three for a node.

    Raises:
        Refused: `refused.danger_now_person`, `refused.danger_now_node`.
    """
    if sum(item.released_by == by for item in waiting) >= MAX_PER_PERSON:
        raise Refused("danger_now_person", "this person has one waiting for a second look already")
    if len(waiting) >= MAX_PER_NODE:
        raise Refused("danger_now_node", "three wait for a second look at this project already")


def due(item: Unreviewed, now: datetime) -> Due:
    """Chased at 24 hours, dark by 72."""
    age = now - item.released_at
    if age >= DARK_AFTER:
        return "dark"
    return "chase" if age >= CHASE_AFTER else "waiting"
