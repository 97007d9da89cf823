"""The values that the reading of dates passes on: ranges of days, what they are read against, findings in a text."""

import calendar
import datetime
import re
from typing import Final

import msgspec

from node.core.sheets import date_words

Day = datetime.date

ONE: Final = datetime.timedelta(days=1)


class When(msgspec.Struct, frozen=True):
    """A range of days, both included; `min` None: the beginning is not known. `doubts` are codes for a person."""

    min: Day | None
    max: Day | None
    doubts: tuple[str, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What a date is read against. `order` is `dmy` or `mdy`; `year` stands in where no day taken is known."""

    taken: Day | None = None
    order: str = "dmy"
    year: int | None = None


class Span(msgspec.Struct):
    """A finding: its place in the text, its days, and its grain: day, days, weekday, month or year."""

    start: int
    end: int
    min: Day
    max: Day
    grain: str
    said_year: bool = False


def cap(when: When, context: Context) -> When | None:
    """Nothing was told before it happened."""
    taken = context.taken
    if taken is None or when.max is None or when.max <= taken:
        return when
    if when.min is not None and when.min > taken:
        return None
    return msgspec.structs.replace(when, max=taken)


def weekday_in(text: str) -> int | None:
    """The first day of the week named, Monday 0."""
    for word in re.findall(r"[a-z-]+", text):
        plain = word if word in date_words.WEEKDAYS else word.rstrip("s")
        if plain in date_words.WEEKDAYS:
            return date_words.WEEKDAYS[plain]
    return None


def months_before(day: Day, count: int) -> Day:
    """The same day so many months earlier, or the last of that month."""
    months = day.year * 12 + day.month - 1 - count
    year, month = divmod(months, 12)
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_month(day: Day) -> Day:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
