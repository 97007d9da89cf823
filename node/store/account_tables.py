"""Tables of accounts: who can sign in, and who is signed in now. Secrets stand here as hashes only."""

from datetime import datetime
from typing import ClassVar

from sqlmodel import Field

from node.store.engine import NodeTable
from protocol.at_rest import ErasedWith


class SessionRow(NodeTable, table=True):
    """Somebody signed in on one device. The token is in their browser alone: here is its hash."""

    __tablename__ = "sessions"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row",
        by=("end_session", "insert_session"),
        why="when the shift is over, at sign-out, when the account or device ends",
    )

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    person_id: int = Field(index=True, foreign_key="people.id")
    csrf: str
    began_at: datetime
    seen_at: datetime
    locked: bool = False
    practice: bool = False
