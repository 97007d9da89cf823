"""An alert body in English lines, for people. From codes only, so another language is another set of tables.

Pure. A blank is left out: it is never said to be *no* (promise 9). Words: PEOPLE §4.
"""

from collections.abc import Iterable
from typing import Final

from node.core import wording_codes as codes
from node.core.wording_codes import in_words
from protocol.body_fields import (
    AlertBody,
    IdentifierShown,
    Mark,
    PersonDescribed,
    Range,
    VehicleDescribed,
)

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_NAMELESS: Final = "No details of the person who reported are held here."


def render_alert(body: AlertBody, *, status: str = "actual") -> tuple[str, ...]:
    """The body in lines, without its origin, dates in force or digest: those are not in it."""
    lines = [codes.STATUSES.get(status, ""), _headline(body), _where_and_when(body), _how(body)]
    lines += [_person(person, alone=len(body.persons) == 1) for person in body.persons]
    lines.append(f"How many people took part: {body.people}." if body.people else "")
    lines += [_vehicle(vehicle) for vehicle in body.vehicles]
    lines += [_identifier(identifier) for identifier in body.identifiers]
    lines.append(f"The project that warns adds: {body.text}" if body.text else "")
    lines.append("Concerns: " + _listed(in_words({}, code) for code in body.concerns) + "." if body.concerns else "")
    lines += [in_words(codes.ADVICE, code) for code in body.advice]
    lines += [_source(body), _police(body), _NAMELESS]
    return tuple(line for line in lines if line)


def _headline(body: AlertBody) -> str:
    what = _listed(in_words(codes.INCIDENTS, code) for code in body.incidents)
    urgency = in_words(codes.URGENCIES, body.urgency)
    start = f"WARNING - {urgency}: " if urgency else "WARNING: "
    return f"{start}{what} ({in_words(codes.SEVERITIES, body.severity)})."


def _where_and_when(body: AlertBody) -> str:
    place = f"{body.town}, {_region(body.region)}" if body.town else _region(body.region)
    first, last = _month(body.period.from_), _month(body.period.to)
    when = first if first == last else f"between {first} and {last}"
    if body.period.recent:
        when = f"within the last seven days ({when})"
    line = f"{place}, {when}."
    if body.place:
        line += f" It happened {in_words(codes.PLACES, body.place)}."
    if body.direction:
        line += " May be going to: " + _listed(_region(region) for region in body.direction) + "."
    return line


def _how(body: AlertBody) -> str:
    parts = []
    if body.contact:
        parts.append(f"Contact was made {in_words(codes.CONTACTS, body.contact)}.")
    if body.methods:
        parts.append("How: " + _listed(in_words(codes.METHODS, code) for code in body.methods) + ".")
    if body.ruses:
        parts.append("Said or seemed to be: " + _listed(in_words({}, code) for code in body.ruses) + ".")
    if body.weapons:
        parts.append("Weapon: " + _listed(in_words(codes.WEAPONS, code) for code in body.weapons) + ".")
    return " ".join(parts)


def _person(person: PersonDescribed, *, alone: bool) -> str:
    said = [
        in_words({}, person.sex) if person.sex else "",
        _span("aged", person.age, "") if person.age else "",
        in_words(codes.SKIN, person.skin) if person.skin else "",
        _span("", person.height_cm, " cm tall") if person.height_cm else "",
        f"{person.build} build" if person.build else "",
        _hair(person),
        f"facial hair: {in_words({}, person.facial_hair)}" if person.facial_hair else "",
        f"{in_words({}, person.eyes)} eyes" if person.eyes else "",
        "accent: " + _listed(_accent(a.accent, a.region) for a in person.accents) if person.accents else "",
        *(_mark(mark) for mark in person.marks),
        "wearing " + _listed(" ".join(filter(None, (g.colour, in_words({}, g.garment)))) for g in person.clothing)
        if person.clothing
        else "",
        "uses the name " + _listed(person.names_used) if person.names_used else "",
        "an officer" if person.officer else "",
    ]
    who = "The person described" if alone else "A person described"
    return f"{who}: " + "; ".join(part for part in said if part) + "."


def _hair(person: PersonDescribed) -> str:
    words = [in_words({}, code) for code in (*person.hair_colours, *person.hair_styles)]
    return f"hair: {', '.join(words)}" if words else ""


def _accent(code: str, region: str | None) -> str:
    if code == "local" and region:
        return f"local to {_region(region)}"
    words = in_words({}, code)
    return words if code in ("local", "other", "well_spoken") else words[:1].upper() + words[1:]


def _mark(mark: Mark) -> str:
    words = in_words({}, mark.mark)
    if mark.motif:
        words += f" ({in_words({}, mark.motif)})"
    if mark.part:
        words += " on the " + " ".join(filter(None, (mark.side, in_words({}, mark.part))))
    return words


def _vehicle(vehicle: VehicleDescribed) -> str:
    make = (codes.MAKES.get(vehicle.make) or in_words({}, vehicle.make).title()) if vehicle.make else None
    kind = in_words({}, vehicle.type) if vehicle.type else None
    words = " ".join(filter(None, (vehicle.shade, vehicle.colour, make, vehicle.model, kind)))
    plate = f"part of the plate: {vehicle.plate}" if vehicle.plate else ""
    return "Vehicle: " + ", ".join(filter(None, (words, plate))) + "."


def _identifier(identifier: IdentifierShown) -> str:
    kind = in_words(codes.IDENTIFIERS, identifier.kind)
    if identifier.tail:
        return f"The warning project holds {kind} that ends in {identifier.tail}."
    return f"The warning project holds {kind}: ask it to compare."


def _source(body: AlertBody) -> str:
    teller = in_words(codes.TOLD_BY, body.told_by)
    who = f"Told by {teller}" if body.reporters == "1" else f"Two or more reported it; told by {teller}"
    return f"{in_words(codes.SOURCES, body.source)} {who} ({in_words(codes.CERTAINTIES, body.certainty)})."


def _police(body: AlertBody) -> str:
    return "Police may read this warning." if body.police == "yes" else "Police may not read this warning."


def _span(before: str, span: Range, after: str) -> str:
    low, high = span.min, span.max
    if low is not None and high is not None:
        figures = f"{low}" if low == high else f"{low} to {high}"
    else:
        figures = f"{low} or more" if low is not None else f"up to {high}"
    return f"{before} {figures}{after}".strip()


def _month(text: str) -> str:
    return f"{_MONTHS[int(text[5:]) - 1]} {text[:4]}"


def _region(code: str) -> str:
    return code.replace("-", " ").title()


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
