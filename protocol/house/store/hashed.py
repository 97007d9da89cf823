"""Hashes of random tokens: with 256 random bits a plain one is enough."""

import hashlib


def token_hash(token: str) -> str:
    """64 hex digits."""
    return hashlib.sha256(token.encode()).hexdigest()
