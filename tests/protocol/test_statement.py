import json

import pytest
from hypothesis import given

from protocol import canonical
from protocol.errors import StatementInvalid
from protocol.request import parse_ack, parse_request
from protocol.statement import (
    KINDS,
    LEASE_DAYS,
    RESERVED_KINDS,
    encode_statement,
    parse_statement,
    reserved_kind,
    statement_identity,
)
from protocol.vectors.accepted import accepted
from protocol.vectors.scene import Scene, three_projects
from tests.protocol.payload_strategies import SAMPLES, hostile
from tests.protocol.settings import QUICK

STATEMENTS = [name for name, vector in accepted().items() if vector["what"] == "envelope" and "request" not in name]


def refusal(payload: bytes) -> StatementInvalid:
    with pytest.raises(StatementInvalid) as refused:
        parse_statement(payload)
    return refused.value


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_read_and_written_as_the_same_bytes(name: str) -> None:
    assert encode_statement(parse_statement(SAMPLES[name])) == SAMPLES[name]


def test_every_kind_has_an_example() -> None:
    assert {json.loads(SAMPLES[name])["kind"] for name in STATEMENTS} == KINDS.keys()


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_field_of_any_kind_can_be_left_out(name: str) -> None:
    fields = json.loads(SAMPLES[name])
    for field in fields:
        rest = {key: value for key, value in fields.items() if key != field}
        assert refusal(canonical.encode(rest)).code == "statement.missing_field", field


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_field_of_another_kind_can_be_added(name: str) -> None:
    fields = json.loads(SAMPLES[name])
    others = {key: value for other in STATEMENTS for key, value in json.loads(SAMPLES[other]).items()}
    for field in others.keys() - fields.keys():
        code = refusal(canonical.encode(fields | {field: others[field]})).code
        assert code == "statement.forbidden_field", field


@pytest.mark.parametrize("day", ["2028-02-29", "2000-01-01", "2199-12-31"])
def test_real_days_are_accepted(day: str) -> None:
    assert parse_statement(SAMPLES["leave"].replace(b"2026-11-02", day.encode())).day == day


@pytest.mark.parametrize("day", ["2027-02-29", "2100-02-29", "2026-11-31", "1999-12-31", "2200-01-01", "2026-W45-1"])
def test_other_days_are_refused(day: str) -> None:
    assert refusal(SAMPLES["leave"].replace(b"2026-11-02", day.encode())).code == "statement.grammar"


@pytest.mark.parametrize("days", LEASE_DAYS)
def test_a_lease_is_counted_over_29_february(days: int) -> None:
    scene = Scene()
    scene.day = scene.day.replace(year=2028, month=2, day=27)
    statement = scene.alert_statement(1, days=days)
    assert parse_statement(encode_statement(statement)).lease_days() == days


def test_a_refusal_names_the_field_and_never_its_value() -> None:
    for value in ("Margaret at `$.Margaret`", "unknown field Margaret", "got `Margaret`", "Margaret"):
        payload = canonical.encode(json.loads(SAMPLES["alert"]) | {"status": value})
        refused = refusal(payload)
        assert (refused.code, refused.detail) == ("statement.grammar", "status")
        assert "Margaret" not in str(refused)


def test_a_refusal_does_not_repeat_an_unknown_fields_name() -> None:
    refused = refusal(canonical.encode(json.loads(SAMPLES["alert"]) | {"Margaret": 1}))
    assert refused.code == "statement.unknown_field"
    assert "Margaret" not in str(refused)


def test_a_statement_that_no_reader_accepts_is_not_built() -> None:
    scene = three_projects()
    with pytest.raises(RuntimeError):
        encode_statement(scene.statement("alert", 1))


def test_the_identity_is_of_the_bytes() -> None:
    assert statement_identity(SAMPLES["leave"]) == accepted()["leave"]["pae_sha256"]


@pytest.mark.parametrize("kind", sorted(RESERVED_KINDS))
def test_a_reserved_kind_is_known_by_its_own_kind_only(kind: str) -> None:
    word = kind.encode()
    assert reserved_kind(b'{"kind":"%b","more":[1.5,null]}' % word) == kind
    assert reserved_kind(b'{"about":{"kind":"alert"},"kind":"%b"}' % word) == kind
    assert reserved_kind(b'{"about":{"kind":"%b"},"kind":"alert"}' % word) is None
    assert reserved_kind(b'{"about":{"kind":"%b"}}' % word) is None
    assert reserved_kind(b'{"kind":"%b"' % word) is None
    assert reserved_kind(b'["%b"]' % word) is None


@QUICK
@given(hostile(*STATEMENTS))
def test_any_bytes_give_a_statement_or_our_error(payload: bytes) -> None:
    try:
        reserved_kind(payload)
        statement = parse_statement(payload)
    except StatementInvalid:
        return
    assert canonical.encode(statement) == payload


@QUICK
@given(hostile("request", "request_lead"))
def test_any_bytes_give_a_request_or_our_error(payload: bytes) -> None:
    try:
        request = parse_request(payload)
    except StatementInvalid:
        return
    assert canonical.encode(request) == payload


@QUICK
@given(hostile("ack"))
def test_any_bytes_give_an_ack_or_our_error(payload: bytes) -> None:
    try:
        ack = parse_ack(payload)
    except StatementInvalid:
        return
    assert canonical.encode(ack) == payload
