"""What stands on printed paper: a warning as poster or slip, and the van sheet. Paper cannot be called back, so each
says when to throw it away, and carries a reference by which it is found again. Pure. Source: PEOPLE 1.5, 5.11, §7.
"""

import datetime as dt
import re
from typing import Final, Literal

import msgspec

Stands = Literal["in_force", "paused", "ended", "taken_back"]

WEEK: Final = dt.timedelta(days=7)
"""A van sheet is of one week: what is newer stands first, what ended within it is struck through."""

REFERENCE: Final = re.compile("[0-9A-F]{4}-[0-9A-F]{4}|[0-9]{1,9}")
"""As `reference_of` writes it; of a warning to our own people alone, its number."""

_ROOM: Final = 14
"""What one A4 holds, in halves of a new warning: one from before, in short, takes half as much room as a new one.

Measured in Polish, whose lines are the longest."""

_CROWDED: Final = 6
"""With more than so many the type is as small as it gets."""

_EASILY_READ: Final = 3
"""So many warnings stand on one A4 in big type; with more the type is smaller."""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One warning, printed.

    Attributes:
        reference: names it on paper, and finds it again at a node.
        project: who warns.
        lines: the warning in words; empty unless it is in force: nothing else is printed of one that has ended.
        last_day: the last day on which it may be acted on, while it is in force.
        taken_back_on: if it was, and the day is known.
        ours_only: for this project's own people; it went to no other.
    """

    reference: str
    project: str
    stands: Stands
    lines: tuple[str, ...] = ()
    last_day: dt.date | None = None
    taken_back_on: dt.date | None = None
    ours_only: bool = False


class SheetEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One warning in force on a van sheet; `here`: it is of this police-force area."""

    reference: str
    project: str
    lines: tuple[str, ...]
    day: dt.date
    last_day: dt.date
    danger_now: bool
    here: bool


class EndedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One that is no longer in force; `taken_back_on` may be unknown."""

    reference: str
    project: str
    taken_back: bool
    taken_back_on: dt.date | None


class VanSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One A4.

    Attributes:
        new: of this week, danger now first, then this area's.
        before: older ones that are still in force, in the same order, as many as there is room for.
        more_before: how many more there are.
        ended: taken back or lapsed within the last week: struck through.
        last_day: no sheet is used for longer than a week.
    """

    new: tuple[SheetEntry, ...]
    before: tuple[SheetEntry, ...]
    more_before: int
    ended: tuple[EndedEntry, ...]
    last_day: dt.date

    @property
    def is_full(self) -> bool:
        """Whether the type has to be smaller."""
        return len(self.new) + len(self.before) > _EASILY_READ

    @property
    def is_crowded(self) -> bool:
        """Whether it has to be as small as it gets."""
        return len(self.new) + len(self.before) > _CROWDED


def van_sheet(entries: list[SheetEntry], ended: list[EndedEntry], today: dt.date) -> VanSheet:
    """Puts warnings in the order in which somebody in a van wants them."""
    ordered = sorted(entries, key=lambda one: (not one.danger_now, not one.here, -one.day.toordinal()))
    new = tuple(one for one in ordered if one.day > today - WEEK)
    before = [one for one in ordered if one.day <= today - WEEK]
    room = max(0, _ROOM - 2 * len(new))
    return VanSheet(
        new=new,
        before=tuple(before[:room]),
        more_before=len(before[room:]),
        ended=tuple(ended),
        last_day=today + WEEK,
    )


def last_day_of(expires: dt.date) -> dt.date:
    """The last whole day before a lease runs out at 00:00 UTC of `expires`."""
    return expires - dt.timedelta(days=1)


def initials_of(name: str) -> str:
    """`Asha Khan (van)` → AK: enough to ask who printed a paper, too little for a stranger."""
    return "".join(part[0] for part in name.split() if part[0].isalpha()).upper()
