"""Spellings made alike before words are compared: accents, strokes, letters of other scripts, possessives, joints.

Pure. Source: FINDINGS (Redaction).
"""

import re
import unicodedata
from typing import Final

_TOKEN: Final = re.compile(r"[^\W_]+")
_INNER: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_STROKES: Final = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H",
    "ŧ": "t", "Ŧ": "T", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
    "ƒ": "f", "ɑ": "a", "ɡ": "g", "ẞ": "SS",
}  # fmt: skip
_LOOKALIKES: Final = dict(
    zip(
        "АВЕЗКМНОРСТУХІЈЅҮаеорсухіјѕҽԁԛԝһӏгкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ",
        "ABE3KMHOPCTYXIJSYaeopcyxijsedqwhlrkABEZHIKMNOPTYXaikvoptux",
        strict=True,
    )
)
"""Letters of the Cyrillic and Greek scripts that look like Latin ones."""

_SOUNDS: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i",
        "є": "ye", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
    }
)  # fmt: skip
"""Letters of the Cyrillic script as they sound."""

_MADE_LATIN: Final = str.maketrans(_STROKES | _LOOKALIKES)


def fold(text: str) -> str:
    """Latin look-alikes, without accents and strokes, apostrophes made one, casefold."""
    return bare(text).casefold()


def bare(text: str) -> str:
    """As `fold`, with capitals as they are."""
    if text.isascii():
        return text.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return plain.translate(_MADE_LATIN)


def spellings(text: str) -> tuple[str, ...]:
    """The text, and where it is in Cyrillic as it sounds: Анна is Anna, and an А in a Latin name is an A."""
    if text.isascii():
        return (text,)
    plain = unicodedata.normalize("NFKD", text).casefold()
    sounded = plain.translate(_SOUNDS)
    return (text,) if sounded == plain else (text, sounded)


def tokens(text: str) -> tuple[str, ...]:
    """Whole words, folded; a possessive `'s` is dropped."""
    folded = re.sub(r"'s\b|(?<=s)'(?!\w)", "", fold(text))
    return tuple(_TOKEN.findall(folded.replace("'", "")))


def runs(text: str) -> frozenset[str]:
    """Every run of neighbouring words, joined; also with words split where a capital or a digit begins one."""
    split = " ".join(" ".join(_INNER.findall(part)) or part for part in bare(text).split())
    made: set[str] = set()
    for parts in (tokens(text), tokens(split)):
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                joined = "".join(parts[start:end])
                made.add(joined)
                if joined.endswith("s"):
                    made.add(joined[:-1])
    return frozenset(made)
