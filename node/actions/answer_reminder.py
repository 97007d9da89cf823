"""What to do where the hub reminds this project of deletions that it has not confirmed, and that it was done."""

from datetime import datetime
from typing import Final

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.log_view import LogView
from node.store import told
from node.store.acks import acked_sizes
from protocol.house.core.errors import NotFound
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay import members_owing

ANSWERED: Final = "answer_reminder"


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """The hub asks this project to confirm.

    Attributes:
        asked_on: `YYYY-MM-DD`, by the hub.
        confirmed: by our own copy of the log, this node has confirmed everything that it is asked for by now.
    """

    asked_on: str
    confirmed: bool


def show_reminder(desk: CaseDesk, view: LogView, *, by: str, now: datetime) -> Reminder:
    """What the hub asks, and whether it is done.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.reminder`: the hub asks for nothing now.
    """
    with desk.store.read() as session:
        acting(session, by, access.may_answer_hub, now)
        asked_on = told.open_reminder(session)
        if asked_on is None:
            raise NotFound("reminder", "the hub asks for nothing now")
        owing = {one.id for one in members_owing(view.state, acked_sizes(session))}
    return Reminder(asked_on=asked_on, confirmed=view.member_id not in owing)


def answer_reminder(desk: CaseDesk, *, by: str, now: datetime) -> None:
    """Somebody has seen to it: the start page says it no more, until the hub asks anew.

    Raises:
        NotYours: `access.role`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_answer_hub, now)
        told.answer_reminder(session)
        audit.note(session, person=who.id, verb=ANSWERED, subject="hub/reminder", now=now)
