"""Tables of the records: reports, permissions, releases. Nothing private stands here in clear.

Whatever is private is a row of `sealed_parts`, each with a key of its own; the other tables hold numbers, codes from
lists and times. Triggers keep the append-only ones so, also against a hand with a database browser.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import DDL, UniqueConstraint, event
from sqlmodel import Field

from node.store.engine import NodeTable
from node.store.exchange_tables import SealedRow
from protocol.at_rest import ErasedWith
from protocol.house.store.people_tables import append_only, names_a_person


class ReportRow(NodeTable, table=True):
    """A report: what is needed to find it. Its facts and words are sealed parts.

    `mark` is random: by it an erasure is known again in a restored database, in which numbers are given out anew.
    """

    __tablename__ = "reports"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="parts",
        by=("erase_report",),
        why="its facts and words; number, agency and dates stay: it is refused from then on",
    )

    id: int | None = Field(default=None, primary_key=True)
    mark: str = Field(unique=True)
    agency: str
    taken_at: datetime
    taken_by: int = Field(sa_column_args=names_a_person())
    handed_over_at: datetime | None = None
    imported: bool = False
    opened_at: datetime | None = None
    erased_at: datetime | None = None


class SealedPart(SealedRow, table=True):
    """One version of one sealed part. `report_id` says with which report it is erased; None: the node's own."""

    __tablename__ = "sealed_parts"
    __table_args__ = (UniqueConstraint("owner", "owner_id", "part", "version"),)
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("erase_report", "erase_attachment", "erase_contact_details", "end_proposal"),
        why="key and content, with the report, or with the file, contact details or proposal that it is about",
    )
    sealed_place: ClassVar[str] = "sealed_parts"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int | None = Field(default=None, index=True, foreign_key="reports.id")
    owner: str
    owner_id: int
    part: str
    version: int
    at: datetime

    def place(self) -> str:
        """Where the part belongs: it opens nowhere else."""
        return f"{self.sealed_place}/{self.owner}/{self.owner_id}/{self.part}/{self.version}"


class ImportedRowSeen(NodeTable, table=True):
    """A sheet's row that was imported, by keyed fingerprint: the key is sealed, so alone it tells nothing."""

    __tablename__ = "imported_rows"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="keeps an erased row from coming back; useless without the sealed key"
    )

    fingerprint: str = Field(primary_key=True)
    report_id: int = Field(foreign_key="reports.id")
    imported_at: datetime


class PermissionRow(NodeTable, table=True):
    """One answer to one switch. Append-only; wording, witness, way and conditions are a sealed part."""

    __tablename__ = "permission_entries"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("erase_report",), why="with the report")

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    switch: str
    answer: str
    at: datetime
    recorded_at: datetime
    as_recorded: bool = False
    settles: int | None = Field(default=None, foreign_key="permission_entries.id")


class ReleaseRow(NodeTable, table=True):
    """A release and how it stands. Its choices, exact bytes, and signed Cancel are sealed parts of its report."""

    __tablename__ = "releases"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="parts",
        by=("erase_report",),
        why="choices, bytes and Cancel; identities, dates, digest and people's numbers stay",
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    scope: str
    state: str = Field(index=True)
    drafted_by: int = Field(sa_column_args=names_a_person())
    drafted_at: datetime
    digest: str
    danger_now: bool = False
    approved_by: int | None = Field(default=None, sa_column_args=names_a_person())
    approved_at: datetime | None = None
    unreviewed: bool = False
    refused_reason: str | None = None
    status: str = "actual"
    expires: date | None = None
    chain: str | None = Field(default=None, index=True)
    identity: str | None = Field(default=None, unique=True)
    supersedes: str | None = None
    replaces: int | None = Field(default=None, foreign_key="releases.id")
    police: bool = False
    read_to: str | None = None


class ReleaseShown(NodeTable, table=True):
    """Who was shown which bytes of a release."""

    __tablename__ = "releases_shown"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="numbers, a salted digest and a time")

    release_id: int = Field(primary_key=True, foreign_key="releases.id")
    person_id: int = Field(primary_key=True, sa_column_args=names_a_person())
    digest: str = Field(primary_key=True)
    at: datetime


class OwnStatement(NodeTable, table=True):
    """A statement that this node signed for a release: also pauses and Cancels, which have no release of their own."""

    __tablename__ = "own_statements"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="it is in the log")

    id: int | None = Field(default=None, primary_key=True)
    identity: str = Field(unique=True)
    release_id: int = Field(index=True, foreign_key="releases.id")
    kind: str
    chain: str = Field(index=True)
    made_at: datetime
    made_by: int = Field(sa_column_args=names_a_person())


class HoldRow(NodeTable, table=True):
    """A legal hold: beats erasure and retention. Its reference is a sealed part of the report."""

    __tablename__ = "holds"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("erase_report",), why="with the report, once lifted")

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    ground: str
    placed_at: datetime
    placed_by: int = Field(sa_column_args=names_a_person())
    second: int = Field(sa_column_args=names_a_person())
    review_at: datetime
    lifted_at: datetime | None = None


class OverrideRow(NodeTable, table=True):
    """Sharing without permission, as recorded. Recipient and what was said are a sealed part of the report."""

    __tablename__ = "overrides"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="parts", by=("erase_report",), why="recipient and what was said; ground, time and people's numbers stay"
    )

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(index=True, foreign_key="reports.id")
    ground: str
    told: str
    at: datetime
    by: int = Field(sa_column_args=names_a_person())
    second: int = Field(sa_column_args=names_a_person())


class EpochRow(NodeTable, table=True):
    """When an epoch key was made, replaced and destroyed. The key itself is a file elsewhere."""

    __tablename__ = "epochs"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="numbers and times")

    number: int = Field(primary_key=True)
    made_at: datetime
    replaced_at: datetime | None = None
    destroyed_at: datetime | None = None


_ERASED = "(SELECT erased_at FROM reports WHERE id = OLD.report_id) IS NULL"


for _trigger in append_only("permission_entries", delete_unless=_ERASED):
    event.listen(
        NodeTable.metadata.tables["permission_entries"],
        "after_create",
        DDL(_trigger),  # type: ignore[no-untyped-call]
    )
