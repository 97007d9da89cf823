"""The leak check of a composed warning: one entry, pure, and the same for a person at a command line.

Order: what the record knows to be private, what no warning may be about, what looks like a number, an address or a
date, how few could have reported it; then, softly, every word that nobody vouches for. A hard stop is never overridden:
the words are changed, or another person changes the record. Soft flags are resolved one by one. Source: promise 2,
DESIGN §4 and §5, FINDINGS (Redaction).
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from node.core.arrival import hard_pattern
from node.core.errors import PrivateWords
from node.core.folding import tokens
from node.core.leak.found import Flag, Found, HardKind, gathered
from node.core.leak.hard_patterns import hard_patterns
from node.core.leak.in_place import in_place
from node.core.leak.lexicon import word_flags
from node.core.leak.never_alert import NeverAlert, is_never_alert_number, never_alert_spans
from node.core.leak.record_words import RecordWords, private_spans, words_of_record
from node.core.leak.small_cells import Cell, small_cells
from node.core.leak.soft_patterns import soft_patterns
from node.core.number_words import digit_runs
from node.core.own_words import private_texts
from node.core.private_parts import PrivateParts
from node.core.scheme_data import IdentifierData
from protocol.body_fields import AlertBody

_HARD_ON_ARRIVAL: Final[dict[str, HardKind]] = {
    "phone": "phone",
    "email": "email",
    "postcode": "postcode",
    "address": "address",
}


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What the scheme has decided, and what the record holds of the person described.

    Attributes:
        never_alert: numbers and names of organisations.
        cells: how many people could have reported.
        identifiers: whole ones of the person described, of which the body shows at most an end.
    """

    never_alert: tuple[NeverAlert, ...] = ()
    cells: tuple[Cell, ...] = ()
    identifiers: tuple[IdentifierData, ...] = ()


def check_alert(body: AlertBody, private: PrivateParts, rules: Rules | None = None) -> Found:
    """Everything in a composed body that could give away who reported.

    Args:
        body: as it would leave.
        private: what its record knows to be private.
        rules: None: those of a scheme that decided nothing yet.
    """
    rules = rules or Rules()
    hard = [*private_texts(body, private), *_in_short_fields(body, rules), *_in_identifiers(body, private, rules)]
    soft: list[Flag] = []
    for small in small_cells(body, rules.cells):
        (hard if small.stops else soft).append(Flag(small.field, 0, 0, "small_cell"))
    in_text = Found() if body.text is None else check_text(body.text, private, rules)
    return Found((*hard, *in_text.hard), (*soft, *in_text.soft))


def check_text(text: str, private: PrivateParts, rules: Rules | None = None, *, field: str = "text") -> Found:
    """The same of a free text alone; any text will do.

    Args:
        field: what the findings call it.
    """
    record = words_of_record(private)
    return _check_folded(text, record, () if rules is None else rules.never_alert, field)


def require_no_hard_stop(found: Found) -> None:
    """Refuses what holds a hard stop. No person overrides it; a person clears the field, or another the record.

    Raises:
        PrivateWords: `private.own_words`, with the names of the fields.
    """
    if found.hard:
        fields = tuple(sorted({flag.field for flag in found.hard}))
        raise PrivateWords("own_words", "clear these fields, they hold what must not leave: " + _named(found), fields)


def _named(found: Found) -> str:
    kinds = sorted({(flag.field, flag.kind.replace("_", " ")) for flag in found.hard})
    return ", ".join(f"{field} ({kind})" for field, kind in kinds)


def _check_folded(text: str, record: RecordWords, never: tuple[NeverAlert, ...], field: str) -> Found:
    folded = in_place(text)
    hard: list[Flag] = []
    soft: list[Flag] = []
    for stops, span in private_spans(folded, record):
        start, end = folded.span(*span)
        if stops:
            hard.append(Flag(field, start, end, "private_word"))
        else:
            soft.append(Flag(field, start, end, "private_in_common_use"))
    hard += [Flag(field, *folded.span(*span), "never_alert") for span in never_alert_spans(folded, never)]
    hard += [Flag(field, *folded.span(*span), kind) for kind, span in hard_patterns(folded)]
    soft += [Flag(field, *folded.span(*span), kind) for kind, span in soft_patterns(folded)]
    soft += [Flag(field, *folded.span(*span), kind) for kind, span in word_flags(folded)]
    return gathered(field, text, hard, soft)


def _in_short_fields(body: AlertBody, rules: Rules) -> Iterator[Flag]:
    """What a receiver would hide does not leave; nor does the name of an organisation that nobody may warn of."""
    for field, text in _short_texts(body):
        why = hard_pattern(text)
        if why is not None:
            yield Flag(field, 0, len(text), _HARD_ON_ARRIVAL[why])
        if rules.never_alert:
            folded = in_place(text)
            for span in never_alert_spans(folded, rules.never_alert):
                yield Flag(field, *folded.span(*span), "never_alert")


def _short_texts(body: AlertBody) -> Iterable[tuple[str, str]]:
    yield from (("persons.names_used", name) for person in body.persons for name in person.names_used)
    yield from (("vehicles.model", vehicle.model) for vehicle in body.vehicles if vehicle.model is not None)
    if body.town is not None:
        yield "town", body.town


def _in_identifiers(body: AlertBody, private: PrivateParts, rules: Rules) -> Iterator[Flag]:
    """Whole identifiers: an end alone says little, and the tags of later speak of the whole."""
    if not body.identifiers or not rules.identifiers:
        return
    own = {_last_digits(run) for number in private.numbers for run in digit_runs(number)}
    words = {"".join(tokens(text)) for text in (*private.numbers, *private.addresses, *private.words, *private.names)}
    for held in rules.identifiers:
        digits = "".join("".join(run) for run in digit_runs(held.canonical)) if held.kind == "phone" else ""
        same = not held.partial and (_last_digits((digits,)) in own if digits else False)
        if same or (held.kind != "phone" and "".join(tokens(held.canonical)) in words):
            yield Flag("identifiers", 0, 0, "private_word")
        if digits and not held.partial and is_never_alert_number(digits, rules.never_alert):
            yield Flag("identifiers", 0, 0, "never_alert")


def _last_digits(run: tuple[str, ...]) -> str:
    return "".join(run)[-9:]
