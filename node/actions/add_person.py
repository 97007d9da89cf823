"""Makes somebody who works here known, so that they can act by name."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.access import Staff
from node.core.errors import NotYours, Refused
from node.store import audit
from node.store.people import acting, insert_person, list_people, require_role


def add_person(
    desk: CaseDesk,
    *,
    name: str,
    role: str,
    now: datetime,
    by: str | None = None,
    more_roles: Iterable[str] = (),
    agency: str | None = None,
    force: str | None = None,
) -> int:
    """Adds somebody; their number.

    Args:
        role: one of their roles; `more_roles`: the others.
        agency: the member agency they work for; None: the project itself.
        force: police-force area that a police contact worker deals with.
        by: who adds them; None while nobody is known yet.

    Raises:
        Refused: `refused.not_coordinator`, `refused.person_known`, `refused.role`, `refused.name`, `refused.agency`.
        NotYours: `access.role`, `access.agency`, `access.give_role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        return keep_person(
            session, desk, name=name, roles=(role, *more_roles), agency=agency, force=force, by=by, now=now
        )


def keep_person(
    session: Session,
    desk: CaseDesk,
    *,
    name: str,
    roles: Iterable[str],
    agency: str | None,
    force: str | None,
    by: str | None,
    now: datetime,
) -> int:
    """Adds them within the caller's transaction; as `add_person`."""
    roles = tuple(roles)
    if agency is not None and agency not in desk.config.agencies:
        raise Refused("agency", "the agency is one of the member agencies in the settings, or none: the project itself")
    adder = None
    if by is not None:
        adder = acting(session, by, access.may_manage_people, now)
        require_may_give(adder, roles, agency)
    elif list_people(session, now):
        raise Refused("not_coordinator", "a coordinator who is known here adds people: name them with --by")
    number = insert_person(session, name, roles, now, agency=agency, force=force)
    audit.note(
        session,
        person=None if adder is None else adder.id,
        verb="add_person",
        subject=f"person/{number}",
        now=now,
    )
    return number


def require_may_give(who: Staff, roles: Iterable[str], agency: str | None) -> None:
    """That somebody may give these roles to one of that agency.

    Raises:
        Refused: `refused.role`.
        NotYours: `access.give_role`, `access.agency`.
    """
    for role in roles:
        if not access.may_give(who, require_role(role)):
            raise NotYours("give_role", "a coordinator gives the roles that see something of a record")
    if who.agency is not None and who.agency != agency:
        raise NotYours("agency", "an agency's people look after that agency's people")
