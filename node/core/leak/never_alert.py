"""Numbers and names that no warning may be about: those of services, police and projects. Organisations only. Pure.

The own numbers of people are never here: such a list would be a register of them. They are compared from the sealed
record. Source: PEOPLE 5.6.
"""

from typing import Final, Literal

import msgspec

from node.core.folding import tokens
from node.core.leak.in_place import InPlace, Span
from node.core.number_words import digit_runs
from protocol.house.core.errors import Refused

EntryKind = Literal["number", "name"]

MAX_ENTRY: Final = 80
_LEAST_DIGITS: Final = 3
_WHOLE: Final = 9
"""So many digits at the end say which number it is, with or without a country code."""


class NeverAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An entry: a number or a name, and whose it is."""

    kind: EntryKind
    value: str
    organisation: str


def require_entry(entry: NeverAlert) -> None:
    """Refuses what could never be found, or says not whose it is.

    Raises:
        Refused: `refused.never_alert_value`, `refused.never_alert_organisation`.
    """
    if not entry.organisation.strip() or len(entry.organisation) > MAX_ENTRY:
        raise Refused("never_alert_organisation", "organisation: say whose it is, in at most 80 characters")
    if entry.kind == "number":
        found = _digits(entry.value)
        right = len(found) >= _LEAST_DIGITS and set(entry.value) <= set("0123456789 +-()")
    else:
        found = "".join(tokens(entry.value))
        right = len(found) >= _LEAST_DIGITS and len(entry.value) <= MAX_ENTRY
    if not right:
        raise Refused("never_alert_value", "value: a telephone number in figures, or a name of at least three letters")


def is_never_alert_number(number: str, entries: tuple[NeverAlert, ...]) -> bool:
    """Whether a whole number is one of them."""
    digits = _digits(number)
    return any(entry.kind == "number" and _same_number(digits, _digits(entry.value)) for entry in entries)


def never_alert_spans(text: InPlace, entries: tuple[NeverAlert, ...]) -> list[Span]:
    """Where a text holds one of them."""
    found = [
        (part[0].start, part[-1].end)
        for part in text.numbers
        if is_never_alert_number("".join(group.digits for group in part), entries)
    ]
    names = {"".join(tokens(entry.value)) for entry in entries if entry.kind == "name"}
    longest = max((len(tokens(entry.value)) for entry in entries), default=0)
    words = text.words
    for start in range(len(words) if names else 0):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            if "".join(word.plain for word in words[start:end]) in names:
                found.append((words[start].start, words[end - 1].end))
    return found


def _digits(text: str) -> str:
    return "".join("".join(run) for run in digit_runs(text))


def _same_number(digits: str, other: str) -> bool:
    if min(len(digits), len(other)) < _WHOLE:
        return bool(digits) and digits == other
    return digits[-_WHOLE:] == other[-_WHOLE:]
