from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import canonical
from protocol.bodies import Body, body_digest, check_stored, encode_body, new_body_ref, parse_body
from protocol.body_fields import AlertBody, IdentifierShown, PersonDescribed, Range, VehicleDescribed
from protocol.errors import BodyInvalid
from protocol.statement_fields import BODY_SIZES
from protocol.vectors.plausible_bodies import alert_body
from tests.protocol.payload_strategies import SAMPLES, hostile
from tests.protocol.settings import QUICK

LOG, NONCE = "11" * 32, "22" * 16
BODIES = [name for name in SAMPLES if name.startswith("body_")]
TYPES = ("alert.v1", "sighting.v1", "member.v1", "objection.v1", "series.v1")


def refusal(body: Body) -> str:
    with pytest.raises(BodyInvalid) as refused:
        encode_body(body)
    return refused.value.code


def test_a_body_is_filled_with_spaces_to_the_smallest_size() -> None:
    stored = encode_body(alert_body())
    assert len(stored) == 2048
    assert stored.rstrip(b" ") == canonical.encode(alert_body())


def test_there_is_always_at_least_one_space() -> None:
    short = canonical.encode(alert_body())
    full = short[:-1] + b" " * (2048 - len(short)) + b"}"
    with pytest.raises(BodyInvalid) as refused:
        parse_body(full, "alert.v1")
    assert refused.value.code == "body.padding"


@QUICK
@given(st.lists(st.sampled_from([b"}", b"{}", b" ", b"\n", b"x", b" " * 2_040])), st.sampled_from(BODY_SIZES))
def test_what_follows_the_object_is_spaces_and_no_more_than_are_needed(parts: list[bytes], size: int) -> None:
    stored = b"".join(parts)[:size].ljust(size)
    content = stored.rstrip(b" ")
    fits = len(content) < size and not any(len(content) < smaller < size for smaller in BODY_SIZES)
    with pytest.raises(BodyInvalid) as refused:
        parse_body(stored, "alert.v1")
    ends = content.endswith(b"}")
    assert (refused.value.code == "body.padding") == (not fits or (not ends and b"}" in content))
    assert ends or refused.value.code in ("body.padding", "body.not_json")


def test_a_body_grows_to_the_next_size() -> None:
    event = [f"{i:064x}" for i in range(8)]
    person = PersonDescribed(names_used=tuple("abcdefghijklmnopqrstuvwxyz" + c for c in "abcd"), age=Range(min=1))
    large = alert_body(same_event_as=tuple(event), persons=(person,) * 4, identifiers=_tags(8))
    stored = encode_body(large)
    assert len(stored) == 4096
    assert parse_body(stored, "alert.v1") == large


def _tags(count: int) -> tuple[IdentifierShown, ...]:
    return tuple(IdentifierShown(kind="phone", epoch=n, tag=f"{n:0128x}", tail="12") for n in range(count))


def test_the_digest_depends_on_the_log_the_origin_the_nonce_and_the_bytes() -> None:
    stored = encode_body(alert_body())
    digests = {
        body_digest(LOG, 1, NONCE, stored),
        body_digest("33" * 32, 1, NONCE, stored),
        body_digest(LOG, 2, NONCE, stored),
        body_digest(LOG, 1, "33" * 16, stored),
        body_digest(LOG, 1, NONCE, stored + b" "),
    }
    assert len(digests) == 5


def test_a_body_is_accepted_beside_its_own_statement_only() -> None:
    body = alert_body()
    stored = encode_body(body)
    ref = new_body_ref(body, stored, LOG, 1, NONCE)
    assert check_stored(stored, ref, LOG, 1, NONCE) == body
    with pytest.raises(BodyInvalid) as refused:
        check_stored(stored, ref, LOG, 2, NONCE)
    assert refused.value.code == "body.digest"


@pytest.mark.parametrize("body_type", TYPES)
def test_a_body_is_read_as_its_own_type_only(body_type: str) -> None:
    for name in BODIES:
        content = SAMPLES[name]
        if f'"type":"{body_type}"'.encode() in content:
            continue
        with pytest.raises(BodyInvalid) as refused:
            parse_body(content.ljust(2048), body_type)
        assert refused.value.code == "body.type"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(BodyInvalid) as refused:
        parse_body(b'{"type":"letter.v1"}'.ljust(2048), "letter.v1")
    assert refused.value.code == "body.type"


def test_an_alert_has_no_field_about_the_person_who_reported() -> None:
    """Promise 1: a new field is a decision, so it changes this list."""
    assert set(AlertBody.__struct_fields__) == {
        *("advice", "certainty", "concerns", "contact", "direction", "identifiers", "incidents", "methods", "people"),
        *("period", "persons", "place", "police", "region", "reporters", "ruses", "salt", "same_event_as"),
        *("severity", "source", "text", "told_by", "town", "type", "urgency", "vehicles", "weapons"),
    }


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"persons": ()}, "body.describes_nothing"),
        ({"persons": (PersonDescribed(),)}, "body.describes_nothing"),
        ({"vehicles": (VehicleDescribed(),)}, "body.describes_nothing"),
        ({"persons": (PersonDescribed(officer=True),)}, "body.police"),
        ({"vehicles": (VehicleDescribed(plate="AB12"),)}, "body.plate"),
        ({"identifiers": (IdentifierShown(kind="plate", tail="ABC"),)}, "body.tail"),
        ({"text": " a"}, "body.grammar"),
        ({"text": "a\u200bb"}, "body.grammar"),
        ({"town": "Leeds\n"}, "body.grammar"),
    ],
)
def test_a_builder_learns_what_a_reader_would_refuse(over: dict[str, Any], code: str) -> None:
    assert refusal(alert_body(**over)) == code


@pytest.mark.parametrize("plate", ["AB1*", "???", "*", "1?2?3"])
def test_three_characters_of_a_plate_may_be_shown(plate: str) -> None:
    encode_body(alert_body(vehicles=(VehicleDescribed(plate=plate),)))


def test_police_may_not_read_what_is_about_an_officer() -> None:
    encode_body(alert_body(police="no", persons=(PersonDescribed(officer=True),)))


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_and_written_as_the_same_bytes(name: str) -> None:
    stored = SAMPLES[name].ljust(next(size for size in BODY_SIZES if size > len(SAMPLES[name])))
    body_type = next(kind for kind in TYPES if f'"type":"{kind}"'.encode() in stored)
    assert encode_body(parse_body(stored, body_type)) == stored


@QUICK
@given(hostile(*BODIES), st.sampled_from(TYPES), st.sampled_from(BODY_SIZES) | st.none())
def test_any_bytes_give_a_body_or_our_error(content: bytes, body_type: str, size: int | None) -> None:
    stored = content if size is None else content.ljust(size)
    try:
        body = parse_body(stored, body_type)
    except BodyInvalid:
        return
    assert encode_body(body) == stored
