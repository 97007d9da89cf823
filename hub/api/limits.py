"""How often one asker may ask. In memory, per process: a limit on harm, not an account."""

import datetime as dt
import math
from collections import deque

from hub.core.errors import Limited

WINDOW_SECONDS = 60


class RequestLimits:
    """Counts requests of each asker within the last minute."""

    def __init__(self) -> None:
        self._recent: dict[str, deque[dt.datetime]] = {}

    def count(self, subject: str, now: dt.datetime, limit: int) -> None:
        """Counts one request.

        Raises:
            Limited: `limits.requests`, with the seconds after which there is room again.
        """
        recent = self._recent.setdefault(subject, deque())
        start = now - dt.timedelta(seconds=WINDOW_SECONDS)
        while recent and recent[0] <= start:
            recent.popleft()
        if len(recent) >= limit:
            seconds = math.ceil((recent[0] - start).total_seconds())
            raise Limited("limits.requests", retry_after_seconds=seconds)
        recent.append(now)
