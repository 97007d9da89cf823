"""A shift session: twelve hours on one enrolled device, locked after five idle minutes. Pure. Source: PEOPLE 1.12."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from node.core.access import Staff

LASTS: Final = timedelta(hours=12)
"""One shift."""

LOCKS_AFTER: Final = timedelta(minutes=5)
"""A phone put down in a van; the work in hand is kept."""


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody signed in, at one moment.

    Attributes:
        id: number of the session.
        csrf: what each form of this session carries.
        locked: only unlocking and leaving are open.
        practice: practice mode: nothing real is written.
    """

    id: int
    staff: Staff
    csrf: str
    locked: bool
    practice: bool = False


def is_over(began_at: datetime, now: datetime) -> bool:
    """Whether the shift is over."""
    return now >= began_at + LASTS or now < began_at - LOCKS_AFTER


def is_idle(seen_at: datetime, now: datetime) -> bool:
    """Whether the screen locks."""
    return now >= seen_at + LOCKS_AFTER
