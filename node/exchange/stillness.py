"""When a round need not look again: it found nothing to do, and nothing of what it looked at has changed since.

Steps 5 to 13 follow from the database, the day, and what the hub says of the log and of others; that is compared, and
no step is done without its reason. What falls due by the clock alone (an orphan after a day, a statement that does not
show in the log) waits at most `BELIEVED_FOR` longer; a body that did not come is asked for at its own times.
"""

import datetime as dt
from typing import Final

import msgspec

from node.exchange.desk import Desk
from node.exchange.following import Fetched
from node.store.alarms import count_alarms
from node.store.inbox import missing_bodies

BELIEVED_FOR: Final = dt.timedelta(minutes=1)
"""Far below every time that is counted in hours, far above the time from round to round."""


class Standing(msgspec.Struct, frozen=True):
    """What a round looked at.

    Attributes:
        mark: of the database, `Store.mark`.
        day: of the node's clock, UTC.
        latest: the hub's checkpoint, and its mark of what others have said; None if it was not followed.
    """

    mark: int
    day: dt.date
    latest: Fetched | None


class Stillness:
    """What the last round looked at, if it found nothing to do.

    Attributes:
        alarms: how many were held then.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: Standing | None = None
        self._seen_at = desk.now()
        self.alarms = 0

    def standing(self, latest: Fetched | None) -> Standing:
        """What there is to look at now."""
        return Standing(self._desk.store.mark(), self._desk.today, latest)

    def holds(self, standing: Standing) -> bool:
        """Whether a round over this would find nothing to do, as the one before did."""
        return standing == self._seen and abs(self._desk.now() - self._seen_at) < BELIEVED_FOR

    def note(self, standing: Standing, *, idle: bool) -> None:
        """Reads how many alarms there are, and keeps what an idle round looked at.

        Args:
            standing: from before step 5.
            idle: the round did nothing as a member, and no step was in trouble.
        """
        with self._desk.store.read() as session:
            self.alarms = count_alarms(session)
            waits = bool(missing_bodies(session))
        still = idle and not waits and self.standing(standing.latest) == standing
        self._seen, self._seen_at = standing if still else None, self._desk.now()
