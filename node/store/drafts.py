"""Reports in the making: what a person has filled in so far, sealed, until it is kept or dropped."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

import msgspec
from sqlmodel import Field, Session, col, delete, select

from node.store.exchange_tables import SealedRow
from protocol.at_rest import SEAL_RANDOMNESS, ErasedWith
from protocol.house.core.errors import NotFound
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.people_tables import names_a_person
from protocol.house.store.vault import Vault

KEPT_FOR: Final = timedelta(days=30)
"""A report that nobody went on with for a month is not kept on the side."""

Fields = tuple[tuple[str, str], ...]
"""What was posted, by field."""


class DraftRow(SealedRow, table=True):
    """A report in the making: whose it is stands in clear, what is in it does not."""

    __tablename__ = "report_drafts"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("end_draft", "insert_draft"), why="once it is kept as a report or dropped, or after a month"
    )
    sealed_place: ClassVar[str] = "report_drafts"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(index=True, sa_column_args=names_a_person())
    begun_at: datetime
    changed_at: datetime

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.id}"


class Draft(Unprinted, frozen=True, kw_only=True):
    """A report in the making.

    Attributes:
        sections: what was filled in, by section.
    """

    id: int
    person_id: int
    begun_at: datetime
    changed_at: datetime
    sections: dict[str, Fields]


def insert_draft(session: Session, vault: Vault, *, person: int, now: datetime) -> int:
    """An empty one; its number. Those untouched for a month go."""
    session.exec(delete(DraftRow).where(col(DraftRow.changed_at) <= now - KEPT_FOR))
    row = DraftRow(person_id=person, begun_at=now, changed_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    _put(vault, row, {})
    return row.id


def put_section(session: Session, vault: Vault, number: int, name: str, fields: Fields, now: datetime) -> None:
    """Replaces one section.

    Raises:
        NotFound: `not_found.draft`.
    """
    row = _row(session, number)
    _put(vault, row, {**_sections(vault, row), name: fields})
    row.changed_at = now


def read_draft(session: Session, vault: Vault, number: int) -> Draft:
    """It.

    Raises:
        NotFound: `not_found.draft`.
    """
    return _draft(vault, _row(session, number))


def drafts_of(session: Session, vault: Vault, person: int) -> list[Draft]:
    """Somebody's, the last touched first."""
    rows = select(DraftRow).where(DraftRow.person_id == person).order_by(col(DraftRow.changed_at).desc())
    return [_draft(vault, row) for row in session.exec(rows).all()]


def end_draft(session: Session, number: int) -> None:
    """Forgets it."""
    session.exec(delete(DraftRow).where(col(DraftRow.id) == number))


def _row(session: Session, number: int) -> DraftRow:
    row = session.get(DraftRow, number)
    if row is None:
        raise NotFound("draft", "there is no such report in the making: it was kept, or dropped")
    return row


def _put(vault: Vault, row: DraftRow, sections: dict[str, Fields]) -> None:
    row.put(vault.epochs.seal(msgspec.json.encode(sections), row.place(), vault.randomness(SEAL_RANDOMNESS)))


def _sections(vault: Vault, row: DraftRow) -> dict[str, Fields]:
    sealed = row.sealed()
    assert sealed is not None
    return msgspec.json.decode(vault.epochs.open(sealed, row.place()), type=dict[str, Fields])


def _draft(vault: Vault, row: DraftRow) -> Draft:
    assert row.id is not None
    return Draft(
        id=row.id,
        person_id=row.person_id,
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        sections=_sections(vault, row),
    )
