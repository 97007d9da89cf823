"""Stops a composed body that holds words which its own record knows to be private (promise 2).

Compares every text and every number that a body can hold with the record's private words and numbers. A hit names the
field, never the word: a person clears the field. Nothing is masked. Pure.

Words: NFKD without accents, casefold, whole words, joined or split (`PewterDoor` is `Pewter Door`), possessives, and
each telling word of a phrase. Numbers: a shown tail that equals a private number's tail; a shown plate that fits a
private one. Source: FINDINGS (Redaction), PEOPLE 1.6.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from node.core.errors import PrivateWords
from protocol.body_fields import AlertBody

_TOKEN: Final = re.compile(r"[^\W_]+")
_INNER: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_DIGITS: Final = re.compile(r"\d")
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})

_NUMBER: Final = re.compile(r"\d(?:[\s().\-/]{0,2}\d){3,}")
_MIN_NUMBER: Final = 4
_MAX_PHRASE: Final = 6
"""Words of a name or an address; of anything longer only what is written like a name tells anybody apart."""

_MIN_TELLING: Final = 3
_MIN_PLATE: Final = 2
_COMMON: Final = frozenset(
    [
        "the", "and", "for", "with", "near", "off", "from", "her", "his", "him", "she", "who", "not", "was", "has",
        "road", "street", "lane", "avenue", "house", "flat", "floor", "court", "place", "close", "drive", "terrace",
        "end", "top", "bottom", "back", "front", "behind", "opposite", "next", "old", "new", "one", "two", "three",
        "first", "second", "man", "woman", "girl", "boy", "car", "van", "number", "phone", "call", "text", "day",
        "night", "room", "door", "mum", "dad", "friend", "work", "works", "working", "little", "big", "north", "south",
        "east", "west", "school", "hotel", "club", "bar", "sauna", "parlour", "hostel", "project",
    ]
)  # fmt: skip
"""Words that tell nobody apart on their own; inside a whole phrase they still count."""


def fold(text: str) -> str:
    """NFKD without combining marks, apostrophes made one, casefold."""
    return _bare(text).casefold()


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> tuple[str, ...]:
    """Whole words, folded; a possessive `'s` is dropped."""
    folded = re.sub(r"'s\b|(?<=s)'(?!\w)", "", fold(text))
    return tuple(_TOKEN.findall(folded.replace("'", "")))


def texts_of(body: AlertBody) -> Iterator[tuple[str, str]]:
    """Every text that a body holds, with the name of its field."""
    if body.town is not None:
        yield "town", body.town
    if body.text is not None:
        yield "text", body.text
    for person in body.persons:
        for name in person.names_used:
            yield "persons.names_used", name
    for vehicle in body.vehicles:
        if vehicle.model is not None:
            yield "vehicles.model", vehicle.model


def numbers_of(body: AlertBody) -> Iterator[tuple[str, str]]:
    """Every run of digits that a body shows, with the name of its field."""
    for identifier in body.identifiers:
        if identifier.tail is not None:
            yield "identifiers.tail", identifier.tail
    for field, text in texts_of(body):
        digits = "".join(_DIGITS.findall(fold(text)))
        if len(digits) >= _MIN_NUMBER - 1:
            yield field, digits


def private_fields(body: AlertBody, private: Iterable[str]) -> tuple[str, ...]:
    """Names of the fields of `body` that hold something private, ascending; empty if none does.

    Args:
        private: words, phrases, names, addresses and numbers that the record knows to be private.
    """
    private = tuple(private)
    words = _forbidden_words(private)
    numbers = frozenset(number for text in private for number in _numbers(text))
    hits = {field for field, text in texts_of(body) if not words.isdisjoint(_runs(text))}
    hits |= {field for field, shown in numbers_of(body) if any(number.endswith(shown) for number in numbers)}
    plates = tuple("".join(tokens(text)).upper() for text in private)
    for vehicle in body.vehicles:
        if vehicle.plate is not None and _fits_any(vehicle.plate, plates):
            hits.add("vehicles.plate")
    return tuple(sorted(hits))


def require_no_private_words(body: AlertBody, private: Iterable[str]) -> None:
    """The hard stop. No person overrides it; a person clears the field.

    Raises:
        PrivateWords: `private.own_words`, with the names of the fields.
    """
    fields = private_fields(body, private)
    if fields:
        raise PrivateWords("own_words", "clear these fields, they hold private words: " + ", ".join(fields), fields)


def _numbers(text: str) -> set[str]:
    """Every number of a private text: runs of digits with little between them, and each by itself."""
    plain = unicodedata.normalize("NFKD", text)
    found = _NUMBER.findall(plain) + plain.split()
    digits = {"".join(_DIGITS.findall(run)) for run in found}
    return {number for number in digits if len(number) >= _MIN_NUMBER}


def _forbidden_words(private: Iterable[str]) -> frozenset[str]:
    words: set[str] = set()
    for phrase in private:
        parts = tokens(phrase)
        if not parts:
            continue
        words.add("".join(parts))
        if len(parts) > _MAX_PHRASE:
            parts = tuple(token for word in phrase.split() if word[:1].isupper() for token in tokens(word))
        words.update(part for part in parts if _is_telling(part))
    return frozenset(words)


def _is_telling(word: str) -> bool:
    return len(word) >= _MIN_TELLING and not word.isdigit() and word not in _COMMON


def _runs(text: str) -> frozenset[str]:
    """Every run of neighbouring words, joined; also with words split where a capital or a digit begins one."""
    split = " ".join(" ".join(_INNER.findall(part)) or part for part in _bare(text).split())
    made: set[str] = set()
    for parts in (tokens(text), tokens(split)):
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                joined = "".join(parts[start:end])
                made.add(joined)
                if joined.endswith("s"):
                    made.add(joined[:-1])
    return frozenset(made)


def _fits_any(plate: str, private: Iterable[str]) -> bool:
    if sum(c.isalnum() for c in plate) < _MIN_PLATE:
        return False
    pattern = re.compile("".join({"?": ".", "*": ".*"}.get(c, re.escape(c)) for c in plate))
    return any(pattern.fullmatch(text) for text in private if _MIN_NUMBER <= len(text) <= 9)
