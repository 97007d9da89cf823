"""What a form makes of what was posted."""

import pytest

from protocol.house.web.forms import Form


@pytest.mark.parametrize("year", ["0", "-1", "20x6", "9" * 30, "٢٠٢٦٩"])
def test_what_is_no_date_is_refused_by_its_name(year: str) -> None:
    form = Form([("told-day", "27"), ("told-month", "3"), ("told-year", year)])
    assert form.day("told") is None
    assert form.errors == {"told": "A real date, such as 27 3 2026"}


def test_what_is_said_of_a_field_that_the_page_has_not_is_said_of_the_page() -> None:
    form = Form()
    form.refuse("reason", "Say why")
    form.refuse("day", "Say when")
    form.say_of_page(["reason"])
    assert form.errors == {"day": "Say when", "": "Say why"}
