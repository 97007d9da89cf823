"""Scheme data on forms once more, and what was changed there. What a form has no field for stays as it is.

    changed(old, read_event(event_form(old), now), read_event(posted, now))

A field counts as changed where it reads otherwise than it was shown: not where it reads otherwise than what is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from node.core.danger_questions import AGES, HEIGHTS
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from node.web.described_forms import MOST_NAMES
from protocol.house.web.forms import Form

_Described = TypeVar("_Described", SchemeData, PersonData, VehicleData)
_One = TypeVar("_One", PersonData, VehicleData, IdentifierData)


def changed(old: _Described, shown: _Described, new: _Described) -> _Described:
    """What is kept from now on.

    Args:
        old: what was kept so far.
        shown: what the form said before anybody touched it.
        new: what it says now.
    """
    said = {field: (getattr(shown, field), getattr(new, field)) for field in new.__struct_fields__}
    return msgspec.structs.replace(old, **{field: now for field, (was, now) in said.items() if not _alike(was, now)})


def _alike(was: object, now: object) -> bool:
    """Ticks have no order: a page sends them in its own."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        return frozenset(was) == frozenset(now)
    return was == now


def put_at(kept: Sequence[_One], at: int, new: _One | None) -> tuple[_One, ...]:
    """The list with another one at that place, or without it."""
    return (*kept[:at], *(() if new is None else (new,)), *kept[at + 1 :])


def event_form(data: SchemeData) -> Form:
    """What happened, as it is known."""
    last = data.date_max if data.date_max != data.date_min else None
    return Form.filled(
        {
            "incidents": data.incident_types,
            **_day("from", data.date_min),
            **_day("to", last),
            "area": data.area,
            "place": data.place_kind,
            "contact": data.contact_means,
            "methods": data.methods,
            "weapons": data.weapons,
            "people": None if data.number_of_people is None else str(data.number_of_people),
        }
    )


def _day(name: str, day: date | None) -> dict[str, str | None]:
    return {f"{name}-{part}": None if day is None else str(getattr(day, part)) for part in ("day", "month", "year")}


def person_form(person: PersonData) -> Form:
    """A person described, as far as the form has fields."""
    garment = person.clothing[0] if person.clothing else None
    return Form.filled(
        {
            "sex": person.sex,
            "age": _band(AGES, (person.age_min, person.age_max)),
            "height": _band(HEIGHTS, (person.height_cm_min, person.height_cm_max)),
            "build": person.build,
            "hair": _only(person.hair_colours),
            "hair_style": _only(person.hair_styles),
            "facial_hair": person.facial_hair,
            "eyes": person.eyes,
            "skin": person.skin,
            "accent": _only([one.accent for one in person.accents]),
            "marks": [one.mark for one in person.marks],
            "garment": None if garment is None else garment.garment,
            "garment_colour": None if garment is None else garment.colour,
            "names_used": "\n".join(person.names_used[:MOST_NAMES]),
            "officer": "yes" if person.officer else None,
        }
    )


def _band(bands: Mapping[str, tuple[int | None, int | None]], span: tuple[int | None, int | None]) -> str | None:
    return next((code for code, known in bands.items() if known == span), None)


def _only(several: Sequence[str]) -> str | None:
    return several[0] if len(several) == 1 else None


def things_form(data: SchemeData, places: Sequence[str]) -> Form:
    """The first vehicle, and as many numbers and names as there are places."""
    vehicle = data.vehicles[0] if data.vehicles else VehicleData()
    filled: dict[str, str | None] = {
        "vehicle_type": vehicle.type,
        "vehicle_make": vehicle.make,
        "vehicle_model": vehicle.model,
        "vehicle_colour": vehicle.colour,
        "vehicle_plate": _only(vehicle.plates),
    }
    for place, one in zip(places, data.identifiers, strict=False):
        filled |= {f"identifier_kind{place}": one.kind, f"identifier{place}": one.canonical}
    return Form.filled(filled)
