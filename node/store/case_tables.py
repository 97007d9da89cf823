"""Tables around the reports: files, links, what waits for a second person, keeping, agencies, recovery sheets.

As in `records_tables`: what is private is sealed, the rest are numbers, codes from lists and times.
"""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from node.store.engine import NodeTable
from node.store.exchange_tables import SealedRow
from protocol.at_rest import ErasedWith
from protocol.house.store.people_tables import names_a_person


class AttachmentRow(SealedRow, table=True):
    """A file as it came, under a key of its own. What it is called and its hash are a sealed part."""

    __tablename__ = "attachments"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("erase_report", "erase_attachment"), why="with the report, or alone where it was kept wrongly"
    )
    sealed_place: ClassVar[str] = "attachments"
    rewrap_batch: ClassVar[int] = 4

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    at: datetime
    by: int = Field(sa_column_args=names_a_person())

    def place(self) -> str:
        """Where the content belongs."""
        return f"{self.sealed_place}/{self.report_id}/{self.id}"


class LinkRow(NodeTable, table=True):
    """Two reports of one event, by two people: the lower number first."""

    __tablename__ = "report_links"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("erase_report",), why="with either of the two")

    report_id: int = Field(primary_key=True, foreign_key="reports.id")
    other_id: int = Field(primary_key=True, foreign_key="reports.id")
    at: datetime
    by: int = Field(sa_column_args=names_a_person())


class ProposalRow(NodeTable, table=True):
    """Something that takes two people, and waits for the second. What it says is a sealed part of the report."""

    __tablename__ = "proposals"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("erase_report", "end_proposal"), why="with the report, or once it was seconded or taken away"
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    kind: str
    at: datetime
    by: int = Field(sa_column_args=names_a_person())


class RetentionRow(NodeTable, table=True):
    """Somebody looked at a report whose time had come, and decided."""

    __tablename__ = "retention_decisions"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="numbers, a reason from a list and times: that it was decided outlives what was decided on"
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    decided: str
    reason: str | None = None
    keep_until: datetime | None = None
    at: datetime
    by: int = Field(sa_column_args=names_a_person())


class TieRow(NodeTable, table=True):
    """A tie of an agency to police, a council or an immigration body, as it declared it."""

    __tablename__ = "agency_ties"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="bodies, no people: it is shown to everybody")

    id: int | None = Field(default=None, primary_key=True)
    agency: str = Field(index=True)
    kind: str
    body: str
    declared_at: datetime
    declared_by: int = Field(sa_column_args=names_a_person())
    ended_at: datetime | None = None


class AgencyLeftRow(NodeTable, table=True):
    """A member agency that has left, and what it chose for its warnings."""

    __tablename__ = "agencies_left"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="the name of a body and a time")

    agency: str = Field(primary_key=True)
    left_at: datetime
    by: int = Field(sa_column_args=names_a_person())
    warnings: str


class RecoveryRow(NodeTable, table=True):
    """The recovery sheets in force: the public half alone, and when two of them were read back."""

    __tablename__ = "recovery_sheets"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="a public key and times")

    id: int | None = Field(default=None, primary_key=True)
    public: str
    made_at: datetime
    made_by: int | None = Field(default=None, sa_column_args=names_a_person())
    read_back_at: datetime | None = None
    copied_at: datetime | None = None
    copied_epoch: int | None = None
