"""A reason of a series is one that the bodies named can give."""

from typing import Literal

import pytest

from protocol.body_fields import PersonDescribed, Range, SeriesReason, VehicleDescribed
from protocol.series_reasons import can_be_reason, states_field
from protocol.vectors.plausible_bodies import alert_body
from protocol.vocabulary import SERIES_FIELDS

STOCKY, SLIM = (alert_body(persons=(PersonDescribed(build=build),), direction=()) for build in ("stocky", "slim"))
BLANK = alert_body(persons=(), direction=())
GOES = alert_body(persons=(), direction=("merseyside",))


def reason(field: str, speaks: Literal["for", "against"] = "for") -> SeriesReason:
    return SeriesReason(field=field, speaks=speaks, weight="some")


def test_every_field_of_the_list_is_looked_for_and_a_blank_body_states_what_it_must_alone() -> None:
    assert {field for field in SERIES_FIELDS if states_field(BLANK, field)} == {"incidents", "period", "region"}


@pytest.mark.parametrize(
    ("field", "person"),
    [
        ("age", PersonDescribed(age=Range(min=30))),
        ("hair", PersonDescribed(hair_styles=("bald",))),
        ("hair", PersonDescribed(hair_colours=("grey",))),
        ("height", PersonDescribed(height_cm=Range(min=180))),
        ("officer", PersonDescribed(officer=True)),
        ("names_used", PersonDescribed(names_used=("Gaz",))),
    ],
)
def test_a_field_of_any_person_is_stated(field: str, person: PersonDescribed) -> None:
    assert states_field(alert_body(persons=(PersonDescribed(), person)), field)


def test_a_vehicle_states_its_looks_and_its_plate_apart() -> None:
    van = alert_body(vehicles=(VehicleDescribed(type="van"),))
    assert states_field(van, "vehicle") and not states_field(van, "plate")


def test_a_town_is_a_place() -> None:
    assert states_field(alert_body(town="Leeds"), "place")


def test_for_is_said_by_all_and_against_by_two() -> None:
    assert can_be_reason(reason("build"), [STOCKY, STOCKY])
    assert not can_be_reason(reason("build"), [STOCKY, BLANK])
    assert not can_be_reason(reason("build"), [STOCKY, STOCKY, BLANK])
    assert can_be_reason(reason("build", "against"), [STOCKY, SLIM, BLANK])
    assert not can_be_reason(reason("build", "against"), [STOCKY, BLANK, BLANK])


def test_where_one_went_is_compared_with_where_the_other_took_place() -> None:
    assert can_be_reason(reason("direction"), [GOES, BLANK])
    assert not can_be_reason(reason("direction"), [BLANK, BLANK])
