"""Who works here. No two names that people would read as the same.

A name is looked up once, at the door of an action; inside, people are numbers.
"""

import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.staff import Rule, Staff, require
from protocol.house.store.people_tables import PersonRow, RoleRow


class Held(msgspec.Struct, frozen=True):
    """A role that somebody holds now; `until`: as a deputy."""

    role: str
    until: datetime | None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here, or did.

    Attributes:
        agency, force, police: as of `Staff`.
        reads_in: the language in which they read, an ISO 639-1 code; empty: the service's own.
        held: their roles now.
        ended_at: since when they work here no more, or None.
    """

    id: int
    name: str
    agency: str | None
    force: str | None
    police: bool
    reads_in: str
    held: tuple[Held, ...]
    ended_at: datetime | None

    @property
    def roles(self) -> tuple[str, ...]:
        """Their roles now, in the order in which they were given."""
        return tuple(dict.fromkeys(one.role for one in self.held))

    @property
    def staff(self) -> Staff:
        """As the rules of access see them."""
        return Staff(
            id=self.id,
            name=self.name,
            roles=frozenset(self.roles),
            agency=self.agency,
            force=self.force,
            police=self.police,
        )


def folded_name(name: str) -> str:
    """Two names with the same folded form are one person's."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def insert_person(
    session: Session,
    name: str,
    roles: Iterable[str],
    now: datetime,
    *,
    agency: str | None = None,
    force: str | None = None,
    police: bool = False,
) -> int:
    """Adds somebody; their number.

    Raises:
        Refused: `refused.person_known`, `refused.role` (none at all), `refused.name`.
    """
    held = list(dict.fromkeys(roles))
    if not held:
        raise Refused("role", "somebody who works here has at least one role")
    if not name.strip() or name != name.strip():
        raise Refused("name", "a name is some letters without spaces around them")
    taken = {folded_name(known) for known in names_by_id(session).values()}
    if folded_name(name) in taken:
        raise Refused("person_known", "somebody of that name is known already")
    row = PersonRow(name=unicodedata.normalize("NFC", name), agency=agency, force=force, police=police, added_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    for role in held:
        give_role(session, row.id, role, now)
    return row.id


def give_role(session: Session, person: int, role: str, now: datetime, *, until: datetime | None = None) -> None:
    """Gives it from now on; a role held already is held anew, until then."""
    take_role(session, person, role, now)
    session.add(RoleRow(person_id=person, role=role, given_at=now, until=until))
    session.flush()


def take_role(session: Session, person: int, role: str, now: datetime) -> bool:
    """Takes it away; whether they held it."""
    rows = session.exec(_holding(now).where(RoleRow.person_id == person, RoleRow.role == role)).all()
    for row in rows:
        row.ended_at = now
    session.flush()
    return bool(rows)


def end_person(session: Session, person: int, now: datetime) -> None:
    """They work here no more: name and number stay for the trail, every role ends.

    Raises:
        NotFound: `not_found.person`.
    """
    row = _row(session, person)
    row.ended_at = now
    for held in session.exec(_holding(now).where(RoleRow.person_id == person)).all():
        held.ended_at = now
    session.flush()


def person_id(session: Session, name: str) -> int:
    """The number of somebody known.

    Raises:
        NotFound: `not_found.person`.
    """
    row = session.exec(select(PersonRow).where(PersonRow.name == name)).one_or_none()
    if row is None or row.id is None:
        raise NotFound("person", "nobody of that name is known here: 'people add' makes them known")
    return row.id


def person_of_name(session: Session, name: str) -> int | None:
    """The number of whoever goes by this name, as people type it; None: nobody does."""
    wanted = folded_name(name.strip())
    return next((number for number, known in names_by_id(session).items() if folded_name(known) == wanted), None)


def acting(session: Session, name: str, rule: Rule, now: datetime) -> Staff:
    """Somebody at the door of an action, with the roles of this moment.

    Args:
        rule: of the service: who may do this at all.

    Raises:
        NotFound: `not_found.person`.
        NotYours: `access.role`, also for somebody who works here no more.
    """
    who = get_person(session, person_id(session, name), now).staff
    require(rule, who)
    return who


def put_reading_language(session: Session, person: int, language: str) -> None:
    """The language in which they read from now on.

    Raises:
        NotFound: `not_found.person`.
    """
    _row(session, person).reads_in = language


def names_by_id(session: Session) -> dict[int, str]:
    """Everybody's name by number."""
    return {row.id: row.name for row in session.exec(select(PersonRow)) if row.id is not None}


def list_people(session: Session, now: datetime) -> list[Person]:
    """Everybody, in the order in which they were added; those who left, too."""
    held: dict[int, list[RoleRow]] = {}
    for role in session.exec(_holding(now)):
        held.setdefault(role.person_id, []).append(role)
    rows = session.exec(select(PersonRow).order_by(col(PersonRow.id)))
    return [_person(row, held.get(row.id or 0, ())) for row in rows]


def colleagues_of(session: Session, name: str, now: datetime) -> tuple[str, ...]:
    """Everybody else who works here: who could have been there as a second worker."""
    return tuple(one.name for one in list_people(session, now) if one.roles and one.name != name)


def get_person(session: Session, number: int, now: datetime) -> Person:
    """Somebody by number.

    Raises:
        NotFound: `not_found.person`.
    """
    return _person(_row(session, number), session.exec(_holding(now).where(RoleRow.person_id == number)).all())


def _row(session: Session, number: int) -> PersonRow:
    row = session.get(PersonRow, number)
    if row is None:
        raise NotFound("person", "nobody of that number is known here")
    return row


def _person(row: PersonRow, held: Collection[RoleRow]) -> Person:
    assert row.id is not None
    return Person(
        id=row.id,
        name=row.name,
        agency=row.agency,
        force=row.force,
        police=row.police,
        reads_in=row.reads_in,
        held=tuple(Held(one.role, one.until) for one in held),
        ended_at=row.ended_at,
    )


def _holding(now: datetime) -> SelectOfScalar[RoleRow]:
    """Roles that are held at that moment, in the order in which they were given."""
    still = (col(RoleRow.ended_at).is_(None), (col(RoleRow.until).is_(None)) | (col(RoleRow.until) > now))
    return select(RoleRow).where(*still).order_by(col(RoleRow.id))
