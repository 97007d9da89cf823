"""The log of checks: who asked when, and of what only a keyed hash. Ninety days. Source: PEOPLE §5, §7."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from sqlmodel import Field, Session, col, delete, func, select

from node.store.engine import NodeTable
from protocol.at_rest import ErasedWith
from protocol.house.store.keyed import keyed_hash
from protocol.house.store.people_tables import names_a_person
from protocol.house.store.vault import Vault

KEPT_FOR: Final = timedelta(days=90)
_KEY: Final = "check_key"


class CheckRow(NodeTable, table=True):
    """Somebody asked about a number, a plate, an address or a name."""

    __tablename__ = "checks"
    erased_with: ClassVar[ErasedWith] = ErasedWith(
        goes="row", by=("note_check",), why="after 90 days; holds a hash under a sealed key of this node"
    )

    id: int | None = Field(default=None, primary_key=True)
    asked: str = Field(index=True)
    person_id: int = Field(sa_column_args=names_a_person())
    at: datetime = Field(index=True)


def note_check(session: Session, vault: Vault, *, kind: str, canonical: str, person: int, now: datetime) -> None:
    """Adds one; what is older than ninety days goes."""
    session.exec(delete(CheckRow).where(col(CheckRow.at) < now - KEPT_FOR))
    session.add(CheckRow(asked=_asked(session, vault, kind, canonical, now), person_id=person, at=now))
    session.flush()


def people_who_checked(session: Session, vault: Vault, *, kind: str, canonical: str, now: datetime, days: int) -> int:
    """How many people asked about the same within so many days."""
    asked = _asked(session, vault, kind, canonical, now)
    since = now - timedelta(days=days)
    people = select(func.count(func.distinct(CheckRow.person_id))).where(CheckRow.asked == asked, CheckRow.at >= since)
    return session.exec(people).one()


def _asked(session: Session, vault: Vault, kind: str, canonical: str, now: datetime) -> str:
    return keyed_hash(session, vault, _KEY, f"{kind}:{canonical}")
