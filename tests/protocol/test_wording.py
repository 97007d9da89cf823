"""Alerts in words: lines that read well aloud, and no word that promises anything (promise 9)."""

import msgspec
import pytest

from protocol import vehicle_vocabulary
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
from protocol.region_names import region_name
from protocol.vectors.plausible_bodies import alert_body
from protocol.wording.alert import brief_alert, render_alert


def with_person(**over: object) -> AlertBody:
    return alert_body(persons=(PersonDescribed(**over),))  # type: ignore[arg-type]


def line_of(body: AlertBody, start: str) -> str:
    found = [line for line in render_alert(body) if line.startswith(start)]
    assert len(found) == 1, found
    return found[0]


def test_an_alert_reads_as_people_speak() -> None:
    person = PersonDescribed(
        sex="man",
        age=Range(min=45, max=49),
        skin="ic1",
        height_cm=Range(min=173, max=178),
        build="stocky",
        hair_colours=("grey",),
        hair_styles=("short", "receding"),
        facial_hair="none",
        accents=(Accent(accent="local", region="west-yorkshire"),),
        marks=(Mark(mark="tattoo", motif="lion", part="hand", side="left"), Mark(mark="ring", part="hand")),
        clothing=(Garment(garment="hoodie", colour="grey"), Garment(garment="cap")),
        names_used=("Gaz",),
    )
    body = alert_body(
        urgency="expected",
        incidents=("robbery", "threats_weapon"),
        place="vehicle",
        contact="street",
        methods=("drove_elsewhere", "locked_in"),
        people=1,
        persons=(person,),
        vehicles=(
            VehicleDescribed(
                make="vauxhall", model="Insignia", shade="dark", colour="blue", type="car", plate="YK58???"
            ),
        ),
        identifiers=(IdentifierShown(kind="phone", tail="318"),),
    )
    assert render_alert(body) == (
        "WARNING: robbery and threats or a weapon. It may happen again.",
        "Where: West Yorkshire. It happened in a vehicle. May be going towards: Merseyside. When: October 2026.",
        "Contact was made on the street. How: drove somewhere else and locked the door.",
        "It is serious.",
        "The person described: a man; in their late 40s; White, northern European looking, as seen; "
        "5ft 8 to 5ft 10 tall (173 to 178 cm); stocky build; hair: grey, short and receding; facial hair: none; "
        "accent: local to West Yorkshire; tattoo of a lion on the left hand; ring on the hand; "
        "wearing: grey hoodie and cap; uses the name: Gaz.",
        "Vehicle: dark blue Vauxhall Insignia car, number plate begins YK58.",
        "The project that warns holds a phone number that ends in 318.",
        "One person took part.",
        "Do not get into this vehicle.",
        "From a report. Told at first hand, by the person it happened to. How sure: likely.",
        "Police may read this warning.",
        "This warning does not say who reported it.",
    )


def test_a_blank_is_left_out_and_never_said_to_be_no() -> None:
    body = alert_body(persons=(PersonDescribed(skin="ic9"), PersonDescribed()), severity="unknown", advice=())
    body = msgspec.structs.replace(body, vehicles=(VehicleDescribed(),), certainty="unknown", urgency="unknown")
    assert render_alert(body) == (
        "WARNING: robbery.",
        "Where: West Yorkshire. May be going towards: Merseyside. When: October 2026.",
        "From a report. Told at first hand, by the person it happened to.",
        "Police may read this warning.",
        "This warning does not say who reported it.",
    )


def test_practice_is_said_first() -> None:
    assert render_alert(alert_body(), status="exercise")[0] == "PRACTICE - NOT REAL"
    assert brief_alert(alert_body(), status="test")[0] == "PRACTICE - NOT REAL"


def test_the_brief_form_keeps_what_to_do_and_says_no_source() -> None:
    body = alert_body(advice=("do_not_get_in_vehicle", "tell_your_project"))
    lines = brief_alert(body)
    assert lines[0] == "WARNING: robbery."
    assert lines[-1].startswith("Do not get into this vehicle. If this sounds like")
    assert not any("Told" in line or "Police" in line for line in lines)


def test_several_people_are_numbered_and_counted() -> None:
    body = alert_body(people=3, persons=(PersonDescribed(sex="man"), PersonDescribed(sex="woman")))
    assert line_of(body, "Person described, number 2") == "Person described, number 2: a woman."
    assert line_of(body, "3 people") == "3 people took part."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (40, 49, "in their 40s"),
        (40, 44, "in their early 40s"),
        (44, 46, "in their mid 40s"),
        (37, 39, "in their late 30s"),
        (41, 47, "aged 41 to 47"),
        (39, 41, "aged 39 to 41"),
        (16, 19, "aged 16 to 19"),
        (52, 52, "aged 52"),
        (60, None, "aged 60 or over"),
        (None, 25, "aged 25 or under"),
    ],
)
def test_an_age_is_said_as_people_say_it(low: int | None, high: int | None, said: str) -> None:
    assert line_of(with_person(age=Range(min=low, max=high)), "The person") == f"The person described: {said}."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (160, 166, "5ft 3 to 5ft 5 tall (160 to 166 cm)"),
        (175, 182, "5ft 9 to 5ft 11 tall (175 to 182 cm)"),
        (183, 189, "6ft to 6ft 2 tall (183 to 189 cm)"),
        (172, 174, "about 5ft 8 tall (172 to 174 cm)"),
        (157, 157, "about 5ft 2 tall (157 cm)"),
        (174, 174, "about 5ft 9 tall (174 cm)"),
        (190, None, "at least 6ft 3 tall (190 cm)"),
        (None, 159, "at most 5ft 2 tall (159 cm)"),
    ],
)
def test_a_height_is_said_in_feet_first(low: int | None, high: int | None, said: str) -> None:
    assert line_of(with_person(height_cm=Range(min=low, max=high)), "The person") == f"The person described: {said}."


@pytest.mark.parametrize(
    ("plate", "said"),
    [
        ("YK58???", "number plate begins YK58"),
        ("????QQA", "number plate ends QQA"),
        ("Y*QA", "number plate begins Y and ends QA"),
        ("*K5*A*", "part of the number plate: *K5*A*"),
    ],
)
def test_a_plate_is_said_as_people_read_it_out(plate: str, said: str) -> None:
    body = alert_body(vehicles=(VehicleDescribed(make="bmw", colour="silver", plate=plate),))
    assert line_of(body, "Vehicle") == f"Vehicle: silver BMW, {said}."


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"reporters": "2+", "certainty": "observed"}, "How sure: two or more people told it at first hand."),
        ({"reporters": "2+", "certainty": "possible"}, "How sure: possible. Two or more people reported it."),
        ({"told_by": "family", "certainty": "possible"}, "Told at second hand, by family. How sure: possible."),
        ({"source": "police_request", "told_by": "police"}, "At the request of police, not from a report."),
    ],
)
def test_who_told_it_and_how_sure_it_is_are_said(over: dict[str, str], said: str) -> None:
    assert said in "\n".join(render_alert(alert_body(**over)))


def test_what_was_recent_then_is_not_said_to_be_recent_now() -> None:
    body = alert_body(period=Period(from_="2026-10", to="2026-10", recent=True))
    assert line_of(body, "Where").endswith("When: in the week before this warning, October 2026.")
    body = alert_body(period=Period(from_="2026-08", to="2026-10"))
    assert line_of(body, "Where").endswith("When: between August 2026 and October 2026.")


@pytest.mark.parametrize(
    ("code", "said"), [("leeds", "Leeds"), ("west_country", "West Country"), ("well_spoken", "well spoken")]
)
def test_an_accent_is_written_as_the_name_that_it_is(code: str, said: str) -> None:
    assert f"accent: {said}." in line_of(with_person(accents=(Accent(accent=code),)), "The person")


def test_every_make_is_written_as_its_maker_writes_it() -> None:
    said = {
        make: render_alert(alert_body(vehicles=(VehicleDescribed(make=make),)))
        for make in vehicle_vocabulary.VEHICLE_MAKES
    }
    assert any("Vehicle: Land Rover." in line for line in said["land_rover"])
    assert any("Vehicle: BMW." in line for line in said["bmw"])
    assert not any("_" in line for lines in said.values() for line in lines)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("avon-somerset", "Avon and Somerset"),
        ("devon-cornwall", "Devon and Cornwall"),
        ("dyfed-powys", "Dyfed-Powys"),
        ("city-of-london", "City of London"),
        ("west-yorkshire", "West Yorkshire"),
    ],
)
def test_a_police_area_is_named_as_its_force_is(code: str, name: str) -> None:
    assert region_name(code) == name
