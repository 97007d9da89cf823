"""Makes somebody who works here known, so that they can act by name."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlmodel import Session

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing
from protocol.house.store import audit
from protocol.house.store.people import Person, acting, insert_person, list_people


def add_person(
    desk: HouseDesk,
    *,
    name: str,
    role: str,
    now: datetime,
    by: str | None = None,
    more_roles: Iterable[str] = (),
    agency: str | None = None,
    force: str | None = None,
    police: bool = False,
) -> int:
    """Adds somebody; their number.

    Args:
        role: one of their roles; `more_roles`: the others.
        agency, force, police: as of `Staff`.
        by: who adds them; None, at the command line, while nobody is here who could.

    Raises:
        Refused: `refused.not_keeper`, `refused.person_known`, `refused.role`, `refused.role_barred`,
            `refused.name`, `refused.agency`.
        NotYours: `access.role`, `access.agency`, `access.give_role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        return keep_person(
            session,
            desk,
            name=name,
            roles=(role, *more_roles),
            agency=agency,
            force=force,
            police=police,
            by=by,
            now=now,
        )


def keep_person(
    session: Session,
    desk: HouseDesk,
    *,
    name: str,
    roles: Iterable[str],
    agency: str | None,
    force: str | None,
    police: bool,
    by: str | None,
    now: datetime,
) -> int:
    """Adds them within the caller's transaction; as `add_person`."""
    wanted = tuple(desk.staffing.require_role(role) for role in dict.fromkeys(roles))
    if agency is not None and agency not in desk.staffing.agencies:
        raise Refused("agency", "the agency is one of the member agencies in the settings, or none: the project itself")
    newcomer = Staff(id=0, name=name, roles=frozenset(wanted), agency=agency, force=force, police=police)
    desk.staffing.require_may_hold(newcomer)
    adder = None
    if by is not None:
        adder = acting(session, by, desk.staffing.may_manage_people, now)
        require_may_give(desk.staffing, adder, wanted, agency)
    else:
        require_nobody_who(
            list_people(session, now), lambda one: all(desk.staffing.may_give(one, role) for role in wanted)
        )
    number = insert_person(session, name, wanted, now, agency=agency, force=force, police=police)
    audit.note(
        session,
        person=None if adder is None else adder.id,
        verb="add_person",
        subject=f"person/{number}",
        now=now,
    )
    return number


def require_nobody_who(people: Iterable[Person], could: Callable[[Staff], bool]) -> None:
    """That nobody is here who could do it: then the command line may, without naming anybody.

    Raises:
        Refused: `refused.not_keeper`.
    """
    if any(could(one.staff) for one in people if one.ended_at is None):
        raise Refused("not_keeper", "somebody here can do this: name them with --by")


def require_may_give(staffing: Staffing, who: Staff, roles: Iterable[str], agency: str | None) -> None:
    """That somebody may give these roles to one of that agency.

    Raises:
        Refused: `refused.role`.
        NotYours: `access.give_role`, `access.agency`.
    """
    for role in roles:
        if not staffing.may_give(who, staffing.require_role(role)):
            givers = " or ".join(one.replace("_", " ") for one in staffing.givers_of(role))
            raise NotYours("give_role", f"this role is not yours to give; it is given by: {givers}")
    if who.agency is not None and who.agency != agency:
        raise NotYours("agency", "an agency's people look after that agency's people")
