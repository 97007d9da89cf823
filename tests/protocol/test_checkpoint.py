import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from protocol.checkpoint import (
    Checkpoint,
    checkpoint_text,
    open_checkpoint,
    parse_checkpoint,
    seen_of,
    sign_checkpoint,
    verify_seen,
)
from protocol.cosignature import Cosignature, add_cosignature, cosign, cosignatures, verify_cosignature
from protocol.errors import ProtocolError
from protocol.log import EMPTY_ROOT, MAX_SIZE
from protocol.note import UnverifiedNote, decode_note, sign_text
from protocol.statement_fields import Seen
from protocol.verifier_key import COSIGNATURE, ED25519, VerifierKey
from tests.protocol.rejection import rejected_as

ORIGIN = "hub.example/log"
ROOT = bytes(range(32))
KEY = SigningKey(bytes(range(32)))
LOG = VerifierKey(ORIGIN, ED25519, bytes(KEY.verify_key))
WITNESS_KEYS = [SigningKey(bytes([number] * 32)) for number in range(1, 4)]
WITNESSES = [
    VerifierKey(f"w{number}.example", COSIGNATURE, bytes(key.verify_key)) for number, key in enumerate(WITNESS_KEYS)
]
BEHIND_THE_SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
).encode()


def a_checkpoint(size: int = 20_852_163) -> bytes:
    return sign_checkpoint(ORIGIN, size, ROOT, KEY)


def a_cosigned_checkpoint(*timestamps: int) -> bytes:
    note = a_checkpoint()
    for witness, key, timestamp in zip(WITNESSES, WITNESS_KEYS, timestamps, strict=False):
        note = add_cosignature(note, cosign(note, witness.name, key, timestamp), witness)
    return note


def test_the_example_of_c2sp_is_read() -> None:
    note = decode_note(BEHIND_THE_SOFA)
    checkpoint = parse_checkpoint(note.text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e")
    assert checkpoint.text == note.text
    assert note.signatures[1].timestamp == 1_679_315_147


def test_a_checkpoint_opens_under_its_log_key() -> None:
    note = a_checkpoint()
    assert open_checkpoint(note, LOG) == Checkpoint(ORIGIN, 20_852_163, ROOT)
    assert note.decode().startswith("hub.example/log\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— hub.")


def test_a_checkpoint_opens_with_cosignatures_by_strangers() -> None:
    assert open_checkpoint(a_cosigned_checkpoint(5, 6, 7), LOG).size == 20_852_163


def test_a_checkpoint_by_another_key_does_not_open() -> None:
    with rejected_as("note.unsigned"):
        open_checkpoint(sign_checkpoint(ORIGIN, 1, ROOT, WITNESS_KEYS[0]), LOG)


def test_a_checkpoint_of_another_log_does_not_open_even_under_the_same_key() -> None:
    text = checkpoint_text("other.example/log", 1, ROOT)
    note = UnverifiedNote(text, (sign_text(text, ORIGIN, KEY),)).encode()
    with rejected_as("note.origin_mismatch"):
        open_checkpoint(note, LOG)


def test_a_witness_key_opens_no_checkpoint() -> None:
    with rejected_as("note.log_key"):
        open_checkpoint(a_checkpoint(), WITNESSES[0])


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_no_altered_bit_of_a_checkpoint_opens(at: int, bit: int) -> None:
    note = bytearray(a_checkpoint())
    note[at % len(note)] ^= 1 << bit
    with pytest.raises(ProtocolError):
        open_checkpoint(bytes(note), LOG)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n1\n", "checkpoint_lines"),
        ("a\n1\nAAAA\nextension\n", "checkpoint_lines"),
        ("a\n1\nAAAA", "checkpoint_lines"),
        ("\n1\nAAAA\n", "origin"),
        ("a\n01\nAAAA\n", "size"),
        ("a\n-1\nAAAA\n", "size"),
        ("a\n+1\nAAAA\n", "size"),
        ("a\n١\nAAAA\n", "size"),
        ("a\n\nAAAA\n", "size"),
        ("a\n1\nAAAA\n", "root"),
        ("a\n1\n!!!!\n", "root"),
        (f"A\n1\n{'A' * 43}=\n", "origin"),
        (f"a b\n1\n{'A' * 43}=\n", "origin"),
        (f"a/\n1\n{'A' * 43}=\n", "origin"),
        (f"\n1\n{'A' * 43}=\n", "origin"),
        (f"{'a' * 101}\n1\n{'A' * 43}=\n", "origin"),
        (f"a\n9007199254740992\n{'A' * 43}=\n", "size"),
        (f"a\n0\n{'A' * 43}=\n", "root"),
        (f"a\n1\n{'A' * 42}B=\n", "root"),
    ],
)
def test_a_malformed_checkpoint_is_refused_by_name(text: str, code: str) -> None:
    with rejected_as(f"note.{code}"):
        parse_checkpoint(text)


def test_the_empty_tree_has_one_root() -> None:
    assert parse_checkpoint(checkpoint_text("a", 0, EMPTY_ROOT)).root == EMPTY_ROOT
    with rejected_as("note.root"):
        sign_checkpoint("a", 0, ROOT, KEY)
    with rejected_as("note.size"):
        checkpoint_text("a", MAX_SIZE + 1, ROOT)


@given(st.text(max_size=100) | st.from_regex(r"[a-z/]{1,4}\n[0-9]{1,3}\n[A-Za-z0-9+/]{43}=\n", fullmatch=True))
def test_any_text_is_a_checkpoint_or_refused(text: str) -> None:
    try:
        assert parse_checkpoint(text).text == text
    except ProtocolError as error:
        assert error.code.startswith("note.")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_a_checkpoint_or_line(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        open_checkpoint(data, LOG)
    with pytest.raises(ProtocolError):
        verify_cosignature(a_checkpoint(), data, WITNESSES[0])
    with pytest.raises(ProtocolError):
        cosignatures(data, WITNESSES)


def test_seen_is_the_log_signature_of_the_checkpoint() -> None:
    seen = seen_of(a_cosigned_checkpoint(5), LOG)
    assert seen == Seen(
        root=ROOT.hex(),
        sig=KEY.sign(checkpoint_text(ORIGIN, 20_852_163, ROOT).encode()).signature.hex(),
        size=20_852_163,
    )
    assert verify_seen(seen, ORIGIN, LOG.public) == Checkpoint(ORIGIN, 20_852_163, ROOT)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": 20_852_164}, "note.seen"),
        ({"root": "00" * 32}, "note.seen"),
        ({"sig": "00" * 64}, "note.seen"),
        ({"sig": "00" * 63}, "note.seen"),
        ({"sig": "zz"}, "note.seen"),
        ({"root": "zz"}, "note.seen"),
        ({"root": "00"}, "note.root"),
        ({"size": -1}, "note.size"),
    ],
)
def test_a_seen_that_the_log_did_not_sign_is_refused(change: dict[str, object], code: str) -> None:
    seen = msgspec.structs.replace(seen_of(a_checkpoint(), LOG), **change)
    with rejected_as(code):
        verify_seen(seen, ORIGIN, LOG.public)


def test_a_seen_of_another_log_or_key_is_refused() -> None:
    seen = seen_of(a_checkpoint(), LOG)
    with rejected_as("note.seen"):
        verify_seen(seen, "other.example/log", LOG.public)
    with rejected_as("note.seen"):
        verify_seen(seen, ORIGIN, WITNESSES[0].public)
    with rejected_as("note.seen"):
        verify_seen(seen, ORIGIN, b"short")


def test_a_cosignature_is_over_the_words_of_c2sp() -> None:
    line = cosign(a_checkpoint(), WITNESSES[0].name, WITNESS_KEYS[0], 1_679_315_147)
    message = f"cosignature/v1\ntime 1679315147\n{checkpoint_text(ORIGIN, 20_852_163, ROOT)}".encode()
    expected = WITNESS_KEYS[0].sign(message).signature
    note = decode_note(add_cosignature(a_checkpoint(), line, WITNESSES[0]))
    assert note.signatures[1].value == (1_679_315_147).to_bytes(8, "big") + expected
    assert verify_cosignature(a_checkpoint(), line, WITNESSES[0]) == Cosignature(WITNESSES[0], 1_679_315_147)


def test_witnesses_are_counted_once_each() -> None:
    note = a_cosigned_checkpoint(5, 6, 7)
    assert cosignatures(note, WITNESSES) == tuple(
        Cosignature(witness, timestamp) for witness, timestamp in zip(WITNESSES, (5, 6, 7), strict=True)
    )
    assert cosignatures(note, WITNESSES[1:2]) == (Cosignature(WITNESSES[1], 6),)
    assert cosignatures(a_checkpoint(), WITNESSES) == ()
    assert cosignatures(note, []) == ()


def test_one_key_under_two_names_counts_once() -> None:
    alias = VerifierKey("alias.example", COSIGNATURE, WITNESSES[0].public)
    note = a_cosigned_checkpoint(5)
    note = add_cosignature(note, cosign(note, alias.name, WITNESS_KEYS[0], 6), alias)
    assert len(cosignatures(note, [*WITNESSES, alias])) == 1


def test_one_bad_cosignature_by_a_named_witness_condemns_the_note() -> None:
    other = sign_checkpoint(ORIGIN, 7, ROOT, KEY)
    line = cosign(other, WITNESSES[1].name, WITNESS_KEYS[1], 5).decode()
    note = a_cosigned_checkpoint(5) + line.encode()
    assert len(cosignatures(note, WITNESSES[:1])) == 1
    with rejected_as("note.bad_signature"):
        cosignatures(note, WITNESSES)


def test_adding_a_cosignature_again_or_an_older_one_changes_nothing() -> None:
    note = a_checkpoint()
    early, late = (cosign(note, WITNESSES[0].name, WITNESS_KEYS[0], time) for time in (5, 9))
    once = add_cosignature(note, late, WITNESSES[0])
    assert add_cosignature(once, late, WITNESSES[0]) == once
    assert add_cosignature(once, early, WITNESSES[0]) == once
    assert add_cosignature(add_cosignature(note, early, WITNESSES[0]), late, WITNESSES[0]) == once


def test_a_valid_cosignature_takes_the_place_of_a_false_one() -> None:
    note = a_checkpoint()
    false = cosign(sign_checkpoint(ORIGIN, 7, ROOT, KEY), WITNESSES[0].name, WITNESS_KEYS[0], 99)
    true = cosign(note, WITNESSES[0].name, WITNESS_KEYS[0], 5)
    assert add_cosignature(note + false, true, WITNESSES[0]) == note + true


def test_only_a_verified_line_by_that_witness_is_added() -> None:
    note = a_checkpoint()
    line = cosign(note, WITNESSES[0].name, WITNESS_KEYS[0], 5)
    with rejected_as("note.other_witness"):
        add_cosignature(note, line, WITNESSES[1])
    with rejected_as("note.bad_signature"):
        add_cosignature(a_checkpoint(7), line, WITNESSES[0])
    with rejected_as("note.witness_key"):
        add_cosignature(note, line, LOG)
    with rejected_as("note.witness_key"):
        cosignatures(note, [LOG])
    with rejected_as("note.not_utf8"):
        add_cosignature(note, b"\xff", WITNESSES[0])
    with rejected_as("note.signature_line"):
        add_cosignature(note, line[:-1], WITNESSES[0])


def test_the_digest_is_over_origin_size_and_root() -> None:
    digests = {
        Checkpoint(origin, size, root).digest for origin in ("a", "b") for size in (1, 2) for root in (ROOT, bytes(32))
    }
    assert len(digests) == 8
