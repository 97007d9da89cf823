"""Alerts in words: PEOPLE §4, and no word that promises anything (promise 9)."""

import re

import msgspec
import pytest

from node.core.wording import render_alert
from node.core.wording_codes import LISTS
from protocol import vocabulary
from protocol.body_fields import Accent, Garment, IdentifierShown, Mark, PersonDescribed, Range, VehicleDescribed
from protocol.vectors.scene import alert_body


def test_an_alert_reads_as_people_write() -> None:
    body = alert_body(
        vehicles=(VehicleDescribed(make="bmw", colour="silver", plate="????QQA"),),
        identifiers=(IdentifierShown(kind="phone", tail="318"), IdentifierShown(kind="e_mail")),
    )
    person = msgspec.structs.replace(
        body.persons[0],
        accents=(Accent(accent="local", region="west-yorkshire"),),
        height_cm=Range(min=175),
        marks=(Mark(mark="tattoo", motif="lion", part="hand", side="left"),),
        clothing=(Garment(garment="hoodie", colour="grey"),),
    )
    lines = render_alert(msgspec.structs.replace(body, persons=(person,)))
    text = "\n".join(lines)
    assert "The person described: aged 45 to 49; White, northern European looking, as seen; 175 or more cm tall" in text
    assert "local to West Yorkshire" in text and "tattoo (lion) on the left hand" in text
    assert "Vehicle: silver BMW, part of the plate: ????QQA." in text
    assert "a phone number that ends in 318." in text
    assert "October 2026" in text and "Merseyside" in text
    assert "No details of the person who reported are held here." in lines


def test_practice_is_said_first() -> None:
    assert render_alert(alert_body(), status="exercise")[0] == "PRACTICE - NOT REAL"


def test_no_word_on_the_list_of_words_not_to_use() -> None:
    texts = [text for words, _ in LISTS.values() for text in words.values()]
    people = r"offender|perpetrator|suspect|victim|punter|client|customer|prostitut\w*"
    banned = rf"\b({people}|safe|clear|clean|ok|gone|historic)\b"
    assert not [text for text in texts if re.search(banned, text, re.IGNORECASE)]


def test_no_words_for_codes_that_do_not_exist() -> None:
    for words, codes in LISTS.values():
        assert set(words) <= codes


def test_every_code_of_every_list_has_words() -> None:
    body = alert_body(incidents=tuple(sorted(vocabulary.INCIDENT_TYPES)[:6]), methods=("other",), weapons=("knife",))
    assert all("_" not in line for line in render_alert(body))


@pytest.mark.parametrize(
    ("code", "said"), [("leeds", "Leeds"), ("west_country", "West country"), ("well_spoken", "well spoken")]
)
def test_an_accent_is_written_as_the_name_that_it_is(code: str, said: str) -> None:
    body = alert_body(persons=(PersonDescribed(accents=(Accent(accent=code),)),))
    assert any(f"accent: {said}" in line for line in render_alert(body, status="actual"))
