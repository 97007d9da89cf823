"""What a warning is composed of: what is listed and nothing else."""

from datetime import date

import pytest
from msgspec.structs import replace

from node.core.described import plate_shown, plates_shown
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from protocol.bodies import encode_body
from protocol.house.core.errors import Refused
from tests.node.builders import CHOICES, GROUND, composed, scheme_data


def test_only_what_is_listed_is_written() -> None:
    body = composed(
        SchemeData(
            incident_types=("robbery", "time_waster"),
            date_min=date(2026, 10, 30),
            date_max=date(2026, 10, 30),
            area="Holbeck",
            persons=(PersonData(skin="IC1 with a limp", build="stocky", names_used=("Gary Smith", "Gaz")),),
            vehicles=(VehicleData(model="see notes: 07700 900318", plates=("YK58QQA",)),),
            identifiers=(
                IdentifierData(kind="e_mail", canonical="gaz@example.org"),
                IdentifierData(kind="handle", canonical="gaz1977"),
                IdentifierData(kind="phone", canonical="+447700900318"),
            ),
        )
    )
    stored = encode_body(body)
    for word in (
        b"Holbeck",
        b"limp",
        b"Smith",
        b"notes",
        b"example",
        b"1977",
        b"YK58",
        b"7700",
        b"-30",
        b"time_waster",
    ):
        assert word not in stored
    assert body.persons[0].names_used == ("Gaz",)
    assert body.vehicles[0].plate == "????QQA"
    assert [one.tail for one in body.identifiers] == [None, None, "318"]
    assert (body.period.from_, body.period.to, body.town, body.text, body.concerns) == (
        "2026-10",
        "2026-10",
        None,
        None,
        (),
    )


def test_an_officer_is_never_for_police() -> None:
    described = scheme_data(persons=(PersonData(build="slim", officer=True),))
    assert composed(described).police == "no"
    assert composed(scheme_data(), ground=replace(GROUND, facts=replace(GROUND.facts, officer=True))).police == "no"
    assert composed(scheme_data()).police == "yes"


def test_a_warning_that_describes_nothing_is_refused() -> None:
    with pytest.raises(Refused):
        composed(SchemeData(incident_types=("robbery",)))
    with pytest.raises(Refused):
        composed(scheme_data(incident_types=("time_waster",)))


@pytest.mark.parametrize(
    ("plate", "shown"), [("YK58QQA", "????QQA"), ("YK58???", "?K58???"), ("*KDL", "*KDL"), ("???", None), ("", None)]
)
def test_at_most_three_characters_of_a_plate_are_shown(plate: str, shown: str | None) -> None:
    assert plate_shown(plate) == shown


def test_where_readings_of_a_plate_differ_nothing_is_claimed() -> None:
    assert plates_shown(("YK58QQA", "YK58QQB")) == "???8QQ?"
    assert plates_shown(("YK58QQA", "K58QQA")) is None


@pytest.mark.parametrize(
    "town",
    [
        "She Lives Above The Chippy",
        "Stoke on Trent near",
        "Elland Road",
        "Flat Three Leeds",
        "Oh seven seven double-o nine hundred",
        "Gaz at mail dot com",
        "Leeds-by-the-Genesis-office",
        "leeds",
        "Leeds ",
    ],
)
def test_a_town_is_the_name_of_a_town_and_nothing_else(town: str) -> None:
    with pytest.raises(Refused) as error:
        composed(scheme_data(), replace(CHOICES, town=town))
    assert error.value.code == "refused.choice" and town not in str(error.value)


@pytest.mark.parametrize("town", ["Leeds", "Stoke on Trent", "Chester-le-Street", "King's Lynn", "Newcastle upon Tyne"])
def test_the_names_of_real_towns_can_be_chosen(town: str) -> None:
    assert composed(scheme_data(), replace(CHOICES, town=town)).town == town
