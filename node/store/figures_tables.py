"""Tables of what is counted: the figures of quarters, and how soon warnings of others were opened."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from node.store.engine import NodeTable
from node.store.exchange_tables import SealedRow
from protocol.at_rest import ErasedWith
from protocol.house.store.people_tables import names_a_person


class FiguresRow(SealedRow, table=True):
    """Figures of a quarter, prepared or sent; the numbers are sealed."""

    __tablename__ = "figures"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("end_figures",), why="when they are taken back, or prepared again"
    )
    sealed_place: ClassVar[str] = "figures"

    id: int | None = Field(default=None, primary_key=True)
    quarter: str = Field(unique=True)
    digest: str
    prepared_by: int = Field(sa_column_args=names_a_person())
    prepared_at: datetime
    approved_by: int | None = Field(default=None, sa_column_args=names_a_person())
    approved_at: datetime | None = None
    identity: str | None = Field(default=None, unique=True)

    def place(self) -> str:
        """Where the numbers belong."""
        return f"{self.sealed_place}/{self.quarter}"


class OpenedRow(NodeTable, table=True):
    """When a warning of another project came, and when somebody here first had it before their eyes."""

    __tablename__ = "warnings_opened"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="an identity that is in the log, and two times: nothing of what it said"
    )

    identity: str = Field(primary_key=True)
    received_at: datetime = Field(index=True)
    opened_at: datetime
