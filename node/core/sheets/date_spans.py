"""Days, months, seasons and feasts written in a text → findings, each with its place in the text."""

import calendar
import re
from typing import Final

from node.core.sheets import date_words
from node.core.sheets.date_values import ONE, Context, Day, Span, end_of_month, months_before

_OLDEST: Final = 1950

MONTH: Final = "(?:" + "|".join(sorted(map(re.escape, date_words.MONTHS), key=len, reverse=True)) + r")\b\.?"

_WEEKDAY: Final = "(?:" + "|".join(sorted(map(re.escape, date_words.WEEKDAYS), key=len, reverse=True)) + r")s?\b\.?"

_SEASON: Final = "(?:" + "|".join(date_words.SEASONS) + r")\b"

_PART: Final = "(?:" + "|".join((*date_words.EARLY, *date_words.MIDDLE, *date_words.LATE)) + ")"

_YEAR: Final = r"(?:19[5-9]\d|20\d\d)"

_SEP: Final = r"[/.\-]"

_AND: Final = r"(?:-|/|&|\+|,| or | and | to | into | bis | oder | und | au | e | y | et | sau | lub | neu |till|til)"

_PATTERNS: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", rf"(?<!\d)(?P<y>{_YEAR}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<d>\d{{1,2}})(?!\d)"),
        ("numeric_pair", rf"(?<![\d/])(?P<d>\d{{1,2}}) ?{_AND} ?(?P<d2>\d{{1,2}}) "
            rf"?[/.](?P<m>\d{{1,2}})(?:{_SEP}(?P<y>\d{{4}}|\d{{2}}))?(?![\d/])"),
        ("numeric_or_day", rf"(?<!\d)(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<y>\d{{4}}|"
            rf"\d{{2}}) ?{_AND} ?(?:the )?(?P<d2>\d{{1,2}})(?![\d/.])"),
        ("numeric", rf"(?<!\d)(?P<d>\d{{1,2}}) ?{_SEP} ?(?P<m>\d{{1,2}}) ?{_SEP} ?(?P<y>\d{{4}}|\d{{2}})(?!\d)"),
        ("weekend", r"\b(?:weekend|w/e|"
            r"wochenende)(?: of)?(?: the)? (?P<d>\d{1,2}) ?[-/&+] ?(?P<d2>\d{1,2})(?![\d/])(?! ?" + MONTH + ")"),
        ("days_month", rf"(?<!\d)(?P<d>\d{{1,2}})\.? ?{_AND} ?(?:the )?(?P<d2>\d{{1,2}})\.? ?(?:of |de |"
            rf"di )?(?P<mon>{MONTH})(?:[ ,/-]+(?P<y>{_YEAR}|'?\d\d(?![\d/:])))?"),
        ("day_month", rf"(?<!\d)(?P<d>\d{{1,2}})\.?[ \-/]?(?:of |de |di |o )?(?P<mon>{MONTH})(?:(?:[ ,/-]+|of |"
            rf"de )+(?P<y>{_YEAR}|'?\d\d(?![\d/:])))?"),
        ("month_day", rf"(?P<mon>{MONTH}) (?:the )?(?P<d>\d{{1,2}})(?: ?[-/&] ?(?P<d2>\d{{1,2}}))?(?!\d)(?:,? "
            rf"(?P<y>{_YEAR}))?"),
        ("months", rf"(?P<mon>{MONTH}) ?(?:{_AND}|&) ?(?P<mon2>{MONTH})(?:,? ?'?(?P<y>{_YEAR}|\d\d\b))?"),
        ("part_month", rf"\b(?P<part>{_PART})[ -]+(?:of |de |du |d'|"
            rf"in )?(?:the )?(?P<mon>{MONTH})(?:,? ?(?P<y>{_YEAR}|'\d\d))?"),
        ("month", rf"\b(?P<mon>{MONTH})(?:,? ?(?P<y>{_YEAR}|'\d\d))?"),
        ("month_year", rf"(?<![\d/])(?P<m>\d{{1,2}})[/.](?P<y>{_YEAR})(?!\d)"),
        ("bank_holiday", r"\b(?P<which>easter|may|august|aug|spring)? ?(?:bank hol(?:iday)?|b/h|"
            r"bank h)\.? ?(?:mon(?:day)?|weekend)?"),
        ("feast", r"\b(?P<feast>" + "|".join(map(re.escape, date_words.FEASTS)) + rf")(?: (?P<y>{_YEAR}))?\b"),
        ("easter", rf"\b(?P<which>good friday|easter(?: sunday| monday)?|ostern|paste|pascoa|pasg|"
            rf"wielkanoc)\b(?: (?P<y>{_YEAR}))?"),
        ("season", rf"\b(?P<season>{_SEASON})(?: (?:of )?'?(?P<y>{_YEAR}|\d\d\b))?"),
        ("numeric_short", r"(?<![\d/.])(?P<d>\d{1,2}) ?[/.\-] ?(?P<m>\d{1,2})\.?(?![\d/])"),
        ("year", rf"(?<!\d)(?P<y>{_YEAR})(?!\d)"),
        ("weekday", rf"\b(?:last |this |on |next )?(?P<wd>{_WEEKDAY})(?P<before> before last)?"),
        ("days_only", rf"\bthe (?P<d>\d{{1,2}}) ?{_AND} ?(?:the )?(?P<d2>\d{{1,2}})\b(?!/)"),
        ("day_only", r"\bthe (?P<d>\d{1,2})\b(?!/)"),
    )
)  # fmt: skip


def spans_in(text: str, context: Context) -> list[Span]:
    """What a folded text says of days, in order; no place of the text is read twice."""
    spans: list[Span] = []
    free = list(text)
    for name, pattern in _PATTERNS:
        position = 0
        while found := pattern.search("".join(free), position):
            position = max(found.end(), position + 1)
            if not found[0].strip():
                continue
            read = _one(name, found, context)
            if read is None:
                continue
            first, last, said_year = read
            spans.append(Span(found.start(), found.end(), first, last, _GRAINS.get(name, "day"), said_year))
            free[found.start() : found.end()] = "\x00" * (found.end() - found.start())
    return sorted(spans, key=lambda span: span.start)


_GRAINS: Final = {
    "months": "month", "part_month": "month", "month": "month", "month_year": "month", "season": "month",
    "year": "year",
    "weekday": "weekday", "days_month": "days", "numeric_pair": "days", "numeric_or_day": "days", "weekend": "days",
    "days_only": "days",
}  # fmt: skip


def _one(name: str, found: re.Match[str], context: Context) -> tuple[Day, Day, bool] | None:
    parts = found.groupdict()
    try:
        return _READERS[name](parts, context)
    except (ValueError, OverflowError):
        return None


Parts = dict[str, str | None]

Read = tuple[Day, Day, bool] | None


def _year_of(parts: Parts, context: Context) -> int | None:
    written = (parts.get("y") or "").strip("'")
    if not written:
        return None
    year = int(written)
    if year >= 100:
        return year if year >= _OLDEST else None
    now = context.taken.year if context.taken else (context.year or 2026)
    return 2000 + year if 2000 + year <= now + 1 else 1900 + year


def _latest(month: int, day: int, context: Context) -> Day:
    """The latest such day that is not after the day taken; without a day taken, in the year that the sheet is about."""
    if context.taken is not None:
        for year in range(context.taken.year, context.taken.year - 5, -1):
            if day <= calendar.monthrange(year, month)[1] and Day(year, month, day) <= context.taken:
                return Day(year, month, day)
    if context.taken is None and context.year is not None:
        return Day(context.year, month, day)
    raise ValueError


def _day_in(parts: Parts, month: int, day: int, context: Context) -> tuple[Day, bool]:
    year = _year_of(parts, context)
    if parts.get("y") and year is None:
        raise ValueError
    return (Day(year, month, day), True) if year is not None else (_latest(month, day, context), False)


def _numeric(parts: Parts, context: Context) -> Read:
    first, second = int(parts["d"] or 0), int(parts["m"] or 0)
    day, month = (first, second) if context.order == "dmy" else (second, first)
    if month > 12 >= day:
        day, month = month, day
    found, said = _day_in(parts, month, day, context)
    taken = context.taken
    if taken is not None and found > taken and day <= 12 and day != month:
        swapped = Day(found.year, day, month)
        if taken - 60 * ONE <= swapped <= taken:
            return swapped, swapped, said
    return found, found, said


def _iso(parts: Parts, context: Context) -> Read:
    day = Day(int(parts["y"] or 0), int(parts["m"] or 0), int(parts["d"] or 0))
    return day, day, True


def _numeric_pair(parts: Parts, context: Context) -> Read:
    last, said = _day_in(parts, int(parts["m"] or 0), int(parts["d2"] or 0), context)
    return _pair(last, int(parts["d"] or 0), said=said)


def _pair(last: Day, first_day: int, *, said: bool) -> Read:
    first = last.replace(day=first_day)
    if first > last:
        first = months_before(last.replace(day=1), 1)
        first = first.replace(day=first_day)
        if (last - first).days > 14:
            return None
    return first, last, said


def _numeric_or_day(parts: Parts, context: Context) -> Read:
    first, said = _day_in(parts, int(parts["m"] or 0), int(parts["d"] or 0), context)
    last = first.replace(day=int(parts["d2"] or 0))
    return (first, last, said) if last >= first else None


def _days_month(parts: Parts, context: Context) -> Read:
    last, said = _day_in(parts, _month(parts["mon"]), int(parts["d2"] or 0), context)
    return _pair(last, int(parts["d"] or 0), said=said)


def _day_month(parts: Parts, context: Context) -> Read:
    day, said = _day_in(parts, _month(parts["mon"]), int(parts["d"] or 0), context)
    if not parts.get("d2"):
        return day, day, said
    return day, day.replace(day=int(parts["d2"] or 0)), said


def _month(word: str | None) -> int:
    return date_words.MONTHS[(word or "").rstrip(". ")]


def _month_range(parts: Parts, context: Context) -> Read:
    first, said = _day_in(parts, _month(parts["mon"]), 1, context)
    last = first
    if parts.get("mon2"):
        last = Day(first.year, _month(parts["mon2"]), 1)
        if last < first:
            first = first.replace(year=first.year - 1) if said else first
            last = Day(first.year + 1, last.month, 1)
    return first, end_of_month(last), said


def _part_month(parts: Parts, context: Context) -> Read:
    month, said = _day_in(parts, _month(parts["mon"]), 1, context)
    part = parts["part"] or ""
    if part in date_words.EARLY:
        return month, month.replace(day=10), said
    if part in date_words.MIDDLE:
        return month.replace(day=11), month.replace(day=20), said
    return month.replace(day=21), end_of_month(month), said


def _month_year(parts: Parts, context: Context) -> Read:
    first = Day(int(parts["y"] or 0), int(parts["m"] or 0), 1)
    return first, end_of_month(first), True


def _season(parts: Parts, context: Context) -> Read:
    first, last = date_words.SEASONS[parts["season"] or ""]
    begin, said = _day_in(parts, first, 1, context)
    end = Day(begin.year + (last < first), last, 1)
    return begin, end_of_month(end), said


def _whole_year(parts: Parts, context: Context) -> Read:
    year = int(parts["y"] or 0)
    return Day(year, 1, 1), Day(year, 12, 31), True


def _weekend(parts: Parts, context: Context) -> Read:
    if context.taken is None:
        return None
    first, last = int(parts["d"] or 0), int(parts["d2"] or 0)
    for back in range(13):
        month = months_before(context.taken.replace(day=1), back)
        try:
            day = month.replace(day=first)
        except ValueError:
            continue
        if day <= context.taken and day.weekday() == 5 and (day + ONE).day == last:
            return day, day + ONE, False
    return None


def _bank_holiday(parts: Parts, context: Context) -> Read:
    if context.taken is None:
        return None
    days = [d for year in (context.taken.year - 1, context.taken.year) for d in date_words.bank_holiday_mondays(year)]
    which = parts.get("which")
    if which in ("august", "aug"):
        days = [day for day in days if day.month == 8]
    elif which == "may":
        days = [day for day in days if day.month == 5]
    elif which == "easter":
        days = [d for d in days if d - ONE == date_words.easter(d.year)]
    day = max(day for day in days if day <= context.taken)
    return day, day, False


def _feast(parts: Parts, context: Context) -> Read:
    month, day = date_words.FEASTS[parts["feast"] or ""]
    found, said = _day_in(parts, month, day, context)
    return found, found, said


def _easter(parts: Parts, context: Context) -> Read:
    shift = {"good friday": -2, "easter monday": 1}.get(parts["which"] or "", 0) * ONE
    year = _year_of(parts, context) or (context.taken.year if context.taken else context.year)
    if year is None:
        return None
    day = date_words.easter(year) + shift
    if context.taken is not None and day > context.taken and not parts.get("y"):
        day = date_words.easter(year - 1) + shift
    return day, day, bool(parts.get("y"))


def _weekday(parts: Parts, context: Context) -> Read:
    if context.taken is None:
        return None
    word = (parts["wd"] or "").rstrip(".")
    number = date_words.WEEKDAYS[word if word in date_words.WEEKDAYS else word.rstrip("s")]
    back = (context.taken.weekday() - number) % 7
    day = context.taken - (back + (7 if parts.get("before") else 0)) * ONE
    return day, day, False


def _day_only(parts: Parts, context: Context) -> Read:
    if context.taken is None:
        return None
    for back in range(3):
        month = months_before(context.taken.replace(day=1), back)
        try:
            day = month.replace(day=int(parts["d"] or 0))
        except ValueError:
            continue
        if day <= context.taken:
            return day, day, False
    return None


def _days_only(parts: Parts, context: Context) -> Read:
    last = _day_only({"d": parts["d2"]}, context)
    return _pair(last[0], int(parts["d"] or 0), said=False) if last else None


_READERS: Final = {
    "iso": _iso, "numeric_pair": _numeric_pair, "numeric_or_day": _numeric_or_day, "numeric": _numeric,
    "weekend": _weekend,
    "days_month": _days_month, "day_month": _day_month, "month_day": _day_month, "months": _month_range,
    "part_month": _part_month, "month": _month_range, "month_year": _month_year, "bank_holiday": _bank_holiday,
    "feast": _feast, "easter": _easter, "season": _season, "numeric_short": _numeric, "year": _whole_year,
    "weekday": _weekday, "day_only": _day_only, "days_only": _days_only,
}  # fmt: skip
