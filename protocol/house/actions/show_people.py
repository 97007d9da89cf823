"""Shows who works here to those who look after accounts: roles, whether they can sign in, their devices."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.account import Device
from protocol.house.core.errors import NotYours
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.accounts import invited_people, people_with_account
from protocol.house.store.devices import devices_of
from protocol.house.store.people import Person, acting, get_person, list_people


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here, or did.

    Attributes:
        can_sign_in: they have set up their account.
        invited_until: an invitation of theirs is open so long, or None.
        manage: whoever looks may invite them and change their roles.
        end: whoever looks may end their account.
    """

    person: Person
    can_sign_in: bool
    invited_until: datetime | None
    manage: bool
    end: bool


class ColleagueShown(msgspec.Struct, frozen=True, kw_only=True):
    """One of them, with what can be done.

    Attributes:
        devices: on which they have signed in.
        may_give: roles that whoever looks may give and take.
    """

    colleague: Colleague
    devices: tuple[Device, ...]
    may_give: tuple[str, ...]


def show_people(desk: HouseDesk, *, by: str, now: datetime) -> tuple[Colleague, ...]:
    """Everybody; to an agency's coordinator, that agency's people.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, desk.staffing.may_manage_people, now)
        audit.note(session, person=who.id, verb="list_people", subject="person/all", now=now)
        found = [one for one in list_people(session, now) if who.agency in (None, one.agency)]
        return tuple(_colleagues(session, desk, who, found, now))


def show_colleague(desk: HouseDesk, *, person: int, by: str, now: datetime) -> ColleagueShown:
    """One of them.

    Raises:
        NotYours: `access.role`, `access.person`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, desk.staffing.may_manage_people, now)
        found = get_person(session, person, now)
        if who.agency not in (None, found.agency):
            raise NotYours("person", "their account is not yours to look after")
        audit.note(session, person=who.id, verb="show_person", subject=f"person/{person}", now=now)
        return ColleagueShown(
            colleague=_colleagues(session, desk, who, [found], now)[0],
            devices=devices_of(session, person),
            may_give=tuple(role for role in desk.staffing.roles if desk.staffing.may_give(who, role)),
        )


def _colleagues(
    session: Session, desk: HouseDesk, who: Staff, people: Sequence[Person], now: datetime
) -> list[Colleague]:
    with_account, invited = people_with_account(session), invited_people(session, now)
    return [
        Colleague(
            person=person,
            can_sign_in=person.id in with_account,
            invited_until=invited.get(person.id),
            manage=person.ended_at is None and desk.staffing.may_manage(who, person.staff),
            end=person.ended_at is None and desk.staffing.may_end(who, person.staff),
        )
        for person in people
    ]
