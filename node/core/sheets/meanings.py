"""What columns can mean."""

from typing import Final

import msgspec

REPORT: Final = ("ref", "taken_on", "taken_by", "told_by")

EVENT: Final = ("incident_date", "incident_time", "place", "what_happened", "incident_type", "contact_means", "agency")

PERSON: Final = (
    "description", "names", "age", "ethnicity", "height", "build", "hair", "eyes", "accent", "marks", "clothing", "sex",
    "people",
)  # fmt: skip

REACH: Final = ("vehicle", "plate", "identifiers", "phone", "e_mail", "handle", "platform")

PERMISSION: Final = (
    "consent", "consent_record", "consent_local", "consent_national", "consent_police", "consent_police_anonymous",
    "consent_police_full", "consent_unclear",
)  # fmt: skip

PRIVATE: Final = ("reporter", "reporter_contact", "reporter_age", "police_ref", "outcome", "notes")

MEANINGS: Final = frozenset((*REPORT, *EVENT, *PERSON, *REACH, *PERMISSION, *PRIVATE))


def is_meaning(text: str) -> bool:
    """Whether a text is one of `MEANINGS`, or several person meanings joined by `+`."""
    parts = text.split("+")
    return text in MEANINGS or (len(parts) > 1 and all(part in PERSON for part in parts))


class Heading(msgspec.Struct, frozen=True):
    """A heading understood: `meaning` is of `MEANINGS` or one of the undecided `contact`, `name`, `date`, `ref?`.

    `sure`: the words say it; a neighbour's meaning does not change it.
    """

    meaning: str
    sure: bool = True
