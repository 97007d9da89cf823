"""When a yes to police may be acted upon: not one given in shock, and full details not before they have cooled.

A warning does not wait for any of this; 999 and evidence kits need no product. Pure.
Source: DESIGN §5, PEOPLE 1.11, §5.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

import msgspec

from node.core.permissions import Entry, Switch, standing_now

REFERRALS: Final[tuple[Switch, ...]] = ("police_anonymous", "police_full")
COOLS_FOR: Final[dict[Switch, timedelta]] = {"police_full": timedelta(hours=24)}
"""Full details rest for a day; the person harmed can waive it with a second worker present."""

CRISIS: Final = timedelta(hours=24)
ASK_AGAIN_WITHIN: Final = timedelta(days=7)

Waits = Literal["permission", "cooling_off", "asked_in_crisis"]


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """Why a referral waits, and until when; None: until somebody has asked."""

    why: Waits
    until: datetime | None = None


def event_ended(last_day: date | None, taken_at: datetime) -> datetime:
    """The latest moment at which it can have happened: the end of its last day, or when it was told."""
    if last_day is None:
        return taken_at
    return min(taken_at, datetime.combine(last_day + timedelta(days=1), time(), UTC))


def was_asked_in_crisis(entry: Entry, ended: datetime) -> bool:
    """Said within a day of the event, and not because they wanted it at once."""
    return entry.answer == "yes" and not entry.wanted_now and entry.at < ended + CRISIS


def referral_waits(entries: Iterable[Entry], switch: Switch, *, ended: datetime, now: datetime) -> Wait | None:
    """Why nothing may go to police by this switch now; None: it may.

    Args:
        ended: of `event_ended`.
    """
    entries = tuple(entries)
    found = standing_now(entries, switch, now)
    entry = next((one for one in entries if one.id == found.entry), None)
    if entry is None or found.effective != "yes":
        return Wait(why="permission")
    if was_asked_in_crisis(entry, ended):
        return Wait(why="asked_in_crisis", until=entry.at + ASK_AGAIN_WITHIN)
    cools_until = entry.at + COOLS_FOR.get(switch, timedelta())
    if now < cools_until and not entry.waived_with:
        return Wait(why="cooling_off", until=cools_until)
    return None


def to_ask_again(entries: Iterable[Entry], *, ended: datetime, now: datetime) -> dict[Switch, datetime]:
    """Which switches must be asked again after a crisis, and by when."""
    entries = tuple(entries)
    waits = {switch: referral_waits(entries, switch, ended=ended, now=now) for switch in REFERRALS}
    return {
        switch: wait.until
        for switch, wait in waits.items()
        if wait is not None and wait.why == "asked_in_crisis" and wait.until is not None
    }
