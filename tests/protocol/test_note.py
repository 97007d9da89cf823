import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from protocol.errors import ProtocolError
from protocol.keys import verify_signature
from protocol.note import (
    MAX_NOTE_BYTES,
    MAX_NOTE_SIGNATURES,
    NoteSignature,
    UnverifiedNote,
    cosign_text,
    decode_line,
    decode_note,
    sign_text,
)
from protocol.verifier_key import COSIGNATURE, ED25519, VerifierKey, decode_base64, parse_vkey
from tests.protocol.rejection import rejected_as

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))
NAME = "log.example/1"
TEXT = "one line\n\nand ünother\n"
LOG = VerifierKey(NAME, ED25519, bytes(KEY.verify_key))
WITNESS = VerifierKey("witness.example", COSIGNATURE, bytes(OTHER.verify_key))

PETER_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SALVATORE = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
).encode()


def a_note(text: str = TEXT, *signatures: NoteSignature) -> bytes:
    return UnverifiedNote(text, signatures or (sign_text(text, NAME, KEY),)).encode()


@pytest.mark.parametrize(
    ("seed", "public", "message", "signature"),
    [
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
    ],
)
def test_ed25519_is_that_of_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    key = SigningKey(bytes.fromhex(seed))
    assert bytes(key.verify_key).hex() == public
    assert key.sign(bytes.fromhex(message)).signature.hex() == signature
    verify_signature(bytes.fromhex(message), bytes.fromhex(signature), bytes.fromhex(public))


def test_a_note_of_the_go_reference_is_signed_byte_for_byte_and_verifies() -> None:
    signature = sign_text(PETER_TEXT, "PeterNeumann", SigningKey(PETER_SEED))
    assert signature.line == PETER_LINE
    note = a_note(PETER_TEXT, signature)
    assert note == f"{PETER_TEXT}\n{PETER_LINE}".encode()
    key = parse_vkey(PETER_VKEY)
    assert key.vkey == PETER_VKEY
    assert decode_note(note).verify([key]) == {key: signature}


def test_the_example_of_c2sp_is_read_and_written_again() -> None:
    note = decode_note(SALVATORE)
    assert note.text.startswith("Ognuno") and note.text.endswith(":\n\ned è subito sera.\n")
    assert [(one.name, one.key_id.hex(), len(one.value)) for one in note.signatures] == [
        ("quasimodo.example/salvatore", "367ba04b", 64)
    ]
    assert note.encode() == SALVATORE


def test_the_note_beside_the_c2sp_verifier_key_verifies() -> None:
    key = parse_vkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = (
        "This is an example message.\n\n— example.com/foo "
        "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert list(decode_note(note.encode()).verify([key])) == [key]


def test_a_signature_by_an_unknown_key_is_ignored() -> None:
    note = decode_note(a_note(TEXT, sign_text(TEXT, "someone.else", OTHER), sign_text(TEXT, NAME, KEY)))
    assert list(note.verify([LOG])) == [LOG]
    same_name = VerifierKey(NAME, ED25519, bytes(OTHER.verify_key))
    with rejected_as("note.unsigned"):
        note.verify([same_name])
    with rejected_as("note.unsigned"):
        note.verify([])


def test_one_bad_signature_by_a_known_key_condemns_the_note() -> None:
    good, other = sign_text(TEXT, NAME, KEY), sign_text("another text\n", "someone.else", OTHER)
    note = decode_note(a_note(TEXT, good, other))
    assert note.verify([LOG])
    with rejected_as("note.bad_signature"):
        note.verify([LOG, VerifierKey("someone.else", ED25519, bytes(OTHER.verify_key))])


def test_a_cosignature_is_over_its_time() -> None:
    signature = cosign_text(TEXT, WITNESS.name, OTHER, 1_679_315_147)
    signature.verify(TEXT, WITNESS)
    assert signature.timestamp == 1_679_315_147
    later = (1_679_315_148).to_bytes(8, "big") + signature.value[8:]
    with rejected_as("note.bad_signature"):
        NoteSignature(WITNESS.name, WITNESS.id, later).verify(TEXT, WITNESS)
    beyond = b"\x80" + bytes(7) + signature.value[8:]
    with rejected_as("note.bad_signature"):
        NoteSignature(WITNESS.name, WITNESS.id, beyond).verify(TEXT, WITNESS)
    with pytest.raises(RuntimeError):
        cosign_text(TEXT, WITNESS.name, OTHER, -1)


def test_a_signature_of_one_kind_is_none_of_the_other() -> None:
    for signature, key in (
        (sign_text(TEXT, WITNESS.name, OTHER), WITNESS),
        (cosign_text(TEXT, NAME, KEY, 5), LOG),
    ):
        with rejected_as("note.bad_signature"):
            signature.verify(TEXT, key)


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_no_altered_bit_of_a_note_verifies(at: int, bit: int) -> None:
    note = bytearray(a_note())
    note[at % len(note)] ^= 1 << bit
    with pytest.raises(ProtocolError):
        decode_note(bytes(note)).verify([LOG])


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.from_regex(r"(.*\n){0,3}\n(— [a-z+ ]{1,5} [A-Za-z0-9+/=]{0,12}\n){0,3}", fullmatch=True).map(str.encode)
)
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    try:
        assert decode_note(data).encode() == data
    except ProtocolError as error:
        assert error.code.startswith("note.")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=80))
def test_every_text_reads_back(text: str) -> None:
    assert decode_note(a_note(text + "\n")).text == text + "\n"


LINE = sign_text("text\n", NAME, KEY).line


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("", "shape"),
        ("text\n", "shape"),
        ("text\n\n", "shape"),
        (f"text\n{LINE}", "shape"),
        (f"text\n\n{LINE[:-1]}", "shape"),
        (f"te\rxt\n\n{LINE}", "control_character"),
        (f"te\txt\n\n{LINE}", "control_character"),
        (f"te\0xt\n\n{LINE}", "control_character"),
        (f"text\n\n{LINE}{LINE}", "duplicate_signature"),
        (f"text\n\n{LINE}text\n", "signature_line"),
        (f"text\n\n{LINE.replace('—', '-')}", "signature_line"),
        (f"text\n\n— {LINE}", "key_name"),
        (f"text\n\n{LINE.replace(NAME, '')}", "key_name"),
        (f"text\n\n{LINE.replace(NAME, 'a+b')}", "key_name"),
        (f"text\n\n{LINE.replace(NAME, 'a' * 129)}", "key_name"),
        (f"text\n\n{LINE.replace(NAME, 'à')}", "key_name"),
        (f"text\n\n{LINE.replace(NAME, 'a b')}", "signature_line"),
        (f"text\n\n{LINE[:-3]}\n", "signature_line"),
        (f"text\n\n{LINE[:-2]}!\n", "signature_line"),
        (f"text\n\n— {NAME} AAAAAA==\n", "signature_line"),
        (f"text\n\n— {NAME} AAAAAAB=\n", "signature_line"),
        ("text\n\n" + "".join(f"— n{n} AAAAAAA=\n" for n in range(MAX_NOTE_SIGNATURES + 1)), "too_many_signatures"),
        ("a" * MAX_NOTE_BYTES + f"\n\n{LINE}", "oversize"),
    ],
)
def test_a_malformed_note_is_refused_by_name(note: str, code: str) -> None:
    with rejected_as(f"note.{code}"):
        decode_note(note.encode())


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with rejected_as("note.not_utf8"):
        decode_note(b"\xff\n\n" + LINE.encode())


def test_a_note_may_have_256_signatures() -> None:
    lines = "".join(f"— witness-{n} AAAAAAA=\n" for n in range(MAX_NOTE_SIGNATURES))
    assert len(decode_note(f"text\n\n{lines}".encode()).signatures) == 256


def test_adding_a_signature_replaces_one_by_the_same_key() -> None:
    first, second = (cosign_text(TEXT, WITNESS.name, OTHER, time) for time in (1, 2))
    note = decode_note(a_note()).with_signature(first)
    assert [one.name for one in note.signatures] == [NAME, WITNESS.name]
    assert note.with_signature(second).signatures[1:] == (second,)
    assert note.with_signature(first) == note


@pytest.mark.parametrize(
    ("vkey", "code"),
    [
        ("", "note.vkey"),
        ("PeterNeumann", "note.vkey"),
        ("PeterNeumann+c74f20a3", "note.vkey"),
        ("PeterNeumann+c74f20a3+", "note.vkey"),
        (PETER_VKEY + "=", "note.vkey"),
        (PETER_VKEY + "\n", "note.vkey"),
        (PETER_VKEY.replace("c74f20a3", "C74F20A3"), "note.key_id"),
        (PETER_VKEY.replace("c74f20a3", "c74f20a4"), "note.key_id"),
        (PETER_VKEY.replace("PeterNeumann", "Peter"), "note.key_id"),
        (PETER_VKEY.replace("PeterNeumann", "Peter Neumann"), "note.key_name"),
        (PETER_VKEY.replace("PeterNeumann", "\ud800"), "note.key_name"),
        ("a+00000000+" + base64.b64encode(b"\x01" + bytes(31)).decode(), "key.invalid_point"),
        ("a+00000000+" + base64.b64encode(b"\x06" + bytes(32)).decode(), "note.key_type"),
    ],
)
def test_a_malformed_verifier_key_is_refused_by_name(vkey: str, code: str) -> None:
    with rejected_as(code):
        parse_vkey(vkey)


SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]


@pytest.mark.parametrize("public", SMALL_ORDER)
@pytest.mark.parametrize("kind", [ED25519, COSIGNATURE])
def test_a_key_of_small_order_is_refused(public: str, kind: int) -> None:
    with rejected_as("key.invalid_point"):
        VerifierKey("a", kind, bytes.fromhex(public))


@given(st.text(max_size=80) | st.from_regex(r"[a-z]{1,3}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}", fullmatch=True))
def test_any_text_is_a_verifier_key_or_refused(text: str) -> None:
    try:
        assert parse_vkey(text).vkey == text
    except ProtocolError as error:
        assert error.code.startswith(("note.", "key."))


@given(st.text(max_size=80) | st.from_regex(r"— [a-z]{1,3} [A-Za-z0-9+/]{8,12}={0,2}\n", fullmatch=True))
def test_any_text_is_a_signature_line_or_refused(line: str) -> None:
    try:
        assert decode_line(line).line == line
    except ProtocolError as error:
        assert error.code in {"note.signature_line", "note.key_name"}


def test_two_known_keys_of_one_name_and_id_are_ambiguous() -> None:
    twin = VerifierKey(NAME, ED25519, bytes(OTHER.verify_key))
    vars(twin)["id"] = LOG.id
    with rejected_as("note.ambiguous_key"):
        decode_note(a_note()).verify([LOG, twin])
    assert decode_note(a_note()).verify([LOG, LOG])


def test_base64_has_one_spelling() -> None:
    for text in ("AB==", "AA", "AA=", "AA==\n", " AA==", "A-__", "é"):
        with rejected_as("note.root"):
            decode_base64(text, "root")
