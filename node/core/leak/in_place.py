"""A text folded so that every finding can be said in the positions of the text as it was written. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from node.core.folding import bare, spellings
from node.core.number_words import Group, number_runs

Span = tuple[int, int]
"""Positions in a text: the first, and the one after the last."""

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MADE_PLAIN: Final = str.maketrans(dict.fromkeys("–—‐‑−", "-") | dict.fromkeys("’‘ʼ`´′", "'") | {"•": "\n"})
_BREAKS_A_NUMBER: Final = re.compile(r"['\"\n]|ft|cm|[;:!?]")
"""Between groups of digits: 5'10 is no part of a phone number."""

_POSSESSIVE: Final = re.compile(r"(?:'s|'|s')\Z")


class Word(NamedTuple):
    """A word of a folded text: its positions there, as folded with capitals, and in small letters.

    `plain` has no apostrophe, and no possessive; `sounded` is how a word in another script sounds, or `plain`;
    `ascii` says that it was written without accents.
    """

    start: int
    end: int
    raw: str
    low: str
    plain: str
    sounded: str
    ascii: bool


class InPlace(NamedTuple):
    """A text without accents, strokes, look-alikes and invisible characters, and where each character came from.

    `numbers`: groups of digits that belong together; ages, heights and lists of them are cut apart.
    """

    bare: str
    low: str
    at: tuple[int, ...] | None
    words: tuple[Word, ...]
    numbers: tuple[tuple[Group, ...], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the text as written, of characters of the folded one."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


def in_place(text: str) -> InPlace:
    """Folds a text; any text will do."""
    if text.isascii():
        folded, at = text.translate(_MADE_PLAIN), None
    else:
        pieces = [_folded(c) for c in text]
        folded = "".join(pieces)
        at = tuple(position for position, piece in enumerate(pieces) for _ in piece)
    low = folded.lower()
    if len(low) != len(folded):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    words = tuple(_word(text, match, low, at) for match in _WORD.finditer(folded))
    return InPlace(folded, low, at, words, tuple(_number_parts(low)))


def _number_parts(low: str) -> Iterator[tuple[Group, ...]]:
    for run in number_runs(low):
        part: list[Group] = []
        for group in run:
            if part and _BREAKS_A_NUMBER.search(low[part[-1].end : group.start]):
                yield tuple(part)
                part = []
            part.append(group)
        yield tuple(part)


def _folded(char: str) -> str:
    plain = char.translate(_MADE_PLAIN)
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return bare(plain)


def _word(text: str, match: re.Match[str], low: str, at: tuple[int, ...] | None) -> Word:
    start, end = match.span()
    small = low[start:end]
    plain = small
    if "'" in small:
        plain = _POSSESSIVE.sub("", small).replace("'", "")
    written = match[0] if at is None else text[at[start] : at[end - 1] + 1]
    plainly = written.isascii()
    sounded = plain if plainly else bare(spellings(written)[-1]).casefold()
    return Word(start, end, match[0], small, plain, sounded, plainly)
