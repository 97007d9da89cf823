"""Gives roles and takes them away; appoints a deputy for at most thirty days. Source: PEOPLE 1.12, 2.4."""

from datetime import datetime

from sqlmodel import Session

from node.actions.add_person import require_may_give
from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.access import DEPUTY_AT_MOST, Role, Staff
from node.core.errors import NotYours, Refused
from node.store import audit
from node.store.people import Person, acting, get_person, give_role, list_people, require_role, take_role


def change_roles(
    desk: CaseDesk,
    *,
    person: int,
    give: tuple[str, ...] = (),
    take: tuple[str, ...] = (),
    by: str,
    now: datetime,
) -> None:
    """Gives some, takes others, from now on: a session that is open has the new ones at its next page.

    Raises:
        Refused: `refused.role`, `refused.left`, `refused.last_role`, `refused.last_coordinator`.
        NotYours: `access.role`, `access.person`, `access.give_role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who, other = _two(session, person, by, now)
        require_may_give(who, (*give, *take), other.agency)
        for role in give:
            _note(session, "give_role", who, other, give_role_now(session, other, role, now), now)
        for role in take:
            if take_role(session, other.id, require_role(role), now):
                _note(session, "take_role", who, other, require_role(role), now)
        if not get_person(session, other.id, now).held:
            raise Refused("last_role", "somebody who works here has at least one role: end the account instead")
        require_coordinator(session, now)


def give_role_now(session: Session, other: Person, role: str, now: datetime) -> Role:
    """Gives a role without an end; the role."""
    known = require_role(role)
    give_role(session, other.id, known, now)
    return known


def appoint_deputy(desk: CaseDesk, *, person: int, role: str, until: datetime, by: str, now: datetime) -> None:
    """Lets somebody stand in, until then: the role ends by itself.

    Args:
        role: of `DEPUTISED`.

    Raises:
        Refused: `refused.role`, `refused.deputy` (coordinator and safeguarding lead have deputies),
            `refused.deputy_until` (from now to thirty days), `refused.deputy_holds` (they hold the role already),
            `refused.left`.
        NotYours: `access.role`, `access.person`, `access.give_role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    known = require_role(role)
    if known not in access.DEPUTISED:
        raise Refused("deputy", "a deputy stands in for a coordinator or a safeguarding lead")
    if not now < until <= now + DEPUTY_AT_MOST:
        raise Refused("deputy_until", f"a deputy stands in from now on, for {DEPUTY_AT_MOST.days} days at most")
    with desk.store.begin() as session:
        who, other = _two(session, person, by, now)
        require_may_give(who, (known,), other.agency)
        if any(one.role == known and one.until is None for one in other.held):
            raise Refused("deputy_holds", "they hold this role already")
        give_role(session, other.id, known, now, until=until)
        _note(session, "appoint_deputy", who, other, known, now)


def require_coordinator(session: Session, now: datetime) -> None:
    """The project has a coordinator left who is no deputy: nobody else could give that role again.

    Raises:
        Refused: `refused.last_coordinator`.
    """
    for one in list_people(session, now):
        if one.agency is None and any(held.role == "coordinator" and held.until is None for held in one.held):
            return
    raise Refused("last_coordinator", "somebody of the project itself is its coordinator: name another first")


def _two(session: Session, person: int, by: str, now: datetime) -> tuple[Staff, Person]:
    """Who does it, and to whom."""
    who = acting(session, by, access.may_manage_people, now)
    other = get_person(session, person, now)
    if other.ended_at is not None:
        raise Refused("left", "they do not work here any more")
    if not access.may_manage(who, other.staff):
        raise NotYours("person", "their account is not yours to look after")
    return who, other


def _note(session: Session, verb: str, who: Staff, other: Person, role: Role, now: datetime) -> None:
    audit.note(session, person=who.id, verb=verb, subject=f"person/{other.id}", now=now, reason=role)
