"""Numbers as people write them: in figures, in words, with look-alikes (`oh seven double-o 9oo`). Pure.

Source: FINDINGS (Redaction).
"""

import re
import unicodedata
from typing import Final

_DIGIT_WORDS: Final = {
    "zero": "0", "nought": "0", "naught": "0", "oh": "0", "o": "0", "nil": "0", "one": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TIMES: Final = {"double": 2, "dbl": 2, "triple": 3, "treble": 3}
_HUNDREDS: Final = frozenset({"hundred", "ton"})
_TOKEN: Final = re.compile(r"[a-z]+|[0-9]+")
_LOOKALIKES: Final = str.maketrans("oil", "011")


def digit_runs(text: str) -> tuple[tuple[str, ...], ...]:
    """Runs of groups of digits; whatever is no digit, separator or `and` ends a run: `07700 - nine hundred` is one."""
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    times = 1
    for token in _TOKEN.findall(_joined_lookalikes(_plain(text))):
        if token in _TIMES:
            times = _TIMES[token]
            continue
        digits = token if token.isdigit() else _DIGIT_WORDS.get(token, "")
        if digits:
            run.append(digits * times)
        elif token in _HUNDREDS and run:
            run.append("00")
        elif token != "and":  # noqa: S105 - a word of a number, no secret
            runs.append(tuple(run))
            run = []
        times = 1
    runs.append(tuple(run))
    return tuple(one for one in runs if one)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)


def _joined_lookalikes(folded: str) -> str:
    """Figures in the place of the letters that stand for them, in words that hold a figure: `o77oo` → `07700`."""
    return re.sub(
        r"[a-z0-9]*[0-9][a-z0-9]*",
        lambda match: match[0].translate(_LOOKALIKES) if set(match[0]) <= set("oil0123456789") else match[0],
        folded,
    )
