"""Words for time that count from the day a report was taken: *2 weeks ago*, *since June*, *last night*."""

import datetime
import re
from typing import Final

from node.core.sheets import date_words
from node.core.sheets.date_spans import spans_in
from node.core.sheets.date_values import ONE, Context, Day, When, cap, end_of_month, months_before, weekday_in

_TO_NOW: Final = re.compile(
    r"\b(to|and|til|till|until|up to|-|bis|pana|ate|hasta|jusqu'a|do|hyd)\s*(now|date|today|present|jetzt|heute|"
    r"acum|agora|"
    r"ahora|teraz|nawr|hoje|azi)\b|\bongoing|on-going|still (going|happening)|\bonwards\b"
)

_SINCE: Final = re.compile(r"\b(since|seit|desde|depuis|din|od|ers|dal|sinds)\b")

EVERY: Final = re.compile(r"\b(every|each|jeden|toda|todas|todos|chaque|cada|w kazdy|fiecare|bob)\b")


def read_ongoing(text: str, context: Context) -> When | None:
    """*Since June*, *14 June to now*, *every Monday since May*, *ongoing*: ranges that end on the day taken."""
    since = _SINCE.search(text)
    if not since and not _TO_NOW.search(text):
        return None
    if context.taken is None:
        return None
    rest = text[since.end() :] if since else text[: m.start()] if (m := _TO_NOW.search(text)) and m.start() else text
    rest = _TO_NOW.sub(" ", rest).replace(" ish", " ").replace("-ish", " ").strip(" ,-")
    rest = re.sub(r"^from ", "", rest)
    if not rest:
        return When(None, context.taken) if not since else None
    begin = read_relative(rest, context)
    spans = spans_in(rest, context)
    first = begin.min if begin else (spans[0].min if spans else None)
    if first is None:
        clear = not re.search(r"\d", rest) and not since
        return When(None, context.taken) if clear else None
    every = EVERY.search(text)
    day = weekday_in(text[every.end() :]) if every else None
    if day is not None:
        start = first + datetime.timedelta(days=(day - first.weekday()) % 7)
        end = context.taken - datetime.timedelta(days=(context.taken.weekday() - day) % 7)
        return When(start, max(start, end))
    return When(first, context.taken) if first <= context.taken else None


_COUNT: Final = r"(?P<n>\d{1,2}|" + "|".join(w for w in date_words.NUMBERS if w != "fortnight") + r")(?: or so| of)?"

_UNIT: Final = (
    r"(?P<unit>nights?|days?|wks?|weeks?|months?|mths?|years?|yrs?|tage?n?|wochen?|monate?n?|jahre?n?|dias?|"
    r"semanas?|mes(?:es)?|"
    r"anos?|zile|saptamani|luni|ani|jours?|semaines?|mois|ans|dni|tygodni\w*|miesi\w+|lat|diwrnod|wythnos|mis|blynedd)"
)

_AGO: Final = re.compile(
    rf"\b(?P<about>about |approx |nearly |over )?(?:{_COUNT} {_UNIT} (?:ago|zuruck|atras|in urma|temu|yn ol|fa)\b"
    r"|(?:vor|hace|ha|acum|il y a|cyn) (?P<n2>\d{1,2}|\w+) (?P<unit2>\w+))"
)

_PAST: Final = re.compile(
    rf"\b(?:in |over |within |during )?(?:the )?(?:last|past|letzten?|ultim[ao]s|dernier\w*|ostatni\w*)"
    rf" (?:(?P<few>few|several)|{_COUNT}) {_UNIT}\b"
)

_FORTNIGHT: Final = re.compile(r"\b(a|one) fortnight ago\b|\bfortnight ago\b")


def read_relative(text: str, context: Context) -> When | None:
    """*Yesterday*, *last week*, *2 weeks ago*, *the last few months*; None without a day taken."""
    taken = context.taken
    if taken is None:
        return None
    if found := _PAST.search(text):
        count = 3 if found["few"] else _count(found["n"])
        return _last_units(count, _unit(found["unit"]), taken)
    if _FORTNIGHT.search(text):
        text = "2 weeks ago"
    if found := _AGO.search(text):
        return _ago(text, found, context)
    for pattern, days, span in _NAMED_DAYS:
        if found := re.search(pattern, text):
            rest = text[: found.start()] + text[found.end() :]
            if re.search(r"\d", rest) or weekday_in(rest) is not None:
                continue
            day = taken - datetime.timedelta(days=days)
            return When(day, min(day + span, taken))
    return _calendar_words(text, taken)


_NAMED_DAYS: Final = (
    (r"\b(last night|letzte nacht|ontem a noite|aseara|hier soir|anoche|gestern (abend|nacht)|wczoraj w nocy|neithiwr|"
     r"gisteravond|yesterday (night|evening))\b", 1, ONE),
    (r"\b(day before yesterday|vorgestern|anteontem|"
     r"alaltaieri|avant-hier|anteayer|przedwczoraj|echdoe|eergisteren)\b", 2, 0 * ONE),
    (r"\b(yesterday|gestern|ontem|ieri|hier|ayer|wczoraj|ddoe|gisteren)\b", 1, 0 * ONE),
    (r"\b(today|this morning|this afternoon|earlier today|heute|hoje|azi|aujourd'hui|hoy|dzis|dzisiaj|heddiw|"
        r"vandaag|oggi|"
     r"just now|early hours)\b", 0, 0 * ONE),
    (r"\b(tonight|this evening|heute abend|hoje a noite|diseara|ce soir|esta noche)\b", 0, 0 * ONE),
)  # fmt: skip


def _count(word: str) -> int:
    return int(word) if word.isdigit() else date_words.NUMBERS.get(word, 0)


def _unit(word: str) -> str:
    for start, unit in (
        ("night", "night"), ("day", "day"), ("tag", "day"), ("dia", "day"), ("zil", "day"), ("jour", "day"), ("dni",
        "day"),
        ("diw", "day"), ("wk", "week"), ("week", "week"), ("woch", "week"), ("seman", "week"), ("sapt", "week"),
        ("semai", "week"), ("tyg", "week"), ("wyth", "week"), ("month", "month"), ("mth", "month"), ("monat", "month"),
        ("mes", "month"), ("luni", "month"), ("mois", "month"), ("mies", "month"), ("mis", "month"),
        ("year", "year"), ("yr", "year"), ("jahr", "year"), ("an", "year"), ("lat", "year"), ("blyn", "year"),
    ):  # fmt: skip
        if word.startswith(start):
            return unit
    return ""


def _last_units(count: int, unit: str, taken: Day) -> When | None:
    if not count or not unit:
        return None
    if unit in ("day", "night"):
        return When(taken - count * ONE, taken)
    if unit == "week":
        return When(taken - 7 * count * ONE, taken)
    return When(months_before(taken, count * (12 if unit == "year" else 1)), taken)


def _ago(text: str, found: re.Match[str], context: Context) -> When | None:
    taken = context.taken
    assert taken is not None
    count, unit = _count(found["n"] or found["n2"] or ""), _unit(found["unit"] or found["unit2"] or "")
    if not count or not unit:
        return None
    if unit in ("day", "night"):
        day = taken - count * ONE
        return When(day, day + ONE if unit == "night" or "night" in text else day)
    if unit == "week":
        day = taken - 7 * count * ONE
        weekday = weekday_in(text[: found.start()] + text[found.end() :])
        if weekday is not None:
            monday = day - day.weekday() * ONE
            return When(monday + weekday * ONE, monday + weekday * ONE)
        return When(day - 3 * ONE, min(day + 3 * ONE, taken))
    if unit == "month":
        first = months_before(taken.replace(day=1), count)
        return When(first, end_of_month(first))
    year = taken.year - count
    rest = text[: found.start()] + " " + text[found.end() :]
    for word in re.findall(r"[a-z]+", rest):
        if word in date_words.SEASONS:
            return _season_about(word, year, taken)
        if word in date_words.MONTHS and len(word) > 2:
            first = Day(year, date_words.MONTHS[word], 1)
            return When(first, end_of_month(first))
    about = 1 if found["about"] else 0
    return cap(When(Day(year - about, 1, 1), Day(year + about, 12, 31)), context)


def _season_about(word: str, year: int, taken: Day) -> When:
    first, last = date_words.SEASONS[word]
    if first < last:
        return When(Day(year, first, 1), end_of_month(Day(year, last, 1)))
    return When(Day(year - 1, first, 1), min(end_of_month(Day(year + 1, last, 1)), taken))


def _calendar_words(text: str, taken: Day) -> When | None:
    if re.search(r"\d", text):
        return None
    monday = taken - taken.weekday() * ONE
    weekday = weekday_in(text)
    if re.search(
        r"\b(last week|letzte woche|semana passada|saptamana trecuta|wythnos diwethaf|semaine derniere|vorige week)\b",
        text,
    ):
        if weekday is not None:
            day = monday + (weekday - 7) * ONE
            return When(day, day + ONE if says_night(text) else day)
        return When(monday - 7 * ONE, monday - ONE)
    if weekday is not None:
        return None
    if re.search(r"\b(this week|diese woche|esta semana|yr wythnos hon)\b", text):
        return When(monday, taken)
    if re.search(r"\b(this month|diesen monat|este mes|luna asta|y mis hwn)\b", text):
        return When(taken.replace(day=1), taken)
    if re.search(r"\b(last month|letzten monat|mes passado|luna trecuta|mis diwethaf|mois dernier)\b", text):
        first = months_before(taken.replace(day=1), 1)
        return When(first, end_of_month(first))
    if re.search(r"\b(last year|letztes jahr|ano passado|anul trecut|llynedd)\b", text):
        return When(Day(taken.year - 1, 1, 1), Day(taken.year - 1, 12, 31))
    if re.search(r"\b(this year|dieses jahr|este ano|eleni)\b", text):
        return When(Day(taken.year, 1, 1), taken)
    if re.search(r"\b(weekend|w/e|wochenende|fim de semana|fin de semana|week-end|penwythnos)\b", text):
        saturday = taken - ((taken.weekday() - 5) % 7) * ONE
        if saturday == taken and re.search(r"\blast\b", text):
            saturday -= 7 * ONE
        return When(saturday, min(saturday + ONE, taken))
    return None


_NIGHT: Final = re.compile(r"\b(nights?|overnight|o/n|nacht|nachts|noite|noapte[a]?|nuit|noche|noca|nos|notte)\b")


def says_night(text: str) -> bool:
    """Whether it was in the night, which runs into the next day."""
    return bool(_NIGHT.search(text))
