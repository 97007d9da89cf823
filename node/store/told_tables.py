"""Tables of what the hub tells beside the log: looks at our warnings, a reminder, and what a lead decided there."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from node.store.engine import NodeTable
from protocol.at_rest import ErasedWith


class LookRow(NodeTable, table=True):
    """Somebody at the hub looked at a warning of ours."""

    __tablename__ = "looks"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="an identity that is in the log, a day, and codes: who was not told"
    )

    id: str = Field(primary_key=True)
    place: int
    alert: str = Field(index=True)
    day: str
    role: str
    reason: str
    told_at: datetime


class ReminderRow(NodeTable, table=True):
    """The day on which the hub last asked for what is not confirmed; one row."""

    __tablename__ = "reminders"
    erased_with: ClassVar[ErasedWith] = ErasedWith(goes="nothing", why="a day, replaced by a later one")

    id: int = Field(primary_key=True, default=1)
    asked_on: str
    answered: bool = False


class DecisionRow(NodeTable, table=True):
    """What a lead decided on the hub's pages: signed here, or why not."""

    __tablename__ = "decisions"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="nothing", why="a number of the hub's, an identity that is in the log or a code, and a time"
    )

    id: int = Field(primary_key=True)
    identity: str | None = None
    problem: str | None = None
    at: datetime
