"""A person described, in one line: what is known, as seen, and nothing of what is not."""

from collections.abc import Iterable

from protocol.body_fields import Accent, Garment, Mark, PersonDescribed, Range
from protocol.region_names import region_name
from protocol.wording.catalogue import Catalogue
from protocol.wording.lists import said


def person_in_words(person: PersonDescribed, words: Catalogue, *, number: int | None) -> str:
    """One of the people described; `""` if nothing is known of them.

    Args:
        person: of a body.
        words: the language.
        number: which of several, or None: they are the only one.
    """
    parts = "; ".join(_parts(person, words))
    if not parts:
        return ""
    if number is None:
        return words.say("The person described: {parts}.", parts=parts)
    return words.say("Person described, number {number}: {parts}.", number=number, parts=parts)


def _parts(person: PersonDescribed, words: Catalogue) -> Iterable[str]:
    yield from _seen_at_once(person, words)
    yield from _head(person, words)
    for mark in person.marks:
        yield _mark(mark, words)
    if person.clothing:
        yield words.say("wearing: {clothes}", clothes=words.listed([_garment(one, words) for one in person.clothing]))
    if person.names_used:
        yield words.say("uses the name: {names}", names=words.listed(person.names_used))
    if person.officer:
        yield words.say("a police officer")


def _seen_at_once(person: PersonDescribed, words: Catalogue) -> Iterable[str]:
    if person.sex:
        yield said(words, "sex", person.sex)
    if person.age:
        yield _age(person.age, words)
    if person.skin and person.skin != "ic9":
        yield said(words, "skin", person.skin)
    if person.height_cm:
        yield _height(person.height_cm, words)
    if person.build:
        yield words.say("{build} build", build=said(words, "build", person.build))


def _head(person: PersonDescribed, words: Catalogue) -> Iterable[str]:
    hair = [said(words, "hair colour", code) for code in person.hair_colours]
    hair += [said(words, "hair style", code) for code in person.hair_styles]
    if hair:
        yield words.say("hair: {hair}", hair=words.listed(hair))
    if person.facial_hair:
        yield words.say("facial hair: {facial_hair}", facial_hair=said(words, "facial hair", person.facial_hair))
    if person.eyes:
        yield words.say("{eyes} eyes", eyes=said(words, "eyes", person.eyes))
    if person.accents:
        yield words.say("accent: {accents}", accents=words.listed([_accent(one, words) for one in person.accents]))


def _age(age: Range, words: Catalogue) -> str:
    low, high = age.min, age.max
    if low is None or high is None:
        if high is None:
            return words.say("aged {low} or over", low=low)
        return words.say("aged {high} or under", high=high)
    if low == high:
        return words.say("aged {low}", low=low)
    return _part_of_decade(low, high, words) or words.say("aged {low} to {high}", low=low, high=high)


def _part_of_decade(low: int, high: int, words: Catalogue) -> str:
    """`in their late 40s`, where that is what people would say of the range; else `""`."""
    decade, begins, ends = low - low % 10, low % 10, high % 10
    if decade != high - ends or decade < 20:
        return ""
    values = {"decade": decade, "low": low, "high": high}
    if (begins, ends) == (0, 9):
        return words.say("in their {decade}s", **values)
    if begins == 0 and ends in (2, 3, 4):
        return words.say("in their early {decade}s", **values)
    if begins in (3, 4) and ends in (6, 7):
        return words.say("in their mid {decade}s", **values)
    if begins in (5, 6, 7) and ends == 9:
        return words.say("in their late {decade}s", **values)
    return ""


def _height(height: Range, words: Catalogue) -> str:
    low, high = height.min, height.max
    if low is None or high is None:
        if high is None:
            assert low is not None
            return words.say("at least {feet} tall ({low} cm)", feet=_feet(_inches_from(low), words), low=low)
        return words.say("at most {feet} tall ({high} cm)", feet=_feet(_inches_to(high), words), high=high)
    first, last = _inches_from(low), _inches_to(high)
    if first >= last:
        feet = _feet(round((low + high) / 5.08), words)
        if low == high:
            return words.say("about {feet} tall ({low} cm)", feet=feet, low=low)
        return words.say("about {feet} tall ({low} to {high} cm)", feet=feet, low=low, high=high)
    return words.say(
        "{feet_low} to {feet_high} tall ({low} to {high} cm)",
        feet_low=_feet(first, words),
        feet_high=_feet(last, words),
        low=low,
        high=high,
    )


def _inches_from(cm: int) -> int:
    """The least whole inches that are not below `cm`, which was itself rounded."""
    return -((50 - 100 * cm) // 254)


def _inches_to(cm: int) -> int:
    """The most whole inches that are not above `cm`, which was itself rounded."""
    return (100 * cm + 50) // 254


def _feet(inches: int, words: Catalogue) -> str:
    feet, rest = divmod(inches, 12)
    return words.say("{feet}ft {inches}", feet=feet, inches=rest) if rest else words.say("{feet}ft", feet=feet)


def _accent(accent: Accent, words: Catalogue) -> str:
    if accent.accent == "local" and accent.region:
        return words.say("local to {area}", area=region_name(accent.region))
    return said(words, "accent", accent.accent)


def _mark(mark: Mark, words: Catalogue) -> str:
    what = said(words, "mark", mark.mark)
    if mark.motif:
        what = words.say("{mark} of {motif}", mark=what, motif=said(words, "motif", mark.motif))
    if not mark.part:
        return what
    part = said(words, "body part", mark.part)
    if mark.side is None:
        return words.say("{mark} on the {part}", mark=what, part=part)
    side = said(words, "side", mark.side)
    if mark.side == "both":
        return words.say("{mark} on the {part}, {side}", mark=what, part=part, side=side)
    return words.say("{mark} on the {side} {part}", mark=what, part=part, side=side)


def _garment(garment: Garment, words: Catalogue) -> str:
    what = said(words, "garment", garment.garment)
    if garment.colour is None:
        return what
    return words.say("{colour} {garment}", colour=said(words, "colour", garment.colour), garment=what)
