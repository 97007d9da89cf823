"""The fail-closed lexicon: a word that is neither an everyday word nor a describing one is looked at. Pure.

So a name, a place or a word that nobody thought of is found without knowing it. Source: FINDINGS (Redaction).
"""

import re
from collections.abc import Iterator
from typing import Final

from node.core.leak.descriptor_words import DESCRIPTORS
from node.core.leak.everyday_words import EVERYDAY
from node.core.leak.found import SoftKind
from node.core.leak.in_place import InPlace, Span, Word
from node.core.leak.name_words import (
    ALSO_NAMES,
    MAKE_WORDS,
    MONTHS_NAMES,
    PHRASES,
    PLACE_BEFORE_ACCENT,
    PROPER,
    SHORT_MODELS,
    VEHICLE_WORDS,
)
from node.core.leak.telling_words import PLACES, TELLING

_MEASURE: Final = re.compile(
    r"\d{1,2}(?:s|ish|yo|yrs?|y|st|lb|lbs|ft|in|x|k|am|pm|mm|cc|th|nd|rd)?\Z|\d{2,3}(?:cm|kg|lbs?|cc|m|bhp)\Z|"
    r"\d'\d{0,2}\Z|\d{1,2}ft\d{0,2}(?:in)?\Z|\d{1,2}f\d{1,2}\Z|\d{1,2}st\d{0,2}\Z|\dx\d\Z|\d{2}ies\Z|\d+mph\Z"
)
_SAYS_NOTHING: Final = EVERYDAY | DESCRIPTORS | VEHICLE_WORDS
_ENDINGS: Final = (
    ("s", ""), ("es", ""), ("ish", ""), ("ish", "e"), ("y", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("ly", ""), ("er", ""), ("ies", "y"), ("less", ""), ("like", ""), ("type", ""), ("style", ""), ("looking", ""),
    ("coloured", ""), ("haired", ""),
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1(?:ed|ing|y|er|ish)\Z")
_LETTERS_ALONE: Final = 1
_MOSTLY: Final = 0.5
_CALM: Final = 8
"""Fewer words than these are no style of writing."""

_ENDS_SENTENCE: Final = frozenset(".!?\n")
_ENDS_PHRASE: Final = frozenset(".!?\n,;:")
_VEHICLES: Final = MAKE_WORDS | VEHICLE_WORDS
_ENDS_CLAUSE: Final = frozenset(",;:-/(\"'|*&+>")
_MONEY: Final = frozenset("£$€")
_LONG_NUMBER: Final = 3


def word_flags(text: InPlace) -> Iterator[tuple[SoftKind, Span]]:
    """Every word of a text that a reviewer should look at."""
    excused = _excused(text)
    titled = _is_titled(text)
    for at, word in enumerate(text.words):
        if any(start <= word.start and word.end <= end for start, end in excused):
            continue
        kind = _number_kind(text, at) if any(c.isdigit() for c in word.low) else _word_kind(text, at, titled=titled)
        if kind is not None:
            yield kind, (word.start, word.end)


def is_everyday(word: str) -> bool:
    """Whether a folded word says nothing by itself: everyday or describing."""
    return word in _SAYS_NOTHING


def _excused(text: InPlace) -> tuple[Span, ...]:
    return tuple(match.span() for pattern in (PHRASES, PLACE_BEFORE_ACCENT) for match in pattern.finditer(text.low))


def _is_titled(text: InPlace) -> bool:
    """Written With Capitals Throughout, or in capitals only: a capital tells nothing there.

    Words that have one in any style do not count: a list of makes and languages is no style of writing.
    """
    always = PROPER | VEHICLE_WORDS
    letters = [
        word for word in text.words if word.raw[0].isalpha() and len(word.plain) > 1 and word.plain not in always
    ]
    capital = sum(word.raw[0].isupper() for word in letters)
    return len(letters) >= _CALM and capital > _MOSTLY * len(letters)


def _word_kind(text: InPlace, at: int, *, titled: bool) -> SoftKind | None:
    word = text.words[at]
    if len(word.plain) <= _LETTERS_ALONE:
        return None
    if word.plain in TELLING or word.low in TELLING:
        return "place" if word.plain in PLACES else "telling"
    capital = word.raw[0].isupper() and not titled
    if word.plain in SHORT_MODELS and _behind_a_make(text, at):
        return None
    if not _is_known(word):
        return "name_like" if capital else "unknown_word"
    if capital and _stands_as_a_name(text, at):
        return "name_like"
    return None


def _is_known(word: Word) -> bool:
    if is_everyday(word.low) or is_everyday(word.plain):
        return True
    if not word.ascii:
        return False
    stem = _DOUBLED.sub(r"\1", word.plain)
    if stem != word.plain and stem in DESCRIPTORS:
        return True
    return any(
        word.plain.endswith(ending) and word.plain[: -len(ending)] + instead in DESCRIPTORS
        for ending, instead in _ENDINGS
        if len(word.plain) > len(ending) + 2
    )


def _stands_as_a_name(text: InPlace, at: int) -> bool:
    """Whether a known word with a capital is written as names are."""
    word = text.words[at]
    before = text.low[: word.start].rstrip()[-1:]
    starts = not before or before in _ENDS_SENTENCE
    following = text.words[at + 1] if at + 1 < len(text.words) else None
    described = following is not None and following.raw[0].islower() and following.plain in DESCRIPTORS
    if word.plain in MONTHS_NAMES:
        return True
    if word.plain in ALSO_NAMES:
        alone = word.plain in DESCRIPTORS and (starts or before in _ENDS_CLAUSE)
        return not (alone and (described or word.plain in PROPER or _is_colour_of_vehicle(following)))
    if word.plain in PROPER or word.plain in VEHICLE_WORDS:
        return False
    if word.raw.isupper() and len(word.raw) > 1 and word.plain in DESCRIPTORS:
        return False
    if word.plain in DESCRIPTORS:
        return not (starts or before in _ENDS_CLAUSE)
    return not starts or _is_a_sentence(text, at)


def _is_colour_of_vehicle(following: Word | None) -> bool:
    return following is not None and following.plain in VEHICLE_WORDS


def _is_a_sentence(text: InPlace, at: int) -> bool:
    after = text.low[text.words[at].end :].lstrip()[:1]
    return not after or after in _ENDS_SENTENCE


def _number_kind(text: InPlace, at: int) -> SoftKind | None:
    word = text.words[at]
    if _MEASURE.match(word.low) or text.low[max(0, word.start - 1) : word.start] in _MONEY:
        return None
    if word.low in PROPER or (word.plain in SHORT_MODELS and _behind_a_make(text, at)):
        return None
    if not word.low.isdigit():
        return "unknown_word"
    if len(word.low) < _LONG_NUMBER or (len(word.low) == _LONG_NUMBER and _behind_a_make(text, at)):
        return None
    after = text.words[at + 1].plain if at + 1 < len(text.words) else ""
    if len(word.low) == _LONG_NUMBER and after in {"cm", "kg", "lbs", "cc", "centimetres"}:
        return None
    money = text.low[: word.start].rstrip("0123456789,. ")[-1:]
    return None if money in _MONEY and money else "number"


def _behind_a_make(text: InPlace, at: int) -> bool:
    """Ford Transit 350, with nothing between that ends a phrase."""
    nearest = next((word for word in reversed(text.words[max(0, at - 3) : at]) if word.plain in _VEHICLES), None)
    return nearest is not None and not set(text.low[nearest.end : text.words[at].start]) & _ENDS_PHRASE
