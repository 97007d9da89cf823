"""Registration marks in text: whole ones, and what is known of the others as patterns.

Only what the form of a United Kingdom mark makes certain: `?` is one unknown character, `*` any number.
Source: DOMAIN.md §5 (VRM); sheets/README.md (gold).
"""

import re
from typing import Final

import msgspec

from node.core.sheets.words import fold, word_set
from protocol.errors import IdentifierInvalid
from protocol.identifiers import canonical_plate, canonical_plate_pattern, is_gb_plate


class Plate(msgspec.Struct, frozen=True):
    """What is known of one mark. `whole`: nothing is missing. `cloned`: the text says the mark is false."""

    pattern: str
    whole: bool
    raw: str
    cloned: bool = False


_W: Final = r"[?*_\-.•–—x]"
_L: Final = rf"(?:[A-Za-z0]|{_W})"
_GAP: Final = r"[ ]?"
_SAY_REST: Final = (
    r"(?:something|someth?ing|summat|sumthing|smth|and something|etc|then (?:didn'?t|couldn'?t|not|"
    r"unknown|[?])|dunno|unknown|blah|\.{2,}|…|-{2,}|\?{2,}|not sure of rest|rest (?:not|unknown)|didn'?t (?:get|"
    r"see)|part(?:ial)?(?: only)?|irgendwas|xxx)"
)
_FULL_SHAPE: Final = re.compile(
    r"(?<![A-Za-z0-9?])([A-Za-z?]{2}) ?([0-9?OoIl]{2})[ \-]{0,2}([A-Za-z?_\-*.•–—0]{3})(?![A-Za-z0-9?])"
)
_HALF: Final = re.compile(r"(?<![A-Za-z0-9?])([A-Za-z?]{2}) ?([0-9][0-9?])(?![0-9A-Za-z?])")
_START_LONGER: Final = re.compile(
    r"(?<![A-Za-z0-9?])([A-Za-z]{2}) ?([0-9]{2}) ?([A-Za-z]{1,2})[ ]?(\?|-|_|\*|\.\.|something|…|etc)?(?![A-Za-z0-9])"
)
_PREFIX: Final = re.compile(r"(?<![A-Za-z0-9?])([A-Za-z]) ?(\d{1,3}) ?([A-Za-z]{3})(?![A-Za-z0-9?])")
_SUFFIX: Final = re.compile(r"(?<![A-Za-z0-9?])([A-Za-z]{3}) ?(\d{1,3}) ?([A-Za-z])(?![A-Za-z0-9?])")
_ENDS: Final = re.compile(
    r"\b(?:ends?|ending|ended|last (?:three|3|bit|part|letters|half|few)|finish(?:es|ing)?|endet (?:auf|mit)|"
    r"termina (?:em|en|com)|se termina in|"
    r"konczy sie na|yn gorffen)(?: (?:in|with|is|was|are|letters|mit|auf))*:? *[\"“']?([A-Za-z0-9]{2,3})\b|(?:…|"
    r"\.{2,}|\*)\s?([A-Za-z]{3})\b"
)
_STARTS: Final = re.compile(
    r"\b(?:starts?|starting|started|begins?|beginning|began|first (?:bit|part|half|four|4|two|letters)|beginnt mit|"
    r"anfang|comeca (?:com|por)|"
    r"empieza por|incepe cu|zaczyna sie na|yn dechrau)(?: (?:with|is|was|are|off|"
    r"letters))*:? *[\"“']?([A-Za-z]{2} ?\d{2}(?: ?[A-Za-z]{1,2})?|[A-Za-z]{2}\d?|[A-Za-z]\d{1,3})\b"
)
_YEAR: Final = re.compile(
    r"(?<![A-Za-z0-9£.:/'’])([0-9]{2}|[A-HJ-PR-TV-Ya-hj-pr-tv-y])[ -](?:plate|reg(?:istration|istered|"
    r"d)?\b)(?! ?[:.]? ?[A-Z]{2}\d)"
)
_TAIL: Final = re.compile(r"(?<![A-Za-z0-9])(\d|\?)?-?(?:something|\?)[ ]?([A-Z]{3})\b")
_AGE_AND_TAIL: Final = re.compile(r"(?<![A-Za-z0-9?])(\d{2}) ?([A-Za-z]{3})(?![A-Za-z0-9?])")
_REG_NEAR: Final = re.compile(
    r"\b(?:reg(?:istration|n)?|plates?|number plate|vrm|kennzeichen|placa|plaque|matricula|rejestr\w*|index|"
    r"nr\.? inmatriculare)\b",
    re.I,
)
_FALSE: Final = re.compile(
    r"\b(?:false|fake|cloned?|stolen plates?|will be false|dodgy plates?|not (?:its|his) real|gefalscht|falsch)\b"
)
_FOREIGN: Final = re.compile(
    r"\b(?:foreign|lt|pl|ro|polish|romanian|lithuanian|bulgarian|irish|private|personal(?:ised)?|no) plates?\b"
)
_WORDS_NOT_PLATES: Final = word_set(
    "the and not car van his her bmw red for see was has had new old mid low top reg end 4x4 suv yes him ish pic but"
)


def read_plates(text: str, *, alone: bool = False) -> tuple[Plate, ...]:
    """The marks of a text; alternatives for one mark are several patterns.

    Args:
        text: as written: outside a column of marks, capitals matter.
        alone: the column asks the mark.
    """
    said_false = bool(_FALSE.search(fold(text)))
    plain = re.sub(r"[“”\"]", " ", text)
    found: list[tuple[int, str, str]] = []
    taken = plain
    for reader in (_full, _longer_start, _other_forms, _starts, _halves, _tails, _ends, _years):
        for start, end, pattern in reader(taken, alone=alone):
            found.append((start, pattern, plain[start:end]))
            taken = taken[:start] + "\x00" * (end - start) + taken[end:]
    plates: list[Plate] = []
    for _, pattern, raw in sorted(found):
        plate = _plate(pattern, raw.strip(), cloned=said_false)
        if plate is not None and plate.pattern not in [p.pattern for p in plates]:
            plates.append(plate)
    return _one_unknown(_both_ends(tuple(plates)), fold(text))


def _plate(pattern: str, raw: str, *, cloned: bool) -> Plate | None:
    try:
        if "?" in pattern or "*" in pattern:
            known = sum(c.isalnum() for c in pattern)
            return Plate(canonical_plate_pattern(pattern), False, raw) if known >= 1 else None
        mark = canonical_plate(pattern)
    except IdentifierInvalid:
        return None
    return Plate(mark, True, raw, cloned) if is_gb_plate(mark) else None


def _both_ends(plates: tuple[Plate, ...]) -> tuple[Plate, ...]:
    """A beginning and an end are of one mark."""
    if len(plates) == 2 and plates[0].pattern.endswith("*") and plates[1].pattern.startswith("*"):
        pattern = plates[0].pattern + plates[1].pattern[1:]
        return (Plate(pattern, False, f"{plates[0].raw} {plates[1].raw}"),)
    return plates


def _one_unknown(plates: tuple[Plate, ...], text: str) -> tuple[Plate, ...]:
    """Two alternatives that differ in one character are one mark with that character unknown."""
    if len(plates) != 2 or not re.search(r"\bor\b|/|oder|ou\b", text):
        return plates
    first, second = plates[0].pattern, plates[1].pattern
    if len(first) != len(second) or "*" in first + second:
        return plates
    different = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(different) != 1:
        return plates
    i = different[0]
    return (Plate(first[:i] + "?" + first[i + 1 :], False, f"{plates[0].raw} / {plates[1].raw}"),)


Findings = list[tuple[int, int, str]]


def _wild(text: str) -> str:
    return re.sub(r"[_\-.•–—*x]", "?", text)


def _trusted(text: str, match: re.Match[str], *, alone: bool) -> bool:
    """In a column of marks anything; else capitals, or *reg* or *plate* shortly before."""
    letters = "".join(c for c in match[0] if c.isalpha())
    return (
        alone
        or letters.isupper()
        or "?" in match[0]
        or bool(_REG_NEAR.search(text[max(0, match.start() - 25) : match.start()]))
    )


def _full(text: str, *, alone: bool) -> Findings:
    found = []
    for match in _FULL_SHAPE.finditer(text):
        area, age, rest = match[1], match[2], match[3]
        if not _trusted(text, match, alone=alone) or not re.search(r"[0-9?]", age):
            continue
        age = age.upper().replace("O", "0").replace("I", "1").replace("L", "1")
        rest = _wild(rest).upper().replace("0", "O")
        known = sum(c.isalnum() for c in area + age + rest)
        digits = sum(c.isdigit() for c in age)
        if known < 3 or (digits == 0 and not area.isupper()):
            continue
        found.append((match.start(), match.end(), (area + age + rest).upper()))
    return found


def _longer_start(text: str, *, alone: bool) -> Findings:
    found = []
    for match in _START_LONGER.finditer(text):
        if _trusted(text, match, alone=alone) and match[1].isupper() == match[3].isupper() and match[3] != "or":
            known = (match[1] + match[2] + match[3]).upper()
            found.append((match.start(), match.end(), known.ljust(7, "?")))
    return found


def _other_forms(text: str, *, alone: bool) -> Findings:
    found = []
    for pattern in (_PREFIX, _SUFFIX):
        for match in pattern.finditer(text):
            word = [part for part in match.groups() if len(part) == 3 and part.isalpha()]
            if word and word[0].lower() in _WORDS_NOT_PLATES:
                continue
            near = _REG_NEAR.search(text[max(0, match.start() - 25) : match.start()])
            if alone or near:
                found.append((match.start(), match.end(), re.sub(r"\s", "", match[0]).upper()))
    return found


def _starts(text: str, *, alone: bool) -> Findings:
    found = []
    for match in _STARTS.finditer(text):
        known = re.sub(r"\s", "", match[1]).upper()
        if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z]{0,2}", known):
            found.append((match.start(), match.end(), known.ljust(7, "?")))
        elif match[1].isupper() or any(c.isdigit() for c in known):
            found.append((match.start(), match.end(), known + "*"))
    return found


def _halves(text: str, *, alone: bool) -> Findings:
    """`YK58`, `YB6?`: the first half of a current mark, where something says that it is one."""
    found = []
    for match in _HALF.finditer(text):
        after = text[match.end() : match.end() + 28]
        rest = re.match(rf"\s*[,(]?\s*(?:{_SAY_REST})", after, re.I)
        upper = match[1].isupper()
        near = _REG_NEAR.search(text[max(0, match.start() - 25) : match.start()]) or _REG_NEAR.match(after.strip()[:14])
        if not (alone or rest or near or upper):
            continue
        if not alone and not upper and not near:
            continue
        if match[1].upper() in (
            "FT",
            "AM",
            "PM",
            "NO",
            "RM",
            "ID",
            "IN",
            "AT",
            "TO",
            "OR",
            "IC",
            "MK",
            "LS",
            "UK",
        ) and not (alone or near):
            continue
        if re.fullmatch(r"[AQSRM][1-9]", match[0].replace(" ", "")):
            continue
        known = (match[1] + match[2]).upper()
        found.append((match.start(), match.end(), known.ljust(7, "?")))
    return found


def _tails(text: str, *, alone: bool) -> Findings:
    found = []
    for match in _AGE_AND_TAIL.finditer(text) if alone else ():
        found.append((match.start(), match.end(), f"??{match[1]}{match[2].upper()}"))
    for match in _TAIL.finditer(text):
        if alone or _REG_NEAR.search(text[max(0, match.start() - 25) : match.start()]):
            found.append((match.start(), match.end(), f"??{match[1]}?{match[2]}" if match[1] else f"*{match[2]}"))
    return found


def _ends(text: str, *, alone: bool) -> Findings:
    found = []
    for match in _ENDS.finditer(text):
        tail = match[1] or match[2]
        if tail.lower() in _WORDS_NOT_PLATES or not (tail.isupper() or alone) or (tail.isdigit() and not alone):
            continue
        found.append((match.start(), match.end(), f"*{tail.upper()}"))
    return found


def _years(text: str, *, alone: bool) -> Findings:
    """`08 plate` is a current mark of 2008; `R reg` one that begins with R."""
    found = []
    for match in _YEAR.finditer(text):
        said = match[1].upper()
        if said.isdigit():
            found.append((match.start(), match.end(), f"??{said}???"))
        elif match[1].isupper() or "reg" in match[0].lower():
            found.append((match.start(), match.end(), f"{said}*"))
    return found
