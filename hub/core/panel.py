"""Which projects a trend is counted over: all of them, and those that were there throughout. Pure.

More projects make more reports. The constant panel holds projects alone that have been present since the panel began,
so that its trend is not made by joining. Each quarter has one panel: two of one quarter would tell by their difference
what few projects counted. So it begins anew only with a year, and only once it holds less than half of the projects.

Source: PEOPLE 3.3.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from protocol.quarters import Quarter
from protocol.replay import Member


class Membership(msgspec.Struct, frozen=True):
    """A project's time in the network: from the day of its first admission to that of its removal, if it is gone."""

    id: int
    since: dt.date
    until: dt.date | None

    def is_present(self, day: dt.date) -> bool:
        """Whether it was a member at the end of that day."""
        return self.since <= day and (self.until is None or day < self.until)


class Projects(msgspec.Struct, frozen=True):
    """The projects of one quarter.

    Attributes:
        present: at its end.
        panel: those of the panel that are still present at its end.
        panel_began: with which quarter, and with how many.
    """

    present: frozenset[int]
    panel: frozenset[int]
    panel_began: Quarter
    panel_at_first: int


def memberships(members: Iterable[Member], days: Mapping[int, str]) -> tuple[Membership, ...]:
    """Every project that ever was in the network, ascending by id.

    Args:
        members: as the log has them.
        days: of entries, by index: those by which they were admitted among them.
    """
    return tuple(
        Membership(
            member.id,
            dt.date.fromisoformat(days[member.admitted]),
            None if member.removed_on is None else dt.date.fromisoformat(member.removed_on),
        )
        for member in sorted(members, key=lambda member: member.id)
        if member.role == "project"
    )


def panel_begins(quarter: Quarter, began: Quarter | None, panel: int, projects: int) -> Quarter:
    """The quarter with which the panel of `quarter` begins.

    Args:
        began: with which that of the release before began; None: there was none.
        panel: its projects then.
        projects: all projects then.
    """
    if began is None or (quarter.number == 1 and 2 * panel < projects):
        return quarter
    return began


def projects_of(quarter: Quarter, began: Quarter, members: tuple[Membership, ...]) -> Projects:
    """The projects of a quarter; its panel: who has been present since the end of the quarter with which it began."""
    first = frozenset(one.id for one in members if one.is_present(began.last_day))
    present = frozenset(one.id for one in members if one.is_present(quarter.last_day))
    return Projects(present, first & present, began, len(first))
