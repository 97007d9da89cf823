"""Tables beside the bodies: coarse columns, and keys by which bodies are found. Both go with the body's row.

What stands in the clear is what is counted, and nothing that describes a person or vehicle. A key is a keyed hash under
a secret that is derived from an epoch key and goes with it: an older copy of the database says no name and no plate.
"""

from typing import ClassVar

from sqlalchemy import BigInteger, Column, ForeignKey, Index
from sqlmodel import Field

from hub.store.engine import HubTable
from hub.store.tables import PLACE
from protocol.at_rest import ErasedWith


class DescriptorRow(HubTable, table=True):
    """The coarse columns of one open alert body. Lists of words are joined by spaces.

    `compared`: what may be of the same person was looked for (`suggestions`).
    """

    __tablename__ = "descriptors"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("order", "erase_lapsed"), why="with its body, in the same transaction"
    )
    idx: int = Field(
        sa_column=Column(PLACE, ForeignKey("bodies.idx", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    )
    identity: str = Field(unique=True)
    chain: str
    origin: int
    day: str
    month: str
    force: str
    region: str
    police: bool
    source: str
    reporters: str
    contact: str
    incidents: str
    methods: str
    same_event_as: str
    epoch: int = Field(index=True)
    compared: bool = Field(default=False, index=True)


class DescriptorKeyRow(HubTable, table=True):
    """One thing that a body says, as a keyed hash: found by what a reader asks for, in the order of the log."""

    __tablename__ = "descriptor_keys"
    __table_args__ = (Index("ix_descriptor_keys_idx", "idx"), {"sqlite_with_rowid": False})
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("order", "erase_lapsed"), why="with its body, in the same transaction"
    )
    key: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    police: bool = Field(primary_key=True)
    idx: int = Field(
        sa_column=Column(
            BigInteger, ForeignKey("descriptors.idx", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
