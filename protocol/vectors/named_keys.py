"""Keys that are known by a name: each is the SHA-256 of it, so the same call always gives the same key."""

import hashlib
from typing import Final

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from protocol.keys import public_hex
from protocol.statement_fields import Keys


def signing_key(name: str) -> SigningKey:
    """The Ed25519 key of that name."""
    return SigningKey(hashlib.sha256(f"key:{name}".encode()).digest())


_NAMES: Final[dict[str, str]] = {}
"""Public half → name, of every key that was asked for: so that a new key of a rotation can sign."""


def public(name: str) -> str:
    """The public half of `signing_key(name)`, 64 hex digits."""
    half = public_hex(signing_key(name))
    _NAMES[half] = name
    return half


def key_of(public_half: str) -> SigningKey | None:
    """The key with that public half (64 hex digits), if it was asked for by its name; None: nobody here has it."""
    return signing_key(_NAMES[public_half]) if public_half in _NAMES else None


def private_seal_key(name: str) -> PrivateKey:
    """The X25519 key of that name."""
    return PrivateKey(hashlib.sha256(f"seal:{name}".encode()).digest())


def seal_key(name: str) -> str:
    """The public half of `private_seal_key(name)`, 64 hex digits."""
    return bytes(private_seal_key(name).public_key).hex()


def member_keys(name: str, *, sign: int = 1) -> Keys:
    """A member's keys: `sign` of them named `name/sign0` …, one `name/online`, one seal key."""
    signs = sorted(public(f"{name}/sign{i}") for i in range(sign))
    return Keys(online=public(f"{name}/online"), seal=seal_key(name), sign=tuple(signs))
