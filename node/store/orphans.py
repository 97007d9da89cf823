"""Own statements in the log that this node does not know: its database was restored from a backup. DESIGN §5."""

from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from node.store.exchange_tables import Orphan
from protocol.house.core.errors import NotFound
from protocol.house.store.queries import ask, columns_for

CANCELLED_AFTER = timedelta(hours=24)
"""How long a person has to re-link an orphan before it is taken back."""


class OrphanFound(msgspec.Struct, frozen=True, kw_only=True):
    """One of them; times are aware UTC, None while it has not happened."""

    identity: str
    found_at: datetime
    relinked_at: datetime | None
    cancelled_at: datetime | None


_OPEN: Final = sql_select(*columns_for(OrphanFound, Orphan)).where(
    col(Orphan.relinked_at).is_(None), col(Orphan.cancelled_at).is_(None)
)


def add_orphan(session: Session, identity: str, found_at: datetime) -> None:
    """Lists it; once is enough."""
    if session.get(Orphan, identity) is None:
        session.add(Orphan(identity=identity, found_at=found_at))


def open_orphans(session: Session) -> list[OrphanFound]:
    """Those neither re-linked nor taken back."""
    return ask(session, OrphanFound, _OPEN)


def due_orphans(session: Session, now: datetime) -> list[str]:
    """Identities of those that nobody re-linked in time."""
    return [one.identity for one in open_orphans(session) if one.found_at + CANCELLED_AFTER <= now]


def relink_orphan(session: Session, identity: str, now: datetime) -> None:
    """A person says that it stands: it is not taken back.

    Raises:
        NotFound: `not_found.orphan`.
    """
    row = session.get(Orphan, identity)
    if row is None or row.cancelled_at is not None:
        raise NotFound("orphan", "there is no such message to re-link")
    row.relinked_at = now


def mark_orphan_cancelled(session: Session, identity: str, now: datetime) -> None:
    """Its Cancel is in the outbox."""
    row = session.get(Orphan, identity)
    if row is not None:
        row.cancelled_at = now
