"""The leak check of a free text: what it stops, what it asks about, what it leaves alone. Fictional people only."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from node.core.leak.check import check_text
from node.core.leak.found import Found
from node.core.private_parts import PrivateParts
from tests.bench.redaction import measured

NOBODY = PrivateParts()
RECORD = PrivateParts(
    names=("Danuta Wrona", "Ruby Red", "Hope"),
    numbers=("07700 900 640",),
    addresses=("Flat 2, 41 Quarry Wynd, Stoke-on-Trent",),
    words=("Pewter Door", "roxy.d@example.com", "bright pink wheelchair", "LS9 8AB", "plays the cello"),
    never_say=("Stanislaw", "no papers"),
)
DATA = Path(__file__).parent.parent / "data" / "redaction.jsonl"

PIECES = (
    *("Danuta", "ruby", "Red", "07700", "nine hundred", "640", "flat two", "pewter", "Door", "LS9 8AB", "a@b.com"),
    *(
        "’s",
        "tall",
        "Hope",
        "5'10",
        "é",
        "ﬁ",
        "Ⅷ",
        "ß",
        "İ",
        "\u200b",
        "Анна",
        "٣٤٥٦",
        "tattoo,",
        "the",
        "-",
        ". ",
        "\n",
    ),
)
texts = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
records = st.builds(
    PrivateParts,
    names=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    numbers=st.lists(st.text(alphabet=string.digits + " +-o", max_size=14), max_size=3).map(tuple),
    addresses=st.lists(st.text(max_size=30), max_size=2).map(tuple),
    words=st.lists(st.text(max_size=40), max_size=3).map(tuple),
    never_say=st.lists(st.text(max_size=20), max_size=2).map(tuple),
)


def hard(text: str, private: PrivateParts = NOBODY) -> set[tuple[str, str]]:
    return {(flag.kind, text[flag.start : flag.end]) for flag in check_text(text, private).hard}


def soft(text: str, private: PrivateParts = NOBODY) -> set[str]:
    return {text[flag.start : flag.end] for flag in check_text(text, private).soft}


def flagged(found: Found, *, only_hard: bool = False) -> set[int]:
    flags = found.hard if only_hard else (*found.hard, *found.soft)
    return {at for flag in flags for at in range(flag.start, flag.end)}


@pytest.mark.parametrize(
    "item",
    [
        "Danuta",
        "danuta",
        "DANUTA",
        "Danutas",
        "Danuta’s",
        "Dánuta",
        "Dan\u200buta",
        "Dаnuta",
        "Danusia",
        "Ruby Red",
        "ruby-red",
        "RubyRed",
        "Hope",
        "07700900640",
        "+44 7700 900 640",
        "oh double seven hundred, nine hundred, six forty",
        "o77oo 9oo64o",
        "0 7 7 0 0 9 0 0 6 4 0",
        "900640",
        "…640",
        "Quarry Wynd",
        "Quarry Wynds",
        "flat 2",
        "Pewter Door",
        "pewterdoor",
        "roxy dot d at example dot com",
        "bright pink wheelchair",
        "a pink wheelchair",
        "LS9",
        "ls98ab",
        "plays the cello",
        "Stanislaw",
        "No papers",
        "no-papers",
    ],
)
def test_what_the_record_knows_stops_however_it_is_written(item: str) -> None:
    text = f"Tall, slim, grey coat. {item}. Leeds accent."
    start = text.index(item)
    assert flagged(check_text(text, RECORD), only_hard=True) & set(range(start, start + len(item)))


def test_a_name_that_is_an_ordinary_word_stops_with_a_capital_and_is_looked_at_without() -> None:
    assert ("private_word", "Ginger") in hard("Says Ginger knows him", PrivateParts(names=("Ginger",)))
    found = check_text("Short ginger beard", PrivateParts(names=("Ginger",)))
    assert not found.hard and [flag.kind for flag in found.soft] == ["private_in_common_use"]


def test_a_place_of_work_that_is_an_ordinary_word_is_looked_at_without_its_article() -> None:
    private = PrivateParts(words=("The Cabin",))
    assert ("private_word", "Cabin") in hard("Seen at Cabin", private)
    assert [flag.kind for flag in check_text("Knows this cabin", private).soft] == ["private_in_common_use"]


def test_names_stand_out_among_makes_and_languages() -> None:
    text = "Kurdish, slim. Mean Street Crew. Merc A class, Ford or Audi, Polish accent"
    assert flagged(check_text(text, NOBODY)) & set(range(text.index("Mean"), text.index("Merc")))


def test_what_must_never_be_said_stops_without_a_capital_too() -> None:
    assert ("private_word", "tall") in hard("A tall man", PrivateParts(never_say=("tall",)))


def test_an_ordinary_word_of_a_longer_private_phrase_is_left_alone() -> None:
    private = PrivateParts(words=("long red hair and a black coat",))
    assert not hard("Man in a black van", private)
    assert hard("Man with red hair", private)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("07700 900 214", "phone"),
        ("oh seven seven double-o nine hundred two one four", "phone"),
        ("07700nine hundred 214", "phone"),
        ("seventy-seven hundred nine hundred two fourteen six", "phone"),
        ("020 7946 0123", "phone"),
        ("gaz@mail.example", "email"),
        ("gaz at mail dot com", "email"),
        ("gaz (at) mail.example", "email"),
        ("www.example.net/gaz", "email"),
        ("@gaz_1977", "handle"),
        ("LS9 8AB", "postcode"),
        ("ls98ab", "postcode"),
        ("14 Quarry Hill Terr", "address"),
        ("Flat thirty-one", "address"),
        ("room 214", "address"),
        ("Freehold St", "address"),
        ("freehold road", "address"),
        ("the Premier Inn", "premises"),
        ("Lotus Massage", "premises"),
        ("Rose Garden Spa", "premises"),
        ("the red lion", "premises"),
        ("Queens Head", "premises"),
        ("Northfield Hospital", "premises"),
        ("AB 12 34 56 C", "reference"),
        ("943 476 5919", "reference"),
        ("crime ref 13/0042317", "reference"),
        ("CAD 1147", "reference"),
        ("12 March 2026", "date"),
        ("3rd of November", "date"),
        ("03/02/2026", "date"),
    ],
)
def test_a_hard_pattern_stops_whoever_it_belongs_to(item: str, kind: str) -> None:
    text = f"Tall, slim, grey coat, {item}, Leeds accent."
    start = text.index(item)
    flags = [flag for flag in check_text(text, NOBODY).hard if flag.start < start + len(item) and start < flag.end]
    assert flags and flags[0].kind == kind


@pytest.mark.parametrize(
    "item",
    [
        "Agnieszka",
        "tash n jodie",
        "Amber",
        "Sister Bernadette",
        "Changing Lives",
        "the Spar",
        "by the arboretum",
        "near the harbour",
        "only 19 with twin babies",
        "62 and has worked the harbour for thirty years",
        "a bright pink wheelchair",
        "eight months pregnant",
        "is on a script",
        "her little boy",
        "works nights",
        "keeps alpacas",
        "2am",
        "21:15",
        "half past two",
        "last Friday",
        "4471#",
        "Thaís",
        "number 42",
        "wind st",
        "women's aid",
        "turning point",
        "second floor",
        "around 3ish",
        "double oh, one two three",
        "six months clean",
        "cannot read English",
        "a hearing dog",
        "kel underscore b",
        "Анна",
        "M14",
        "17 when it first happened",
        "19 and just out of care",
        "in care since",
        "afraid of being sent back",
        "no status",
        "leave to remain",
        "off the boat",
        "speaks no english",
        "year 4",
        "final year",
        "the new one",
        "regular at the van",
        "male worker",
        "turning 18",
        "c-section scar",
        "broke wrist",
        "bright pink hair",
        "red hair extensions",
        "eight fingers",
        "uses a frame",
        "uses crack",
        "clean since spring",
        "red lion",
        "number 9",
        "third door on the left",
        "the green door",
        "ends in four four two",
        "double seven",
        "1 2 3 4 5 6",
        "officer 9",
    ],
)
def test_what_nobody_vouches_for_is_looked_at(item: str) -> None:
    text = f"Tall, slim, grey coat. {item}. Leeds accent."
    start = text.index(item)
    assert flagged(check_text(text, NOBODY)) & set(range(start, start + len(item)))


@pytest.mark.parametrize(
    "text",
    [
        "Male, 50s, grey hair, glasses, well spoken, 5ft 8, heavy build",
        "Two white men, early 20s, one stocky with a shaved head, one thin, both in black North Face jackets",
        "Black British, 33, 6'0, athletic, Brummie, diamond stud in left ear",
        "Scar through right eyebrow, rose tattoo on hand, gold tooth, limp, smells of weed",
        "Drives a dark blue Ford Transit with a roof rack and tinted windows, Peugeot 206 before that",
        "Eastern European accent, 35ish, 180cm, muscular, blond crew cut, spider web tattoo on elbow",
        "Asks to drive elsewhere, then locks the doors and pulls a kitchen-size blade",
        "Polite at first, then aggressive; refuses to wear a condom and reverses the payment",
        "Grabs by the throat when told no. Do not get in the van.",
        "Says he is police and shows a fake badge",
        "Ballymena accent, red face, huge hands, tweed jacket",
        "Street robbery, then ran off down the road",
        "Two men in the road, 30 and 40, both run down the street",
        "Tattoo of a red lion, scar above left eye, number 2 cut",
        "About 6 ft, at 5'9 the shorter one; 1st man bald, 2nd man bearded, 14st",
        "Red dragon tattoo on the neck, broken nose, missing finger, green eyes, walks with a limp",
        "Number 1 haircut, two knives, one and a half arms long; black door mirror, three of them in a red car",
    ],
)
def test_a_description_is_left_alone(text: str) -> None:
    found = check_text(text, NOBODY)
    assert not found.hard
    assert len(found.soft) <= 1


def test_what_was_found_twice_is_called_by_what_says_more() -> None:
    text = "Comes on Fridays. Knows 07700900640"
    found = check_text(text, RECORD)
    assert [flag.kind for flag in found.soft] == ["time"]
    assert [flag.kind for flag in found.hard] == ["private_word"]


def test_an_age_a_height_and_a_model_are_no_numbers() -> None:
    assert not hard("20-25, 5'10, 30-35, 6'1, 14 stone, BMW 320, Fiat 500")
    assert not soft("20-25, 5'10, 30-35, 6'1, 14 stone, BMW 320, Fiat 500")


def test_offsets_are_those_of_the_text_as_written() -> None:
    text = "ﬁve foot. Thaís — ﬀ 07700 900 214 ﬁn"
    assert ("phone", "07700 900 214") in hard(text)
    assert "Thaís" in soft(text)


@given(texts, records)
def test_any_text_is_checked_and_every_offset_is_in_it(text: str, private: PrivateParts) -> None:
    found = check_text(text, private)
    for flag in (*found.hard, *found.soft):
        assert flag.field == "text"
        assert 0 <= flag.start < flag.end <= len(text)
        assert text[flag.start : flag.end].strip()


@given(
    texts,
    records,
    st.lists(st.text(max_size=20), max_size=3).map(tuple),
    st.sampled_from(PrivateParts.__struct_fields__),
)
def test_more_private_words_never_remove_a_flag(
    text: str, private: PrivateParts, more: tuple[str, ...], to: str
) -> None:
    before = check_text(text, private)
    after = check_text(text, replace(private, **{to: (*getattr(private, to), *more)}))
    assert flagged(before) <= flagged(after)
    assert flagged(before, only_hard=True) <= flagged(after, only_hard=True)


@given(
    st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=12), st.sampled_from(("names", "words", "never_say"))
)
def test_any_word_of_the_record_stops_where_it_stands_with_a_capital(word: str, kind: str) -> None:
    text = f"Tall man, brown coat {word.title()} and boots"
    found = check_text(text, PrivateParts(**{kind: (word,)}))
    start = text.index(word.title())
    assert set(range(start, start + len(word))) <= flagged(found, only_hard=True)


def test_on_lines_of_another_hand_it_finds_what_it_should_and_asks_little() -> None:
    figures = measured(DATA)
    caught, items = figures.caught()
    assert figures.tallies["exact"].caught == figures.tallies["exact"].items > 50
    assert caught >= 0.97 * items
    assert figures.flags_per_alert() <= 1.5
