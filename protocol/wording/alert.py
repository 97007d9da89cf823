"""An alert body in lines that read well aloud, in the language of a catalogue. From codes only.

Pure. Each sentence is whole, with named places, so that a language may order it as it likes; nothing is said by a
*he* or *she*. A blank is left out: it is never said to be *no* (promise 9). Words: PEOPLE §4.
"""

from collections.abc import Iterable
from datetime import date

from protocol.body_fields import AlertBody, IdentifierShown
from protocol.region_names import region_name
from protocol.wording.catalogue import ENGLISH, Catalogue
from protocol.wording.lists import LISTS, said
from protocol.wording.person import person_in_words
from protocol.wording.vehicle import vehicle_in_words


def render_alert(body: AlertBody, *, words: Catalogue = ENGLISH, status: str = "actual") -> tuple[str, ...]:
    """The body in lines, without its origin, dates in force or digest: those are not in it.

    Args:
        body: of an alert or update.
        words: the language.
        status: of its statement: what is not `actual` is said to be practice first of all.
    """
    lines = [
        *_what(body, words, status),
        _severity(body, words),
        *_described(body, words),
        _how_many(body, words),
        _concerns(body, words),
        *_advice(body, words),
        _told(body, words),
        words.say("Police may read this warning.")
        if body.police == "yes"
        else words.say("Police may not read this warning."),
        words.say("This warning does not say who reported it."),
    ]
    return tuple(line for line in lines if line)


def brief_alert(
    body: AlertBody, *, words: Catalogue = ENGLISH, status: str = "actual", advised: bool = True
) -> tuple[str, ...]:
    """The same for a sheet that holds many: what, where, who and what to do; where it comes from is left out.

    Args:
        advised: with what to do.
    """
    advice = " ".join(_advice(body, words)) if advised else ""
    lines = [*_what(body, words, status), *_described(body, words), advice]
    return tuple(line for line in lines if line)


def _what(body: AlertBody, words: Catalogue, status: str) -> Iterable[str]:
    if status != "actual":
        yield said(words, "status", status)
    what = words.listed([said(words, "incident", code) for code in body.incidents])
    yield said(words, "urgency", body.urgency).format(what=what)
    yield " ".join(filter(None, (_where(body, words), _when(body, words))))
    yield " ".join(_how(body, words))


def _where(body: AlertBody, words: Catalogue) -> str:
    region = region_name(body.region)
    if body.town:
        where = words.say("Where: {town}, {area}.", town=body.town, area=region)
    else:
        where = words.say("Where: {area}.", area=region)
    if body.place:
        where += " " + words.say("It happened {place}.", place=said(words, "place", body.place))
    if body.direction:
        regions = words.listed([region_name(region) for region in body.direction])
        where += " " + words.say("May be going towards: {areas}.", areas=regions)
    return where


def _when(body: AlertBody, words: Catalogue) -> str:
    first, last = (date.fromisoformat(f"{month}-01") for month in (body.period.from_, body.period.to))
    if body.period.recent:
        return words.say("When: in the week before this warning, {month}.", month=words.month(last))
    if first == last:
        return words.say("When: {month}.", month=words.month(first))
    return words.say("When: between {first} and {last}.", first=words.month(first), last=words.month(last))


def _how(body: AlertBody, words: Catalogue) -> Iterable[str]:
    if body.contact:
        yield words.say("Contact was made {contact}.", contact=said(words, "contact", body.contact))
    if body.methods:
        methods = words.listed([said(words, "method", code) for code in body.methods])
        yield words.say("How: {methods}.", methods=methods)
    if body.ruses:
        ruses = words.listed([said(words, "ruse", code) for code in body.ruses])
        yield words.say("Said or seemed to be: {ruses}.", ruses=ruses)
    if body.weapons:
        weapons = words.listed([said(words, "weapon", code) for code in body.weapons])
        yield words.say("Weapon: {weapons}.", weapons=weapons)


def _severity(body: AlertBody, words: Catalogue) -> str:
    return "" if body.severity == "unknown" else said(words, "severity", body.severity)


def _described(body: AlertBody, words: Catalogue) -> Iterable[str]:
    for number, person in enumerate(body.persons, 1):
        yield person_in_words(person, words, number=number if len(body.persons) > 1 else None)
    for vehicle in body.vehicles:
        yield vehicle_in_words(vehicle, words)
    for identifier in body.identifiers:
        yield _identifier(identifier, words)
    if body.text:
        yield words.say("The project that warns adds: {text}", text=body.text)


def _identifier(identifier: IdentifierShown, words: Catalogue) -> str:
    kind = said(words, "identifier", identifier.kind)
    if identifier.tail:
        return words.say("The project that warns holds {kind} that ends in {tail}.", kind=kind, tail=identifier.tail)
    return words.say("The project that warns holds {kind}: ask it to compare.", kind=kind)


def _how_many(body: AlertBody, words: Catalogue) -> str:
    return words.count("One person took part.", "{number} people took part.", body.people) if body.people else ""


def _concerns(body: AlertBody, words: Catalogue) -> str:
    if not body.concerns:
        return ""
    groups = words.listed([said(words, "concerns", code) for code in body.concerns])
    return words.say("It concerns: {groups}.", groups=groups)


def _advice(body: AlertBody, words: Catalogue) -> tuple[str, ...]:
    """In the order of the list of words: what keeps somebody away from the person comes first."""
    return tuple(said(words, "advice", code) for code in LISTS["advice"].english if code in body.advice)


def _told(body: AlertBody, words: Catalogue) -> str:
    parts = [said(words, "source", body.source), said(words, "told by", body.told_by)]
    if body.certainty != "unknown":
        parts.append(said(words, "certainty", body.certainty))
    if body.reporters == "2+" and body.certainty != "observed":
        parts.append(words.say("Two or more people reported it."))
    return " ".join(parts)
