"""What needs somebody at the hub now."""

from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from hub.actions.examine import examine_running
from hub.actions.hub_desk import HubDesk
from hub.actions.list_silent import list_silent
from hub.actions.note_drill import DUE_AFTER_DAYS, last_drill
from hub.core import access
from hub.log_view import Snapshot
from hub.store import members, releases
from protocol.house.core.staff import Staff
from protocol.replay import members_owing

Kind = Literal["candidates", "second_officer", "unconfirmed", "findings", "drill", "release", "silent"]

_DRILL: Final = timedelta(days=DUE_AFTER_DAYS)


class Task(msgspec.Struct, frozen=True):
    """One kind of thing that waits, where, and how many of it."""

    kind: Kind
    path: str
    number: int


def list_operators_tasks(desk: HubDesk, view: Snapshot, now: datetime) -> tuple[Task, ...]:
    """Those of which there is something; what is most urgent first."""
    store = desk.store.store
    with store.read() as session:
        waiting = len(members.candidates(session))
        owing = members_owing(view.state, members.acked_sizes(session))
    drilled = last_drill(desk)
    found = (
        Task("second_officer", "/members", len({matter[1] for matter in view.state.pending})),
        Task("unconfirmed", "/withdrawals", len(owing)),
        Task("findings", "/standing", len(examine_running(desk.config, store, view, now))),
        Task("candidates", "/joining", waiting),
        Task("drill", "/backup", int(drilled is None or now - drilled > _DRILL)),
    )
    return tuple(task for task in found if task.number)


def list_readers_tasks(desk: HubDesk, view: Snapshot, who: Staff, now: datetime) -> tuple[Task, ...]:
    """Those of a lead or an analyst; of the police nothing that changes with what they may not see."""
    with desk.store.read() as session:
        request = releases.request_now(session)
        follows = access.may_follow_withdrawals(who)
        owing = members_owing(view.state, members.acked_sizes(session)) if follows else ()
    found = (
        Task("release", "/releases", int(request is not None and request.asked_by != who.id)),
        Task("unconfirmed", "/withdrawals", len(owing)),
        Task("silent", "/silent", len(list_silent(desk.store.store, view, by=who.name, now=now))),
    )
    return tuple(task for task in found if task.number)
