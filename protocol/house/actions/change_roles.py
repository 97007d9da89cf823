"""Gives roles and takes them away; appoints a deputy for at most thirty days. Source: PEOPLE 1.12, 2.4."""

from datetime import datetime

from msgspec.structs import replace
from sqlmodel import Session

from protocol.house.actions.add_person import require_may_give
from protocol.house.actions.desk import HouseDesk
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import DEPUTY_AT_MOST, Staffing
from protocol.house.store import audit
from protocol.house.store.people import Person, acting, get_person, give_role, list_people, take_role


def change_roles(
    desk: HouseDesk,
    *,
    person: int,
    give: tuple[str, ...] = (),
    take: tuple[str, ...] = (),
    by: str,
    now: datetime,
) -> None:
    """Gives some, takes others, from now on: a session that is open has the new ones at its next page.

    Raises:
        Refused: `refused.role`, `refused.role_barred`, `refused.left`, `refused.last_role`, `refused.last_keeper`.
        NotYours: `access.role`, `access.person`, `access.give_role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who, other = _two(session, desk.staffing, person, by, now)
        require_may_give(desk.staffing, who, (*give, *take), other.agency)
        held = (other.staff.roles | set(give)) - set(take)
        desk.staffing.require_may_hold(replace(other.staff, roles=held))
        for role in give:
            give_role(session, other.id, role, now)
            _note(session, "give_role", who, other, role, now)
        for role in take:
            if take_role(session, other.id, role, now):
                _note(session, "take_role", who, other, role, now)
        if not get_person(session, other.id, now).held:
            raise Refused("last_role", "somebody who works here has at least one role: end the account instead")
        require_keeper(session, desk.staffing, now)


def appoint_deputy(desk: HouseDesk, *, person: int, role: str, until: datetime, by: str, now: datetime) -> None:
    """Lets somebody stand in, until then: the role ends by itself.

    Args:
        role: of those that the service's rules deputise.

    Raises:
        Refused: `refused.role`, `refused.deputy` (this role has no deputies),
            `refused.deputy_until` (from now to thirty days), `refused.deputy_holds` (they hold the role already),
            `refused.left`.
        NotYours: `access.role`, `access.person`, `access.give_role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    known = desk.staffing.require_role(role)
    if known not in desk.staffing.deputised:
        raise Refused("deputy", "a deputy stands in for: " + ", ".join(desk.staffing.deputised))
    if not now < until <= now + DEPUTY_AT_MOST:
        raise Refused("deputy_until", f"a deputy stands in from now on, for {DEPUTY_AT_MOST.days} days at most")
    with desk.store.begin() as session:
        who, other = _two(session, desk.staffing, person, by, now)
        require_may_give(desk.staffing, who, (known,), other.agency)
        if any(one.role == known and one.until is None for one in other.held):
            raise Refused("deputy_holds", "they hold this role already")
        desk.staffing.require_may_hold(replace(other.staff, roles=other.staff.roles | {known}))
        give_role(session, other.id, known, now, until=until)
        _note(session, "appoint_deputy", who, other, known, now)


def require_keeper(session: Session, staffing: Staffing, now: datetime) -> None:
    """Somebody is left who holds the keeper's role and is no deputy: nobody else could give it again.

    Raises:
        Refused: `refused.last_keeper`.
    """
    for one in list_people(session, now):
        if one.agency is None and any(held.role == staffing.keeper and held.until is None for held in one.held):
            return
    raise Refused("last_keeper", f"somebody of this house itself is {staffing.keeper}: name another first")


def _two(session: Session, staffing: Staffing, person: int, by: str, now: datetime) -> tuple[Staff, Person]:
    """Who does it, and to whom."""
    who = acting(session, by, staffing.may_manage_people, now)
    other = get_person(session, person, now)
    if other.ended_at is not None:
        raise Refused("left", "they do not work here any more")
    if not staffing.may_manage(who, other.staff):
        raise NotYours("person", "their account is not yours to look after")
    return who, other


def _note(session: Session, verb: str, who: Staff, other: Person, role: str, now: datetime) -> None:
    audit.note(session, person=who.id, verb=verb, subject=f"person/{other.id}", now=now, reason=role)
