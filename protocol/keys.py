"""Ed25519 keys: ids, refusal of unusable ones, verification by PyNaCl and nothing else.

This module makes no keys: that takes randomness, which a caller brings. Source: spec/envelope.md §2.
"""

import hashlib
from functools import lru_cache
from typing import Final

from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_open
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey

from protocol.errors import KeyInvalid, SignatureInvalid

KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64

KEYS_REMEMBERED: Final = 1_024
"""Key ids that need not be hashed again at each signature: the keys of a few hundred members."""


@lru_cache(maxsize=KEYS_REMEMBERED)
def key_id(public_key: bytes) -> str:
    """The id of a key: lower-case hex SHA-256 of its 32 bytes."""
    return hashlib.sha256(public_key).hexdigest()


def public_hex(signing_key: SigningKey) -> str:
    """The public half, as statements write it: 64 lower-case hex digits."""
    return bytes(signing_key.verify_key).hex()


def require_valid_point(public_key: bytes, field: str) -> None:
    """Refuses a key that is not a canonical point of the main subgroup.

    Args:
        public_key: 32 bytes.
        field: the field to name in the error.

    Raises:
        KeyInvalid: `key.invalid_point`. Lenient libraries accept forged signatures under small-order keys.
    """
    if len(public_key) != KEY_BYTES or not crypto_core_ed25519_is_valid_point(public_key):
        raise KeyInvalid("invalid_point", field)


def verify_signature(message: bytes, signature: bytes, public_key: bytes) -> None:
    """Checks one signature.

    Raises:
        SignatureInvalid: `signature.invalid`.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise SignatureInvalid("invalid")
    try:
        crypto_sign_open(signature + message, public_key)
    except (BadSignatureError, ValueError, TypeError) as error:
        raise SignatureInvalid("invalid") from error
