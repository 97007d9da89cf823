"""When to try again. Pure: the moment and the chance come in."""

import datetime as dt
from typing import Final

BASE_SECONDS: Final = 2.0
CAP_SECONDS: Final = 15 * 60.0
URGENT_CAP_SECONDS: Final = 60.0
"""A Cancel, a pause and danger now never wait longer than this between tries."""

LONGEST_WAIT: Final = dt.timedelta(hours=25)
"""Nothing waits longer: the next batch is within a day. What waits for a later moment was put there by a clock that
was ahead, and goes now."""


def next_attempt(
    now: dt.datetime, attempts: int, jitter: float, *, urgent: bool = False, retry_after_seconds: int | None = None
) -> dt.datetime:
    """Doubles from 2 seconds to a cap, spread over the upper half so that nodes do not come back all at once.

    Args:
        now: aware UTC.
        attempts: failures so far, 0 for the first.
        jitter: 0 ≤ x < 1, by chance.
        urgent: the lower cap.
        retry_after_seconds: what the hub asked for: never sooner, within the cap.
    """
    cap = URGENT_CAP_SECONDS if urgent else CAP_SECONDS
    wait = min(cap, BASE_SECONDS * 2 ** min(attempts, 20)) * (0.5 + jitter / 2)
    return now + dt.timedelta(seconds=max(wait, min(cap, retry_after_seconds or 0)))


def is_due(at: dt.datetime, now: dt.datetime, *, urgent: bool = False) -> bool:
    """Whether what waits for `at` goes now: the moment has come, or it is further away than anything may wait."""
    longest = dt.timedelta(seconds=URGENT_CAP_SECONDS) if urgent else LONGEST_WAIT
    return at <= now or at > now + longest
