import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from protocol.envelope import (
    MAX_ENVELOPE_BYTES,
    MAX_PAYLOAD_BYTES,
    STATEMENT_TYPE,
    decode_envelope,
    encode_envelope,
    identity_of,
    pae,
    sign_envelope,
)
from protocol.errors import EnvelopeInvalid, KeyInvalid, ProtocolError, SignatureInvalid
from protocol.keys import key_id, require_valid_point, verify_signature
from protocol.vectors.named_keys import public, signing_key
from tests.protocol.settings import QUICK

KEY = signing_key("somebody")
PUBLIC = bytes(KEY.verify_key)

RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]


@pytest.mark.parametrize(("secret", "key", "message", "signature"), RFC_8032)
def test_the_known_answers_of_rfc_8032(secret: str, key: str, message: str, signature: str) -> None:
    signer = SigningKey(bytes.fromhex(secret))
    assert bytes(signer.verify_key).hex() == key
    assert signer.sign(bytes.fromhex(message)).signature.hex() == signature
    verify_signature(bytes.fromhex(message), bytes.fromhex(signature), bytes.fromhex(key))


def test_the_known_answer_of_dsse() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_the_lengths_are_of_bytes_and_in_decimal() -> None:
    assert pae("t", "é".encode()) == b"DSSEv1 1 t 2 \xc3\xa9"
    assert pae("t", b"") == b"DSSEv1 1 t 0 "


@pytest.mark.parametrize("key", SMALL_ORDER)
def test_a_key_of_small_order_is_refused(key: str) -> None:
    with pytest.raises(KeyInvalid) as refused:
        require_valid_point(bytes.fromhex(key), "keys")
    assert refused.value.code == "key.invalid_point"


@pytest.mark.parametrize("key", SMALL_ORDER)
def test_nothing_verifies_under_a_key_of_small_order(key: str) -> None:
    for first in ("01" + "00" * 31, key):
        with pytest.raises(SignatureInvalid):
            verify_signature(b"anything", bytes.fromhex(first) + bytes(32), bytes.fromhex(key))


@pytest.mark.parametrize("key", [b"", b"\0" * 31, PUBLIC + b"\0"])
def test_a_key_of_another_size_is_refused_in_our_words(key: bytes) -> None:
    with pytest.raises(KeyInvalid):
        require_valid_point(key, "keys")
    with pytest.raises(SignatureInvalid):
        verify_signature(b"", bytes(64), key)


def test_a_usable_key_is_not_refused() -> None:
    require_valid_point(PUBLIC, "keys")


def test_the_largest_payload_fits_into_an_envelope_of_any_type() -> None:
    longest = "application/vnd.watchword.statement.v999-critical+json"
    whole = encode_envelope(b"x" * MAX_PAYLOAD_BYTES, longest, key_id(PUBLIC), bytes(64))
    assert len(whole) <= MAX_ENVELOPE_BYTES
    assert decode_envelope(whole).payload_type == longest


def test_a_payload_that_no_reader_accepts_is_not_signed() -> None:
    with pytest.raises(RuntimeError):
        sign_envelope(b"x" * (MAX_PAYLOAD_BYTES + 1), STATEMENT_TYPE, KEY)


def test_an_envelope_does_not_verify_under_another_key_than_it_names() -> None:
    read = decode_envelope(sign_envelope(b"{}", STATEMENT_TYPE, KEY))
    with pytest.raises(SignatureInvalid):
        read.verify(bytes.fromhex(public("somebody else")))


def test_a_key_id_that_names_another_key_does_not_verify_under_the_right_one() -> None:
    read = decode_envelope(sign_envelope(b"{}", STATEMENT_TYPE, KEY))
    renamed = encode_envelope(read.payload, read.payload_type, "00" * 32, read.signature)
    with pytest.raises(SignatureInvalid):
        decode_envelope(renamed).verify(PUBLIC)


def test_the_identity_is_the_same_whoever_signs() -> None:
    one, other = (decode_envelope(sign_envelope(b"{}", STATEMENT_TYPE, signing_key(name))) for name in "ab")
    assert one.identity == other.identity == identity_of(STATEMENT_TYPE, b"{}")


@QUICK
@given(st.binary(max_size=MAX_PAYLOAD_BYTES))
def test_what_is_signed_is_read_back_and_verifies(payload: bytes) -> None:
    read = decode_envelope(sign_envelope(payload, STATEMENT_TYPE, KEY))
    assert read.verify(PUBLIC) == payload


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_give_an_envelope_or_our_error(data: bytes) -> None:
    _read_or_refuse(data)


@QUICK
@given(st.data())
def test_an_altered_envelope_is_refused_or_does_not_verify(data: st.DataObject) -> None:
    whole = sign_envelope(b'{"kind":"leave"}', STATEMENT_TYPE, KEY)
    at = data.draw(st.integers(0, len(whole) - 1))
    inserted = data.draw(st.binary(max_size=3))
    altered = whole[:at] + inserted + whole[at + data.draw(st.integers(0, 2)) :]
    if altered == whole:
        return
    with pytest.raises(ProtocolError):
        decode_envelope(altered).verify(PUBLIC)


@QUICK
@given(st.text(alphabet='{}[]":,\\payloadTypesignaturekid0123 \n\u0000é', max_size=200))
def test_anything_that_looks_like_one_gives_an_envelope_or_our_error(text: str) -> None:
    _read_or_refuse(text.encode())


def _read_or_refuse(data: bytes) -> None:
    try:
        read = decode_envelope(data)
    except EnvelopeInvalid:
        return
    assert encode_envelope(read.payload, read.payload_type, read.keyid, read.signature) == data
