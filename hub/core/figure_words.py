"""What stands on screens and in exports for the codes of figures. Source: PEOPLE §4 (words on screens)."""

from collections.abc import Mapping
from typing import Final

from hub.core.counting import NOT_KNOWN, NOT_LISTED
from hub.core.series_of_figures import ALL_OTHERS
from protocol.region_names import region_name

TOO_FEW: Final = "too few to show"
NOT_THERE: Final = "–"
"""Where a window holds no such table: nobody counted it, or what it would be split from is too few."""

KINDS: Final[Mapping[str, str]] = {
    "sexual_violence": "Sexual violence",
    "physical_violence": "Physical violence",
    "robbery": "Robbery",
    "threats": "Threats, blackmail",
    "coercion": "Coercion, control",
    "harassment": "Harassment, hate",
    "payment": "Payment refused",
    "other": "Other",
}
CONTACTS: Final[Mapping[str, str]] = {
    "street": "In the street",
    "online": "Online",
    "phone": "By phone or text",
    "premises": "At the premises",
    "other": "In another way",
    NOT_KNOWN: "Not known",
}
METHODS: Final[Mapping[str, str]] = {
    "force": "Used force",
    "trapping": "Trapped somebody",
    "refusing_condom": "Refused a condom",
    "pressure": "Put pressure on",
    "money": "Took money back",
    "deceit": "Deceived",
    "other": "Other",
    NOT_KNOWN: "Not known",
}
SWITCHES: Final[Mapping[str, str]] = {
    "record": "We may keep a record",
    "warn_own": "We may warn our own people",
    "warn_others": "We may warn other projects",
    "compare_quietly": "We may compare numbers quietly",
    "police_anonymous": "Police, without a name",
    "police_full": "Police, with full details",
}
"""In the order in which they are asked."""
BANDS: Final[Mapping[str, str]] = {
    "under_1_hour": "Under 1 hour",
    "hours_1_to_6": "1 to 6 hours",
    "hours_6_to_24": "6 to 24 hours",
    "days_1_to_7": "1 to 7 days",
    "over_7_days": "Over 7 days",
}
OUTCOMES: Final[Mapping[str, str]] = {
    "recorded_as_crime": "Recorded as crime",
    "arrest": "Arrest",
    "charged": "Charged",
    "convicted": "Convicted",
    "acquitted": "Acquitted",
    "closed_by_police": "Closed by police",
    "person_withdrew": "Stopped by them",
    "not_known": "Not known",
}
HATE: Final[Mapping[str, str]] = {
    "sex_work": "Sex work",
    "race": "Race",
    "religion": "Religion",
    "disability": "Disability",
    "sexual_orientation": "Sexual orientation",
    "trans": "Being trans",
}
_PLACES: Final[Mapping[str, str]] = {
    ALL_OTHERS: "All other regions together",
    NOT_LISTED: "Elsewhere",
    "yorkshire-humber": "Yorkshire and the Humber",
}


def place_name(code: str) -> str:
    """A region, a police-force area, or what stands for several."""
    return _PLACES.get(code) or region_name(code)
