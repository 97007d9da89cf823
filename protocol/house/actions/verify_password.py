"""Stretches passwords and PINs, a few at a time: each takes 19 MiB, and a small machine has two gigabytes."""

import threading
from datetime import datetime
from typing import Final

from sqlmodel import Session

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.passwords import SALT_BYTES, hash_password, is_password
from protocol.house.store.keyed import keyed_hash

_AT_ONCE: Final = threading.BoundedSemaphore(4)
_PIN_KEY: Final = "pin_key"


def stretch(desk: HouseDesk, secret: str) -> str:
    """What is kept of a password or of `pin_text`. Outside any transaction: it takes a tenth of a second."""
    with _AT_ONCE:
        return hash_password(secret, desk.vault.randomness(SALT_BYTES))


def is_stretched(kept: str, secret: str) -> bool:
    """Whether that is what was kept. Outside any transaction."""
    with _AT_ONCE:
        return is_password(kept, secret)


def pin_text(session: Session, desk: HouseDesk, *, device: int, person: int, pin: str, now: datetime) -> str:
    """A PIN under a sealed key of this node: a copy of the database alone tries no PINs."""
    return keyed_hash(session, desk.vault, _PIN_KEY, f"{device}:{person}:{pin}")
