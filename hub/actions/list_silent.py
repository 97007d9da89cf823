"""Projects from whose node nothing is heard: it gets no warning, and confirms no deletion, until it is back.

Heard is any request of the node, also one that finds nothing new: this says nothing of reports, and does not change
with what anybody may not read.
"""

import datetime as dt
from typing import Final

import msgspec

from hub.core import access
from hub.log_view import Snapshot
from hub.store.engine import Store
from hub.store.heard import read_heard
from protocol.house.store.people import acting

SILENT_AFTER: Final = dt.timedelta(days=2)
"""A node asks each half minute; a weekend with the machine switched off is not yet worth a call."""


class Silent(msgspec.Struct, frozen=True):
    """A member's node that is silent. `since`: when it was heard last, or None: never."""

    member: int
    since: dt.datetime | None


def list_silent(store: Store, view: Snapshot, *, by: str, now: dt.datetime) -> tuple[Silent, ...]:
    """Active projects whose node is silent, the longest first.

    Raises:
        NotYours: `access.role`.
    """
    with store.read() as session:
        acting(session, by, access.may_analyse, now)
        heard = {member: one.at for member, one in read_heard(session).items()}
    silent = [
        Silent(member, heard.get(member))
        for member in view.state.active_projects()
        if member not in heard or now - heard[member] > SILENT_AFTER
    ]
    first = dt.datetime.min.replace(tzinfo=dt.UTC)
    return tuple(sorted(silent, key=lambda one: (one.since or first, one.member)))
