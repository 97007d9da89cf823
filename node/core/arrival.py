"""The check on arrival: what of a received warning is not shown, and what a coordinator should look at.

A hard pattern (a phone number, an e-mail address, a postcode, an address; in the free text also premises, references
and dates) hides the *field*, never the warning; a soft flag hides nothing (FINDINGS: on soft flags 48 of 60 good
warnings would be held back). Pure: a body in, names of fields out; no value is ever in them. Source: DESIGN §5.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from node.core.leak.hard_patterns import PHONE_DIGITS, POSTCODE_AREAS, hard_patterns
from node.core.leak.in_place import in_place
from node.core.leak.lexicon import word_flags
from node.core.number_words import digit_runs
from protocol.bodies import Body
from protocol.body_fields import AlertBody, PersonDescribed, VehicleDescribed

_EMAIL: Final = re.compile(
    r"@|\bat\b.{0,40}(?:\.|\bdot\b)\s*(?:com|co|uk|org|net|me|info)\b|\b(?:www|https?)\b|\.(?:com|co\.uk|org|net)\b"
)
_POSTCODE: Final = re.compile(rf"\b(?:{POSTCODE_AREAS})[0-9][a-z0-9]?\s*[0-9][a-z]{{2}}\b")
_ADDRESS: Final = re.compile(
    r"\b(?:(?<!le[ -])street|road|rd|avenue|ave|lane|crescent|terrace|gardens|grove|mews|flat|apartment|apt|hostel"
    r"|bedsit|house|number|no\.?|drive|close|court|block|room)\b"
)


class Hidden(msgspec.Struct, frozen=True):
    """A field that is not shown: its path (`town`, `persons.0.names_used.1`) and why."""

    field: str
    why: str


class Arrival(msgspec.Struct, frozen=True):
    """What the check found.

    Attributes:
        hidden: fields that no screen or print shows.
        flags: for the coordinator's list; nothing is hidden for them.
    """

    hidden: tuple[Hidden, ...] = ()
    flags: tuple[str, ...] = ()


def check_arrival(body: Body, day: str) -> Arrival:
    """Checks a body that was read strictly (`bodies.check_stored`).

    Args:
        body: any; only alerts have fields in which words could stand.
        day: of its statement, `YYYY-MM-DD`.
    """
    if not isinstance(body, AlertBody):
        return Arrival()
    hidden = [Hidden(path, why) for path, words in _words_of(body) if (why := hard_pattern(words))]
    if body.text is not None:
        stops = [kind for kind, _ in hard_patterns(in_place(body.text))]
        hidden += [Hidden("text", kind) for kind in stops[:1]]
    return Arrival(tuple(hidden), tuple(_soft_flags(body, day)))


def hard_pattern(words: str) -> str | None:
    """`phone`, `email`, `postcode` or `address` if the words hold one, else None."""
    folded = words.casefold()
    if any(len("".join(run)) >= PHONE_DIGITS for run in digit_runs(words)):
        return "phone"
    if _EMAIL.search(folded):
        return "email"
    if _POSTCODE.search(folded):
        return "postcode"
    return "address" if _ADDRESS.search(folded) else None


def as_shown(body: AlertBody, hidden: tuple[Hidden, ...]) -> AlertBody:
    """The body without its hidden fields. The received bytes stay as they are; this is what people see."""
    paths = {one.field for one in hidden}
    persons = tuple(_person_shown(person, f"persons.{at}", paths) for at, person in enumerate(body.persons))
    vehicles = tuple(_vehicle_shown(vehicle, f"vehicles.{at}", paths) for at, vehicle in enumerate(body.vehicles))
    town = None if "town" in paths else body.town
    text = None if "text" in paths else body.text
    return replace(body, persons=persons, vehicles=vehicles, town=town, text=text)


def _person_shown(person: PersonDescribed, path: str, paths: set[str]) -> PersonDescribed:
    names = tuple(name for at, name in enumerate(person.names_used) if f"{path}.names_used.{at}" not in paths)
    return replace(person, names_used=names)


def _vehicle_shown(vehicle: VehicleDescribed, path: str, paths: set[str]) -> VehicleDescribed:
    return replace(vehicle, model=None) if f"{path}.model" in paths else vehicle


def _words_of(body: AlertBody) -> Iterator[tuple[str, str]]:
    """The fields that can hold words of somebody's choosing, the text apart."""
    if body.town is not None:
        yield "town", body.town
    for at, person in enumerate(body.persons):
        for which, name in enumerate(person.names_used):
            yield f"persons.{at}.names_used.{which}", name
    for at, vehicle in enumerate(body.vehicles):
        if vehicle.model is not None:
            yield f"vehicles.{at}.model", vehicle.model


def _soft_flags(body: AlertBody, day: str) -> Iterator[str]:
    names = [name for person in body.persons for name in person.names_used]
    if any(len(name.split()) >= 2 for name in names):
        yield "full_name"
    if any(person.age is not None and person.age.max is not None and person.age.max < 18 for person in body.persons):
        yield "person_described_under_18"
    if body.period.to > day[:7]:
        yield "period_in_the_future"
    if body.text is not None and any(word_flags(in_place(body.text))):
        yield "text_to_look_at"
    if any(identifier.tag is not None for identifier in body.identifiers):
        yield "tag_reserved"
    if body.source != "report":
        yield "not_from_a_report"
