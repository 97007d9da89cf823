"""Tables of what may be one person: what the comparing proposes, what a lead decided, and who looked at what.

Decisions and looks name statements, which stay in the log; none says what a body says.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import BigInteger, Column, ForeignKey, Integer
from sqlmodel import Field

from hub.store.engine import HubTable
from protocol.at_rest import ErasedWith


def _numbered() -> Column[int]:
    """A number that is never used twice, also not after the last row was erased."""
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _descriptor(*, index: bool = False) -> Column[int]:
    reference = ForeignKey("descriptors.idx", ondelete="CASCADE")
    return Column(BigInteger, reference, primary_key=True, autoincrement=False, index=index)


class SuggestionRow(HubTable, table=True):
    """Two bodies that may be of one person: their places in the log, the earlier first."""

    __tablename__ = "suggestions"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("order", "erase_lapsed"), why="with either body, in the same transaction"
    )
    earlier: int = Field(sa_column=_descriptor())
    later: int = Field(sa_column=_descriptor(index=True))
    strength: str
    police: bool


class DecisionRow(HubTable, table=True):
    """What a lead decided here and its own node is to sign: a series to say, or one of its own to take back."""

    __tablename__ = "decisions"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("forget_decisions", "take_back"),
        why="when the log has it or cannot have it, or it was taken back",
    )
    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    relation: str
    alerts: str
    undoes: str
    decided_by: int
    decided_on: date


class LookRow(HubTable, table=True):
    """Somebody opened a body here: its origin is told which, on which day, in which role and why; never who."""

    __tablename__ = "looks_at_alerts"
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("forget_looks",), why="after `LOOKS_KEPT_DAYS`: its origin has been told"
    )
    number: int | None = Field(default=None, sa_column=_numbered())
    identity: str
    alert: str
    origin: int = Field(index=True)
    day: date
    role: str
    reason: str


class CountedSeriesRow(HubTable, table=True):
    """A series whose outcome was counted."""

    __tablename__ = "counted_series"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="the identity of a statement, which stays")
    series: str = Field(primary_key=True)


class SkinCountRow(HubTable, table=True):
    """How many proposals a year were made, agreed and disagreed, by skin as seen: for the scheme's board."""

    __tablename__ = "skin_counts"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="counts, shown above the threshold only")
    year: int = Field(primary_key=True)
    skin: str = Field(primary_key=True)
    suggested: int
    agreed: int
    disagreed: int
