"""Shows an operator the members: what they are called, how they stand, what is asked against them. Looks are noted."""

from datetime import datetime

import msgspec

from hub.actions.hub_desk import HubDesk
from hub.actions.name_members import name_members
from hub.core import access
from hub.core.heard import Heard
from hub.log_view import Snapshot
from hub.store.heard import read_heard
from protocol.body_fields import MemberBody
from protocol.house.core.errors import NotFound
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.replay import Member


class MemberShown(msgspec.Struct, frozen=True, kw_only=True):
    """One member.

    Attributes:
        named: name and contact, or None: it left, and they are erased.
        asked: what one officer has asked for, as `verb: reason`; it acts at the second one's word.
        confirmed: the witnesses have confirmed its admission.
        heard: its node's last word, or None: none since this hub began.
    """

    member: Member
    named: MemberBody | None
    asked: tuple[tuple[str, str], ...]
    confirmed: bool
    heard: Heard | None

    @property
    def name(self) -> str:
        """By which it is called, or its number."""
        return f"Member {self.member.id}" if self.named is None else self.named.name


def show_members(desk: HubDesk, view: Snapshot, *, by: str, now: datetime) -> tuple[MemberShown, ...]:
    """All of them, by number.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_operate, now)
        audit.note(session, person=who.id, verb="list_members", subject="member/all", now=now)
        heard = read_heard(session)
    named = name_members(desk.store, view, desk.vault.epochs)
    return tuple(_shown(view, view.state.members[number], named, heard) for number in sorted(view.state.members))


def show_member(desk: HubDesk, view: Snapshot, member: int, *, by: str, now: datetime) -> MemberShown:
    """One of them.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.member`, `not_found.person`.
    """
    found = view.state.members.get(member)
    if found is None:
        raise NotFound("member", "there is no member of that number")
    with desk.store.begin() as session:
        who = acting(session, by, access.may_operate, now)
        audit.note(session, person=who.id, verb="show_member", subject=f"member/{member}", now=now)
        heard = read_heard(session)
    return _shown(view, found, name_members(desk.store, view, desk.vault.epochs), heard)


def _shown(view: Snapshot, member: Member, named: dict[int, MemberBody], heard: dict[int, Heard]) -> MemberShown:
    asked = tuple(sorted((verb, reason) for verb, number, reason, _ in view.state.pending if number == member.id))
    return MemberShown(
        member=member,
        named=named.get(member.id),
        asked=asked,
        confirmed=member.admitted < view.confirmed_size,
        heard=heard.get(member.id),
    )
