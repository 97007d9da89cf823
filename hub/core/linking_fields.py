"""How each field of two alerts compares: a finding in words with its weight, or nothing where either is blank.

Weights are bits: how many times, as a power of two, this is more often seen of one person than of two. Expert weights,
set by hand from the ranges that FINDINGS measured on made-up pairs; a page that shows them says so. Each row is small
on purpose: a description by a frightened person at night differs from another one of the same man.
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import msgspec

from hub.core.plates import compare_plates
from hub.core.search_keys import folded
from protocol.body_fields import AlertBody, PersonDescribed, Range, VehicleDescribed

AGE_SLACK_YEARS: Final = 3
"""By how much two people guess the same age differently, beside the years that passed between."""

FAR_IN_AGE_YEARS: Final = 10
FAR_IN_HEIGHT_CM: Final = 10
NEAR_MONTHS: Final = 2
FAR_MONTHS: Final = 60

_BUILDS: Final = ("thin", "slim", "medium", "athletic", "stocky", "heavy")
_LASTING_STYLES: Final = frozenset({"bald", "balding", "receding"})
_SHARED_BITS_MOST: Final = 3.0
"""What all methods or ruses in common say together: they come in company."""

_T = TypeVar("_T")


class Finding(msgspec.Struct, frozen=True):
    """What one field says: `bits` above 0 for one person, below 0 against."""

    field: str
    bits: float
    words: str


def _both(
    field: str, one: _T | None, other: _T | None, same: tuple[float, str], differ: tuple[float, str] | None
) -> Finding | None:
    """Two single codes; nothing where either is blank."""
    if one is None or other is None:
        return None
    if one == other:
        return Finding(field, *same)
    return None if differ is None else Finding(field, *differ)


def _shared(
    field: str,
    one: Iterable[str],
    other: Iterable[str],
    bits: float,
    words: str,
    differ: tuple[float, str] | None = None,
) -> Finding | None:
    """Two lists of codes: so many bits for each in common."""
    ours, theirs = set(one), set(other)
    if not ours or not theirs:
        return None
    common = ours & theirs
    if common:
        return Finding(field, min(_SHARED_BITS_MOST, bits * len(common)), words)
    return None if differ is None else Finding(field, *differ)


def _gap(one: Range, other: Range) -> int:
    """How far two ranges lie from each other; 0 or less where they meet. An open end meets everything."""
    low = max(-1 if r.min is None else r.min for r in (one, other))
    high = min(10**6 if r.max is None else r.max for r in (one, other))
    return low - high


def _month(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def _months_between(one: AlertBody, other: AlertBody) -> int:
    first, second = sorted((one, other), key=lambda body: body.period.from_)
    return max(0, _month(second.period.from_) - _month(first.period.to))


def period(one: AlertBody, other: AlertBody) -> Finding | None:
    """How far apart in time."""
    months = _months_between(one, other)
    if months <= NEAR_MONTHS:
        return Finding("period", 1.0, "within two months of each other")
    if months > FAR_MONTHS:
        return Finding("period", -0.5, "more than five years apart")
    return None


def region(one: AlertBody, other: AlertBody) -> Finding | None:
    """The same police-force area."""
    return Finding("region", 1.0, "in the same police-force area") if one.region == other.region else None


def direction(one: AlertBody, other: AlertBody) -> Finding | None:
    """One went where the other was."""
    goes = other.region in one.direction or one.region in other.direction
    if goes and one.region != other.region:
        return Finding("direction", 1.5, "one went on towards where the other took place")
    return None


def place(one: AlertBody, other: AlertBody) -> Finding | None:
    """The same town, or kind of place."""
    if one.town is not None and other.town is not None and folded(one.town) == folded(other.town):
        return Finding("place", 2.0, "in the same town")
    return _both("place", one.place, other.place, (0.5, "in the same kind of place"), None)


def contact(one: AlertBody, other: AlertBody) -> Finding | None:
    """How contact was made."""
    return _both("contact", one.contact, other.contact, (0.5, "contact was made in the same way"), None)


def incidents(one: AlertBody, other: AlertBody) -> Finding | None:
    """What happened."""
    return _shared("incidents", one.incidents, other.incidents, 0.5, "the same kind of thing happened")


def methods(one: AlertBody, other: AlertBody) -> Finding | None:
    """How it was done."""
    ours, theirs = ({*body.methods} - {"other"} for body in (one, other))
    return _shared("methods", ours, theirs, 1.0, "it was done in the same way")


def ruses(one: AlertBody, other: AlertBody) -> Finding | None:
    """What was pretended."""
    ours, theirs = ({*body.ruses} - {"other"} for body in (one, other))
    return _shared("ruses", ours, theirs, 1.5, "the same was pretended")


def weapons(one: AlertBody, other: AlertBody) -> Finding | None:
    """Weapons. None seen is no sign that there was none."""
    ours, theirs = ({*body.weapons} - {"none_seen", "other"} for body in (one, other))
    return _shared("weapons", ours, theirs, 1.5, "the same weapon was seen")


def people(one: AlertBody, other: AlertBody) -> Finding | None:
    """How many took part: one alone is usual and says nothing."""
    if one.people == other.people == 1:
        return None
    return _both(
        "people",
        one.people,
        other.people,
        (1.0, "as many people took part"),
        (-0.3, "another number of people took part"),
    )


def identifiers(one: AlertBody, other: AlertBody) -> Finding | None:
    """A number or name that both hold: by tag for certain, by its shown end perhaps. Many people have two phones."""
    tags, other_tags = ({(i.kind, i.epoch, i.tag) for i in b.identifiers if i.tag is not None} for b in (one, other))
    if tags & other_tags:
        return Finding("identifiers", 14.0, "both hold the same number, plate or name online, by private comparison")
    ours, theirs = ({i.tail for i in body.identifiers if i.tail is not None} for body in (one, other))
    if not ours or not theirs:
        return None
    ends = {(a, b) for a in ours for b in theirs if a.endswith(b) or b.endswith(a)}
    if not ends:
        return Finding("identifiers", -1.0, "the phone numbers end differently")
    shown = max(min(len(a), len(b)) for a, b in ends)
    return Finding("identifiers", 7.0 if shown >= 3 else 4.0, "a phone number ends the same")


def age(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Ages as guessed."""
    if one.age is None or other.age is None:
        return None
    gap = _gap(one.age, other.age) - AGE_SLACK_YEARS
    if gap <= 0:
        return Finding("age", 1.0, "the ages may be the same")
    return Finding("age", -4.0 if gap >= FAR_IN_AGE_YEARS else -1.5, "the age ranges do not meet")


def height(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Heights as guessed."""
    if one.height_cm is None or other.height_cm is None:
        return None
    gap = _gap(one.height_cm, other.height_cm)
    if gap <= 0:
        return Finding("height", 1.0, "the heights may be the same")
    return Finding("height", -4.0 if gap >= FAR_IN_HEIGHT_CM else -1.0, "the height ranges do not meet")


def build(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Builds: next to each other they are easily taken for each other."""
    if one.build is None or other.build is None:
        return None
    apart = abs(_BUILDS.index(one.build) - _BUILDS.index(other.build))
    if apart == 0:
        return Finding("build", 1.0, "the same build")
    return None if apart == 1 else Finding("build", -2.0 if apart >= 4 else -0.7, "another build")


def eyes(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Colour of the eyes."""
    return _both("eyes", one.eyes, other.eyes, (1.5, "eyes of the same colour"), (-1.0, "eyes of another colour"))


def facial_hair(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """A beard comes and goes: only the same says something."""
    return _both("facial_hair", one.facial_hair, other.facial_hair, (0.7, "the same beard or moustache"), None)


def hair(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Hair: what grows can be cut and dyed; what is gone does not come back."""
    styles, other_styles = set(one.hair_styles), set(other.hair_styles)
    colours, other_colours = set(one.hair_colours), set(other.hair_colours)
    for gone, long in ((styles, other_styles), (other_styles, styles)):
        if gone & _LASTING_STYLES and "long" in long:
            return Finding("hair", -2.0, "one has little hair, the other long hair")
    if colours and other_colours and not colours & other_colours:
        return Finding("hair", -0.5, "hair of another colour")
    alike = len(styles & other_styles) + len(colours & other_colours)
    return Finding("hair", min(2.0, 0.8 * alike), "hair described alike") if alike else None


def sex(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """A man or a woman, as seen: most are men."""
    return _both("sex", one.sex, other.sex, (0.2, "both a man, or both a woman, as seen"), (-6.0, "a man and a woman"))


def skin(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Skin as seen: never more than weak."""
    return _both("skin", one.skin, other.skin, (0.5, "skin described alike"), (-1.5, "skin described otherwise"))


def accents(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """How they spoke."""
    ours, theirs = ({(a.accent, a.region) for a in p.accents if a.accent != "other"} for p in (one, other))
    if not ours or not theirs:
        return None
    if ours & theirs:
        return Finding("accents", 2.0, "the same accent")
    return Finding("accents", -1.0, "another accent")


def names_used(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Names that the person used: many use several."""
    return _shared(
        "names_used",
        map(folded, one.names_used),
        map(folded, other.names_used),
        3.0,
        "used the same name",
        (-0.5, "used another name"),
    )


def marks(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Marks that last. Not to have noticed one is no sign that it was not there."""
    found = None
    for a in one.marks:
        for b in other.marks:
            if a.mark != b.mark or a.mark == "other" or {a.side, b.side} == {"left", "right"}:
                continue
            bits = 1.5 + 2.5 * (a.part is not None and a.part == b.part)
            bits += 2.5 * (a.motif is not None and a.motif == b.motif and a.motif != "other")
            if found is None or bits > found.bits:
                found = Finding("marks", bits, "the same kind of mark")
    return found


def officer(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """Both were or claimed to be a police officer."""
    return Finding("officer", 2.0, "both described as an officer") if one.officer and other.officer else None


def clothing(one: PersonDescribed, other: PersonDescribed) -> Finding | None:
    """A garment of one colour: clothes change."""
    ours, theirs = ({f"{g.garment}/{g.colour}" for g in p.clothing if g.colour is not None} for p in (one, other))
    return _shared("clothing", ours, theirs, 0.7, "the same clothes")


def vehicle(one: VehicleDescribed, other: VehicleDescribed) -> Finding | None:
    """What it looked like, but for its plate."""
    if one.make is None or other.make is None:
        return _both(
            "vehicle", one.type, other.type, (0.5, "the same kind of vehicle"), (-0.5, "another kind of vehicle")
        )
    if one.make != other.make:
        return Finding("vehicle", -1.0, "another make of vehicle")
    same_model = one.model is not None and other.model is not None and folded(one.model) == folded(other.model)
    same_colour = one.colour is not None and one.colour == other.colour
    bits = 1.0 + 2.0 * same_model + 1.5 * same_colour
    return Finding("vehicle", bits, "a vehicle that looks alike" if bits > 1.0 else "the same make of vehicle")


def plate(one: VehicleDescribed, other: VehicleDescribed) -> Finding | None:
    """What is shown of their plates."""
    if one.plate is None or other.plate is None:
        return None
    found = compare_plates(one.plate, other.plate)
    return None if found is None else Finding("plate", *found)


ALERT_FIELDS: Final[tuple[Callable[[AlertBody, AlertBody], Finding | None], ...]] = (
    period,
    region,
    direction,
    place,
    contact,
    incidents,
    methods,
    ruses,
    weapons,
    people,
    identifiers,
)
PERSON_FIELDS: Final[tuple[Callable[[PersonDescribed, PersonDescribed], Finding | None], ...]] = (
    age,
    height,
    build,
    eyes,
    facial_hair,
    hair,
    sex,
    skin,
    accents,
    names_used,
    marks,
    officer,
    clothing,
)
VEHICLE_FIELDS: Final[tuple[Callable[[VehicleDescribed, VehicleDescribed], Finding | None], ...]] = (vehicle, plate)
