"""Read tokens: what a signed request buys, so that many small reads need no signature each.

`b64url(subject ‖ "|" ‖ expiry) . b64url(HMAC-SHA-256)`. Only the hub reads them. Source: spec/exchange.md §1.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Final

LIFETIME_SECONDS: Final = 600
"""Ten minutes: what a stolen token is worth."""


def make_token(subject: str, expires_at: int, key: bytes) -> str:
    """A token for `subject` until `expires_at` (POSIX seconds)."""
    claim = f"{subject}|{expires_at}".encode()
    return f"{_encode(claim)}.{_encode(_mac(claim, key))}"


def read_token(token: str, now: int, key: bytes) -> str | None:
    """The subject of a token that this key made and that has not expired, else None."""
    claim_text, _, mac_text = token.partition(".")
    claim, mac = _decode(claim_text), _decode(mac_text)
    if claim is None or mac is None or not hmac.compare_digest(_mac(claim, key), mac):
        return None
    subject, _, expires_at = claim.decode().rpartition("|")
    return subject if int(expires_at) > now else None


def _mac(claim: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"watchword-token/v1\n" + claim, hashlib.sha256).digest()


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _decode(text: str) -> bytes | None:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
