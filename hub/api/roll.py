"""Who was heard since it was last written down: in memory, so that no request waits for the disk."""

import threading
from datetime import datetime

from hub.core.heard import Heard, software_of


class Roll:
    """What this process has heard. Safe to tell from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: dict[int, Heard] = {}

    def asked(self, member: int, now: datetime) -> None:
        """A request with a read token: it says nothing of a clock."""
        at = now.replace(second=0, microsecond=0)
        with self._lock:
            before = self._heard.get(member)
            known = (None, "") if before is None else (before.clock_seconds, before.software)
            self._heard[member] = Heard(member, at, *known)

    def signed(self, member: int, now: datetime, created: int, software: str) -> None:
        """A signed request.

        Args:
            created: by the sender's clock, POSIX seconds.
            software: as its headers say.
        """
        off = created - int(now.timestamp())
        with self._lock:
            self._heard[member] = Heard(member, now.replace(second=0, microsecond=0), off, software_of(software))

    def take(self) -> tuple[Heard, ...]:
        """What was heard since the last time."""
        with self._lock:
            heard, self._heard = tuple(self._heard.values()), {}
        return heard
