"""Reads who and what is described from a form: coded fields only, so that none can hold words of somebody's own.

The names of the fields may have a prefix, where one page asks of several.
"""

import re
from typing import Final

from node.core.danger_questions import AGES, HEIGHTS
from node.core.scheme_data import AccentData, GarmentData, IdentifierData, MarkData, PersonData, VehicleData
from node.web import options
from protocol.errors import IdentifierInvalid
from protocol.house.web.forms import Form
from protocol.house.web.site import Choices
from protocol.identifiers import canonical, canonical_plate_pattern

_ENDING: Final = re.compile(r"(?:\*|…|\.\.\.|ends? (?:in )?)?([0-9]{2,6})")
_RIGHT: Final = {
    "phone": "A phone number such as 07700 900 123, or its last digits such as *123",
    "e_mail": "An e-mail address such as name@example.com",
    "handle": "A username without spaces",
    "plate": "A number plate such as AB12 CDE; ? for a character that is not known, * for several",
}
MOST_NAMES: Final = 4
"""As many as a warning can show."""


def read_person(form: Form, prefix: str = "") -> PersonData | None:
    """The block that describes somebody; None if nothing of it was answered."""
    age = form.one_of(f"{prefix}age", options.codes_of(options.AGES))
    height = form.one_of(f"{prefix}height", options.codes_of(options.HEIGHTS))
    accent = form.one_of(f"{prefix}accent", options.codes_of(options.ACCENTS))
    age_min, age_max = AGES[age] if age else (None, None)
    height_min, height_max = HEIGHTS[height] if height else (None, None)
    person = PersonData(
        age_min=age_min,
        age_max=age_max,
        height_cm_min=height_min,
        height_cm_max=height_max,
        sex=form.one_of(f"{prefix}sex", options.codes_of(options.SEXES)),
        build=form.one_of(f"{prefix}build", options.codes_of(options.BUILDS)),
        hair_colours=_at_most_one(form, f"{prefix}hair", options.HAIR),
        hair_styles=_at_most_one(form, f"{prefix}hair_style", options.HAIR_STYLES),
        facial_hair=form.one_of(f"{prefix}facial_hair", options.codes_of(options.FACIAL_HAIR)),
        eyes=form.one_of(f"{prefix}eyes", options.codes_of(options.EYES)),
        skin=form.one_of(f"{prefix}skin", options.codes_of(options.SKIN)),
        accents=(AccentData(accent=accent),) if accent else (),
        marks=tuple(MarkData(mark=mark) for mark in form.several_of(f"{prefix}marks", options.codes_of(options.MARKS))),
        clothing=_clothing(form, prefix),
        names_used=form.lines(f"{prefix}names_used", longest=40, most=MOST_NAMES),
        officer=form.value(f"{prefix}officer") == "yes",
    )
    return None if person == PersonData() else person


def _at_most_one(form: Form, name: str, offered: Choices) -> tuple[str, ...]:
    found = form.one_of(name, options.codes_of(offered))
    return (found,) if found else ()


def _clothing(form: Form, prefix: str) -> tuple[GarmentData, ...]:
    garment = form.one_of(f"{prefix}garment", options.codes_of(options.GARMENTS))
    colour = form.one_of(f"{prefix}garment_colour", options.codes_of(options.COLOURS))
    return (GarmentData(garment=garment, colour=colour),) if garment else ()


def read_vehicle(form: Form, prefix: str = "vehicle_") -> VehicleData | None:
    """A vehicle and what is known of its plate; None if nothing was answered."""
    plate = _plate(form, f"{prefix}plate")
    vehicle = VehicleData(
        type=form.one_of(f"{prefix}type", options.codes_of(options.VEHICLE_TYPES)),
        make=form.one_of(f"{prefix}make", options.codes_of(options.VEHICLE_MAKES)),
        model=form.line(f"{prefix}model", longest=20) or None,
        colour=form.one_of(f"{prefix}colour", options.codes_of(options.COLOURS)),
        plates=(plate,) if plate else (),
    )
    return None if vehicle == VehicleData() else vehicle


def _plate(form: Form, name: str) -> str | None:
    text = form.line(name, longest=20)
    if not text:
        return None
    try:
        return canonical_plate_pattern(text)
    except IdentifierInvalid:
        form.refuse(name, _RIGHT["plate"])
        return None


def read_identifier(form: Form, suffix: str = "") -> IdentifierData | None:
    """A phone number, plate, username or e-mail address by its kind; None if none was given."""
    name, kind_name = f"identifier{suffix}", f"identifier_kind{suffix}"
    text = form.line(name)
    kind = form.one_of(kind_name, options.codes_of(options.IDENTIFIER_KINDS))
    if not text:
        return None
    if kind is None:
        form.refuse(kind_name, "Say what it is: a phone number, a plate, a username or an e-mail address")
        return None
    ending = _ENDING.fullmatch(text.casefold())
    if kind == "phone" and ending:
        return IdentifierData(kind=kind, canonical=f"*{ending[1]}", partial=True)
    try:
        if kind == "plate":
            pattern = canonical_plate_pattern(text)
            return IdentifierData(kind=kind, canonical=pattern, partial=not pattern.isalnum())
        return IdentifierData(kind=kind, canonical=canonical(kind, text))
    except IdentifierInvalid:
        form.refuse(name, _RIGHT[kind])
        return None
