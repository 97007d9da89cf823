"""A file that only a passphrase opens: what a member agency takes along when it leaves.

XChaCha20-Poly1305 under argon2id of the passphrase. Not a public key of the agency's: a small charity that leaves keeps
a slip of paper more surely than a key. Pure: salt and nonce come in. Layout: `MAGIC`, 16 bytes of salt, 24 of nonce,
the sealed content.
"""

from typing import Final

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

from protocol.house.core.errors import Refused

MAGIC: Final = b"watchword-export/v1\n"
SALT_BYTES: Final = argon2id.SALTBYTES
NONCE_BYTES: Final = 24
PASSPHRASE_WORDS: Final = 8
"""Of 2,048: 88 bits, and a third of a second a guess."""

_KEY_BYTES: Final = 32


def seal_export(content: bytes, passphrase: str, *, salt: bytes, nonce: bytes) -> bytes:
    """The sealed file."""
    head = MAGIC + salt + nonce
    return head + crypto_aead_xchacha20poly1305_ietf_encrypt(content, head, nonce, _key(passphrase, salt))


def open_export(sealed: bytes, passphrase: str) -> bytes:
    """What was sealed.

    Raises:
        Refused: `refused.export`: not such a file, not whole, or another passphrase.
    """
    start = len(MAGIC)
    head = sealed[: start + SALT_BYTES + NONCE_BYTES]
    salt, nonce = head[start : start + SALT_BYTES], head[start + SALT_BYTES :]
    if not sealed.startswith(MAGIC) or len(nonce) != NONCE_BYTES:
        raise Refused("export", "this is not a sealed export of a node")
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[len(head) :], head, nonce, _key(passphrase, salt))
    except CryptoError as error:
        raise Refused("export", "the passphrase is another one, or the file is not whole") from error


def _key(passphrase: str, salt: bytes) -> bytes:
    words = " ".join(passphrase.casefold().split())
    return argon2id.kdf(
        _KEY_BYTES, words.encode(), salt, opslimit=argon2id.OPSLIMIT_MODERATE, memlimit=argon2id.MEMLIMIT_MODERATE
    )
