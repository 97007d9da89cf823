"""Sheets brought in that wait for a person to say what their columns mean; sealed, and gone once they are kept."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

import msgspec
from sqlmodel import Field, Session, col, delete

from node.store.exchange_tables import SealedRow
from protocol.at_rest import SEAL_RANDOMNESS, ErasedWith
from protocol.house.core.errors import NotFound
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.people_tables import names_a_person
from protocol.house.store.vault import Vault

WAITS_FOR: Final = timedelta(days=7)
"""A sheet that nobody came back to is not kept on the side."""


class SheetRow(SealedRow, table=True):
    """A sheet as it was brought in: its bytes, name and mapping are sealed."""

    __tablename__ = "sheets_waiting"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("end_sheet", "insert_sheet"), why="once its rows are kept or refused, or after seven days"
    )
    sealed_place: ClassVar[str] = "sheets_waiting"

    id: int | None = Field(default=None, primary_key=True)
    brought_by: int = Field(sa_column_args=names_a_person())
    brought_at: datetime

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.id}"


class WaitingSheet(Unprinted, frozen=True, kw_only=True):
    """What is sealed of it.

    Attributes:
        mapping: TOML, as it was suggested or put right.
    """

    filename: str
    content: bytes
    mapping: str


def insert_sheet(session: Session, vault: Vault, sheet: WaitingSheet, *, by: int, now: datetime) -> int:
    """Keeps it; its number. Those that waited for seven days go."""
    session.exec(delete(SheetRow).where(col(SheetRow.brought_at) <= now - WAITS_FOR))
    row = SheetRow(brought_by=by, brought_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    _put(vault, row, sheet)
    return row.id


def put_mapping(session: Session, vault: Vault, number: int, mapping: str) -> None:
    """Another mapping for it.

    Raises:
        NotFound: `not_found.sheet`.
    """
    row = _row(session, number)
    _put(vault, row, msgspec.structs.replace(_read(vault, row), mapping=mapping))


def read_sheet(session: Session, vault: Vault, number: int) -> WaitingSheet:
    """It.

    Raises:
        NotFound: `not_found.sheet`.
    """
    return _read(vault, _row(session, number))


def end_sheet(session: Session, number: int) -> None:
    """Forgets it."""
    session.exec(delete(SheetRow).where(col(SheetRow.id) == number))


def _row(session: Session, number: int) -> SheetRow:
    row = session.get(SheetRow, number)
    if row is None:
        raise NotFound("sheet", "this sheet does not wait here any more: bring it in again")
    return row


def _put(vault: Vault, row: SheetRow, sheet: WaitingSheet) -> None:
    row.put(vault.epochs.seal(msgspec.json.encode(sheet), row.place(), vault.randomness(SEAL_RANDOMNESS)))


def _read(vault: Vault, row: SheetRow) -> WaitingSheet:
    sealed = row.sealed()
    assert sealed is not None
    return msgspec.json.decode(vault.epochs.open(sealed, row.place()), type=WaitingSheet)
