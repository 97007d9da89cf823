"""What may be of one person: field by field, in words; a blank says nothing, and skin never says much."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core import linking
from hub.core.linking import CANDIDATES, Comparison, compare, rarest_first, reasons_of
from hub.core.linking_fields import Finding
from hub.core.plates import compare_plates, may_be_one
from protocol.body_fields import (
    Accent,
    AlertBody,
    Garment,
    IdentifierShown,
    Mark,
    Period,
    PersonDescribed,
    Range,
    VehicleDescribed,
)
from protocol.person_vocabulary import BUILDS, EYE_COLOURS, FACIAL_HAIR, HAIR_COLOURS, SKIN_CODES
from protocol.series_reasons import can_be_reason
from protocol.vectors.plausible_bodies import alert_body
from protocol.vocabulary import SERIES_FIELDS

FIELDS = tuple(PersonDescribed.__struct_fields__)


def body(*, person: PersonDescribed | None = None, vehicle: VehicleDescribed | None = None, **over: Any) -> AlertBody:
    """An alert that says nothing but this, and where and when it was."""
    said: dict[str, Any] = {"direction": (), "persons": () if person is None else (person,)}
    return alert_body(**(said | {"vehicles": () if vehicle is None else (vehicle,)} | over))


def said(one: AlertBody, other: AlertBody) -> dict[str, tuple[str, str]]:
    """Field → (for or against, weight)."""
    return {found.field: (found.speaks, found.weight) for found in compare(one, other).evidence}


def about(field: str, one: AlertBody, other: AlertBody) -> str:
    """What is said of that field, in words."""
    (found,) = (found for found in compare(one, other).evidence if found.field == field)
    return f"{found.speaks}, {found.weight}: {found.words}"


PERSON = PersonDescribed(
    accents=(Accent(accent="romanian"),),
    age=Range(min=40, max=50),
    build="stocky",
    clothing=(Garment(garment="coat", colour="red"),),
    eyes="blue",
    facial_hair="goatee",
    hair_colours=("ginger",),
    hair_styles=("short",),
    height_cm=Range(min=170, max=180),
    marks=(Mark(mark="tattoo", motif="rose", part="neck"),),
    names_used=("Gaz",),
    sex="man",
    skin="ic1",
)
OFFICER = PersonDescribed(**{name: getattr(PERSON, name) for name in FIELDS if name != "officer"}, officer=True)
VEHICLE = VehicleDescribed(plate="*K7L", make="ford", model="Focus", colour="blue", type="car")


def test_all_fields_alike_is_strong_and_says_why() -> None:
    found = compare(body(person=PERSON, vehicle=VEHICLE), body(person=PERSON, vehicle=VEHICLE))
    assert found.strength == "strong" and found.opposes == ()
    assert [one.words for one in found.supports][:3] == [
        "what is shown of the plate is the same",
        "the same kind of mark",
        "a vehicle that looks alike",
    ]


@pytest.mark.parametrize("field", FIELDS)
def test_a_blank_is_not_a_mismatch(field: str) -> None:
    """Whatever one describes: what the other leaves blank speaks neither for nor against."""
    nobody: dict[str, Any] = dict.fromkeys(FIELDS)
    lists = {name for name in FIELDS if isinstance(getattr(OFFICER, name), tuple)}
    nobody |= dict.fromkeys(lists, ())
    alone = PersonDescribed(**(nobody | {field: getattr(OFFICER, field)}))
    other = replaced(OFFICER, **{field: nobody[field]})
    found = said(body(person=alone), body(person=other))
    assert set(found) <= {"period", "region", "incidents"}


@given(st.data())
def test_what_is_blank_changes_nothing(data: st.DataObject) -> None:
    """To leave a field out of one description takes away what that field said, and nothing else."""
    one, other = data.draw(people()), data.draw(people())
    field = data.draw(st.sampled_from(FIELDS))
    blank = replaced(one, **{field: () if isinstance(getattr(one, field), tuple) else None})
    whole, less = said(body(person=one), body(person=other)), said(body(person=blank), body(person=other))
    assert set(less) <= set(whole)
    assert all(whole[name] == less[name] for name in less)


@given(st.data())
def test_skin_as_seen_never_raises_above_weak_and_may_lower(data: st.DataObject) -> None:
    one, other, skin = data.draw(people()), data.draw(people()), data.draw(st.sampled_from(sorted(SKIN_CODES)))
    blind = [replaced(p, skin=None) for p in (one, other)]
    same = [replaced(p, skin=skin) for p in (one, other)]
    rank = {None: 0, "weak": 1, "some": 2, "strong": 3}
    without, alike = (rank[compared(*pair).strength] for pair in (blind, same))
    assert alike == without or (without, alike) == (0, 1)
    differs = compared(replaced(one, skin="ic1"), replaced(other, skin="ic3"))
    assert rank[differs.strength] <= without
    assert all(found.weight == "weak" for found in (*differs.evidence,) if found.field == "skin")


def test_however_much_skin_were_given_to_weigh_it_says_no_more_than_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "PERSON_FIELDS", (lambda _one, _other: Finding("skin", 40.0, "skin described alike"),))
    found = compared(PersonDescribed(skin="ic1"), PersonDescribed(skin="ic1"))
    assert found.strength == "weak"
    assert [one.weight for one in found.evidence if one.field == "skin"] == ["weak"]


def compared(one: PersonDescribed, other: PersonDescribed) -> Comparison:
    return compare(body(person=one), body(person=other))


def replaced(person: PersonDescribed, **over: Any) -> PersonDescribed:
    return PersonDescribed(**({name: getattr(person, name) for name in FIELDS} | over))


@st.composite
def people(draw: st.DrawFn) -> PersonDescribed:
    def perhaps(values: Any) -> Any:
        return draw(st.none() | st.sampled_from(sorted(values)))

    low = draw(st.integers(18, 70))
    return PersonDescribed(
        age=draw(st.none() | st.just(Range(min=low, max=low + 5))),
        build=perhaps(BUILDS),
        eyes=perhaps(EYE_COLOURS),
        facial_hair=perhaps(FACIAL_HAIR),
        hair_colours=draw(st.sampled_from([(), *((colour,) for colour in sorted(HAIR_COLOURS))])),
        names_used=draw(st.sampled_from([(), ("Gaz",), ("Dave",)])),
        marks=draw(st.sampled_from([(), PERSON.marks])),
        sex=perhaps({"man", "woman"}),
        skin=perhaps(SKIN_CODES),
    )


@given(people(), people())
def test_the_order_of_the_two_makes_no_difference(one: PersonDescribed, other: PersonDescribed) -> None:
    assert compared(one, other) == compared(other, one)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (Range(min=20, max=25), Range(min=45, max=49), "against, some: the age ranges do not meet"),
        (Range(min=20, max=25), Range(min=30, max=35), "against, weak: the age ranges do not meet"),
        (Range(min=20, max=25), Range(min=27, max=35), "for, weak: the ages may be the same"),
        (Range(min=20), Range(max=60), "for, weak: the ages may be the same"),
    ],
)
def test_ages_are_guesses(one: Range, other: Range, words: str) -> None:
    first, second = (body(person=PersonDescribed(age=age)) for age in (one, other))
    assert about("age", first, second) == words


def test_heights_builds_and_sexes_speak_against() -> None:
    tall, small = Range(min=190, max=195), Range(min=160, max=165)
    one = body(person=PersonDescribed(height_cm=tall, build="heavy", sex="man"))
    other = body(person=PersonDescribed(height_cm=small, build="thin", sex="woman"))
    assert about("height", one, other) == "against, some: the height ranges do not meet"
    assert about("build", one, other) == "against, some: another build"
    assert about("sex", one, other) == "against, strong: a man and a woman"
    assert compare(one, other).strength is None


def test_of_several_described_the_two_most_alike_are_compared() -> None:
    gaz, other = PersonDescribed(names_used=("Gaz",), build="heavy"), PersonDescribed(build="thin", sex="woman")
    found = said(body(persons=(other, gaz)), body(persons=(gaz,)))
    assert found["names_used"] == ("for", "some") and "sex" not in found


def test_a_mark_counts_by_where_it_is_and_what_it_shows() -> None:
    def with_mark(**over: str) -> AlertBody:
        return body(person=PersonDescribed(marks=(Mark(mark="tattoo", **over),)))

    plain, neck = with_mark(), with_mark(part="neck")
    left, right = with_mark(part="hand", side="left"), with_mark(part="hand", side="right")
    assert said(plain, neck)["marks"] == ("for", "weak")
    assert said(neck, neck)["marks"] == ("for", "some")
    rose = with_mark(part="neck", motif="rose")
    assert said(rose, rose)["marks"] == ("for", "strong")
    assert "marks" not in said(left, right)


def test_a_shared_number_is_strong_by_tag_and_by_its_end() -> None:
    def with_number(**over: Any) -> AlertBody:
        return body(identifiers=(IdentifierShown(kind="phone", **over),))

    tag = with_number(tag="ab" * 64, epoch=1)
    assert about("identifiers", tag, tag).startswith("for, strong: both hold the same number")
    assert about("identifiers", with_number(tail="914"), with_number(tail="914")) == (
        "for, strong: a phone number ends the same"
    )
    assert about("identifiers", with_number(tail="914"), with_number(tail="14", tag="cd" * 64, epoch=1)) == (
        "for, some: a phone number ends the same"
    )
    assert about("identifiers", with_number(tail="914"), with_number(tail="200")) == (
        "against, weak: the phone numbers end differently"
    )


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("K7L*", "K7L*", "what is shown of the plate is the same"),
        ("*K7L", "???*K7L", "the plate ends the same"),
        ("YK*", "YK?7*", "the plate begins the same"),
        ("*AB*", "AB?????", "the plates have a part in common"),
        ("AB*", "CD*", "the plates cannot be the same"),
        ("A??????", "*Z", None),
    ],
)
def test_plates_are_compared_as_far_as_they_are_shown(one: str, other: str, words: str | None) -> None:
    found = compare_plates(one, other)
    assert (None if found is None else found[1]) == words
    assert (found is None) == (compare_plates(other, one) is None)


def plates_like(pattern: str, length: int) -> set[str]:
    """Every plate of that length over two letters that is as a pattern says, by trying them all."""

    def is_like(pattern: str, plate: str) -> bool:
        if not pattern:
            return not plate
        if pattern[0] == "*":
            return any(is_like(pattern[1:], plate[at:]) for at in range(len(plate) + 1))
        return bool(plate) and pattern[0] in (plate[0], "?") and is_like(pattern[1:], plate[1:])

    return {
        "".join(letters) for letters in itertools.product("AB", repeat=length) if is_like(pattern, "".join(letters))
    }


def test_two_patterns_may_be_one_plate_exactly_where_some_plate_is_both() -> None:
    patterns = ["".join(p) for size in range(1, 4) for p in itertools.product("AB?*", repeat=size)]
    for one, other in itertools.combinations(patterns, 2):
        both = any(plates_like(one, size) & plates_like(other, size) for size in range(7))
        assert may_be_one(one, other) == may_be_one(other, one) == both, (one, other)


def test_far_apart_in_time_and_on_the_way_to_the_other() -> None:
    old = body(period=Period(from_="2015-01", to="2015-02"), region="merseyside")
    assert said(old, body())["period"] == ("against", "weak")
    assert about("direction", body(direction=("merseyside",)), old).endswith("where the other took place")


def test_what_a_series_says_is_what_all_its_pairs_say() -> None:
    one = body(person=PersonDescribed(names_used=("Gaz",), build="heavy", eyes="blue"))
    two = body(person=PersonDescribed(names_used=("Gaz",), build="heavy"))
    three = body(person=PersonDescribed(names_used=("Gaz",), build="thin", eyes="blue"))
    reasons = reasons_of([compare(*pair) for pair in itertools.combinations((one, two, three), 2)])
    found = {reason.field: (reason.speaks, reason.weight) for reason in reasons}
    assert found["names_used"] == ("for", "some")
    assert found["build"] == ("against", "some"), "one pair is enough"
    assert "eyes" not in found, "one of them does not say"
    assert [reason.field for reason in reasons] == sorted(found)
    assert all(can_be_reason(reason, (one, two, three)) for reason in reasons), "a lead's node would not sign it"


def test_every_field_that_can_be_said_is_one_of_a_series() -> None:
    full = body(
        person=replaced(PERSON, officer=True),
        vehicle=VEHICLE,
        police="no",
        direction=("merseyside",),
        identifiers=(IdentifierShown(kind="phone", tail="914"),),
        methods=("locked_in",),
        ruses=("security",),
        weapons=("knife",),
        people=3,
        place="hotel",
        contact="advert",
    )
    away = body(region="merseyside", direction=("west-yorkshire",))
    assert set(said(full, full)) | set(said(full, away)) == SERIES_FIELDS
    for other in (full, away):
        assert all(can_be_reason(reason, (full, other)) for reason in reasons_of([compare(full, other)]))


def test_candidates_are_those_that_share_the_rarest_words_and_bounded() -> None:
    assert rarest_first([range(100), [7, 500], [500]])[:2] == [500, 7]
    assert len(rarest_first([range(200), range(100, 300)])) == CANDIDATES
    assert rarest_first([]) == []
