"""What nobody waits for gives way to senders: describing and comparing warnings takes as long as ordering them."""

import time
from typing import Final

from hub.ordering import Ordering

STILL_SECONDS: Final = 0.5
"""Nobody waited for so long: batches and single statements come closer after each other than this."""

PATIENCE_SECONDS: Final = 60
"""Under senders without end one page is done as often as this, so that the work goes on."""


class GivingWay:
    """Says before each page whether it is the moment for it. Two who ask at once may both be told yes."""

    def __init__(self, ordering: Ordering) -> None:
        self._ordering = ordering
        self._waits_since: float | None = None
        self._stopped = False

    def stop(self) -> None:
        """No page is begun any more: the hub stops."""
        self._stopped = True

    def goes_on(self) -> bool:
        """Whether to take the next page now."""
        if self._stopped:
            return False
        now = time.monotonic()
        if self._ordering.still_for() >= STILL_SECONDS:
            self._waits_since = None
            return True
        if self._waits_since is None:
            self._waits_since = now
        if now - self._waits_since < PATIENCE_SECONDS:
            return False
        self._waits_since = now
        return True
