"""Fingerprints as words that two people read to each other: a charter's before it is pinned, a checkpoint's to compare.

Words show that two digests are the same to a person who has both. They hide nothing and prove no signature.
Source: spec/log.md §7.
"""

import hashlib
from functools import lru_cache
from typing import Final

from protocol.word_list import WORDS

BITS_PER_WORD: Final = 11
DEFAULT_BITS: Final = 88

_DIGEST_BYTES: Final = 32
_SALT: Final = b"watchword-words/v1"
_COST: Final = 2**14


@lru_cache(maxsize=256)
def fingerprint_words(digest: bytes, bits: int = DEFAULT_BITS) -> tuple[str, ...]:
    """The words of a digest: `bits` / 11 of them, each of the 2,048 of BIP-39's English list.

    Why eight: people check that many without skipping (a charter once, a checkpoint on the phone), and finding a
    second digest with the words of a given one takes 2^88 tries. Why the digest is first put through scrypt: a hub or a
    registrar that makes *both* digests needs only two of its own that agree, which is 2^44 tries. As bare SHA-256 that
    is within reach of one rich attacker; at about 0.05 s and 16 MiB a try it is above 10,000 core-years. Twelve words
    without scrypt would be about as strong, and are not read to the end.

    Args:
        digest: 32 bytes: a charter's identity, or `Checkpoint.digest`.
        bits: 11 to 253, a multiple of 11.

    Returns:
        The words, most significant bits first. They are not a BIP-39 mnemonic: they have no checksum.

    Raises:
        RuntimeError: a digest or number of bits of another size: a caller's bug.
    """
    if len(digest) != _DIGEST_BYTES or bits % BITS_PER_WORD or not 0 < bits <= 8 * _DIGEST_BYTES:
        raise RuntimeError("words are of a 32-byte digest, 11 bits a word")
    stretched = hashlib.scrypt(digest, salt=_SALT, n=_COST, r=8, p=1, dklen=_DIGEST_BYTES)
    value = int.from_bytes(stretched, "big") >> (8 * _DIGEST_BYTES - bits)
    shifts = range(bits - BITS_PER_WORD, -1, -BITS_PER_WORD)
    return tuple(WORDS[value >> shift & (len(WORDS) - 1)] for shift in shifts)
