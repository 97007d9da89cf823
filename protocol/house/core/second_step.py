"""The second step at sign-in: six figures from an app (RFC 6238), or a recovery code once. Pure: `now` comes in.

A code is good once: the step of the last one that was used is kept, and only a later one counts.
"""

import base64
import hashlib
from datetime import datetime
from typing import Final

import pyotp

SECRET_BYTES: Final = 20
FIGURES: Final = 6
_AROUND: Final = (0, -1, 1)
"""Clocks of phones are off by half a minute, either way."""

RECOVERY_CODES: Final = 8
_RECOVERY_BYTES: Final = 10
"""80 bits: a plain hash of it is enough."""
RECOVERY_RANDOMNESS: Final = RECOVERY_CODES * _RECOVERY_BYTES
_GROUP: Final = 4


def new_secret(randomness: bytes) -> str:
    """A secret as apps take it. `randomness`: 20 bytes."""
    return base64.b32encode(randomness).decode()


def provisioning_uri(secret: str, *, person: str, project: str) -> str:
    """What the app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=person, issuer_name=project)


def step_of(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step to which a code belongs, or None if it is none of this moment's, or was used.

    Args:
        after: the last step that was used.
    """
    totp = pyotp.TOTP(secret)
    typed = "".join(code.split())
    if len(typed) != FIGURES or not (typed.isascii() and typed.isdigit()):
        return None
    current = totp.timecode(now)
    matching = [current + off for off in _AROUND if totp.generate_otp(current + off) == typed]
    return next((step for step in matching if step > after), None)


def recovery_codes(randomness: bytes) -> tuple[str, ...]:
    """Eight codes such as `k3fa-7q2m-…`. `randomness`: 80 bytes."""
    parts = (randomness[at : at + _RECOVERY_BYTES] for at in range(0, len(randomness), _RECOVERY_BYTES))
    texts = (base64.b32encode(part).decode().lower() for part in parts)
    return tuple("-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)) for text in texts)


def recovery_hash(code: str) -> str:
    """What is kept of one, and what it is found by, however it is typed."""
    plain = "".join(char for char in code.casefold() if char.isalnum())
    return hashlib.sha256(f"watchword-recovery/v1:{plain}".encode()).hexdigest()
