"""Keeps that a member was reminded, by phone, of a deletion that it has not confirmed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from hub.actions.hub_desk import HubDesk
from hub.core import access
from protocol.house.store import audit
from protocol.house.store.people import acting

REMINDED: Final = "remind_member"


def remind_member(desk: HubDesk, member: int, *, by: str, now: datetime) -> None:
    """Notes it in the trail.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_operate, now)
        audit.note(session, person=who.id, verb=REMINDED, subject=_subject(member), now=now)


def last_reminded(desk: HubDesk, members: Iterable[int]) -> dict[int, datetime]:
    """When each of them last was, by member id; without those who never were."""
    with desk.store.read() as session:
        found = audit.last_done_to(session, REMINDED, (_subject(member) for member in members))
    return {int(subject.removeprefix("member/")): at for subject, at in found.items()}


def _subject(member: int) -> str:
    return f"member/{member}"
