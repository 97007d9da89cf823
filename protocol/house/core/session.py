"""A shift session: twelve hours on one enrolled device, locked after five idle minutes. Pure. Source: PEOPLE 1.12."""

from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from protocol.house.core.staff import Staff
from protocol.house.core.unprinted import Unprinted

LASTS: Final = timedelta(hours=12)
"""One shift."""

LOCKS_AFTER: Final = timedelta(minutes=5)
"""A phone put down in a van; the work in hand is kept."""


FRESH_FOR: Final = timedelta(minutes=10)
"""So long after signing in, changes of the account do not ask for the password once more."""


Practice = Literal["", "self", "colleague"]
"""Practice mode: off, as oneself, or as the fictional colleague who is the second person."""


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody signed in, at one moment.

    Attributes:
        id: number of the session.
        device: number of the device on which it was begun: it is good there alone.
        began_at: aware UTC.
        csrf: what each form of this session carries.
        locked: only unlocking and leaving are open.
        practice: practice mode: nothing real is written.
        reads_in: the language in which they read, an ISO 639-1 code; empty: the service's own.
    """

    id: int
    device: int
    began_at: datetime
    staff: Staff
    csrf: str
    locked: bool
    practice: Practice = ""
    reads_in: str = ""


class KeptForm(Unprinted, frozen=True):
    """What was being sent when the screen locked.

    Attributes:
        path: where to.
        pairs: fields as posted, without the session's token.
    """

    path: str
    pairs: tuple[tuple[str, str], ...]


def is_over(began_at: datetime, now: datetime) -> bool:
    """Whether the shift is over."""
    return now >= began_at + LASTS or now < began_at - LOCKS_AFTER


def is_idle(seen_at: datetime, now: datetime) -> bool:
    """Whether the screen locks."""
    return now >= seen_at + LOCKS_AFTER


def is_fresh(began_at: datetime, now: datetime) -> bool:
    """Whether they signed in just now."""
    return began_at <= now < began_at + FRESH_FOR
