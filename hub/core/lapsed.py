"""When what was said is over for good: its lease ended as many days ago as the charter keeps it.

The body is erased then, and nothing that waits for it can come about any more.
"""

import datetime as dt

from protocol.replay import Link, State, lease_end


def has_lapsed(state: State, link: Link, today: dt.date) -> bool:
    """Whether the lease of `link` ended `lapsed_days` of the charter ago, or longer."""
    assert state.charter is not None
    ended = lease_end(state, link)
    return ended is not None and is_past(ended, state.charter.retention.lapsed_days, today)


def is_past(ended: dt.date, days: int, today: dt.date) -> bool:
    """Whether `days` have gone by since the day `ended`."""
    return ended + dt.timedelta(days=days) <= today
