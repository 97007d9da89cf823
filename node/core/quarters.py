"""Quarters of the year, by UTC dates. Pure."""

import re
from datetime import UTC, date, datetime, time
from typing import Final

import msgspec

from protocol.house.core.errors import Refused

MONTHS: Final = 3
_NAME: Final = re.compile(r"(2[01][0-9]{2})-Q([1-4])")


class Quarter(msgspec.Struct, frozen=True, order=True):
    """A quarter: `year`, and `number` 1 to 4."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """As figures have it: `2026-Q3`."""
        return f"{self.year}-Q{self.number}"

    @property
    def begins(self) -> datetime:
        """Its first moment, aware UTC."""
        return datetime.combine(date(self.year, MONTHS * (self.number - 1) + 1, 1), time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it, aware UTC."""
        return self.next.begins

    @property
    def next(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        """The one before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def has(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.begins <= moment < self.ends


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def read_quarter(name: str) -> Quarter:
    """A quarter by its name.

    Raises:
        Refused: `refused.quarter`.
    """
    found = _NAME.fullmatch(name.strip().upper())
    if found is None:
        raise Refused("quarter", "a quarter is a year and a number, as 2026-Q3")
    return Quarter(int(found[1]), int(found[2]))


def require_over(quarter: Quarter, now: datetime) -> None:
    """Only what is over is counted: later it would be another number.

    Raises:
        Refused: `refused.quarter_runs`.
    """
    if now < quarter.ends:
        raise Refused("quarter_runs", f"{quarter.name} is not over: its figures are counted when it is")
