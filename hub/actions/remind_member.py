"""Reminds a member of deletions that it has not confirmed: by phone, and its node is told at its next sync.

The node is told a day and nothing of what was deleted: what it owes it reads in the log itself. Source:
spec/exchange.md §8.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from hub.actions.hub_desk import HubDesk
from hub.core import access
from hub.store import heard
from hub.store.engine import Store
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting

REMINDED: Final = "remind_member"

TOLD_FOR: Final = timedelta(days=30)
"""A node that is away for longer is rung again: by then somebody has been reminded of it more than once."""


def remind_member(desk: HubDesk, member: int, *, by: str, now: datetime) -> None:
    """Notes it in the trail, and keeps it for the member's node.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
        Refused: `refused.reminded`: today already; a node is asked once a day at most.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_operate, now)
        if not heard.remind(session, member, now.date()):
            raise Refused("reminded", "this project was reminded today already: ring it, or wait until tomorrow")
        audit.note(session, person=who.id, verb=REMINDED, subject=f"member/{member}", now=now)


def last_reminded(desk: HubDesk, members: Iterable[int]) -> dict[int, datetime]:
    """When each of them last was, by member id; without those who never were."""
    with desk.store.read() as session:
        found = {member: audit.last_done(session, REMINDED, f"member/{member}") for member in members}
    return {member: entry.at for member, entry in found.items() if entry is not None}


def reminder_for(store: Store, member: int, today: date) -> date | None:
    """The day on which this member was last asked to confirm, or None: never, or longer ago than `TOLD_FOR`."""
    with store.read() as session:
        day = heard.reminded_on(session, member)
    return None if day is None or today - day > TOLD_FOR else day
