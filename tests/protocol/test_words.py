import hashlib

import pytest

from protocol.checkpoint import Checkpoint
from protocol.word_list import WORDS
from protocol.words import fingerprint_words


def test_the_list_is_bip_39s_to_the_byte() -> None:
    listed = "".join(f"{word}\n" for word in WORDS).encode()
    assert hashlib.sha256(listed).hexdigest() == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    assert len({word[:4] for word in WORDS}) == len(WORDS) == 2_048


def test_a_fingerprint_is_eight_words_that_never_change() -> None:
    assert fingerprint_words(bytes(32)) == ("bar", "pull", "satisfy", "evoke", "junk", "text", "cry", "board")
    assert fingerprint_words(bytes(range(32)))[0] != "bar"


def test_fewer_bits_are_the_first_words_of_more() -> None:
    assert fingerprint_words(bytes(32), 33) == fingerprint_words(bytes(32))[:3]
    assert fingerprint_words(bytes(32), 253)[:8] == fingerprint_words(bytes(32))


def test_words_differ_where_one_bit_differs() -> None:
    words = {fingerprint_words((1 << bit).to_bytes(32, "big")) for bit in range(0, 256, 16)}
    assert len(words) == 16


def test_two_checkpoints_of_one_root_have_different_words() -> None:
    first, second = (Checkpoint("hub.example/log", size, bytes(32)) for size in (5, 6))
    assert fingerprint_words(first.digest) != fingerprint_words(second.digest)


@pytest.mark.parametrize(("digest", "bits"), [(bytes(31), 88), (bytes(32), 90), (bytes(32), 0), (bytes(32), 264)])
def test_other_sizes_are_a_callers_bug(digest: bytes, bits: int) -> None:
    with pytest.raises(RuntimeError):
        fingerprint_words(digest, bits)
