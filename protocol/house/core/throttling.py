"""How long somebody waits after wrong tries: growing, never for ever, the same for names that nobody has. Pure.

Tries are counted by account name, by enrolled device (so that a stranger who guesses keeps nobody out of their own
phone) and by network address. Source: PEOPLE 1.1 (nobody is locked out at 2 a.m.), issue of accounts.
"""

import ipaddress
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

By = Literal["name", "device", "address"]

FREE: Final[dict[By, int]] = {"name": 5, "device": 5, "address": 20}
"""Wrong tries without a wait. A whole team, or a mobile network's customers, share one address."""

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(minutes=15)
"""About a hundred guesses a day at one name, each of which needs the second step as well."""

FORGOTTEN_AFTER: Final = timedelta(hours=24)

_DOUBLINGS: Final = 10
"""More make no difference: the longest wait is reached before."""


class Tries(msgspec.Struct, frozen=True):
    """Wrong tries in a row, and when the last was."""

    failures: int
    last_at: datetime


def still_counts(tries: Tries, now: datetime) -> bool:
    """Wrong tries of yesterday are forgotten."""
    return now < tries.last_at + FORGOTTEN_AFTER


def may_try_at(tries: Tries | None, by: By, now: datetime) -> datetime | None:
    """From when on another try is looked at, or None: now.

    What lies further away than the longest wait was put there by a wrong clock, and holds nobody up.
    """
    if tries is None or not still_counts(tries, now) or tries.failures < FREE[by]:
        return None
    doublings = min(tries.failures - FREE[by], _DOUBLINGS)
    at = tries.last_at + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return at if now < at <= now + LONGEST_WAIT else None


def network_of(address: str) -> str:
    """What counts as one address: an IPv6 customer has a /64. Anything that is no address counts as one together."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
