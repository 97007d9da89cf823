"""Age, height, build, skin and sex from the words of a description. None where the words do not say it.

`alone`: the text comes from a column that asks just this, so that a bare number means it.
Source: sheets/README.md (gold); DOMAIN.md §5.
"""

import re
from typing import Final

import msgspec

from node.core.sheets.words import fold


class Span(msgspec.Struct, frozen=True):
    """A range; an end that is None is open."""

    min: int | None
    max: int | None


_DECADE_WORDS: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "zwanziger": 20, "dreissiger": 30, "vierziger": 40, "funfziger": 50, "sechziger": 60,
}  # fmt: skip
_ROUND_WORDS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_UNIT_WORDS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_PARTS: Final = {
    **dict.fromkeys(("early", "anfang", "inicio", "debut", "dechrau"), (0, 3)),
    **dict.fromkeys(("mid", "middle", "mitte", "meados", "canol", "mi"), (4, 6)),
    **dict.fromkeys(("late", "ende", "fim", "fin", "final", "diwedd", "upper"), (7, 9)),
}
_ABOUT: Final = (
    r"(?:about|bout|abt|around|approx(?:imately)?\.?|roughly|maybe|circa|c\.|ca\.?|~|uns|umas|cca|ungefahr|etwa|vers|"
    r"environ|"
    r"unos|aprox\.?|okolo|ok\.|tua|cam|cerca de|rond|kb\.?|looks?)"
)
_AFTER: Final = r"(?:\s?-?ish\b|\s?odd\b|\s?or so\b|\s?approx\b|\s?-?something\b)"
_NOT_BEFORE: Final = r"(?<![\d£$€'.,/])"
_NOT_AFTER: Final = (
    r"(?!\s?(?:%|cm|kg|am\b|pm\b|mins?|min\b|hrs?|hours|days|weeks|months|st\b|stone|mph|ft|foot|'|"
    r"\"|£|€|\d|:|k\b|quid|times|x\b|/\d))"
)
_PART_DECADE: Final = re.compile(
    rf"\b({'|'.join(_PARTS)})(?:[ -]*(?:to|/|or|-)[ -]*({'|'.join(_PARTS)}))?[ -]*(?:de |der |en los |"
    rf"los )?(\d0)(?:'?s|er|ern)?\b"
)
_DECADE: Final = re.compile(
    rf"{_NOT_BEFORE}([1-9]0)\s?(?:'s|s|er|ern)\b(?:\s?(?:-|/|to|or|bis)\s?([2-9]0)(?:'?s|er|ern)?\b)?"
)
_RANGE: Final = re.compile(
    rf"{_NOT_BEFORE}([1-9]\d)\s?(?:-|to|/|or|bis|a|e|and|till|i|do|y|ou)\s?([1-9]\d){_NOT_AFTER}"
)
_TEENS: Final = re.compile(
    r"\b(?:(early|mid|late)[ -]*)?(?:teens?|teenagers?|teenaged?)\b(?:\s?(?:-|to|/|or)\s?(?:(early|mid|"
    r"late)[ -]*)?(\d\d)(s)?)?"
)
_OPEN_UP: Final = re.compile(
    rf"{_NOT_BEFORE}([1-9]\d)\s?(?:\+|plus\b|or over|or older|and over|upwards)|\b(?:over|at least|uber|mais de|"
    rf"peste|plus de|mas de|dros|ponad) ([1-9]\d){_NOT_AFTER}"
)
_OPEN_DOWN: Final = re.compile(rf"\b(?:under|below|no more than|less than|unter) ([2-9]\d){_NOT_AFTER}")
_GIVE: Final = re.compile(rf"(?:\b|(?<=\s)|^){_ABOUT}\s?([1-9]\d){_NOT_AFTER}|{_NOT_BEFORE}([1-9]\d){_AFTER}")
_SAID: Final = re.compile(
    rf"\b(?:aged?|alter|idade|edad|oed|varsta|wiek)[: ]+([1-9]\d){_NOT_AFTER}|"
    rf"{_NOT_BEFORE}([1-9]\d)\s?(?:yo\b|y/o|y\.o|yr'?s?\b|years?\b|jahre?|anos|ani\b|lat\b|ans\b|mlwydd|anni|jaar)"
)
_CHUNK: Final = re.compile(
    r"(?:^|[,;/(]|\bmale|\bman|\bwhite|\basian|\bblack)\s*([1-9]\d)\s*\??\s*(?=[,;)]|$|male\b|man\b|then\b)"
)


def read_age(text: str, *, alone: bool = False) -> Span | None:
    """Years, as `Span`; None if not said or not to be read."""
    plain = _number_words(fold(text))
    spans = [span for span in (_parts_of_decades(plain) or _age_spans(plain)) if _sane(span)]
    if not spans and (
        found := re.fullmatch(r"\D{0,12}?([1-9]\d)\s*(?:\?|years|yrs|then)?", plain) if alone else _CHUNK.search(plain)
    ):
        age = int(found[1])
        spans = [Span(age, age)] if 12 <= age <= 95 else []
    if not spans:
        return None
    lows, highs = [s.min for s in spans], [s.max for s in spans]
    low = None if None in lows else min(n for n in lows if n is not None)
    high = None if None in highs else max(n for n in highs if n is not None)
    if low is not None and high is not None and high - low > 30:
        return None
    return Span(low, high)


def _sane(span: Span) -> bool:
    return all(n is None or 10 <= n <= 99 for n in (span.min, span.max)) and (
        span.min is None or span.max is None or span.min <= span.max
    )


def _number_words(text: str) -> str:
    def number(found: re.Match[str]) -> str:
        return str(_ROUND_WORDS[found[1]] + (_UNIT_WORDS[found[2]] if found[2] else 0))

    text = re.sub(rf"\b({'|'.join(_ROUND_WORDS)})(?:[ -]({'|'.join(_UNIT_WORDS)}))?\b", number, text)
    for word, decade in _DECADE_WORDS.items():
        text = re.sub(rf"\b{word}\b", f"{decade}s", text)
    return text


def _parts_of_decades(text: str) -> list[Span]:
    spans = []
    for found in _PART_DECADE.finditer(text):
        decade = int(found[3])
        first = _PARTS[found[1]]
        last = _PARTS[found[2]] if found[2] else first
        spans.append(Span(decade + first[0], decade + last[1]))
    if spans and (other := _DECADE.search(_PART_DECADE.sub(" ", text))):
        spans.append(_decade(other))
    return spans


def _decade(found: re.Match[str]) -> Span:
    last = int(found[2]) if found[2] else int(found[1])
    return Span(int(found[1]), last + 9)


def _age_spans(text: str) -> list[Span]:
    if found := _TEENS.search(text):
        low, high = {"early": (13, 14), "mid": (14, 16), "late": (17, 19)}.get(found[1] or "", (13, 19))
        if found[3]:
            part = _PARTS.get(found[2] or "", (0, 9 if found[4] else 0))
            high = int(found[3]) + part[1]
        return [Span(low, high)]
    if found := _RANGE.search(text):
        return [Span(int(found[1]), int(found[2]))]
    if found := _DECADE.search(text):
        return [_decade(found)]
    if found := _OPEN_UP.search(text):
        return [Span(int(found[1] or found[2]), None)]
    if found := _GIVE.search(text):
        age = int(found[1] or found[2])
        return [Span(age - 3, age + 3)]
    if found := _SAID.search(text):
        age = int(found[1] or found[2])
        return [Span(age, age)]
    if found := _OPEN_DOWN.search(text):
        return [Span(None, int(found[1]))]
    return []


# --- height ----------------------------------------------------------------------------------------------------------

_FEET: Final = (
    r"(?<![\d.,£])([4-6])\s?(?:ft\.?|foot|feet|fut|fuss|'|f\b)(?:\s?,?\s?(\d{1,2}(?:\.5)?)(?![\d])(?!\s?(?:cm|yrs|"
    r"years|-?\d\d)))?\s?"
    r"(?:in(?:s|ch|ches)?\b|\"|'')?"
)
_HEIGHT: Final = re.compile(
    rf"(?P<about>{_ABOUT}\s?)?(?P<over>over |at least |taller than |uber )?(?P<under>under |below |less than )?{_FEET}"
    rf"(?:\s?(?:or|/|-|to|and)\s?(?:{_FEET}|(?P<inches>\d{{1,2}})(?!\d|\s?(?:ft|foot|'|cm|yrs|years|st\b|stone))))?"
    rf"(?P<ish>\s?-?ish|\s?odd\b|\s?or so\b|\s?approx)?(?P<plus>\s?(?:\+|plus\b|or (?:more|over|taller)))?"
)
_CM: Final = re.compile(
    rf"(?P<about>{_ABOUT}\s?)?(?<![\d.,£])(?:(1[4-9]\d|20\d)(?:\s?(?:-|to|bis|/|a)\s?(1[4-9]\d|20\d))?\s?cm"
    rf"|(1)(?:[.,]|\s?m\s?)(\d\d)(?:\s?m?\s?(?:-|to|bis|/|a)\s?1(?:[.,]|\s?m\s?)(\d\d))?\s?(?:m\b)?(?!\d|[.,]\d))"
)
_BARE: Final = re.compile(
    r"(?<![\d.'])([4-6])\s?[.' ,]\s?(1[01]|\d)(?![\d.'%])(?:\s?(?:-|/|or|to)\s?(?:([4-6])[.' ](1[01]|\d)|(1[01]|"
    r"\d))(?!\d))?(\s?\+)?"
)
_HAIRY: Final = (
    r"(?!\w*[ -]*(?:\w+[ -]+){0,2}?(?:hair|beard|fade|back|cut|crop|sides|stubble|sleeve|dreads|curl|"
    r"dark|brown|black|blond|grey|fair|ginger|trous|coat|jacket|temper|fuse|sighted|time|while|nails))"
)
_TALL: Final = re.compile(
    r"\b(?:tall|alto|alta|gross|grosser|inalt|wysoki|tal\b|tala|lang|groot)\b(?! (?:one|story|tale))"
)
_SHORT: Final = re.compile(
    rf"\b(?:short|shortish|shortarse|small|little|baixo|baixa|klein|kleiner|scund|niski|byr)\b{_HAIRY}"
)
_AVERAGE: Final = re.compile(
    r"\b(?:average|avg|medium|normal) height|mittelgross|estatura media\b|taille moyenne|height average|altura media"
)


def read_height(text: str, *, alone: bool = False, number: bool = False) -> Span | None:
    """Centimetres, as `Span`.

    Args:
        text: the words.
        alone: the column asks the height (and perhaps the build).
        number: the cell held a number and no text: `5.1` may have been 5 ft 10.
    """
    plain = fold(text)
    if found := _HEIGHT.search(plain):
        return _feet(found)
    if found := _CM.search(plain):
        low = int(found[2]) if found[2] else 100 + int(found[5])
        high = int(found[3]) if found[3] else (100 + int(found[6]) if found[6] else low)
        give = 3 if found["about"] else 0
        return Span(low - give, high + give) if 140 <= low <= high <= 215 else None
    if alone and (span := _bare_height(plain, number=number)):
        return span
    if _AVERAGE.search(plain) or (
        alone and plain.strip(" ?.") in ("medium", "average", "avg", "normal", "med", "mittel")
    ):
        return Span(170, 178)
    if _TALL.search(plain) and not re.search(r"\bnot (?:very |that |too )?tall|how tall", plain):
        return Span(183, None)
    if _SHORT.search(plain) and not re.search(r"\bnot (?:very |that |too )?short", plain):
        return Span(None, 168)
    return None


def _inches(feet: str, inches: str | None) -> float:
    return int(feet) * 12 + float(inches or 0)


def _cm(inches: float) -> int:
    return round(inches * 2.54)


def _feet(found: re.Match[str]) -> Span | None:
    groups = found.groups()
    feet, inches, feet2, inches2 = groups[3], groups[4], groups[5], groups[6]
    low = high = _inches(feet, inches)
    if feet2:
        high = _inches(feet2, inches2)
    elif found["inches"] and inches:
        high = _inches(feet, found["inches"])
    if any(float(part or 0) >= 12 for part in (inches, inches2, found["inches"])) or high < low or high - low > 8:
        return None
    give = 3 if found["about"] or found["ish"] else 0
    if found["plus"] or found["over"]:
        return Span(_cm(low), None)
    if found["under"]:
        return Span(None, _cm(high))
    return Span(_cm(low) - give, _cm(high) + give)


def _bare_height(plain: str, *, number: bool) -> Span | None:
    whole = re.fullmatch(r"(?:about )?([4-6])(?:\s?ish)?\s*(\+)?", plain)
    if whole:
        if whole[1] != "6" and not plain.startswith("6"):
            return Span(_cm(int(whole[1]) * 12), _cm(int(whole[1]) * 12))
        return Span(183, None if whole[2] else 183)
    if whole := re.fullmatch(r"(1[5-9]\d|20\d)(?:\s?-\s?(1[5-9]\d|20\d))?", plain):
        return Span(int(whole[1]), int(whole[2] or whole[1]))
    found = _BARE.search(plain)
    if not found or (number and found[2] == "1" and found[1] != "6"):
        return None
    low = _inches(found[1], found[2])
    high = _inches(found[3], found[4]) if found[3] else _inches(found[1], found[5]) if found[5] else low
    if high < low:
        return None
    if found[6]:
        return Span(_cm(low), None)
    give = 3 if re.search(rf"{_ABOUT}|ish\b", plain) else 0
    return Span(_cm(low) - give, _cm(high) + give)


# --- build, skin, sex ------------------------------------------------------------------------------------------------
