"""Words, names and numbers that the record knows to be private, in a free text: where they stand. Pure.

As strict as for the short fields (`own_words`), with one difference: a text is made of ordinary words. A phrase of the
record counts where it stands whole, or in part by two neighbouring words; of its single words only those that tell
somebody apart. A working name that is an ordinary word (Ginger, Hope) stops with a capital, and is looked at without.
What must never be said is stopped in every spelling. Source: FINDINGS (Redaction): common words exact only.
"""

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from node.core.folding import spellings, tokens
from node.core.leak.in_place import InPlace, Span, Word
from node.core.leak.lexicon import is_everyday
from node.core.leak.telling_words import TELLING
from node.core.number_words import digit_runs
from node.core.private_parts import PrivateParts
from protocol.house.core.unprinted import Unprinted

_LONGEST_PHRASE: Final = 8
_SAME_NAME: Final = 0.90
_SAME_SPELLING: Final = 78
"""Jaro-Winkler, and the ratio with the same initial. Source: FINDINGS (Redaction)."""

_MIN_ALIKE: Final = 3
_MIN_ALIKE_ELSEWHERE: Final = 5
_MIN_INSIDE: Final = 5
_MIN_STEM: Final = 3
_MIN_TAIL: Final = 3
_MIN_PART_OF_NUMBER: Final = 6
_MIN_PHRASE: Final = 4

_DIMINUTIVE: Final = re.compile(r"(?:ie|ey|y|e|i|a|z|za|zza)\Z")
_PARTS: Final = re.compile(r"[,;\n]|\bc/o\b")
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "with",
        "from",
        "is",
        "it",
        "its",
        "as",
        "no",
        "do",
        "so",
        "we",
        "he",
        "she",
        "they",
        "be",
        "me",
        "my",
        "am",
        "are",
        "was",
        "his",
        "her",
        "you",
        "your",
        "our",
        "their",
        "has",
        "have",
        "had",
        "not",
        "this",
        "that",
        "but",
        "if",
        "up",
        "out",
        "off",
        "all",
        "one",
        "two",
    ]
)


class RecordWords(Unprinted, frozen=True, kw_only=True):
    """What is looked for, folded.

    Attributes:
        always: joined: stopped wherever it stands.
        capitals: joined ordinary words: stopped with a capital, looked at without.
        names: telling words of names: stopped, also misspelt, shortened or inside another word.
        near: telling words of anything else: stopped, also misspelt.
        numbers: every private number, whole.
    """

    always: frozenset[str]
    capitals: frozenset[str]
    names: frozenset[str]
    near: frozenset[str]
    numbers: frozenset[str]


def words_of_record(private: PrivateParts) -> RecordWords:
    """What of a record must not stand in a text."""
    always: set[str] = set()
    capitals: set[str] = set()
    names: set[str] = set()
    near: set[str] = set()
    for name in _spelt(private.names):
        parts = tokens(name)
        _add_phrase(parts, always, capitals)
        for part in parts:
            if _is_telling(part):
                names.add(part)
            elif len(part) > 1:
                capitals.add(part)
    for said in _spelt(private.never_say):
        always.add("".join(tokens(said)))
    for phrase in _spelt((*private.never_say, *private.numbers, *private.addresses, *private.words)):
        for piece in _PARTS.split(phrase):
            parts = tokens(piece)
            _add_phrase(parts, always, capitals)
            _add_parts_of_phrase(parts, always)
            near.update(part for part in parts if _is_telling(part))
    return RecordWords(
        always=frozenset(always - {""}),
        capitals=frozenset(capitals - always - _SMALL),
        names=frozenset(names),
        near=frozenset(near),
        numbers=frozenset(_numbers(private)),
    )


def private_spans(text: InPlace, record: RecordWords) -> Iterator[tuple[bool, Span]]:
    """Where something private stands, and whether it stops (True) or is only looked at."""
    words = text.words
    for start, word in enumerate(words):
        for spelling in {word.plain, word.sounded}:
            if _is_private_word(spelling, record):
                yield True, (word.start, word.end)
        joined = ""
        for end in range(start, min(start + _LONGEST_PHRASE, len(words))):
            joined += words[end].plain
            span = (word.start, words[end].end)
            if joined in record.always or joined.removesuffix("s") in record.always:
                yield True, span
            elif joined in record.capitals:
                yield _has_capital(words[start : end + 1]), span
    yield from ((True, span) for span in _number_spans(text, record.numbers))


def _spelt(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        yield from spellings(text)


def _add_phrase(parts: tuple[str, ...], always: set[str], capitals: set[str]) -> None:
    joined = "".join(parts)
    if len(joined) < 2 or set(parts) <= _SMALL:
        return
    (capitals if len(parts) == 1 and is_everyday(joined) else always).add(joined)
    named = [part for part in parts if part not in _SMALL]
    if len(named) == 1 < len(parts):  # The Cabin is the cabin, too
        _add_phrase(tuple(named), always, capitals)


def _add_parts_of_phrase(parts: tuple[str, ...], always: set[str]) -> None:
    """Two or more neighbouring words of a phrase, where both ends say something."""
    for start in range(len(parts)):
        for end in range(start + 2, min(start + _LONGEST_PHRASE, len(parts)) + 1):
            if parts[start] not in _SMALL and parts[end - 1] not in _SMALL:
                joined = "".join(parts[start:end])
                if len(joined) >= _MIN_PHRASE and not joined.isdigit():
                    always.add(joined)


def _is_telling(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and not is_everyday(word) and word not in TELLING and word not in _SMALL


def _has_capital(words: tuple[Word, ...]) -> bool:
    return any(word.raw[:1].isupper() for word in words)


def _is_private_word(word: str, record: RecordWords) -> bool:
    if len(word) < 2 or word.isdigit():
        return False
    for spelling in {word, word.removesuffix("s")}:
        if spelling in record.names or spelling in record.near:
            return True
    if is_everyday(word) or word in TELLING:
        return False
    return any(_like_a_name(word, name) for name in record.names) or any(
        _is_misspelt(word, known) for known in record.near
    )


def _like_a_name(shown: str, name: str) -> bool:
    """Misspelt, sounding alike, a short form, or made of it."""
    if min(len(shown), len(name)) < _MIN_ALIKE:
        return False
    if len(name) >= _MIN_INSIDE and name in shown:
        return True
    if JaroWinkler.similarity(shown, name, score_cutoff=_SAME_NAME):
        return True
    if shown[0] != name[0]:
        return False
    short, long = sorted((_DIMINUTIVE.sub("", shown), name), key=len)
    if len(short) >= _MIN_STEM and long.startswith(short):
        return True
    return bool(fuzz.ratio(shown, name, score_cutoff=_SAME_SPELLING))


def _is_misspelt(shown: str, known: str) -> bool:
    if min(len(shown), len(known)) < _MIN_ALIKE_ELSEWHERE or shown[0] != known[0]:
        return False
    return bool(fuzz.ratio(shown, known, score_cutoff=_SAME_SPELLING))


def _numbers(private: PrivateParts) -> Iterator[str]:
    everything = (*private.names, *private.numbers, *private.addresses, *private.words, *private.never_say)
    for text in everything:
        for run in digit_runs(text):
            whole = "".join(run)
            if len(whole) >= _MIN_PHRASE:
                yield whole
    for text in private.numbers:
        for run in digit_runs(text):
            whole = "".join(run)
            if len(whole) >= _MIN_TAIL:
                yield whole


def _number_spans(text: InPlace, numbers: frozenset[str]) -> Iterator[Span]:
    """A private number however it is written, its last six digits, or its end where that stands by itself."""
    for part in text.numbers:
        digits = "".join(group.digits for group in part)
        if any(_gives_away(digits, number) for number in numbers):
            yield part[0].start, part[-1].end
        for group in part:
            if len(group.digits) >= _MIN_TAIL and any(number.endswith(group.digits) for number in numbers):
                yield group.start, group.end


def _gives_away(digits: str, number: str) -> bool:
    """Two numbers may begin alike: what tells them apart is the end."""
    if len(digits) < _MIN_PHRASE:
        return False
    return (
        number.endswith(digits)
        or number[-_MIN_PART_OF_NUMBER:] in digits
        or (len(digits) >= _MIN_PART_OF_NUMBER and digits in number and not number.startswith(digits))
    )
