"""The twelve questions of *danger now*, coded: what was answered becomes facts, permissions, scheme data and choices.

No answer is words of somebody's own, so no private word can be in it. Pure: `today` is the local day.
Source: PEOPLE 1.2.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, Literal

import msgspec

from node.core.compose import Choices
from node.core.danger_now import LISTED_KINDS
from node.core.permissions import Answer, Switch
from node.core.report import Age, Facts, is_locked_by_age, told_by_person_harmed
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData

Warn = Literal["nobody", "own", "others", "both"]
When = Literal["today", "last_night", "three_days", "earlier"]
Course = Literal["danger_now", "second_person", "lead", "coordinator", "kept"]

_WORDING: Final = "danger-now/{language}/1"
"""The version of the permission wording on the first screen: a change of its words is another version."""

AGES: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "to_19": (16, 19),
    "20s": (20, 29),
    "30s": (30, 39),
    "40s": (40, 49),
    "50s": (50, 59),
    "from_60": (60, None),
}
"""Years, as seen."""

HEIGHTS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "to_5ft2": (None, 159),
    "5ft3_to_5ft5": (160, 166),
    "5ft6_to_5ft8": (167, 174),
    "5ft9_to_5ft11": (175, 182),
    "6ft_to_6ft2": (183, 189),
    "from_6ft3": (190, None),
}
"""Centimetres: bands of three inches. Source: DOMAIN §5."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The answers. The first question (is anyone in danger now) is not among them: nothing of it is kept.

    Attributes:
        age: 2, of the person it happened to.
        told_by: 3.
        read_in: the language in which the permission wording was read to them.
        warn: 4.
        police: 5, without a name.
        what: 6, incident types.
        when: 7.
        region: 8, police-force area.
        people: 9, how many; None: not known.
        person: 10, in one block; None: nothing of it is known.
        vehicle: 11, or None.
        identifier: 12: a phone number, a plate or a username, or None.
        told_at: from a paper form: when it was told, aware UTC; None: now, as it is typed in.
        heard_by: from a paper form: who wrote it, where that is not who types it in.
    """

    age: Age
    told_by: str
    warn: Warn
    police: Answer
    what: tuple[str, ...]
    when: When
    region: str
    people: int | None
    person: PersonData | None
    vehicle: VehicleData | None
    identifier: IdentifierData | None
    read_in: str = "en"
    told_at: datetime | None = None
    heard_by: str = ""


def wording_in(language: str) -> str:
    """The version of the permission wording as it is read in a language."""
    return _WORDING.format(language=language)


def facts_of(told: Told) -> Facts:
    """Who told it, and the age; the event was just now, so both ages are the same."""
    return Facts(told_by=told.told_by, age_now=told.age, age_at_event=told.age)


def answers_of(told: Told) -> dict[Switch, Answer]:
    """The switches. Where permission does not apply (under 18, not sure, told by another) only the record is yes."""
    facts = facts_of(told)
    if is_locked_by_age(facts) or not told_by_person_harmed(facts):
        return {"record": "yes"}
    return {
        "record": "yes",
        "warn_own": "yes" if told.warn in ("own", "both") else "no",
        "warn_others": "yes" if told.warn in ("others", "both") else "no",
        "police_anonymous": told.police,
    }


def scheme_data_of(told: Told, today: date) -> SchemeData:
    """What happened, counted from the day on which it was told. *Last night* runs into today."""
    first, last = {
        "today": (today, today),
        "last_night": (today - timedelta(days=1), today),
        "three_days": (today - timedelta(days=2), today),
        "earlier": (today - timedelta(days=6), today - timedelta(days=3)),
    }[told.when]
    return SchemeData(
        incident_types=told.what,
        date_min=first,
        date_max=last,
        number_of_people=told.people,
        persons=() if told.person is None else (told.person,),
        vehicles=() if told.vehicle is None else (told.vehicle,),
        identifiers=() if told.identifier is None else (told.identifier,),
    )


def course_of(told: Told, *, in_time: bool) -> Course:
    """What becomes of it: `danger_now` at once; a draft for a `second_person`; with the safeguarding `lead`; for the
    `coordinator`'s eyes (told by somebody else); or only `kept`.

    Args:
        in_time: it happened within 72 hours of now, also where it was told some time ago.
    """
    facts = facts_of(told)
    if is_locked_by_age(facts):
        return "lead"
    if not told_by_person_harmed(facts):
        return "coordinator"
    if told.warn == "nobody":
        return "kept"
    grave = not LISTED_KINDS.isdisjoint(told.what)
    return "danger_now" if grave and in_time else "second_person"


def choices_of(told: Told, course: Course) -> Choices:
    """What the warning says beyond the data: everything derived."""
    return Choices(region=told.region, danger_now=course == "danger_now")
