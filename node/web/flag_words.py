"""What the leak check found, in words; and a flag as a hidden field holds it."""

from collections.abc import Iterable
from typing import Final, get_args

import msgspec

from node.core.leak.found import Flag, SoftKind

KINDS: Final[dict[str, str]] = {
    "unknown_word": "A word that we do not know",
    "name_like": "It looks like a name",
    "telling": "It could say something about who told it",
    "place": "A place",
    "time": "A time or a day",
    "number": "A number",
    "private_in_common_use": "A word that the record keeps private, written like an ordinary one",
    "small_cell": "Few people could have told it",
}
assert set(KINDS) == set(get_args(SoftKind))

REASONS: Final = (
    ("about_person_described", "It is about the person described"),
    ("ordinary_word", "It is an ordinary word"),
    ("name_they_used", "It is a name that the person described used"),
    ("fits_many", "It is so wide that it fits many people"),
)
_FIELDS: Final = {
    "text": "the line in your own words",
    "town": "the town",
    "region": "the police area",
    "place": "the kind of place",
    "contact": "how contact was made",
    "concerns": "whom it concerns",
    "identifiers": "phone numbers and names online",
    "identifiers.tail": "the last digits of a phone number",
    "persons.names_used": "a name that they use",
    "vehicles.model": "the model of a vehicle",
    "vehicles.plate": "part of a plate",
}


def field_name(field: str) -> str:
    """A field of a warning, in words."""
    return _FIELDS.get(field, field.replace("_", " ").replace(".", ", "))


def stop_words(fields: Iterable[str]) -> str:
    """What is said where a warning holds what nobody can let through."""
    named = ", ".join(field_name(field) for field in fields)
    return f"This holds what must not leave: {named}. Take it out, or leave it out of the warning"


def reason_words(reason: str) -> str:
    """Why a flag stands."""
    words = dict(REASONS)[reason]
    return words[:1].lower() + words[1:]


def written(flag: Flag) -> str:
    """A flag as a hidden field holds it."""
    return msgspec.json.encode(flag).decode()


def read(text: str) -> Flag | None:
    """What `written` wrote; None: it is nothing of the kind."""
    try:
        return msgspec.json.decode(text, type=Flag)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
