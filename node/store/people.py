"""Who works here. No two names that people would read as the same.

A name is looked up once, at the door of an action; inside, people are numbers.
"""

import unicodedata
from datetime import datetime
from typing import cast

import msgspec
from sqlmodel import Session, col, select

from node.core.access import ROLES, Role, Staff
from node.core.errors import NotFound, Refused
from node.core.report import Facts, require_authoriser
from node.store.records_tables import PersonRow


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here."""

    id: int
    name: str
    role: str


def folded_name(name: str) -> str:
    """Two names with the same folded form are one person's."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def insert_person(session: Session, name: str, role: str, now: datetime) -> int:
    """Adds somebody; their number.

    Raises:
        Refused: `refused.person_known`, `refused.role`, `refused.name`.
    """
    if role not in ROLES:
        raise Refused("role", "a role is one of: " + ", ".join(sorted(ROLES)))
    if not name.strip() or name != name.strip():
        raise Refused("name", "a name is some letters without spaces around them")
    taken = {folded_name(known) for known in names_by_id(session).values()}
    if folded_name(name) in taken:
        raise Refused("person_known", "somebody of that name is known already")
    row = PersonRow(name=unicodedata.normalize("NFC", name), role=role, added_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def person_id(session: Session, name: str) -> int:
    """The number of somebody known.

    Raises:
        NotFound: `not_found.person`.
    """
    row = session.exec(select(PersonRow).where(PersonRow.name == name)).one_or_none()
    if row is None or row.id is None:
        raise NotFound("person", "nobody of that name is known here: 'people add' makes them known")
    return row.id


def is_safeguarding_lead(session: Session, name: str) -> bool:
    """Whether somebody known of that name is a safeguarding lead."""
    row = session.get(PersonRow, person_id(session, name))
    return row is not None and row.role == "safeguarding_lead"


def require_known_authoriser(session: Session, facts: Facts) -> None:
    """A warning without a reporter names somebody who works here.

    Raises:
        Refused: `refused.authoriser`.
        NotFound: `not_found.person`.
    """
    require_authoriser(facts)
    if facts.source != "report":
        person_id(session, facts.authorised_by or "")


def names_by_id(session: Session) -> dict[int, str]:
    """Everybody's name by number."""
    return {row.id: row.name for row in session.exec(select(PersonRow)) if row.id is not None}


def list_people(session: Session) -> list[Person]:
    """Everybody, in the order in which they were added."""
    rows = session.exec(select(PersonRow).order_by(col(PersonRow.id)))
    return [Person(id=row.id, name=row.name, role=row.role) for row in rows if row.id is not None]


def get_staff(session: Session, number: int) -> Staff:
    """Somebody as the rules of access see them.

    Raises:
        NotFound: `not_found.person`.
    """
    row = session.get(PersonRow, number)
    if row is None or row.id is None:
        raise NotFound("person", "nobody of that number is known here")
    return Staff(id=row.id, name=row.name, roles=frozenset({cast(Role, row.role)}))
