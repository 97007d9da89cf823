"""Dates as people write them → ranges of days.

Relative words are resolved from the day the report was taken, which is an argument; without it they stay unread. A day
without a year is the latest such day that is not after the day taken. What is left over and might change the meaning
makes the whole cell unread. Source: sheets/README.md (gold).
"""

import datetime
import re
from typing import Final

from node.core.sheets.date_spans import MONTH, spans_in
from node.core.sheets.date_values import ONE, Context, Day, Span, When, cap, end_of_month
from node.core.sheets.relative_dates import EVERY, read_ongoing, read_relative, says_night
from node.core.sheets.words import fold, says_nothing

_EXCEL_EPOCH: Final = Day(1899, 12, 30)


def from_serial(number: float | None) -> Day | None:
    """The day of a spreadsheet's serial number between 2000 and 2060, else None."""
    if number is None or not 36526 <= number < 58500:
        return None
    return _EXCEL_EPOCH + datetime.timedelta(days=int(number))


def read_day(text: str, context: Context) -> Day | None:
    """A single whole day, such as the day a report was taken; None if it is not exactly one."""
    when = read_when(text, context)
    return when.min if when is not None and when.min == when.max and not when.doubts else None


def read_when(text: str, context: Context) -> When | None:
    """The range that a cell's words stand for; None if they cannot be read without guessing."""
    if says_nothing(text) or _VAGUE.search(fold(text)):
        return None
    plain = _prepare(text)
    outside = re.sub(r"\([^)]*\)", " ", plain)
    for candidate in (outside, plain.replace("(", " ").replace(")", " ")):
        when = _read(candidate, context)
        if when is not None:
            return when
    return None


_VAGUE: Final = re.compile(
    r"\b\d ?(?:st|nd|rd|th) (?:wk|week)\b|\b(?:first|second|third|fourth|last) (?:wk|week) (?:of|in)\b|\bw/e \d|"
    r"\bweek ending\b|\blast (?:summer|winter|spring|autumn)\b"
)
"""Words that could mean several ranges."""


def _prepare(text: str) -> str:
    plain = re.sub(r"\bmay(?= (?:be|have|not|well)\b)", " ", fold(text))
    plain = re.sub(r"\bwks?\b", "week", re.sub(r"\byday\b|\byest\b", "yesterday", plain)).replace("on going", "ongoing")
    plain = re.sub(r"\b(circa|approximately|approx\.?|around|roughly|about|abt|c\.)\s*(?=\d|the)", "about ", plain)
    plain = re.sub(
        r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th) ?(?:/|&|-|and|or) ?(\d{1,2})(?:st|nd|rd|th)\b(?! of| [a-z]{3})",
        r"the \1 and \2",
        plain,
    )
    plain = re.sub(
        r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?! ?(?:of|/|-|&|to|wk|week|time|visit|call|and|or|\d))(?! (?:"
        + MONTH
        + "))",
        r"the \1",
        plain,
    )
    plain = re.sub(r"(\d)(st|nd|rd|th|er|eg|fed|ain|ydd|o|a|º)\b(?= |/|-|$|,|\.)", r"\1", plain)
    plain = re.sub(r"(\d{4}-\d{2}-\d{2})t(?=\d)", r"\1 ", plain)
    plain = re.sub(r"\b(?:at |@ ?|gone |um |as )?\d{1,2}[:.h]\d{2}(:\d{2})? ?(am|pm|hrs|h|uhr)\b", " ", plain)
    plain = re.sub(r"\b(?:at |@ ?|gone |um )?\d{1,2}:\d{2}(:\d{2})?(z|\+\d\d:\d\d)?\b", " ", plain)
    plain = re.sub(r"\b(?:at |@ ?|gone |um |about )?\d{1,2}(-\d{1,2})? ?(am|pm|hrs|uhr)\b", " ", plain)
    plain = re.sub(
        r"\b(?:\d{1,2}|two|three|four|five|several|many|couple of)(?: or \d{1,2})? ?(x|times|mal)\b|\bx ?\d{1,2}\b",
        " ",
        plain,
    )
    return re.sub(r"\s+", " ", plain).strip(" .,;")


def _read(text: str, context: Context) -> When | None:
    special = read_ongoing(text, context) or read_relative(text, context)
    if special is not None:
        return special
    spans = spans_in(text, context)
    if not spans:
        return None
    rest = _rest(text, spans)
    if re.search(r"\d", rest):
        return None
    return _combine(text, rest, spans, context)


# --- ongoing, since, every -------------------------------------------------------------------------------------------


# --- words relative to the day taken ---------------------------------------------------------------------------------


# --- days, months, seasons, feasts -----------------------------------------------------------------------------------


# --- several findings in one cell ------------------------------------------------------------------------------------


_WEEK_OF: Final = re.compile(r"\bw/c\b|\bweek (?:of|commencing|beginning|starting)\b|\bwoche (?:vom|ab)\b")


def _rest(text: str, spans: list[Span]) -> str:
    kept = list(text)
    for span in spans:
        kept[span.start : span.end] = " " * (span.end - span.start)
    return "".join(kept)


def _combine(text: str, rest: str, spans: list[Span], context: Context) -> When | None:
    doubts: list[str] = []
    exact = [span for span in spans if span.grain in ("day", "days")]
    weekdays = [span for span in spans if span.grain == "weekday"]
    wide = [span for span in spans if span.grain in ("month", "year")]
    if exact and wide:
        return (
            None
            if any(not (w.min <= e.min <= w.max) for w in wide for e in exact)
            else _combine(text, rest, exact, context)
        )
    if exact:
        found = _with_weekdays(exact, weekdays, text, doubts)
    elif wide:
        found = _narrow(wide)
    else:
        found = _only_weekdays(weekdays, text, context)
    if found is None:
        return None
    first, last = found
    if exact and re.search(r"\babout\b|\bapprox\b|\bish\b|-ish", text):
        first, last = first - 3 * ONE, last + 3 * ONE
    if exact and first == last and _WEEK_OF.search(text):
        last = first + 6 * ONE
    if says_night(rest) and (last - first).days <= 7 and not wide:
        last += ONE
    if context.taken is not None and first > context.taken:
        return None
    if context.taken is None and (last - first).days > 3660:
        return None
    capped = cap(When(first, last, tuple(doubts)), context)
    return capped if capped and last >= first else None


def _with_weekdays(exact: list[Span], weekdays: list[Span], text: str, doubts: list[str]) -> tuple[Day, Day] | None:
    """Days with a date, and days of the week that name the same day or one beside it."""
    first, last = min(s.min for s in exact), max(s.max for s in exact)
    if (last - first).days > 400:
        return None
    free = list(weekdays)
    for span in exact:
        for day in weekdays:
            close = 0 <= span.start - day.end <= 4 or 0 <= day.start - span.end <= 2
            if day in free and close and (between := text[day.end : span.start]) is not None:
                if re.search(r"\b(and|into|or|to)\b|&", between):
                    continue
                if day.min.weekday() not in (span.min.weekday(), span.max.weekday()):
                    doubts.append("weekday_differs")
                free.remove(day)
    base = first
    for day in free:
        number = day.min.weekday()
        if any((first + i * ONE).weekday() == number for i in range(min((last - first).days, 6) + 1)):
            continue
        after = [s for s in exact if s.start < day.start]
        if after:
            last = max(
                last, last + ((number - last.weekday()) % 7) * ONE if (number - last.weekday()) % 7 <= 2 else last
            )
        else:
            first = min(first, base - ((base.weekday() - number) % 7) * ONE)
    return first, last


def _narrow(wide: list[Span]) -> tuple[Day, Day] | None:
    """Months and years: the narrower if one lies in the other, else from the first to the last."""
    years = [span for span in wide if span.grain == "year"]
    months = [span for span in wide if span.grain == "month"]
    if years and months and len(years) == 1:
        year = years[0].min.year
        moved = [span.min.year != year and not span.said_year for span in months]
        if any(moved):
            first = months[0].min.replace(year=year)
            return first, end_of_month(months[-1].max.replace(year=year, day=1))
        return min(s.min for s in months), max(s.max for s in months)
    first, last = min(s.min for s in wide), max(s.max for s in wide)
    return (first, last) if (last - first).days <= 800 or years else None


def _only_weekdays(weekdays: list[Span], text: str, context: Context) -> tuple[Day, Day] | None:
    taken = context.taken
    if taken is None or not weekdays or EVERY.search(text):
        return None
    days = sorted(span.min for span in weekdays)
    if len(days) == 1 and days[0] == taken:
        if re.search(r"\blast\b", text):
            return taken - 7 * ONE, taken - 7 * ONE
        return taken - 7 * ONE, taken
    if len(weekdays) > 1 and re.search(r"\binto\b", text) and weekdays[1].min < weekdays[0].min:
        return weekdays[0].min - 7 * ONE, weekdays[1].min
    return days[0], days[-1]
