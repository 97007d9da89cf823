"""Who signed a request, for what, when, and having seen what: nothing of it can be changed, removed or added."""

import base64
import datetime as dt
import time
from typing import Any

import pytest
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
)
from hypothesis import given as for_any
from hypothesis import strategies as st
from nacl.signing import SigningKey

from protocol.errors import ProtocolError
from protocol.http_signatures import (
    CLOCK_SKEW_SECONDS,
    LIFETIME_SECONDS,
    VerifiedRequest,
    verify_request,
)
from protocol.signature_fields import decode_seen, encode_seen, parse_signature, parse_signature_input
from protocol.statement_fields import Seen
from tests.protocol.rejection import rejected_as
from tests.protocol.signed_requests import (
    BODY,
    KEY,
    KEYID,
    NONCE,
    NOW,
    PUBLIC,
    SEEN,
    URL,
    Ed25519,
    RfcMessage,
    a_signed_request,
    signed_with,
    verified,
)


def test_the_signature_of_rfc_9421_b_2_6_is_made_byte_for_byte() -> None:
    seed = base64.urlsafe_b64decode("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU=")
    message = RfcMessage()
    resolver = MappingKeyResolver(public_keys={}, private_keys={"test-key-ed25519": seed})
    HTTPMessageSigner(signature_algorithm=Ed25519, key_resolver=resolver).sign(
        message,
        key_id="test-key-ed25519",
        created=dt.datetime.fromtimestamp(1_618_884_473, dt.UTC),
        label="sig-b26",
        include_alg=False,
        covered_component_ids=("date", "@method", "@path", "@authority", "content-type", "content-length"),
    )
    assert message.headers["Signature-Input"] == (
        'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"'
    )
    assert message.headers["Signature"] == (
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
    )


def test_a_signed_request_verifies_and_says_who_when_and_what_was_seen() -> None:
    request = verified(a_signed_request())
    assert request == VerifiedRequest(KEYID, NONCE.hex(), NOW, NOW + LIFETIME_SECONDS, SEEN)
    assert request.remember_until == NOW + LIFETIME_SECONDS + CLOCK_SKEW_SECONDS


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://hub.example",
        "https://hub.example/",
        "https://hub.example?",
        "https://HUB.example:443/v1/%C3%A9?a=b?c",
        "http://hub.example:080/x",
        "http://hub.example:8443/x?",
    ],
)
def test_another_implementation_of_rfc_9421_reads_what_we_sign_and_we_read_what_it_signs(url: str) -> None:
    message = RfcMessage()
    message.url, message.headers = url, a_signed_request(url=url, created=int(time.time()))
    resolver = MappingKeyResolver(public_keys={KEYID: PUBLIC}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=Ed25519, key_resolver=resolver)
    assert len(verifier.verify(message, expect_tag="watchword/v1", body=BODY)) == 1

    headers = {name: value for name, value in a_signed_request(url=url).items() if "-" in name and "sig" not in name}
    theirs = signed_with(headers, ("content-digest", "watchword-seen"), url)
    assert verified(theirs, url=url).seen == SEEN


@pytest.mark.parametrize("name", ["content-digest", "watchword-seen"])
@pytest.mark.parametrize("value", ["one\ntwo", "\u00e9", "a\x00b"])
def test_a_field_that_is_not_one_line_of_ascii_is_no_signed_field(name: str, value: str) -> None:
    headers = a_signed_request() | {name: value}
    base = (
        '"@method": POST\n"@authority": hub.example\n"@path": /v1/statements\n"@query": ?wait=1\n'
        f'"content-digest": {headers["content-digest"]}\n"watchword-seen": {headers["watchword-seen"]}\n'
        f'"@signature-params": {headers["signature-input"].removeprefix("watchword=")}'
    )
    headers["signature"] = f"watchword=:{base64.b64encode(KEY.sign(base.encode()).signature).decode()}:"
    with rejected_as("http.signature"):
        verified(headers)


def test_the_headers_are_those_of_the_specification() -> None:
    assert a_signed_request()["signature-input"] == (
        'watchword=("@method" "@authority" "@path" "@query" "content-digest" "watchword-seen")'
        f';created=1795000000;keyid="{KEYID}";alg="ed25519";expires=1795000300'
        ';nonce="000102030405060708090a0b0c0d0e0f";tag="watchword/v1"'
    )
    base = (
        '"@method": POST\n"@authority": hub.example\n"@path": /v1/statements\n"@query": ?wait=1\n'
        f'"content-digest": {a_signed_request()["content-digest"]}\n"watchword-seen": {encode_seen(SEEN)}\n'
        f'"@signature-params": {a_signed_request()["signature-input"].removeprefix("watchword=")}'
    )
    signature = base64.b64encode(KEY.sign(base.encode()).signature).decode()
    assert a_signed_request()["signature"] == f"watchword=:{signature}:"


@pytest.mark.parametrize("body", [b"", BODY])
@pytest.mark.parametrize("seen", [None, SEEN])
@pytest.mark.parametrize(
    "url", ["https://hub.example", "https://hub.example:8443/?", URL, "http://hub.example/a%20b?c?d"]
)
def test_a_request_needs_no_body_no_seen_and_no_query(url: str, seen: Seen | None, body: bytes) -> None:
    headers = a_signed_request(method="GET", url=url, seen=seen, body=body)
    assert ("content-digest" in headers, "watchword-seen" in headers) == (bool(body), seen is not None)
    assert verified(headers, method="GET", url=url, body=body).seen == seen


def test_a_proxy_may_end_tls_and_change_the_case_of_names() -> None:
    headers = {name.title(): value for name, value in a_signed_request().items()} | {"X-Forwarded-Proto": "https"}
    assert verified(headers, url=URL.replace("https:", "http:"))


@pytest.mark.parametrize(
    "over",
    [
        {"method": "PUT"},
        {"url": URL.replace("hub", "bub")},
        {"url": URL.replace("hub.example", "hub.example:8443")},
        {"url": URL.replace("statements", "statement")},
        {"url": URL.replace("wait=1", "wait=2")},
        {"url": URL.removesuffix("?wait=1")},
    ],
)
def test_a_signature_is_for_one_target(over: dict[str, Any]) -> None:
    with rejected_as("http.signature"):
        verified(a_signed_request(), **over)


def test_a_signature_is_for_one_body() -> None:
    with rejected_as("http.digest"):
        verified(a_signed_request(), body=BODY + b" ")
    with rejected_as("http.digest_presence"):
        verified(a_signed_request(), body=b"")
    with rejected_as("http.digest_presence"):
        verified(a_signed_request(body=b""))
    other = a_signed_request(body=b"other")["content-digest"]
    with rejected_as("http.signature"):
        verified(a_signed_request() | {"content-digest": other}, body=b"other")


def test_a_digest_by_another_algorithm_is_refused() -> None:
    headers = signed_with({"content-digest": "sha-512=:" + "A" * 86 + "==:"}, ("content-digest",))
    with rejected_as("http.digest"):
        verified(headers)


def test_what_the_sender_saw_cannot_be_changed_removed_or_added() -> None:
    with rejected_as("http.signature"):
        verified(a_signed_request() | {"watchword-seen": encode_seen(Seen(root="11" * 32, sig="22" * 64, size=8))})
    without = a_signed_request()
    del without["watchword-seen"]
    with rejected_as("http.coverage"):
        verified(without)
    with rejected_as("http.coverage"):
        verified(a_signed_request(seen=None) | {"watchword-seen": encode_seen(SEEN)})


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (NOW - CLOCK_SKEW_SECONDS, None),
        (NOW - CLOCK_SKEW_SECONDS - 1, "future"),
        (NOW + LIFETIME_SECONDS + CLOCK_SKEW_SECONDS, None),
        (NOW + LIFETIME_SECONDS + CLOCK_SKEW_SECONDS + 1, "expired"),
    ],
)
def test_a_request_is_for_a_few_minutes(now: int, code: str | None) -> None:
    if code is None:
        assert verified(a_signed_request(), now=now)
    else:
        with rejected_as(f"http.{code}"):
            verified(a_signed_request(), now=now)


@pytest.mark.parametrize("expires", [NOW, NOW - 1, NOW + LIFETIME_SECONDS + 1])
def test_a_request_lives_no_longer_than_its_nonce_is_kept(expires: int) -> None:
    with rejected_as("http.lifetime"):
        verified(_changed_input("expires=1795000300", f"expires={expires}"))


def test_an_unknown_key_and_another_members_key_are_refused() -> None:
    with rejected_as("http.unknown_key"):
        verified(a_signed_request(), public_key_of=lambda _keyid: None)
    with rejected_as("http.signature"):
        verified(a_signed_request(), public_key_of=lambda _keyid: bytes(SigningKey(bytes(32)).verify_key))
    with rejected_as("http.signature"):
        verified(a_signed_request(), public_key_of=lambda _keyid: b"short")


def test_a_forgery_under_a_key_of_small_order_is_refused() -> None:
    forged = a_signed_request() | {"signature": "watchword=:" + base64.b64encode(b"\x01" + bytes(63)).decode() + ":"}
    with rejected_as("http.signature"):
        verified(forged, public_key_of=lambda _keyid: b"\x01" + bytes(31))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("watchword=", "other=", "signature_input"),
        ("watchword=", "watchword=(),watchword=", "signature_input"),
        ('"@method" ', '"@method";req ', "signature_input"),
        (")", "", "signature_input"),
        (";", " ;", "signature_input"),
        ('"@method" ', "", "coverage"),
        ('"@query" ', "", "coverage"),
        (' "content-digest"', "", "coverage"),
        (' "watchword-seen"', "", "coverage"),
        ('"@method" "@authority"', '"@authority" "@method"', "coverage"),
        ('"@method"', '"@method" "@method"', "coverage"),
        ('"@method"', '"@target-uri"', "coverage"),
        ('"@method"', '"@method" "date"', "coverage"),
        (";created=1795000000", "", "parameters"),
        (";created=1795000000", ";created=1795000000;created=1795000000", "parameters"),
        ("created=1795000000", "created=-1", "parameters"),
        ("created=1795000000", "created=01795000000", "parameters"),
        ("created=1795000000", "created=1795000000.0", "parameters"),
        ("created=1795000000", 'created="1795000000"', "parameters"),
        (";expires=1795000300", "", "parameters"),
        (';nonce="000102030405060708090a0b0c0d0e0f"', "", "parameters"),
        ('nonce="00', 'nonce="', "parameters"),
        ('nonce="000102030405060708090a', 'nonce="000102030405060708090A', "parameters"),
        ('keyid="', 'keyid="0', "parameters"),
        (';tag="watchword/v1"', "", "parameters"),
        (';tag="watchword/v1"', ';tag="watchword/v1";extra=1', "parameters"),
        ('tag="watchword/v1"', 'tag="watchword/v2"', "tag"),
        (';alg="ed25519"', "", "parameters"),
        ('alg="ed25519"', 'alg="hmac-sha256"', "algorithm"),
        ("nonce=\"0001", "nonce=\"1001", "signature"),
        ("created=1795000000", "created=1795000001", "signature"),
    ],
)  # fmt: skip
def test_a_signature_input_outside_the_profile_is_refused_by_name(old: str, new: str, code: str) -> None:
    with rejected_as(f"http.{code}"):
        verified(_changed_input(old, new))


def test_parameters_may_stand_in_any_order() -> None:
    reordered = parse_signature_input(
        'watchword=("@method");tag="t";nonce="' + "0" * 32 + '";alg="a";expires=5;keyid="' + "0" * 64 + '";created=3',
        label="watchword",
    )
    assert (reordered.covered, reordered.created, reordered.expires) == (("@method",), 3, 5)


@pytest.mark.parametrize("name", ["signature", "signature-input"])
def test_an_unsigned_request_is_refused(name: str) -> None:
    headers = a_signed_request()
    del headers[name]
    with rejected_as("http.unsigned"):
        verified(headers)


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest", "Watchword-Seen"])
def test_a_field_stands_once_and_is_short(name: str) -> None:
    with rejected_as("http.repeated"):
        verified(a_signed_request() | {name: "x"})
    with rejected_as("http.oversize"):
        verified(a_signed_request() | {name.lower(): "x" * 513})


@pytest.mark.parametrize(
    "field", ["", "watchword", "watchword=::", "other=:" + "A" * 86 + "==:", "watchword=:" + "A" * 85 + "B==:"]
)
def test_a_signature_field_has_one_form(field: str) -> None:
    with rejected_as("http.signature_field"):
        parse_signature(field, label="watchword")


@pytest.mark.parametrize("method", ["", "get", "GET ", "GÉT", "A" * 17, "GET\n"])
def test_a_method_is_upper_case_letters(method: str) -> None:
    with rejected_as("http.method"):
        verified(a_signed_request(), method=method)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/path",
        "hub.example/",
        "ftp://hub.example/",
        "https://",
        "https:///path",
        "https://u@hub.example/",
        "https://hub.example/#f",
        "https://hub.example/a b",
        "https://hub.example/%",
        "https://hub.example/%zz",
        "https://hub.example/é",
        "https://hub.example/\n",
        "https://hub.example:port/",
        "https://hub.example/" + "a" * 2048,
    ],
)
def test_a_url_has_one_reading(url: str) -> None:
    with rejected_as("http.url"):
        verified(a_signed_request(), url=url)
    with rejected_as("http.url"):
        a_signed_request(url=url)


def test_a_nonce_of_another_size_is_a_callers_bug() -> None:
    with pytest.raises(RuntimeError):
        a_signed_request(nonce=bytes(15))


@for_any(st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_every_seen_reads_back(size: int, root: bytes, sig: bytes) -> None:
    seen = Seen(root=root.hex(), sig=sig.hex(), size=size)
    assert decode_seen(encode_seen(seen)) == seen


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("size=7", "size=0"),
        ("size=7", "size=07"),
        ("size=7", "size=9007199254740992"),
        ("size=7, ", ""),
        ("size=7, ", "size=7,"),
        ("size=7, ", "size=7, size=7, "),
        ("EQ", "Eé"),
        ("ERE=", "ERF="),
        ("Ig==", "Ih=="),
        ("root", "toor"),
    ],
)
def test_a_seen_has_one_form(old: str, new: str) -> None:
    changed = encode_seen(SEEN).replace(old, new)
    assert changed != encode_seen(SEEN) or old == "EQ"
    if changed != encode_seen(SEEN):
        with rejected_as("http.seen"):
            decode_seen(changed)


def test_a_seen_that_cannot_be_read_is_refused_though_signed() -> None:
    headers = signed_with({"watchword-seen": "size=1"}, ("watchword-seen",))
    with rejected_as("http.seen"):
        verified(headers, body=b"")


@for_any(st.data())
def test_no_altered_character_of_a_field_verifies(data: st.DataObject) -> None:
    headers = a_signed_request()
    name = data.draw(st.sampled_from(sorted(headers)))
    at = data.draw(st.integers(0, len(headers[name]) - 1))
    other = data.draw(st.characters().filter(lambda character: character != headers[name][at]))
    with pytest.raises(ProtocolError):
        verified(headers | {name: headers[name][:at] + other + headers[name][at + 1 :]})


_NAMES = st.sampled_from(["Signature", "signature-input", "Content-Digest", "watchword-seen"]) | st.text(max_size=9)


@for_any(
    st.text(max_size=9), st.text(max_size=40), st.dictionaries(_NAMES, st.text(max_size=60)), st.binary(max_size=9)
)
def test_any_request_is_refused_by_name(method: str, url: str, headers: dict[str, str], body: bytes) -> None:
    for target in ((method, url), ("GET", URL)):
        with pytest.raises(ProtocolError) as caught:
            verify_request(*target, headers, body, now=NOW, public_key_of=lambda _keyid: PUBLIC)
        assert caught.value.code.startswith("http.")


def _changed_input(old: str, new: str) -> dict[str, str]:
    headers = a_signed_request()
    assert old in headers["signature-input"]
    return headers | {"signature-input": headers["signature-input"].replace(old, new, 1)}
