"""The sections of a new report: each reads its own fields; together they make a report. What is not asked is blank."""

import datetime as dt
from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

import msgspec

from node.actions.prepare_report import Prepared
from node.core.asking import AskingWords
from node.core.papers import REFERENCE
from node.core.permissions import SWITCHES, Answer, Condition, Switch
from node.core.report import Age, ContactRules, Facts, HateFlag, ReporterPart, Words
from node.core.scheme_data import IdentifierData, SchemeData
from node.store.permissions import Given
from node.web import options
from node.web.described_forms import read_identifier, read_person, read_vehicle
from node.wording.asking import FIRST, asking
from protocol.house.web.forms import Form

LOCAL: Final = ZoneInfo("Europe/London")
SECTIONS: Final = (
    ("teller", "Who tells it, and their age"),
    ("permission", "Permission"),
    ("account", "What they say, in their words"),
    ("event", "What happened"),
    ("person1", "The person described"),
    ("person2", "A second person described"),
    ("person3", "A third person described"),
    ("things", "Vehicles, numbers and usernames"),
    ("reporter", "How to reach them, and what never to say"),
    ("support", "Support notes"),
)
NEEDED: Final = frozenset({"teller", "permission", "event"})
"""Without these there is no report."""

PERSONS: Final = ("person1", "person2", "person3")
IDENTIFIERS: Final = ("1", "2", "3")
TELLERS: Final = (
    ("person_harmed", "The person it happened to"),
    ("witness", "Somebody who saw it"),
    ("worker_or_boss", "Somebody they work with or for"),
    ("family", "Family"),
    ("other_agency", "Another agency"),
    ("staff", "One of us"),
    ("police", "Police"),
    ("public_source", "A public source"),
    ("other_scheme", "Another scheme"),
)
AGES: Final = (("adult", "18 or over"), ("under_18", "Under 18"), ("not_sure", "Not sure"), ("not_asked", "Not asked"))

Sections = Mapping[str, Form]


class Teller(msgspec.Struct, frozen=True):
    """Who tells it."""

    told_by: str
    age_at_event: Age
    age_now: Age
    told_at: datetime | None


def read_teller(form: Form, now: datetime) -> Teller:
    """Who tells it, the ages, and when it was told."""
    codes = options.codes_of(AGES)
    told_by = form.one_of("told_by", options.codes_of(TELLERS), missing="Say who tells it")
    then = form.one_of("age_at_event", codes, missing="Say how old they were then")
    today = form.one_of("age_now", codes, missing="Say how old they are now")
    day = form.day("told_on", latest=now.astimezone(LOCAL).date())
    told_at = None if day is None else min(now, datetime.combine(day, dt.time(12), LOCAL))
    return Teller(told_by or "person_harmed", cast(Age, then or "not_asked"), cast(Age, today or "not_asked"), told_at)


class Known(msgspec.Struct, frozen=True):
    """What answers are held against, as it is at this node now.

    Attributes:
        regions: codes of the police areas.
        colleagues: who could have been there as a second worker.
        told_of: references of warnings that our own people could be told of.
    """

    regions: frozenset[str]
    colleagues: tuple[str, ...] = ()
    told_of: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """Answers to the switches, and how they were given."""

    answers: dict[Switch, Answer]
    how: str
    second: str
    wording: str
    wanted_now: bool
    waived_with: str
    conditions: dict[Switch, tuple[Condition, ...]]


def read_permission(form: Form, known: Known) -> Asked:
    """The six switches. A condition stands on every yes to warning others."""
    answers: dict[Switch, Answer] = {}
    for switch in SWITCHES:
        found = form.one_of(switch, options.codes_of(options.YES_NO), missing="Say yes, no or not asked")
        answers[switch] = cast(Answer, found or "not_asked")
    how = form.one_of("how", options.codes_of(options.HOW_GIVEN), missing="Say how they answered")
    waived_with = form.one_of("waived_with", known.colleagues)
    found_conditions = read_conditions(form, known.regions)
    switches: tuple[Switch, ...] = ("warn_own", "warn_others", "police_anonymous", "police_full")
    conditions = {switch: found_conditions for switch in switches if found_conditions and answers[switch] == "yes"}
    return Asked(
        answers,
        how or "in_person",
        form.line("witness"),
        words_in(form.value("asked_in")).version,
        form.value("wanted_now") == "yes",
        waived_with or "",
        conditions,
    )


def words_in(language: str) -> AskingWords:
    """The words in which permission is asked in that language; English where there are none."""
    known = asking()
    return known.get(language, known[FIRST])


def read_conditions(form: Form, regions: frozenset[str]) -> tuple[Condition, ...]:
    """What stands on a yes: a region kept out, no town, ask first, or anything else in their words."""
    found = [Condition(kind="not_region", region=code) for code in form.several_of("not_region", regions)]
    if form.value("no_town") == "yes":
        found.append(Condition(kind="no_town"))
    if form.value("ask_first") == "yes":
        found.append(Condition(kind="ask_first"))
    if other := form.line("condition", longest=400):
        found.append(Condition(kind="other", words=other))
    return tuple(found)


class Account(msgspec.Struct, frozen=True):
    """Their words."""

    text: str
    language: str
    translation: str
    translator: str


def read_account(form: Form) -> Account:
    """The account, its language, and a translation beside it."""
    translation = form.text("translation")
    translator = form.line("translator", missing="Say who translated it" if translation else None)
    return Account(
        form.text("account"),
        form.one_of("language", options.codes_of(options.LANGUAGES)) or "en",
        translation,
        translator,
    )


class SeenBefore(msgspec.Struct, frozen=True):
    """Whether they had seen or heard a warning before they described anybody; None: not asked. Source: PEOPLE 4.4."""

    seen: bool | None
    which: str
    listed: tuple[str, ...]


def read_seen_warning(form: Form) -> SeenBefore:
    """Which one in words, which of those that the form lists, by reference, or both."""
    seen = form.one_of("seen_warning", {"yes", "no"})
    listed = tuple(dict.fromkeys(one for one in form.values("seen_listed") if REFERENCE.fullmatch(one)))
    missing = "Say which one, and when" if seen == "yes" and not listed else None
    which = form.line("seen_which", missing=missing)
    if listed and seen != "yes":
        form.refuse("seen_warning", "You ticked a warning that they had seen or heard: then this is a yes")
    return SeenBefore(None if seen is None else seen == "yes", which, listed)


def read_event(form: Form, now: datetime) -> SchemeData:
    """What happened, when and how; the place in words stays in the record."""
    today = now.astimezone(LOCAL).date()
    first = form.day("from", latest=today)
    last = form.day("to", latest=today)
    if first is not None and last is not None and last < first:
        form.refuse("to", "The last day is before the first")
    return SchemeData(
        incident_types=form.several_of(
            "incidents",
            options.codes_of(options.RECORDED_INCIDENTS),
            missing="Tick what happened; there is also something else",
        ),
        date_min=first or last,
        date_max=last or first,
        area=form.line("area", longest=60) or None,
        place_kind=form.one_of("place", options.codes_of(options.PLACES)),
        contact_means=form.several_of("contact", options.codes_of(options.CONTACTS)),
        methods=form.several_of("methods", options.codes_of(options.METHODS)),
        weapons=form.several_of("weapons", options.codes_of(options.WEAPONS)),
        number_of_people=form.number("people", least=1, most=20),
    )


def read_hate(form: Form) -> HateFlag | None:
    """Seen as a hate crime, and of what; None: not said."""
    grounds = form.several_of("hate", options.codes_of(options.HATE_GROUNDS))
    seen_by = form.one_of("hate_seen_by", {"person_harmed", "other"})
    if not grounds:
        return None
    return HateFlag(grounds=grounds, seen_by="other" if seen_by == "other" else "person_harmed")


def read_reporter(form: Form, now: datetime) -> ReporterPart:
    """Who reported, how to reach them, and what never to say. All of it is private."""
    ways = form.several_of("ways", options.codes_of(options.CONTACT_WAYS))
    never = form.value("never") == "yes"
    times, words_not, who_else = (form.line(name, longest=300) for name in ("times", "words_not", "who_else"))
    asked = never or ways or times or words_not or who_else
    return ReporterPart(
        names=form.lines("names"),
        also_known_as=form.lines("also_known_as"),
        legal_names=form.lines("legal_names"),
        numbers=form.lines("numbers"),
        addresses=form.lines("addresses"),
        never_say=form.lines("never_say"),
        ethnicity=form.one_of("ethnicity", options.codes_of(options.ETHNICITIES)),
        contact=ContactRules(
            never=never,
            ways=ways,
            times=times,
            words_not_to_use=words_not,
            who_else_answers=who_else,
            asked_at=now if asked else None,
        ),
    )


def read_identifiers(form: Form) -> tuple[IdentifierData, ...]:
    """Up to three numbers and names."""
    found = (read_identifier(form, number) for number in IDENTIFIERS)
    return tuple(one for one in found if one is not None)


def check_section(name: str, form: Form, now: datetime, known: Known) -> None:
    """Reads a section for what is wrong with it: `form.errors` says so."""
    if name == "teller":
        read_teller(form, now)
    elif name == "permission":
        read_permission(form, known)
    elif name == "account":
        read_account(form)
    elif name == "event":
        read_event(form, now)
        read_hate(form)
    elif name in PERSONS:
        read_person(form)
        read_seen_warning(form)
    elif name == "things":
        read_vehicle(form)
        read_identifiers(form)
    elif name == "reporter":
        read_reporter(form, now)
    else:
        form.text("support")


def prepare(sections: Sections, *, agency: str, by: str, now: datetime, known: Known) -> Prepared:
    """The whole report. Every section was checked before; one that is not there is blank."""
    blank = Form()
    form = {name: sections.get(name, blank) for name, _ in SECTIONS}
    teller, asked = read_teller(form["teller"], now), read_permission(form["permission"], known)
    account, event = read_account(form["account"]), read_event(form["event"], now)
    persons = tuple(person for name in PERSONS if (person := read_person(form[name])) is not None)
    vehicle = read_vehicle(form["things"])
    answers = dict(asked.answers)
    if teller.told_by != "person_harmed" or teller.age_now in ("under_18", "not_sure"):
        answers = {switch: answer for switch, answer in answers.items() if switch == "record" or answer != "yes"}
    before = read_seen_warning(form["person1"])
    facts = Facts(
        told_by=teller.told_by,
        age_at_event=teller.age_at_event,
        age_now=teller.age_now,
        officer=any(person.officer for person in persons),
        coercive=form["event"].value("coercive") == "yes" or "coercive_other" in event.incident_types,
        hate=read_hate(form["event"]),
        seen_warning=before.seen,
        seen_which=before.which,
        seen_listed=before.listed,
        told_of=known.told_of,
    )
    translation = Words(text=account.translation, by=account.translator, at=now) if account.translation else None
    return Prepared(
        agency=agency,
        facts=facts,
        scheme=msgspec.structs.replace(
            event,
            persons=persons,
            vehicles=() if vehicle is None else (vehicle,),
            identifiers=read_identifiers(form["things"]),
        ),
        answers=answers,
        account=account.text,
        language=account.language,
        translation=translation,
        support_notes=form["support"].text("support"),
        reporter=read_reporter(form["reporter"], now),
        given=Given(
            wording=asked.wording,
            witness=asked.second or by,
            how=asked.how,
            wanted_now=asked.wanted_now,
            waived_with=asked.waived_with,
        ),
        conditions=asked.conditions,
        told_at=teller.told_at,
    )
