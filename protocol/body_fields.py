"""The fields of bodies: what an alert and what speaks of alerts and members can say, and nothing else.

There is no field about the person who reported. Shapes only; how they are stored and checked is `bodies`. Figures have
a module of their own. Source: spec/bodies.md §2, §4.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

from protocol import person_vocabulary, vehicle_vocabulary, vocabulary
from protocol.statement_fields import Digest, Region

MAX_TEXT: Final = 160
"""One text message of GSM-7."""

MAX_REASONS: Final = len(vocabulary.SERIES_FIELDS)
"""Of a series: each field speaks once."""


def one_of(words: Iterable[str]) -> object:
    """A type of one word of a closed list."""
    return Literal[tuple(sorted(words))]


if TYPE_CHECKING:
    Source = str
    Told = str
    Incident = str
    Severity = str
    Urgency = str
    Certainty = str
    Place = str
    Contact = str
    Method = str
    Ruse = str
    Weapon = str
    Sex = str
    Build = str
    HairColour = str
    HairStyle = str
    FacialHair = str
    Eyes = str
    Skin = str
    AccentCode = str
    MarkCode = str
    BodyPart = str
    Side = str
    Motif = str
    GarmentCode = str
    Colour = str
    Shade = str
    VehicleType = str
    Make = str
    IdentifierKind = str
    Advice = str
    Concern = str
    SightingKind = str
    SightingReason = str
    ObjectionReason = str
    Relation = str
    SeriesField = str
    Weight = str
else:
    Source, Told = one_of(vocabulary.SOURCES), one_of(vocabulary.TOLD_BY)
    Incident, Severity = one_of(vocabulary.INCIDENT_TYPES), one_of(vocabulary.SEVERITIES)
    Urgency, Certainty = one_of(vocabulary.URGENCIES), one_of(vocabulary.CERTAINTIES)
    Place, Contact = one_of(vocabulary.PLACE_KINDS), one_of(vocabulary.CONTACT_MEANS)
    Method, Ruse, Weapon = one_of(vocabulary.METHODS), one_of(vocabulary.RUSES), one_of(vocabulary.WEAPONS)
    Sex, Build, Skin = (
        one_of(person_vocabulary.SEXES),
        one_of(person_vocabulary.BUILDS),
        one_of(person_vocabulary.SKIN_CODES),
    )
    HairColour, HairStyle = one_of(person_vocabulary.HAIR_COLOURS), one_of(person_vocabulary.HAIR_STYLES)
    FacialHair, Eyes = one_of(person_vocabulary.FACIAL_HAIR), one_of(person_vocabulary.EYE_COLOURS)
    AccentCode, MarkCode = one_of(person_vocabulary.ACCENTS), one_of(person_vocabulary.MARKS)
    BodyPart, Side, Motif = (
        one_of(person_vocabulary.BODY_PARTS),
        one_of(person_vocabulary.SIDES),
        one_of(person_vocabulary.MOTIFS),
    )
    GarmentCode, Colour, Shade = (
        one_of(person_vocabulary.GARMENTS),
        one_of(vehicle_vocabulary.COLOURS),
        one_of(vehicle_vocabulary.SHADES),
    )
    VehicleType, Make = one_of(vehicle_vocabulary.VEHICLE_TYPES), one_of(vehicle_vocabulary.VEHICLE_MAKES)
    IdentifierKind, Advice = one_of(vocabulary.IDENTIFIER_KINDS), one_of(vocabulary.ADVICE_CODES)
    Concern, SightingKind = one_of(vocabulary.CONCERNS), one_of(vocabulary.SIGHTING_KINDS)
    SightingReason, ObjectionReason = one_of(vocabulary.SIGHTING_REASONS), one_of(vocabulary.OBJECTION_REASONS)
    Relation, Weight = one_of(vocabulary.SERIES_RELATIONS), one_of(vocabulary.SERIES_WEIGHTS)
    SeriesField = one_of(vocabulary.SERIES_FIELDS)

Salt = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
Month = Annotated[str, msgspec.Meta(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])\Z")]
Town = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Za-z' -]{0,38}[a-z]\Z")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Model = Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9][A-Za-z0-9 -]{0,19}\Z")]
Plate = Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9?*]{1,9}\Z")]
Tail = Annotated[str, msgspec.Meta(pattern=r"^[A-Z0-9]{1,3}\Z")]
Tag = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]
Six = msgspec.Meta(max_length=6)


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One object of a body: closed, frozen, absent fields not written."""


class Range(_Part, frozen=True, kw_only=True):
    """An estimate; either end absent when open. Years, or centimetres."""

    max: Annotated[int, msgspec.Meta(ge=0, le=250)] | None = None
    min: Annotated[int, msgspec.Meta(ge=0, le=250)] | None = None


class Accent(_Part, frozen=True, kw_only=True):
    """How the person spoke; `local` names the region that it is local to."""

    accent: AccentCode
    region: Region | None = None


class Mark(_Part, frozen=True, kw_only=True):
    """Something lasting or carried that others would notice."""

    mark: MarkCode
    motif: Motif | None = None
    part: BodyPart | None = None
    side: Side | None = None


class Garment(_Part, frozen=True, kw_only=True):
    """Clothing."""

    colour: Colour | None = None
    garment: GarmentCode


class PersonDescribed(_Part, frozen=True, kw_only=True):
    """A person whom the warning is about, as seen. Absent means not known."""

    accents: Annotated[tuple[Accent, ...], Six] = ()
    age: Range | None = None
    build: Build | None = None
    clothing: Annotated[tuple[Garment, ...], Six] = ()
    eyes: Eyes | None = None
    facial_hair: FacialHair | None = None
    hair_colours: Annotated[tuple[HairColour, ...], Six] = ()
    hair_styles: Annotated[tuple[HairStyle, ...], Six] = ()
    height_cm: Range | None = None
    marks: Annotated[tuple[Mark, ...], Six] = ()
    names_used: Annotated[tuple[Name, ...], msgspec.Meta(max_length=4)] = ()
    officer: Literal[True] | None = None
    sex: Sex | None = None
    skin: Skin | None = None


class VehicleDescribed(_Part, frozen=True, kw_only=True):
    """A vehicle. `plate`: what may be shown; `?` one unknown character, `*` any number."""

    colour: Colour | None = None
    make: Make | None = None
    model: Model | None = None
    plate: Plate | None = None
    shade: Shade | None = None
    type: VehicleType | None = None


class IdentifierShown(_Part, frozen=True, kw_only=True):
    """That the origin holds an identifier: its kind, at most its tail; `tag` and `epoch` for private matching."""

    epoch: Annotated[int, msgspec.Meta(ge=0, le=2**31)] | None = None
    kind: IdentifierKind
    tag: Tag | None = None
    tail: Tail | None = None


class Period(_Part, frozen=True, kw_only=True):
    """Months, both included; `recent`: within the seven days before the statement's `day`."""

    from_: Month = msgspec.field(name="from")
    recent: Literal[True] | None = None
    to: Month


class AlertBody(_Part, frozen=True, kw_only=True):
    """What an alert or update says. Source: spec/bodies.md §2."""

    advice: Annotated[tuple[Advice, ...], Six] = ()
    certainty: Certainty
    concerns: Annotated[tuple[Concern, ...], Six] = ()
    contact: Contact | None = None
    direction: Annotated[tuple[Region, ...], Six] = ()
    identifiers: Annotated[tuple[IdentifierShown, ...], msgspec.Meta(max_length=8)] = ()
    incidents: Annotated[tuple[Incident, ...], msgspec.Meta(min_length=1, max_length=6)]
    methods: Annotated[tuple[Method, ...], Six] = ()
    people: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    period: Period
    persons: Annotated[tuple[PersonDescribed, ...], msgspec.Meta(max_length=4)] = ()
    place: Place | None = None
    police: Literal["yes", "no"]
    region: Region
    reporters: Literal["1", "2+"]
    ruses: Annotated[tuple[Ruse, ...], Six] = ()
    salt: Salt
    same_event_as: Annotated[tuple[Digest, ...], msgspec.Meta(max_length=8)] = ()
    severity: Severity
    source: Source
    text: Text | None = None
    told_by: Told
    town: Town | None = None
    type: Literal["alert.v1"]
    urgency: Urgency
    vehicles: Annotated[tuple[VehicleDescribed, ...], msgspec.Meta(max_length=4)] = ()
    weapons: Annotated[tuple[Weapon, ...], Six] = ()


class SightingBody(_Part, frozen=True, kw_only=True):
    """We know of this too, or we think this is wrong."""

    reason: SightingReason
    salt: Salt
    sighting: SightingKind
    type: Literal["sighting.v1"]


class MemberBody(_Part, frozen=True, kw_only=True):
    """Who a member is: the only place where its name stands."""

    contact: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    salt: Salt
    type: Literal["member.v1"]


class ObjectionBody(_Part, frozen=True, kw_only=True):
    """Why a member objects."""

    reason: ObjectionReason
    salt: Salt
    type: Literal["objection.v1"]


class SeriesReason(_Part, frozen=True, kw_only=True):
    """What one field of the alerts says for it or against it."""

    field: SeriesField
    speaks: Literal["against", "for"]
    weight: Weight


class SeriesBody(_Part, frozen=True, kw_only=True):
    """What alerts may be of each other, and why. `reasons` ascend by field; one that says nothing is not among them."""

    reasons: Annotated[tuple[SeriesReason, ...], msgspec.Meta(min_length=1, max_length=MAX_REASONS)]
    relation: Relation
    salt: Salt
    type: Literal["series.v1"]
