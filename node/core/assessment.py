"""Severity, urgency, certainty, lease and advice, derived from what happened. A person may override each at release.

The terms are CAP 1.2's. Pure. Source: PEOPLE 1.2, §5.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal

from node.core.scheme_data import TIME_WASTER, SchemeData

Lease = Literal[3, 30, 90, 365]

RECENT: Final = timedelta(days=7)
LEASES: Final[tuple[Lease, ...]] = (3, 30, 90, 365)

_RANK: Final = ("unknown", "minor", "moderate", "severe", "extreme")
_SEVERITY: Final = {
    "rape": "extreme",
    "attempted_killing": "extreme",
    "murder": "extreme",
    "abduction_false_imprisonment": "extreme",
    "strangulation": "extreme",
    "sexual_assault": "severe",
    "condom_removal": "severe",
    "physical_assault": "severe",
    "robbery": "severe",
    "threats_weapon": "severe",
    "spiking": "severe",
    "coercive_other": "severe",
    "impersonating_police": "severe",
    "harassment_stalking": "moderate",
    "blackmail_outing": "moderate",
    "covert_filming": "moderate",
    "hate_incident": "moderate",
    "payment_refused_or_reversed": "moderate",
    "kerb_abuse": "minor",
}
_CERTAINTY: Final = {
    "person_harmed": "likely",
    "witness": "likely",
    "police": "likely",
    "public_source": "likely",
}
_YEAR: Final = frozenset(
    {
        "rape",
        "sexual_assault",
        "threats_weapon",
        "abduction_false_imprisonment",
        "strangulation",
        "spiking",
        "attempted_killing",
        "murder",
    }
)
_MONTH: Final = frozenset({"kerb_abuse", "other", TIME_WASTER})
_MAX_ADVICE: Final = 6


def derive_severity(data: SchemeData) -> str:
    """The gravest of the incident types; a weapon that was seen makes it at least severe."""
    ranks = [_RANK.index(_SEVERITY.get(incident, "unknown")) for incident in data.incident_types]
    if any(weapon != "none_seen" for weapon in data.weapons):
        ranks.append(_RANK.index("severe"))
    return _RANK[max(ranks, default=0)]


def is_recent(data: SchemeData, day: date) -> bool:
    """Whether all of it lies within the seven days before `day`."""
    return data.date_min is not None and day - RECENT <= data.date_min <= day


def derive_urgency(data: SchemeData, day: date, *, danger_now: bool) -> str:
    """Immediate for danger now, expected within seven days of the event, else past."""
    if danger_now:
        return "immediate"
    return "expected" if is_recent(data, day) else "past"


def derive_certainty(told_by: str, reporters: str) -> str:
    """Likely at first hand, possible at second; observed where two or more told it independently at first hand."""
    if told_by == "person_harmed" and reporters == "2+":
        return "observed"
    return _CERTAINTY.get(told_by, "possible")


def derive_lease(data: SchemeData, *, danger_now: bool, longest: int) -> Lease:
    """Days in force: danger now 3, serious 365, thrown objects and nuisance 30, else 90; never above the charter's."""
    wanted: Lease = 90
    if danger_now:
        wanted = 3
    elif _YEAR.intersection(data.incident_types) or any(weapon != "none_seen" for weapon in data.weapons):
        wanted = 365
    elif _MONTH.issuperset(data.incident_types):
        wanted = 30
    return max(lease for lease in LEASES if lease <= max(3, min(wanted, longest)))


def derive_advice(data: SchemeData, severity: str) -> tuple[str, ...]:
    """What readers may do, ascending, at most six."""
    advice = {"tell_your_project"}
    if data.persons:
        advice.add("do_not_go_with")
    if data.vehicles:
        advice.add("do_not_get_in_vehicle")
    if data.identifiers:
        advice.add("check_numbers")
    if _any_of(data, ("payment_refused_or_reversed",)):
        advice.add("take_payment_first")
    if _any_of(data, ("blackmail_outing", "harassment_stalking")):
        advice.add("keep_messages")
    if severity == "extreme":
        advice.add("call_999_if_seen")
    return tuple(sorted(advice)[:_MAX_ADVICE])


def _any_of(data: SchemeData, incidents: Iterable[str]) -> bool:
    return not frozenset(incidents).isdisjoint(data.incident_types)
