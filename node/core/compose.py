"""Builds an alert body fresh, by allow-list, from scheme data and a reviewer's choices (promise 2).

Nothing is copied and masked: each field of the body is written here or not at all. There is no way from the account,
the support notes, the reporter's part or raw cells into this module. `text` and `concerns` are a reviewer's choice, and
the leak check reads them before anybody can let them out. Pure: `day`
and `salt` come in. Source: spec/bodies.md §2.
"""

import re
from datetime import date
from typing import Final, Literal

import msgspec

from node.core import assessment
from node.core.arrival import hard_pattern
from node.core.audience import MAX_DIRECTIONS, AudienceChoice
from node.core.described import (
    described_identifiers,
    described_person,
    described_vehicles,
    known_code,
    known_codes,
)
from node.core.leak.small_cells import GROUPS
from node.core.report import Facts
from node.core.scheme_data import TIME_WASTER, SchemeData
from protocol import vocabulary
from protocol.body_fields import MAX_TEXT, AlertBody, Period, PersonDescribed
from protocol.house.core.errors import Refused

OMITTABLE: Final = frozenset(
    {
        "place",
        "contact",
        "methods",
        "weapons",
        "people",
        "persons",
        "vehicles",
        "identifiers",
        "names_used",
        "accents",
        "marks",
        "clothing",
        "model",
        "plate",
        "tails",
    }
)
"""What a reviewer may leave out."""

_MAX_PERSONS: Final = 4
_MAX_LIST: Final = 6
_TOWN: Final = re.compile(r"[A-Z][A-Za-z' -]{0,38}[a-z]")
_MAX_TOWN_WORDS: Final = 3
"""Stoke on Trent, Chester-le-Street: with more, it is a sentence."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer decides at release. None means: as derived.

    Attributes:
        region: police-force area of the event.
        direction: regions that the person described may be going to.
        town: named only because the reviewer says so here.
        names: of the names used, those to show. None: those of one word, since two look like a real name.
        omit: fields to leave out, of `OMITTABLE`.
        police: for a warning without a reporter: may police read it.
        reporters: `2+` where a person knows that two told it independently.
        lease_days: 3, 30, 90 or 365.
        danger_now: the fast path.
        text: at most 160 characters about the person described, in the reviewer's words; not for danger now.
        concerns: whom it concerns, of `small_cells.GROUPS`; a person's hint, never derived from who reported.
    """

    region: str
    direction: tuple[str, ...] = ()
    town: str | None = None
    names: tuple[str, ...] | None = None
    omit: tuple[str, ...] = ()
    severity: str | None = None
    urgency: str | None = None
    certainty: str | None = None
    advice: tuple[str, ...] | None = None
    ruses: tuple[str, ...] = ()
    reporters: Literal["1", "2+"] = "1"
    same_event_as: tuple[str, ...] = ()
    police: bool = False
    lease_days: int | None = None
    danger_now: bool = False
    audience: AudienceChoice = AudienceChoice()
    status: Literal["actual", "exercise", "test"] = "actual"
    text: str | None = None
    concerns: tuple[str, ...] = ()


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What the record and its permissions say around the scheme data.

    Attributes:
        police: switch 5 is on (for a warning without a reporter: the reviewer's word).
        town_allowed: no condition forbids naming a town.
        own_people: for them alone: what no other project is warned of may be in it, by no name.
        day: of the statement, UTC.
        taken_on: when the report was taken: the latest that it can have happened.
        salt: 64 hex digits.
    """

    facts: Facts
    police: bool
    town_allowed: bool
    own_people: bool
    day: date
    taken_on: date
    salt: str


def compose_body(data: SchemeData, choices: Choices, ground: Ground) -> AlertBody:
    """The body of an alert or update.

    Raises:
        Refused: `refused.nothing_to_warn_of` (no incident type that may be warned about), `refused.describes_nothing`,
            `refused.town_forbidden`, `refused.omit`, `refused.choice` (a choice outside its list), `refused.direction`.
    """
    _require_choices(data, choices, ground)
    incidents = known_codes(data.incident_types, vocabulary.INCIDENT_TYPES)
    if not incidents and ground.own_people and TIME_WASTER in data.incident_types:
        incidents = ("other",)
    if not incidents:
        raise Refused("nothing_to_warn_of", "nothing in this report is of a kind that other projects are warned about")
    shown = OMITTABLE.difference(choices.omit, ("names_used",) if choices.danger_now else ())
    severity = choices.severity or assessment.derive_severity(data)
    persons = tuple(
        described_person(person, region=choices.region, names=choices.names, shown=shown)
        for person in data.persons[:_MAX_PERSONS]
    )
    urgency = choices.urgency or assessment.derive_urgency(data, ground.day, danger_now=choices.danger_now)
    officer = ground.facts.officer or any(person.officer for person in data.persons)
    body = AlertBody(
        type="alert.v1",
        salt=ground.salt,
        police="yes" if ground.police and not officer else "no",
        source=ground.facts.source,
        told_by=ground.facts.told_by,
        incidents=incidents,
        severity=severity,
        urgency=urgency,
        certainty=choices.certainty or assessment.derive_certainty(ground.facts.told_by, choices.reporters),
        period=_period(data, ground, urgent=urgency in ("immediate", "expected")),
        region=choices.region,
        town=choices.town,
        direction=tuple(sorted(set(choices.direction))),
        place=known_code(data.place_kind, vocabulary.PLACE_KINDS) if "place" in shown else None,
        contact=_contact(data) if "contact" in shown else None,
        methods=known_codes(data.methods, vocabulary.METHODS) if "methods" in shown else (),
        ruses=known_codes(choices.ruses, vocabulary.RUSES),
        weapons=known_codes(data.weapons, vocabulary.WEAPONS) if "weapons" in shown else (),
        people=_people(data.number_of_people) if "people" in shown else None,
        persons=tuple(p for p in persons if p != PersonDescribed()) if "persons" in shown else (),
        vehicles=described_vehicles(data.vehicles, shown) if "vehicles" in shown else (),
        identifiers=described_identifiers(data.identifiers, shown) if "identifiers" in shown else (),
        reporters=choices.reporters,
        same_event_as=tuple(sorted(set(choices.same_event_as))),
        advice=assessment.derive_advice(data, severity)
        if choices.advice is None
        else tuple(sorted(set(choices.advice))),
        text=choices.text,
        concerns=tuple(sorted(set(choices.concerns))),
    )
    if not (body.persons or body.vehicles or body.identifiers or body.methods):
        raise Refused("describes_nothing", "a warning that describes nobody and nothing helps nobody")
    return body


def _require_choices(data: SchemeData, choices: Choices, ground: Ground) -> None:
    if not OMITTABLE.issuperset(choices.omit):
        raise Refused("omit", "what may be left out: " + ", ".join(sorted(OMITTABLE)))
    if choices.town is not None:
        _require_town(choices.town, ground)
    if len(set(choices.direction)) > MAX_DIRECTIONS:
        raise Refused("direction", "at most six directions")
    if choices.danger_now and (choices.town is not None or choices.names):
        raise Refused("danger_now_coarse", "danger now names no town and no name")
    _require_words(choices)
    known = {name for person in data.persons for name in person.names_used}
    if not known.issuperset(choices.names or ()):
        raise Refused("choice", "names: only those that the report holds as used by the person described")
    lists = (
        ("severity", choices.severity, vocabulary.SEVERITIES),
        ("urgency", choices.urgency, vocabulary.URGENCIES),
        ("certainty", choices.certainty, vocabulary.CERTAINTIES),
    )
    for field, chosen, allowed in lists:
        if chosen is not None and chosen not in allowed:
            raise Refused("choice", f"{field} is one of: " + ", ".join(sorted(allowed)))
    if len(choices.advice or ()) > _MAX_LIST or not vocabulary.ADVICE_CODES.issuperset(choices.advice or ()):
        raise Refused("choice", "advice: at most six of " + ", ".join(sorted(vocabulary.ADVICE_CODES)))
    if choices.lease_days is not None and choices.lease_days not in assessment.LEASES:
        raise Refused("choice", "in force for 3, 30, 90 or 365 days")


def _require_words(choices: Choices) -> None:
    """The text, and whom it concerns. Both wait for a second look where there was none yet."""
    if choices.danger_now and (choices.text is not None or choices.concerns):
        raise Refused("danger_now_coded", "danger now has no words of its own and names no group")
    text = choices.text
    if text is not None and (not 0 < len(text) <= MAX_TEXT or not text.isprintable() or text != text.strip()):
        raise Refused("text", f"text: one line of at most {MAX_TEXT} characters")
    if not GROUPS.issuperset(choices.concerns) or len(choices.concerns) > _MAX_LIST:
        raise Refused("choice", "concerns: at most six of " + ", ".join(sorted(GROUPS)))


def _require_town(town: str, ground: Ground) -> None:
    """A receiver would hide what looks like a number or an address: it does not leave in the first place."""
    if not ground.town_allowed:
        raise Refused("town_forbidden", "the permission says: no town")
    if not _TOWN.fullmatch(town) or len(re.split(r"[ -]+", town)) > _MAX_TOWN_WORDS:
        raise Refused("choice", "town: a name of at most three words, of letters, that begins with a capital")
    if hard_pattern(town) is not None:
        raise Refused("choice", "town: the name of a town only, no address and no number")


def _period(data: SchemeData, ground: Ground, *, urgent: bool) -> Period:
    """Months only; open ends close at the other end, or at the day on which the report was taken."""
    last = data.date_max or data.date_min or ground.taken_on
    first = data.date_min or last
    if first > last:
        first, last = last, first
    recent: Literal[True] | None = True if urgent and assessment.is_recent(data, ground.day) else None
    return Period(from_=f"{first:%Y-%m}", to=f"{last:%Y-%m}", recent=recent)


def _contact(data: SchemeData) -> str | None:
    """The first that the list knows: a body has room for one."""
    return next((means for means in data.contact_means if means in vocabulary.CONTACT_MEANS), None)


def _people(number: int | None) -> int | None:
    return None if number is None or number < 1 else min(number, 20)
