"""Canonical forms: one spelling of each identifier, or our error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import IdentifierInvalid
from protocol.identifiers import canonical, canonical_plate_pattern, is_gb_plate, written_phone
from protocol.vocabulary import IDENTIFIER_KINDS


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("phone", "07700 900 123", "+447700900123"),
        ("phone", "+44 (0)7700 900123", "+447700900123"),
        ("phone", "0044 7700-900-123", "+447700900123"),
        ("phone", "447700900123", "+447700900123"),
        ("phone", "7700900123", "+447700900123"),
        ("phone", "020 7946 0123", "+442079460123"),
        ("phone", "０１６３２ ９６０１７７", "+441632960177"),
        ("e_mail", " Some.One@Example.COM ", "some.one@example.com"),
        ("handle", "@YorksXL_ZZ", "yorksxl_zz"),
        ("handle", "ＬＡＤ_zz😈", "lad_zz😈"),
        ("plate", "yk58 abq", "YK58ABQ"),
    ],
)
def test_what_people_write_has_one_canonical_form(kind: str, written: str, expected: str) -> None:
    assert canonical(kind, written) == expected


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("phone", "12345"),
        ("phone", "07700 900 123 or 124"),
        ("phone", "07700 90O 123"),
        ("e_mail", "someone at example"),
        ("e_mail", "a@b"),
        ("handle", "two words"),
        ("handle", "@"),
        ("plate", "YK58 ???"),
        ("plate", "RED"),
        ("car", "YK58 ABQ"),
    ],
)
def test_what_is_no_identifier_is_refused_by_name(kind: str, written: str) -> None:
    with pytest.raises(IdentifierInvalid):
        canonical(kind, written)


@given(st.sampled_from(sorted(IDENTIFIER_KINDS)), st.text(max_size=60))
def test_any_text_is_a_value_that_is_its_own_canonical_form_or_our_error(kind: str, text: str) -> None:
    try:
        value = canonical(kind, text)
    except IdentifierInvalid as error:
        assert error.code.startswith("identifier.")
        return
    assert canonical(kind, value) == value


def test_a_pattern_keeps_what_is_known_and_no_more() -> None:
    assert canonical_plate_pattern("bd?? qlx") == "BD??QLX"
    assert canonical_plate_pattern("**kdl") == "*KDL"
    with pytest.raises(IdentifierInvalid):
        canonical_plate_pattern("???")


def test_marks_of_the_forms_issued_here_are_told_from_others() -> None:
    assert is_gb_plate("YK58ABQ")
    assert is_gb_plate("P123ABQ")
    assert not is_gb_plate("FULLREG")


@pytest.mark.parametrize(
    ("held", "written"),
    [
        ("+447700900123", "07700 900123"),
        ("+441632960177", "01632 960177"),
        ("+40721000000", "+40 721 000 000"),
        ("*0123", "*0123"),
    ],
)
def test_a_number_is_written_as_people_write_it(held: str, written: str) -> None:
    assert written_phone(held) == written
