"""Who and what an alert describes: persons, vehicles, identifiers, from scheme data to the wire by allow-list.

Coarse where the wire is coarse: three characters of a plate, three digits of a phone, nothing of an e-mail address or
handle. Pure. Source: spec/bodies.md §2.1 to §2.3.
"""

import re
import unicodedata
from typing import Final

from node.core.scheme_data import IdentifierData, PersonData, VehicleData
from protocol import person_vocabulary, vehicle_vocabulary, vocabulary
from protocol.bodies import MAX_PLATE_SHOWN
from protocol.body_fields import Accent, Garment, IdentifierShown, Mark, PersonDescribed, Range, VehicleDescribed

PHONE_TAIL: Final = 3

_MAX_VEHICLES: Final = 4
_MAX_IDENTIFIERS: Final = 8
_MAX_LIST: Final = 6
_MAX_NAMES: Final = 4
_MAX_NAME: Final = 40
_MODEL: Final = re.compile(r"[A-Z0-9][A-Za-z0-9 -]{0,19}")


def described_person(
    person: PersonData, *, region: str, names: tuple[str, ...] | None, shown: frozenset[str]
) -> PersonDescribed:
    """A person as a body describes them.

    Args:
        region: of the event.
        names: those to show of the names used; None: those of one word, since two look like a real name.
        shown: fields that the reviewer did not leave out.
    """
    return PersonDescribed(
        age=_range(person.age_min, person.age_max, lowest=0, highest=120),
        height_cm=_range(person.height_cm_min, person.height_cm_max, lowest=50, highest=250),
        sex=known_code(person.sex, person_vocabulary.SEXES),
        build=known_code(person.build, person_vocabulary.BUILDS),
        skin=known_code(person.skin, person_vocabulary.SKIN_CODES),
        hair_colours=known_codes(person.hair_colours, person_vocabulary.HAIR_COLOURS),
        hair_styles=known_codes(person.hair_styles, person_vocabulary.HAIR_STYLES),
        facial_hair=known_code(person.facial_hair, person_vocabulary.FACIAL_HAIR),
        eyes=known_code(person.eyes, person_vocabulary.EYE_COLOURS),
        accents=_accents(person, region) if "accents" in shown else (),
        marks=_marks(person) if "marks" in shown else (),
        clothing=_clothing(person) if "clothing" in shown else (),
        names_used=_names(person, names) if "names_used" in shown else (),
        officer=True if person.officer else None,
    )


def _names(person: PersonData, chosen: tuple[str, ...] | None) -> tuple[str, ...]:
    """Names in the wire's grammar; of one word, unless the reviewer named them."""
    wanted = _is_one_word if chosen is None else chosen.__contains__
    names = (unicodedata.normalize("NFC", name) for name in person.names_used if wanted(name))
    return tuple(dict.fromkeys(name for name in names if _is_wire_name(name)))[:_MAX_NAMES]


def _is_wire_name(name: str) -> bool:
    plain = all(c.isalpha() or c in " '’.-" for c in name) and any(c.isalpha() for c in name)
    return plain and name.isprintable() and name == name.strip() and 0 < len(name) <= _MAX_NAME


def _is_one_word(name: str) -> bool:
    return len(name.split()) == 1


def _accents(person: PersonData, region: str) -> tuple[Accent, ...]:
    """*Local* means nothing elsewhere: it carries the region of the event. The place in words stays here."""
    made = (
        Accent(accent=heard.accent, region=region if heard.accent == "local" else None)
        for heard in person.accents
        if heard.accent in person_vocabulary.ACCENTS
    )
    return tuple(made)[:_MAX_LIST]


def _marks(person: PersonData) -> tuple[Mark, ...]:
    made = (
        Mark(
            mark=seen.mark,
            motif=known_code(seen.motif, person_vocabulary.MOTIFS),
            part=known_code(seen.part, person_vocabulary.BODY_PARTS),
            side=known_code(seen.side, person_vocabulary.SIDES),
        )
        for seen in person.marks
        if seen.mark in person_vocabulary.MARKS
    )
    return tuple(made)[:_MAX_LIST]


def _clothing(person: PersonData) -> tuple[Garment, ...]:
    made = (
        Garment(garment=seen.garment, colour=known_code(seen.colour, vehicle_vocabulary.COLOURS))
        for seen in person.clothing
        if seen.garment in person_vocabulary.GARMENTS
    )
    return tuple(made)[:_MAX_LIST]


def described_vehicles(vehicles: tuple[VehicleData, ...], shown: frozenset[str]) -> tuple[VehicleDescribed, ...]:
    """Up to four vehicles; one of which nothing may be shown is left out."""
    made = tuple(
        VehicleDescribed(
            type=known_code(vehicle.type, vehicle_vocabulary.VEHICLE_TYPES),
            make=known_code(vehicle.make, vehicle_vocabulary.VEHICLE_MAKES),
            model=_model(vehicle) if "model" in shown else None,
            colour=known_code(vehicle.colour, vehicle_vocabulary.COLOURS),
            shade=known_code(vehicle.shade, vehicle_vocabulary.SHADES),
            plate=plates_shown(vehicle.plates) if "plate" in shown else None,
        )
        for vehicle in vehicles[:_MAX_VEHICLES]
    )
    return tuple(vehicle for vehicle in made if vehicle != VehicleDescribed())


def _model(vehicle: VehicleData) -> str | None:
    return vehicle.model if vehicle.model is not None and _MODEL.fullmatch(vehicle.model) else None


def plates_shown(plates: tuple[str, ...]) -> str | None:
    """What may be shown of alternative readings of one plate: where they differ, `?`; None if their lengths do."""
    if len({len(plate) for plate in plates}) != 1:
        return None
    agreed = "".join(chars[0] if len(set(chars)) == 1 else "?" for chars in zip(*plates, strict=True))
    return plate_shown(agreed)


def plate_shown(plate: str) -> str | None:
    """The last three characters known of a plate, in their places; None where nothing of it may be shown."""
    cleaned = "".join(c for c in plate.upper() if c.isascii() and (c.isalnum() or c in "?*"))
    left = MAX_PLATE_SHOWN
    shown = []
    for char in reversed(cleaned):
        if char.isalnum() and left == 0:
            shown.append("?")
            continue
        left -= char.isalnum()
        shown.append(char)
    pattern = "".join(reversed(shown))
    return pattern if 0 < len(pattern) <= 9 and left < MAX_PLATE_SHOWN else None


def described_identifiers(
    identifiers: tuple[IdentifierData, ...], shown: frozenset[str]
) -> tuple[IdentifierShown, ...]:
    """That an identifier is held: its kind, and of a phone the last three digits."""
    made = tuple(
        IdentifierShown(kind=held.kind, tail=phone_tail(held) if "tails" in shown else None)
        for held in identifiers
        if held.kind in vocabulary.IDENTIFIER_KINDS
    )
    return tuple(dict.fromkeys(made))[:_MAX_IDENTIFIERS]


def phone_tail(held: IdentifierData) -> str | None:
    """The last three digits of a phone, if they are known. Never anything of an e-mail address, handle or plate."""
    if held.kind != "phone":
        return None
    tail = held.canonical.strip()[-PHONE_TAIL:]
    return tail if len(tail) == PHONE_TAIL and tail.isascii() and tail.isdigit() else None


def _range(first: int | None, last: int | None, *, lowest: int, highest: int) -> Range | None:
    if first is None and last is None:
        return None
    low, high = (None if end is None else min(max(end, lowest), highest) for end in (first, last))
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Range(min=low, max=high)


def known_code(value: str | None, allowed: frozenset[str]) -> str | None:
    """The code if the list has it, else None: not known."""
    return value if value in allowed else None


def known_codes(values: tuple[str, ...], allowed: frozenset[str]) -> tuple[str, ...]:
    """Those on the list, ascending, without repeats, at most six."""
    return tuple(sorted(allowed.intersection(values)))[:_MAX_LIST]
