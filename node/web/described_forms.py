"""Reads who and what is described from a form: coded fields only, so that none can hold words of somebody's own."""

import re
from typing import Final

from node.core.danger_questions import AGES, HEIGHTS
from node.core.scheme_data import AccentData, IdentifierData, PersonData, VehicleData
from node.web import options
from node.web.forms import Form
from protocol.errors import IdentifierInvalid
from protocol.identifiers import canonical, canonical_plate_pattern

_ENDING: Final = re.compile(r"(?:\*|…|\.\.\.|ends? (?:in )?)?([0-9]{2,6})")
_RIGHT: Final = {
    "phone": "A phone number such as 07700 900 123, or its last digits such as *123",
    "e_mail": "An e-mail address such as name@example.com",
    "handle": "A username without spaces",
    "plate": "A number plate such as AB12 CDE; ? for a character that is not known, * for several",
}


def read_person(form: Form) -> PersonData | None:
    """The block that describes somebody; None if nothing of it was answered."""
    age = form.one_of("age", options.codes_of(options.AGES))
    height = form.one_of("height", options.codes_of(options.HEIGHTS))
    hair = form.one_of("hair", options.codes_of(options.HAIR))
    accent = form.one_of("accent", options.codes_of(options.ACCENTS))
    age_min, age_max = AGES[age] if age else (None, None)
    height_min, height_max = HEIGHTS[height] if height else (None, None)
    person = PersonData(
        age_min=age_min,
        age_max=age_max,
        height_cm_min=height_min,
        height_cm_max=height_max,
        sex=form.one_of("sex", options.codes_of(options.SEXES)),
        build=form.one_of("build", options.codes_of(options.BUILDS)),
        hair_colours=(hair,) if hair else (),
        skin=form.one_of("skin", options.codes_of(options.SKIN)),
        accents=(AccentData(accent=accent),) if accent else (),
    )
    return None if person == PersonData() else person


def read_vehicle(form: Form) -> VehicleData | None:
    """A vehicle and what is known of its plate; None if nothing was answered."""
    plate = _plate(form, "vehicle_plate")
    vehicle = VehicleData(
        type=form.one_of("vehicle_type", options.codes_of(options.VEHICLE_TYPES)),
        make=form.one_of("vehicle_make", options.codes_of(options.VEHICLE_MAKES)),
        colour=form.one_of("vehicle_colour", options.codes_of(options.COLOURS)),
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


def read_identifier(form: Form) -> IdentifierData | None:
    """A phone number, plate, username or e-mail address by its kind; None if none was given."""
    text = form.line("identifier")
    kind = form.one_of("identifier_kind", options.codes_of(options.IDENTIFIER_KINDS))
    if not text:
        return None
    if kind is None:
        form.refuse("identifier_kind", "Say what it is: a phone number, a plate, a username or an e-mail address")
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
        form.refuse("identifier", _RIGHT[kind])
        return None
