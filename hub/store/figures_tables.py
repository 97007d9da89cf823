"""Tables of figures: running counts, what was released of them, and what schemes declared of years before.

A count is of one split by itself; two splits crossed would be records (`core.counting`).
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import BigInteger, Column, ForeignKey
from sqlmodel import Field

from hub.store.engine import HubTable
from protocol.at_rest import ErasedWith


class TallyRow(HubTable, table=True):
    """How many incidents of one quarter have one value in one split: of bodies that are here, and that have lapsed."""

    __tablename__ = "tallies"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="counts, shown above the threshold only")
    quarter: str = Field(primary_key=True)
    split: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    live: int = Field(sa_column=Column(BigInteger, nullable=False))
    lapsed: int = Field(sa_column=Column(BigInteger, nullable=False))


class LapsedChainRow(HubTable, table=True):
    """A chain that lapsed while it was counted: it stays so, and nothing tells any more as what."""

    __tablename__ = "lapsed_chains"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="the identity of a statement, which stays")
    chain: str = Field(primary_key=True)


class SameEventRow(HubTable, table=True):
    """A body says that it tells of the same event as an earlier chain; while that stands, it is not counted."""

    __tablename__ = "same_events"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("order", "erase_lapsed"), why="with its body, in the same transaction"
    )
    idx: int = Field(
        sa_column=Column(
            BigInteger, ForeignKey("bodies.idx", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    earlier: str = Field(primary_key=True, index=True)
    stands: bool


class ReleaseRow(HubTable, table=True):
    """One frozen release: the bytes over which its digest is."""

    __tablename__ = "releases"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="masked and rounded, and published")
    number: int = Field(primary_key=True)
    quarter: str = Field(unique=True)
    digest: str
    content: bytes


class ReleaseWindowRow(HubTable, table=True):
    """A window of a series that was published, once and for all."""

    __tablename__ = "release_windows"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="names of tables that are published")
    series: str = Field(primary_key=True)
    window: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    number: int = Field(foreign_key="releases.number")


class FirstQuarterRow(HubTable, table=True):
    """The first quarter that this database may freeze: what was released before it, its releases may not know."""

    __tablename__ = "first_quarters"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="a quarter")
    quarter: str = Field(primary_key=True)


class ReleaseRequestRow(HubTable, table=True):
    """A quarter that one person wants frozen; a second one confirms."""

    __tablename__ = "release_requests"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("confirm_release", "drop_request"), why="when confirmed or dropped"
    )
    quarter: str = Field(primary_key=True)
    asked_by: int
    asked_on: date


class DeclaredTotalRow(HubTable, table=True):
    """What a scheme says that it counted in a year before this network did."""

    __tablename__ = "declared_totals"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="row", by=("take_back_declared",), why="when taken back")
    scheme: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    total: int
    definition: str
    source: str
    declared_on: date
