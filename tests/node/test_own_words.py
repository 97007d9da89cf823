"""Promise 2: words that the record knows to be private cannot be in what leaves."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.core.common_words import COMMON
from node.core.errors import PrivateWords
from node.core.folding import tokens
from node.core.leak.check import check_alert, require_no_hard_stop
from node.core.own_words import private_fields
from node.core.private_parts import PrivateParts
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from node.core.voice import Voice
from protocol.bodies import encode_body
from protocol.body_fields import AlertBody
from protocol.errors import BodyInvalid
from protocol.house.core.errors import Refused
from tests.node.builders import CHOICES, NOW, a_report, composed, scheme_data


def known(*words: str) -> PrivateParts:
    """Free private words, of no kind."""
    return PrivateParts(words=words)


def named(*names: str) -> AlertBody:
    return composed(scheme_data(persons=(PersonData(names_used=names, build="slim"),)), replace(CHOICES, names=names))


@pytest.mark.parametrize(
    ("private", "shown"),
    [
        ("Mia", "Mia"),
        ("mia", "MIA"),
        ("Mia", "Mia's"),
        ("Mia", "Mia’s"),
        ("Zoë", "Zoe"),
        ("Zoe", "Zoë"),
        ("Pewter Door", "PewterDoor"),
        ("Pewter Door", "Pewter-Door"),
        ("PewterDoor", "Pewter Door"),
        ("Mihaela Dobre", "Dobre"),
        ("Dobre", "Mihaela Dobre"),
        ("O'Brien", "OBrien"),
        ("ﬁona", "Fiona"),
        ("Mo", "Mo"),
    ],
)
def test_a_private_word_is_found_however_it_is_written(private: str, shown: str) -> None:
    assert private_fields(named(shown), known(private)) == ("persons.names_used",)


@pytest.mark.parametrize(("private", "shown"), [("Mo", "Maurice"), ("Ann", "Joanne"), ("the back road", "Road")])
def test_whole_words_only(private: str, shown: str) -> None:
    assert private_fields(named(shown), known(private)) == ()


def test_a_town_and_a_model_are_looked_at_too() -> None:
    body = composed(scheme_data(), replace(CHOICES, town="Holbeck"))
    assert private_fields(body, known("Holbeck", "insignia")) == ("town", "vehicles.model")


def test_a_number_of_their_own_is_never_shown_by_its_tail() -> None:
    body = composed(scheme_data())
    assert private_fields(body, known("07700 900 318")) == ("identifiers.tail",)
    assert private_fields(body, known("+44 7700 900319", "318")) == ()


def test_a_number_inside_a_longer_private_text_is_found_too() -> None:
    body = composed(scheme_data())
    assert private_fields(body, known("ring 07700 900318 after 6, not 07700 900011")) == ("identifiers.tail",)
    assert private_fields(body, known("07700900318 07700900011")) == ("identifiers.tail",)


def test_of_a_long_private_text_every_word_that_tells_somebody_apart_is_forbidden() -> None:
    text = "Mihaela says she slept at the grange behind the market until friday"
    assert private_fields(named("Mihaela"), known(text)) == ("persons.names_used",)
    assert private_fields(named("Grange"), known(text)) == ("persons.names_used",)
    assert private_fields(named("Friday"), known(text)) == ()


def test_a_plate_of_their_own_is_never_shown() -> None:
    assert private_fields(composed(scheme_data()), known("yk58 qqa")) == ("vehicles.plate",)


def test_the_message_names_fields_and_never_the_word() -> None:
    with pytest.raises(PrivateWords) as error:
        require_no_hard_stop(check_alert(named("Dobre"), known("Mihaela Dobre")))
    assert "Dobre" not in str(error.value) and error.value.fields == ("persons.names_used",)


def test_the_hard_stop_stands_in_the_way_of_a_draft(desk: CaseDesk, voice: Voice) -> None:
    data = scheme_data(persons=(PersonData(names_used=("Dobre",), build="slim"),))
    report_id = a_report(desk, scheme=data)
    with pytest.raises(PrivateWords):
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    without = replace(CHOICES, omit=("names_used",))
    draft_release(desk, voice, report_id=report_id, choices=without, by="Asha", now=NOW)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jo Bell", "Jo"),
        ("May Day", "Day"),
        ("Lucja Nowak", "Łucja"),
        ("Łucja", "Lucja"),
        ("Anna", "Аnna"),
        ("Katie Dobre", "Kattie"),
        ("Katherine Dobre", "Kate"),
        ("Kate", "Katherine"),
        ("Catherine", "Katherine"),
        ("Mia Dobre", "Miadobreleeds"),
        ("Mia", "M.i.a"),
        ("Mia", "M-i-a"),
        ("Søren", "Soren"),
        ("Анна Петрова", "Anna"),
        ("Mariya", "Мария"),
    ],
)
def test_each_word_of_a_name_is_stopped_and_what_is_like_it(name: str, shown: str) -> None:
    assert private_fields(named(shown), PrivateParts(names=(name,))) == ("persons.names_used",)


@pytest.mark.parametrize(
    ("name", "shown"), [("Ann", "Joanne"), ("Mo", "Maurice"), ("Gary", "Gaz"), ("Mark", "Mick"), ("May Day", "Dave")]
)
def test_other_names_are_not_stopped(name: str, shown: str) -> None:
    assert private_fields(named(shown), PrivateParts(names=(name,))) == ()


@pytest.mark.parametrize(
    "private",
    [
        PrivateParts(addresses=("flat 3, 12 hollybush court, chapeltown, leeds",)),
        PrivateParts(addresses=("Flat 3, 12 Hollybush Court, Chapeltown, Leeds",)),
        PrivateParts(words=("she sleeps at her aunt's in chapeltown when he is away",)),
        PrivateParts(words=("Chapletown",)),
        PrivateParts(numbers=("07700 900011, Chapeltown office",)),
    ],
)
def test_a_town_that_stands_in_something_private_cannot_be_named(private: PrivateParts) -> None:
    assert private_fields(composed(scheme_data(), replace(CHOICES, town="Chapeltown")), private) == ("town",)
    assert private_fields(composed(scheme_data(), replace(CHOICES, town="Bradford")), private) == ()


@pytest.mark.parametrize(
    "private", ["her own car AB12 CDE", "AB12CDE", "ab 12 cde", "CDE", "it was AB-12-CDE.", "?12 CDE"]
)
def test_a_plate_is_found_inside_a_phrase_and_in_part(private: str) -> None:
    body = composed(scheme_data(vehicles=(VehicleData(make="ford", plates=("AB12CDE",)),)))
    assert private_fields(body, known(private)) == ("vehicles.plate",)
    other = composed(scheme_data(vehicles=(VehicleData(make="ford", plates=("AB12FGH",)),)))
    assert private_fields(other, known(private)) == ()


@pytest.mark.parametrize(
    "number",
    [
        "07700 900 011",
        "07700 - 900 - 011",
        "07700   900   011",
        "07700900011/07700900456",
        "07700900456 / 07700900011",
        "07700900011 or 07700900456",
        "07700900011 07700900456",
        "07700900456;07700900011",
        "O77OO 9OO O11",
        "oh double seven double oh nine hundred oh one one",
        "07700nine hundred 011",
        "07700900011 (2)",
        "07700 900011 2nd",
        "+44 (0)7700 900.011 ask for Kim",
        "０７７００ ９０００１１",
        "ends 011",
    ],
)
def test_the_tail_of_a_number_of_hers_is_never_shown_however_it_is_written(number: str) -> None:
    held = IdentifierData(kind="phone", canonical="+447700900011")
    body = composed(scheme_data(identifiers=(held,)))
    assert private_fields(body, PrivateParts(numbers=(number,))) == ("identifiers.tail",)
    other = composed(scheme_data(identifiers=(replace(held, canonical="+447700900318"),)))
    assert private_fields(other, PrivateParts(numbers=(number,))) == ()


words = st.text(st.characters(categories=("L", "Nd", "Mn", "Zs", "Pd", "Po")), min_size=1, max_size=24)
_UNIQUE = "zqx"


places = st.sampled_from(["name", "model", "town", "plate", "phone", "area", "handle"])


@given(word=words, other=words, place=places)
def test_no_private_word_in_any_field_reaches_a_body(word: str, other: str, place: str) -> None:
    """Either the word is stopped, or it is not there: whichever field or choice it was put into."""
    secret = f"{_UNIQUE}{word}{_UNIQUE}"
    data = SchemeData(
        incident_types=("robbery",),
        methods=("followed",),
        area=secret,
        place_kind=secret,
        persons=(PersonData(names_used=(secret if place == "name" else other,), build=secret, skin=secret),),
        vehicles=(
            VehicleData(
                model=secret if place == "model" else other,
                colour=secret,
                make=secret,
                plates=(secret if place == "plate" else other,),
            ),
        ),
        identifiers=(IdentifierData(kind="handle" if place == "handle" else "phone", canonical=secret),),
    )
    choices = replace(CHOICES, names=data.persons[0].names_used, town=secret.title() if place == "town" else None)
    try:
        body = composed(data, choices)
        require_no_hard_stop(check_alert(body, known(secret)))
        stored = encode_body(body)
    except (Refused, BodyInvalid):
        return
    text = stored.decode()
    assert secret not in text
    assert "".join(tokens(secret)) not in re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text).casefold())


@given(name=st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=20))
def test_every_name_that_a_body_can_hold_is_stopped_when_it_is_private(name: str) -> None:
    data = scheme_data(persons=(PersonData(names_used=(name,), build="slim"),))
    body = composed(data, replace(CHOICES, names=(name,)))
    if body.persons[0].names_used and tokens(name):
        assert "persons.names_used" in private_fields(body, known(name))


letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9).filter(lambda word: word not in COMMON)
spellings = st.sampled_from(
    [
        str.title,
        str.upper,
        lambda word: word.title() + "'s",
        lambda word: word.title().replace("a", "а").replace("e", "е"),
        lambda word: word.title().replace("l", "ł").replace("o", "ø"),
        lambda word: word.title().replace("u", "ü").replace("c", "ç"),
        lambda word: word[:3].title() + word[2:],
        lambda word: ".".join(word.upper()),
        lambda word: f"Big {word.title()}",
        lambda word: f"{word.title()}-Lou",
    ]
)
around = st.sampled_from(
    ["{}", "{} Dobre", "flat 3, 12 {} court", "her aunt {} who lives behind the market by the arches"]
)


@given(word=letters, spelling=spellings, written=around, kind=st.sampled_from(["names", "addresses", "words"]))
def test_a_private_word_is_stopped_as_a_name_however_it_is_spelt(
    word: str, spelling: Callable[[str], str], written: str, kind: str
) -> None:
    body = named(spelling(word))
    misspelt = spelling(word)[:4].casefold() == (word[:3] + word[2]).casefold()
    capital = word.title() if misspelt else word
    private = PrivateParts(**{kind: (written.format(capital),)})
    if body.persons[0].names_used:
        assert "persons.names_used" in private_fields(body, private)


@given(word=letters, written=around, kind=st.sampled_from(["names", "numbers", "addresses", "words"]))
def test_a_private_word_is_stopped_as_a_town_and_as_a_model(word: str, written: str, kind: str) -> None:
    private = PrivateParts(**{kind: (written.format(word),)})
    vehicle = VehicleData(make="ford", model=word.title())
    body = composed(scheme_data(vehicles=(vehicle,)), replace(CHOICES, town=f"Upper {word.title()}"))
    assert private_fields(body, private) == ("town", "vehicles.model")


plates = st.from_regex(r"[A-Z]{2}[0-9]{2}[A-Z]{3}|[A-Z][0-9]{3}[A-Z]{3}|[A-Z]{3}[0-9]{3}[A-Z]", fullmatch=True)
in_words = st.sampled_from(["{}", "her own car {}", "{} (hers), silver", "parked {}, by the arches", "it was {}."])


@given(plate=plates, at=st.integers(0, 6), joint=st.sampled_from(["", " ", "-", "."]), written=in_words, data=st.data())
def test_a_plate_of_hers_is_stopped_however_it_is_written(
    plate: str, at: int, joint: str, written: str, data: st.DataObject
) -> None:
    spelt = data.draw(st.sampled_from([str.upper, str.lower]))(plate[:at] + joint + plate[at:])
    kind = data.draw(st.sampled_from(["numbers", "addresses", "words"]))
    body = composed(scheme_data(vehicles=(VehicleData(make="ford", plates=(plate,)),)))
    private = PrivateParts(**{kind: (written.format(spelt),)})
    assert "vehicles.plate" in private_fields(body, private)


digits = {"0": "oh", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five"}
joints = st.sampled_from(["", " ", "  ", " - ", ".", "/", ") ", " and "])


@given(
    number=st.text("0123456789", min_size=9, max_size=9),
    cuts=st.lists(joints, min_size=8, max_size=8),
    spoken=st.lists(st.booleans(), min_size=9, max_size=9),
    after=st.sampled_from(
        ["", " or 07700900456", "/07700900456", ";07700 900456", " (2)", " 2nd phone", " ask for Kim"]
    ),
    kind=st.sampled_from(["numbers", "addresses", "words"]),
)
def test_the_tail_of_a_private_number_is_stopped_however_it_is_written(
    number: str, cuts: list[str], spoken: list[bool], after: str, kind: str
) -> None:
    said = [f" {digits[c]} " if aloud and c in digits else c for c, aloud in zip(number, spoken, strict=True)]
    written = "07" + "".join(part + cut for part, cut in zip(said, [*cuts, ""], strict=True)) + after
    body = composed(scheme_data(identifiers=(IdentifierData(kind="phone", canonical=f"+447{number}"),)))
    assert private_fields(body, PrivateParts(**{kind: (written,)})) == ("identifiers.tail",)
