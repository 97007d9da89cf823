"""An account: how somebody shows that they are who they say. Invitations, devices and their PINs. Pure."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted

INVITATION_LASTS: Final = timedelta(days=7)

TOKEN_BYTES: Final = 32
"""Of a session, a device, an invitation: nobody guesses it, and a plain hash of it is enough."""

WRONG_TRIES: Final = 5
"""Wrong PINs or passwords at the lock screen; the next page is the sign-in."""

SHORTEST_PIN, LONGEST_PIN = 6, 12
MAX_DEVICE_NAME: Final = 60

_RUNS: Final = ("0123456789", "9876543210")
_FEWEST_DIFFERENT: Final = 3


class Account(Unprinted, frozen=True, kw_only=True):
    """What a person's account is held against.

    Attributes:
        last_step: the second step's last use.
        recovery: hashes of the codes that are left.
    """

    person: int
    password_hash: str
    totp_secret: str
    last_step: int
    recovery: frozenset[str]
    set_up_at: datetime


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A browser on which somebody has signed in.

    Attributes:
        people: numbers of those enrolled on it.
        signed_in: how many sessions are open on it.
    """

    id: int
    name: str
    enrolled_at: datetime
    seen_at: datetime
    people: tuple[int, ...]
    signed_in: int


def require_pin(pin: str) -> None:
    """Six to twelve figures, and none that are tried first: five tries are all that a thief has.

    Raises:
        Refused: `refused.pin`, `refused.pin_common`.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise Refused("pin", f"a PIN is {SHORTEST_PIN} to {LONGEST_PIN} figures")
    doubled = any(pin in run * 2 for run in _RUNS)
    if doubled or len(set(pin)) < _FEWEST_DIFFERENT or pin[: len(pin) // 2] * 2 == pin:
        raise Refused("pin_common", "this PIN is among those that are tried first: choose another")


def device_name(typed: str) -> str:
    """A device's name in one line.

    Raises:
        Refused: `refused.device_name`.
    """
    name = " ".join(typed.split())
    if not name or len(name) > MAX_DEVICE_NAME or not name.isprintable():
        raise Refused("device_name", f"a name for the device, of at most {MAX_DEVICE_NAME} characters")
    return name
