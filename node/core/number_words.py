"""Numbers as people write them: in figures, in words, with look-alikes (`oh seven double-o 9oo`). Pure.

Source: FINDINGS (Redaction).
"""

import re
import unicodedata
from typing import Final, NamedTuple

_DIGIT_WORDS: Final = {
    "zero": "0", "nought": "0", "naught": "0", "oh": "0", "o": "0", "nil": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TEENS: Final = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS: Final = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
    "eighty": "8", "ninety": "9",
}  # fmt: skip
_TIMES: Final = {"double": 2, "dbl": 2, "triple": 3, "treble": 3}
_HUNDREDS: Final = frozenset({"hundred", "ton"})
_THOUSANDS: Final = frozenset({"thousand"})
_TOKEN: Final = re.compile(r"[a-z]+|[0-9]+")
_ANY: Final = re.compile("[0-9]|" + "|".join(sorted({*_DIGIT_WORDS, *_TEENS, *_TENS} - {"o"})) + r"|\bo\b")
_WITH_FIGURES: Final = re.compile(r"[a-z0-9]*[0-9][a-z0-9]*")
_LOOKALIKES: Final = str.maketrans("oil", "011")


class Group(NamedTuple):
    """Digits that were written together, and where."""

    digits: str
    start: int
    end: int


def digit_runs(text: str) -> tuple[tuple[str, ...], ...]:
    """Runs of groups of digits; whatever is no digit, separator or `and` ends a run: `07700 - nine hundred` is one."""
    return tuple(tuple(group.digits for group in run) for run in number_runs(_plain(text)))


def number_runs(folded: str) -> tuple[tuple[Group, ...], ...]:
    """As `digit_runs`, with the places where they stand.

    Args:
        folded: in small letters, figures 0 to 9.
    """
    if _ANY.search(folded) is None:
        return ()
    runs: list[list[Group]] = [[]]
    times, begun = 1, None
    for match in _TOKEN.finditer(_joined_lookalikes(folded)):
        token, (start, end) = match[0], match.span()
        if token in _TIMES:
            times, begun = _TIMES[token], start
            continue
        digits = _digits(token)
        run = runs[-1]
        if digits:
            run.append(Group(digits * times, start if begun is None else begun, end))
        elif token in _DIGIT_WORDS_AFTER_TENS and run:
            run.append(Group(_DIGIT_WORDS_AFTER_TENS[token], start, end))
        elif token != "and":  # noqa: S105 - a word of a number, no secret
            runs.append([])
        times, begun = 1, None
    return tuple(tuple(_with_units(run)) for run in runs if run)


_DIGIT_WORDS_AFTER_TENS: Final = dict.fromkeys(_HUNDREDS, "00") | dict.fromkeys(_THOUSANDS, "000")


def _digits(token: str) -> str:
    if token.isdigit():
        return token
    if token in _TENS:
        return _TENS[token] + "_"
    return _DIGIT_WORDS.get(token) or _TEENS.get(token, "")


def _with_units(run: list[Group]) -> list[Group]:
    """Seventy seven is 77, seventy alone 70: a place was kept for the unit."""
    made: list[Group] = []
    for group in run:
        before = made[-1] if made else None
        if before is not None and before.digits.endswith("_") and len(group.digits) == 1 and group.digits != "0":
            made[-1] = Group(before.digits.replace("_", group.digits), before.start, group.end)
        else:
            made.append(group)
    return [Group(group.digits.replace("_", "0"), group.start, group.end) for group in made]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)


def _joined_lookalikes(folded: str) -> str:
    """Figures in the place of the letters that stand for them, in words that hold a figure: `o77oo` → `07700`."""
    return _WITH_FIGURES.sub(
        lambda match: match[0].translate(_LOOKALIKES) if set(match[0]) <= set("oil0123456789") else match[0],
        folded,
    )
