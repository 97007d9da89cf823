"""What a report says of an event and of the people described, in the words of the wire.

Nothing here is about anybody else.

Ranges, codes and canonical identifiers only; what has no code is not here but stays as text in the record.
Words: `protocol.vocabulary`. Shapes follow `protocol.body_fields`, before anything is masked or tagged.
"""

import datetime
from typing import Final

import msgspec

TIME_WASTER: Final = "time_waster"
"""A kind of incident that a project writes down and may warn its own people of; no code of the wire says it.
Source: DOMAIN §5, PEOPLE 2.8."""


class AccentData(msgspec.Struct, frozen=True):
    """How a person spoke. `region` is a place in words, needed where the code is `local`."""

    accent: str
    region: str | None = None


class MarkData(msgspec.Struct, frozen=True):
    """Something lasting or carried that others would notice."""

    mark: str
    part: str | None = None
    side: str | None = None
    motif: str | None = None


class GarmentData(msgspec.Struct, frozen=True):
    """Clothing."""

    garment: str
    colour: str | None = None


class PersonData(msgspec.Struct, frozen=True):
    """A person described, as seen. Ages in years, heights in centimetres, both ends included; None: not known."""

    age_min: int | None = None
    age_max: int | None = None
    height_cm_min: int | None = None
    height_cm_max: int | None = None
    sex: str | None = None
    build: str | None = None
    hair_colours: tuple[str, ...] = ()
    hair_styles: tuple[str, ...] = ()
    facial_hair: str | None = None
    eyes: str | None = None
    skin: str | None = None
    accents: tuple[AccentData, ...] = ()
    marks: tuple[MarkData, ...] = ()
    clothing: tuple[GarmentData, ...] = ()
    names_used: tuple[str, ...] = ()
    officer: bool = False


class VehicleData(msgspec.Struct, frozen=True):
    """A vehicle. `plates`: patterns, `?` one unknown character, `*` any number; several are alternatives."""

    type: str | None = None
    make: str | None = None
    model: str | None = None
    colour: str | None = None
    shade: str | None = None
    plates: tuple[str, ...] = ()


class IdentifierData(msgspec.Struct, frozen=True):
    """A canonical identifier of a person described. `partial`: only the end is known, `canonical` begins with `*`."""

    kind: str
    canonical: str
    platform: str | None = None
    partial: bool = False
    cloned: bool = False


class SchemeData(msgspec.Struct, frozen=True):
    """One event as the scheme sees it. Days are local days, both included; None: not known. `area`: a town in words."""

    incident_types: tuple[str, ...] = ()
    date_min: datetime.date | None = None
    date_max: datetime.date | None = None
    area: str | None = None
    place_kind: str | None = None
    contact_means: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    number_of_people: int | None = None
    persons: tuple[PersonData, ...] = ()
    vehicles: tuple[VehicleData, ...] = ()
    identifiers: tuple[IdentifierData, ...] = ()
