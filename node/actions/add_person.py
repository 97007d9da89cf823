"""Makes somebody who works here known, so that they can act by name."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.errors import Refused
from node.store import audit
from node.store.people import insert_person, list_people, person_id


def add_person(desk: CaseDesk, *, name: str, role: str, now: datetime, by: str | None = None) -> int:
    """Adds somebody; their number.

    Args:
        by: the coordinator who adds them; None while nobody is known yet.

    Raises:
        Refused: `refused.not_coordinator`, `refused.person_known`, `refused.role`, `refused.name`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        added_by = None if by is None else person_id(session, by)
        known = list_people(session)
        if known and not any(person.id == added_by and person.role == "coordinator" for person in known):
            raise Refused("not_coordinator", "a coordinator who is known here adds people: name them with --by")
        number = insert_person(session, name, role, now)
        audit.note(session, person=added_by, verb="add_person", subject=f"person/{number}", now=now)
        return number
