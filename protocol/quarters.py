"""Quarters of calendar years, and the years and blocks of years that they fill. UTC days; no clock.

Figures are of quarters; releases of quarters, years and blocks of three years. Source: spec/bodies.md §6, PEOPLE 3.2.
"""

import datetime as dt
import re
from typing import Final

import msgspec

QUARTERS: Final = (1, 2, 3, 4)
BLOCK_YEARS: Final = 3
"""Years of the longest window (PEOPLE 3.2: a region's permission)."""

_FORM: Final = re.compile(r"(2[01][0-9]{2})-Q([1-4])")


class Quarter(msgspec.Struct, frozen=True, order=True):
    """A quarter of a calendar year; `str` writes it as `2026-Q3`."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends, included."""
        return self.next.first_day - dt.timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before it."""
        return quarter_of(self.first_day - dt.timedelta(days=1))

    @property
    def begins(self) -> dt.datetime:
        """Its first moment, aware UTC."""
        return dt.datetime.combine(self.first_day, dt.time(), dt.UTC)

    @property
    def ends(self) -> dt.datetime:
        """The first moment after it, aware UTC."""
        return self.next.begins

    def has(self, moment: dt.datetime) -> bool:
        """Whether an aware moment lies in it."""
        return self.begins <= moment < self.ends

    def has_day(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return self.first_day <= day <= self.last_day

    @property
    def ends_year(self) -> bool:
        """Whether it is the last of its year."""
        return self.number == QUARTERS[-1]

    @property
    def ends_block(self) -> bool:
        """Whether it is the last of its three years."""
        return self.ends_year and self.year == block_of(self.year)[-1]


def quarter_of(day: dt.date) -> Quarter:
    """The quarter that a day is in."""
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(text: str) -> Quarter | None:
    """A quarter as `2026-Q3`; None for anything else."""
    found = _FORM.fullmatch(text)
    return None if found is None else Quarter(int(found[1]), int(found[2]))


def quarters_of(*years: int) -> tuple[Quarter, ...]:
    """All quarters of these years, in order."""
    return tuple(Quarter(year, number) for year in years for number in QUARTERS)


def block_of(year: int) -> tuple[int, ...]:
    """The three years to which a year belongs: 2023 to 2025, 2026 to 2028 and so on; they never overlap."""
    first = year - (year - 1) % BLOCK_YEARS
    return tuple(range(first, first + BLOCK_YEARS))
