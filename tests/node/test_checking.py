"""What fits what: a blank is not a mismatch, and what is not known is never a no."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.core.checking import fit_of_identifier, fit_of_plates, fit_of_report
from node.core.scheme_data import IdentifierData
from tests.node.builders import scheme_data


def phone(canonical: str) -> IdentifierData:
    return IdentifierData(kind="phone", canonical=canonical, partial=canonical.startswith("*"))


@pytest.mark.parametrize(
    ("asked", "held", "fit"),
    [
        ("+447700900318", "+447700900318", "same"),
        ("+447700900318", "+447700900319", None),
        ("+447700900318", "*318", "may_be"),
        ("*318", "+447700900318", "may_be"),
        ("*0318", "*318", "may_be"),
        ("*319", "*318", None),
        ("*18", "+447700900318", None),
    ],
)
def test_numbers_fit_whole_or_by_their_end(asked: str, held: str, fit: str | None) -> None:
    assert fit_of_identifier(phone(asked), phone(held)) == fit


@pytest.mark.parametrize(
    ("asked", "held", "fit"),
    [
        ("YK58QQA", "YK58QQA", "same"),
        ("YK58QQA", "YK5BQQA", "same"),
        ("YK58QQA", "YK59QQA", None),
        ("YK58*", "YK58QQA", "may_be"),
        ("*QQA", "YK58*", "may_be"),
        ("?K58QQA", "YK58?QA", "may_be"),
        ("YK58", "YK58QQA", None),
        ("Y*A", "YK58QQA", None),
        ("YK5*A", "YK58QQA", "may_be"),
    ],
)
def test_plates_fit_by_what_is_known_of_both(asked: str, held: str, fit: str | None) -> None:
    assert fit_of_plates(asked, held) == fit_of_plates(held, asked) == fit


PATTERN = st.text(alphabet="ACD234?*", min_size=1, max_size=8)


@given(pattern=PATTERN, plate=st.text(alphabet="ACD234", min_size=3, max_size=8))
def test_a_pattern_fits_a_plate_as_a_regular_expression_says(pattern: str, plate: str) -> None:
    known = sum(char.isalnum() for char in pattern)
    if known < 3 or pattern.isalnum():
        return
    expected = re.fullmatch("".join({"?": ".", "*": ".*"}.get(char, char) for char in pattern), plate) is not None
    assert (fit_of_plates(pattern, plate) == "may_be") == expected


@given(one=PATTERN, other=PATTERN)
def test_it_does_not_matter_which_is_asked_and_which_is_held(one: str, other: str) -> None:
    assert fit_of_plates(one, other) == fit_of_plates(other, one)


def test_a_reports_vehicles_count_for_a_plate_and_other_kinds_do_not() -> None:
    data = scheme_data()
    assert fit_of_report(IdentifierData(kind="plate", canonical="YK58QQA"), data) == "same"
    assert fit_of_report(phone("+447700900318"), data) == "same"
    assert fit_of_report(IdentifierData(kind="handle", canonical="gaz"), data) is None
