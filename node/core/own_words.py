"""Stops a composed body that holds words which its own record knows to be private (promise 2).

Compares every text and every number that a body can hold with the record's private words and numbers. A hit names the
field, never the word: a person clears the field. Nothing is masked. A private word always wins: a town that stands in
her address cannot be named. Pure.

Words: whole words of one spelling (`folding`), joined or split (`PewterDoor` is `Pewter Door`); each word of a name,
each telling word of anything else; and what is spelt alike. Numbers: a shown tail that ends a private number however
it is written. Plates: a shown plate that fits one found in any private text. Source: FINDINGS (Redaction), PEOPLE 1.6.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from node.core.common_words import COMMON
from node.core.folding import fold, runs, spellings, tokens
from node.core.leak.found import Flag
from node.core.number_words import digit_runs
from node.core.private_parts import PrivateParts
from protocol.body_fields import AlertBody
from protocol.house.core.unprinted import Unprinted

_NAMES_USED: Final = "persons.names_used"
_TOWN: Final = "town"

_MIN_NUMBER: Final = 4
"""Digits of a number in any text; where numbers stand, three are a number: the end of one."""

_MIN_SHOWN: Final = 3
_MIN_TELLING: Final = 3
_MIN_ALIKE: Final = 3
_MIN_ALIKE_ELSEWHERE: Final = 5
_MIN_INSIDE: Final = 5
_MIN_PLATE: Final = 2
_PLATE_LENGTHS: Final = range(4, 10)
_PLATE_WORDS: Final = 3

_SAME_NAME: Final = 0.90
_SAME_SPELLING: Final = 78
"""Jaro-Winkler, and the ratio with the same initial. Source: FINDINGS (Redaction)."""

_SHORT_PHRASE: Final = 3
"""Words of a phrase each of which may be misspelt; of a longer one only what is written like a name."""

_DIMINUTIVE: Final = re.compile(r"(?:ie|ey|y|e|i)\Z")
_ALIKE_IN_PLATES: Final = str.maketrans("OI", "01")


class _Forbidden(Unprinted, frozen=True, kw_only=True):
    """Folded words.

    Attributes:
        exact: nowhere.
        names: words of her names: nowhere, nor anything like them or made of them.
        near: nowhere, nor what is spelt like them.
    """

    exact: frozenset[str]
    names: frozenset[str]
    near: frozenset[str]


def texts_of(body: AlertBody) -> Iterator[tuple[str, str]]:
    """Every short text that a body holds, with the name of its field. The free text: `leak.record_words`."""
    if body.town is not None:
        yield _TOWN, body.town
    for person in body.persons:
        for name in person.names_used:
            yield _NAMES_USED, name
    for vehicle in body.vehicles:
        if vehicle.model is not None:
            yield "vehicles.model", vehicle.model


def numbers_of(body: AlertBody) -> Iterator[tuple[str, str]]:
    """Every run of digits that a body shows, with the name of its field."""
    for identifier in body.identifiers:
        if identifier.tail is not None:
            yield "identifiers.tail", identifier.tail
    for field, text in texts_of(body):
        digits = "".join("".join(run) for run in digit_runs(text))
        if len(digits) >= _MIN_SHOWN:
            yield field, digits


def private_fields(body: AlertBody, private: PrivateParts) -> tuple[str, ...]:
    """Names of the short fields of `body` that hold something private, ascending; empty if none does."""
    return tuple(sorted({flag.field for flag in private_texts(body, private)}))


def private_texts(body: AlertBody, private: PrivateParts) -> Iterator[Flag]:
    """The short fields of `body` that hold something private: each as a whole."""
    texts = tuple(texts_of(body))
    forbidden = _forbidden(private) if texts else None
    for field, text in texts:
        if forbidden is not None and _is_forbidden(field, text, forbidden):
            yield Flag(field, 0, len(text), "private_word")
    shown_numbers = tuple(numbers_of(body))
    numbers = frozenset(_numbers(private)) if shown_numbers else frozenset[str]()
    for field, shown in shown_numbers:
        if any(number.endswith(shown) for number in numbers):
            yield Flag(field, 0, len(shown), "private_word")
    shown_plates = [vehicle.plate for vehicle in body.vehicles if vehicle.plate is not None]
    if shown_plates:
        plates = frozenset(plate for text in _everything(private) for plate in _plates(text))
        words = frozenset(word for text in _everything(private) for word in tokens(text))
        for plate in shown_plates:
            if _fits_any(plate, plates, words):
                yield Flag("vehicles.plate", 0, len(plate), "private_word")


def _everything(private: PrivateParts) -> tuple[str, ...]:
    return (*private.names, *private.numbers, *private.addresses, *private.words, *private.never_say)


def _forbidden(private: PrivateParts) -> _Forbidden:
    names = {word for name in private.names for spelt in spellings(name) for word in tokens(spelt)}
    exact = {"".join(tokens(text)) for text in _everything(private)}
    near: set[str] = set()
    phrases = (*private.numbers, *private.addresses, *private.words, *private.never_say)
    for text in (spelt for phrase in phrases for spelt in spellings(phrase)):
        parts = tokens(text)
        exact.update(part for part in parts if _is_telling(part))
        exact.update(_plates(text))
        written = text.split()
        like_names = written if len(parts) <= _SHORT_PHRASE else [word for word in written if word[:1].isupper()]
        near.update(part for word in like_names for part in tokens(word) if _is_telling(part))
    near.update(part for address in private.addresses for part in tokens(address) if _is_telling(part))
    return _Forbidden(exact=frozenset(exact - {""}), names=frozenset(names), near=frozenset(near))


def _is_telling(word: str) -> bool:
    return len(word) >= _MIN_TELLING and not word.isdigit() and word not in COMMON


def _is_forbidden(field: str, text: str, forbidden: _Forbidden) -> bool:
    shown = frozenset[str]().union(*(runs(spelt) for spelt in spellings(text)))
    if not forbidden.exact.isdisjoint(shown):
        return True
    if any(word in forbidden.names and (len(word) > 1 or field == _NAMES_USED) for word in shown):
        return True
    alike = _are_alike if field == _NAMES_USED else _are_spelt_alike
    telling = [word for word in shown if _is_telling(word)]
    if any(alike(word, private) for word in telling for private in forbidden.near):
        return True
    names = [name for name in forbidden.names if _is_telling(name)]
    return any(alike(word, name) or _holds(field, word, name) for word in telling for name in names)


def _are_alike(shown: str, private: str) -> bool:
    """Of names: misspelt, or sounding alike. Short ones only as they stand."""
    if min(len(shown), len(private)) < _MIN_ALIKE:
        return False
    if JaroWinkler.similarity(shown, private) >= _SAME_NAME:
        return True
    return shown[0] == private[0] and fuzz.ratio(shown, private) >= _SAME_SPELLING


def _are_spelt_alike(shown: str, private: str) -> bool:
    """Of towns and models, of which many begin alike: Lee is not Leeds."""
    if min(len(shown), len(private)) < _MIN_ALIKE_ELSEWHERE:
        return False
    return shown[0] == private[0] and fuzz.ratio(shown, private) >= _SAME_SPELLING


def _holds(field: str, shown: str, name: str) -> bool:
    """Whether a shown word is made of her name, or is a short form of it: Kate for Katherine."""
    if field == _TOWN:
        return False
    if len(name) >= _MIN_INSIDE and name in shown:
        return True
    short, long = sorted((shown, name), key=len)
    stem = _DIMINUTIVE.sub("", short)
    return field == _NAMES_USED and len(stem) >= _MIN_TELLING and long.startswith(stem)


def _numbers(private: PrivateParts) -> Iterator[str]:
    """Every number that any private text holds, up to each place where it could end."""
    for texts, least in ((private.numbers, _MIN_SHOWN), (_everything(private), _MIN_NUMBER)):
        for text in texts:
            for run in digit_runs(text):
                ends = ("".join(run[:end]) for end in range(1, len(run) + 1))
                yield from (number for number in ends if len(number) >= least)


def _plates(text: str) -> Iterator[str]:
    """What may be a registration mark in a text: up to three neighbouring words with letters and digits, joined."""
    parts = tokens(text)
    for start in range(len(parts)):
        for end in range(start + 1, min(start + _PLATE_WORDS, len(parts)) + 1):
            joined = "".join(parts[start:end])
            if len(joined) in _PLATE_LENGTHS and joined.isascii() and not joined.isalpha() and not joined.isdigit():
                yield joined


def _fits_any(plate: str, plates: Iterable[str], words: Iterable[str]) -> bool:
    """Whether a shown plate could be one of the private plates, or shows a private word."""
    known = "".join(c for c in plate if c.isalnum())
    if len(known) < _MIN_PLATE:
        return False
    plain = plate.translate(_ALIKE_IN_PLATES)
    pattern = re.compile("".join({"?": ".", "*": ".*"}.get(c, re.escape(c)) for c in plain))
    if any(pattern.fullmatch(_as_plate(text)) for text in plates):
        return True
    return any(_shows(known, word) for word in words)


def _shows(known: str, word: str) -> bool:
    """Whether a word is what is known of a plate, or a part of a plate that ends so."""
    part = _as_plate(word)
    known = known.translate(_ALIKE_IN_PLATES)
    if part == known:
        return True
    return len(part) in _PLATE_LENGTHS and not word.isalpha() and not word.isdigit() and part.endswith(known)


def _as_plate(folded: str) -> str:
    return fold(folded).upper().translate(_ALIKE_IN_PLATES)
