"""May two alerts be about one person? What speaks for it and against it, field by field, in words.

A weighing in the manner of Fellegi and Sunter with weights that people who know the field set: a field that either
alert leaves blank says nothing (promise 9). Only a proposal: people agree or disagree, and it can be undone. Skin as
seen may lower what the rest says and never raises it above `weak`. The fields are compared in `linking_fields`.
Source: DESIGN §6; PEOPLE 3.12 to 3.14; FINDINGS, linkage.
"""

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from hub.core.linking_fields import ALERT_FIELDS, PERSON_FIELDS, VEHICLE_FIELDS, Finding
from protocol.body_fields import AlertBody, SeriesReason

Weight = Literal["strong", "some", "weak"]

_T = TypeVar("_T")

STRONG_BITS, SOME_BITS, WEAK_BITS = 10.0, 5.0, 2.0
"""What all fields together must say: two alerts a thousand, thirty, four times as likely to be of one person."""

FIELD_STRONG_BITS, FIELD_SOME_BITS = 5.0, 2.0
"""What one field must say to be called strong, or some."""

NOT_SAID, DIFFERS = "not_said", "differs"
"""In the place of a code of skin: not all of the alerts say, or they say different ones."""

CANDIDATES: Final = 60
"""Alerts that are looked through for one: those which share the rarest words with it."""

NEWEST_OF_A_WORD: Final = 200
"""Alerts that are found by one word: who shares a common name is found by something rarer, or is recent."""


class Evidence(msgspec.Struct, frozen=True):
    """What one field says.

    Attributes:
        field: of `vocabulary.SERIES_FIELDS`.
        speaks: for one person, or against it.
        weight: how much.
        words: why, for the screen.
    """

    field: str
    speaks: Literal["for", "against"]
    weight: Weight
    words: str


class Comparison(msgspec.Struct, frozen=True):
    """How two alerts compare. `strength` is None where there is nothing to propose; `bits` are for ordering only."""

    strength: Weight | None
    evidence: tuple[Evidence, ...]
    bits: float

    @property
    def supports(self) -> tuple[Evidence, ...]:
        """What speaks for it, the weightiest first."""
        return tuple(one for one in self.evidence if one.speaks == "for")

    @property
    def opposes(self) -> tuple[Evidence, ...]:
        """What speaks against it, the weightiest first."""
        return tuple(one for one in self.evidence if one.speaks == "against")


def compare(one: AlertBody, other: AlertBody) -> Comparison:
    """What speaks for one person and against. The order of the two makes no difference."""
    findings = _said(ALERT_FIELDS, one, other)
    findings += _best_pair(PERSON_FIELDS, one.persons, other.persons)
    findings += _best_pair(VEHICLE_FIELDS, one.vehicles, other.vehicles)
    ordered = sorted(findings, key=lambda finding: (-abs(finding.bits), finding.field, finding.words))
    return Comparison(_strength(findings), tuple(map(_evidence, ordered)), _bits(findings))


def reasons_of(comparisons: Sequence[Comparison]) -> tuple[SeriesReason, ...]:
    """What a series says of its alerts, compared two by two: for each field what all of them say.

    Against wins: a field that speaks against one pair speaks against all being of one person. What speaks for it
    counts as much as in the weakest pair; a field that is silent in any pair is not said.
    """
    said: dict[str, list[Evidence]] = {}
    for comparison in comparisons:
        for one in comparison.evidence:
            said.setdefault(one.field, []).append(one)
    reasons = []
    for field, found in sorted(said.items()):
        against = [one for one in found if one.speaks == "against"]
        if against or len(found) >= len(comparisons):
            chosen = max(against, key=_rank) if against else min(found, key=_rank)
            reasons.append(SeriesReason(field=field, speaks=chosen.speaks, weight=chosen.weight))
    return tuple(reasons)


def skin_of(bodies: Sequence[AlertBody]) -> str:
    """Skin as seen in all of these bodies: the code, or that they differ, or that not all say."""
    said = [{person.skin for person in body.persons if person.skin is not None} for body in bodies]
    if not all(said):
        return NOT_SAID
    return min(set.intersection(*said), default=DIFFERS)


def rarest_first(found: Iterable[Sequence[int]]) -> list[int]:
    """At most `CANDIDATES` alerts to look through: those that share the most and the rarest words.

    Args:
        found: for each word of an alert, the indices of others that say it, at most `NEWEST_OF_A_WORD`.
    """
    shared: Counter[int] = Counter()
    bits: dict[int, float] = {}
    for indices in found:
        rarity = 1 + math.log2(NEWEST_OF_A_WORD / max(1, len(indices)))
        for index in indices:
            shared[index] += 1
            bits[index] = bits.get(index, 0.0) + rarity
    return sorted(bits, key=lambda index: (-bits[index], -shared[index], -index))[:CANDIDATES]


def _said(fields: Iterable[Callable[[_T, _T], Finding | None]], one: _T, other: _T) -> list[Finding]:
    return [finding for field in fields if (finding := field(one, other)) is not None]


def _best_pair(
    fields: Sequence[Callable[[_T, _T], Finding | None]], ours: Sequence[_T], theirs: Sequence[_T]
) -> list[Finding]:
    """Of several described in either, the two that are most alike: each alert may tell of several people."""
    pairs = [_said(fields, one, other) for one, other in itertools.product(ours, theirs)]
    return max(pairs, key=lambda found: (_bits(found), [one.words for one in found])) if pairs else []


def _bits(findings: Sequence[Finding]) -> float:
    return sum(finding.bits for finding in findings)


def _strength(findings: Sequence[Finding]) -> Weight | None:
    """Skin as seen may lower, and can make nothing more than `weak` of what the rest says."""
    raised = sum(f.bits for f in findings if f.field == "skin" and f.bits > 0)
    total = _bits(findings) - raised
    if total >= STRONG_BITS:
        return "strong"
    if total >= SOME_BITS:
        return "some"
    return "weak" if total + raised >= WEAK_BITS else None


def _evidence(finding: Finding) -> Evidence:
    size = abs(finding.bits)
    weight: Weight = "strong" if size >= FIELD_STRONG_BITS else "some" if size >= FIELD_SOME_BITS else "weak"
    if finding.field == "skin":
        weight = "weak"
    return Evidence(finding.field, "for" if finding.bits > 0 else "against", weight, finding.words)


def _rank(evidence: Evidence) -> int:
    return ("weak", "some", "strong").index(evidence.weight)
