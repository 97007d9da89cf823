"""The check on arrival: what hides a field, what only flags, and what is left alone. All people are fictional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.core.arrival import Hidden, as_shown, check_arrival, hard_pattern
from protocol.body_fields import PersonDescribed, Range, VehicleDescribed
from protocol.vectors.plausible_bodies import alert_body

DAY = "2026-11-02"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("07700 900 214", "phone"),
        ("oh seven seven double-o nine hundred two one four", "phone"),
        ("o77oo 9ooo99", "phone"),
        ("oh double seven hundred nine zero zero one two", "phone"),
        ("zero seven seven zero zero nine zero zero one two three", "phone"),
        ("gaz@mail.example", "email"),
        ("gaz at mail dot com", "email"),
        ("gaz.mail.co.uk", "email"),
        ("LS9 8AB", "postcode"),
        ("ls98ab", "postcode"),
        ("Flat 3", "address"),
        ("Elland Road", "address"),
        ("The Hostel", "address"),
    ],
)
def test_a_hard_pattern_is_found(words: str, why: str) -> None:
    assert hard_pattern(words) == why


@pytest.mark.parametrize(
    "words",
    [
        "Gaz",
        "O'Brien",
        "Big Steve",
        "Golf GTI",
        "A4 2TD",
        "Transit 350",
        "Leeds",
        "Streetly",
        "108",
        "Chester-le-Street",
        "Adwick le Street",
    ],
)
def test_ordinary_words_are_left_alone(words: str) -> None:
    assert hard_pattern(words) is None


def test_only_the_field_is_hidden_and_the_rest_is_shown() -> None:
    person = PersonDescribed(names_used=("Gaz", "zero seven seven zero zero nine zero zero one"), build="stocky")
    body = alert_body(persons=(person,), vehicles=(VehicleDescribed(model="GOLF LS9 8AB", type="car"),), town="Leeds")
    arrival = check_arrival(body, DAY)
    assert arrival.hidden == (
        Hidden("persons.0.names_used.1", "phone"),
        Hidden("vehicles.0.model", "postcode"),
    )
    shown = as_shown(body, arrival.hidden)
    assert shown.persons[0].names_used == ("Gaz",) and shown.persons[0].build == "stocky"
    assert shown.vehicles[0].model is None and shown.vehicles[0].type == "car"
    assert shown.town == "Leeds"


def test_the_free_text_is_shown_unless_it_holds_a_hard_pattern() -> None:
    body = alert_body(text="Drives slowly, asks to follow")
    assert check_arrival(body, DAY).hidden == ()
    assert as_shown(body, ()).text == "Drives slowly, asks to follow"
    for words, why in (("Ring 07700 900 214", "phone"), ("Lives at 14 Quarry Hill Terr", "address")):
        hidden = check_arrival(alert_body(text=words), DAY).hidden
        assert hidden == (Hidden("text", why),)
        assert as_shown(alert_body(text=words), hidden).text is None


def test_a_name_in_the_free_text_is_for_the_coordinator_and_hides_nothing() -> None:
    arrival = check_arrival(alert_body(text="Knows Agnieszka"), DAY)
    assert arrival.hidden == () and "text_to_look_at" in arrival.flags


def test_soft_flags_hide_nothing() -> None:
    body = alert_body(persons=(PersonDescribed(names_used=("Gary Bloggs",), age=Range(max=17, min=15)),))
    arrival = check_arrival(body, "2026-01-02")
    assert arrival.hidden == ()
    assert set(arrival.flags) == {"full_name", "person_described_under_18", "period_in_the_future"}


@given(st.text(max_size=200))
def test_any_words_have_an_answer(words: str) -> None:
    assert hard_pattern(words) in (None, "phone", "email", "postcode", "address")


@given(st.lists(st.sampled_from(["zero", "one", "two", "seven", "double", "oh", "7", "70"]), min_size=18, max_size=24))
def test_long_numbers_are_found_however_they_are_written(tokens: list[str]) -> None:
    assert hard_pattern(" ".join(tokens)) == "phone"


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_words_stand_in_a_warning_it_can_be_checked_and_shown(words: str, others: str) -> None:
    """One that could not be would keep all others of the same answer back."""
    body = alert_body(
        town=words,
        persons=(PersonDescribed(names_used=(words, others)),),
        vehicles=(VehicleDescribed(model=others, plate=words),),
    )
    hidden = check_arrival(body, DAY).hidden
    shown = as_shown(body, hidden)
    assert (shown.town is None) == any(one.field == "town" for one in hidden)
