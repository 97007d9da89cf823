"""Tables of what the hub tells beside the log: looks at our warnings, and what a lead decided on its pages."""

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
