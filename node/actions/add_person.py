"""Makes somebody who works here known, so that they can act by name."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.store import audit
from node.store.people import insert_person, person_id


def add_person(desk: CaseDesk, *, name: str, role: str, now: datetime, by: str | None = None) -> int:
    """Adds somebody; their number.

    Args:
        by: who adds them; None for the first ones, at set-up.

    Raises:
        Refused: `refused.person_known`, `refused.role`, `refused.name`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        added_by = None if by is None else person_id(session, by)
        number = insert_person(session, name, role, now)
        audit.note(session, person=added_by, verb="add_person", subject=f"person/{number}", now=now)
        return number
