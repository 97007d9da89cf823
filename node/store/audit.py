"""The trail in the database: appended to in the transaction of what it tells, never changed."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from node.core.audit import GENESIS, AuditBroken, AuditEntry, AuditHead, check_trail, entry_hash
from node.store.exchange_tables import columns
from node.store.records_tables import AuditRow


def note(
    session: Session, *, person: int | None, verb: str, subject: str, now: datetime, reason: str | None = None
) -> None:
    """Adds a look or act to the trail.

    Args:
        session: the transaction of what it tells: both are kept, or neither.
        person: number in `people`, or None for the node itself.
        subject: `kind/id`.
        reason: from a list; never a sentence.
    """
    last = session.exec(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)).one_or_none()
    number, previous = (1, GENESIS) if last is None else (last.number + 1, last.hash)
    made = entry_hash(number, now, person, verb, subject, reason, previous)
    session.add(
        AuditRow(
            number=number,
            at=now,
            person=person,
            verb=verb,
            subject=subject,
            reason=reason,
            previous=previous,
            hash=made,
        )
    )
    session.flush()


def read_trail(session: Session, subject: str | None = None) -> Iterator[AuditEntry]:
    """The entries by number; only those about `subject` if one is given."""
    rows = select(AuditRow).order_by(col(AuditRow.number))
    if subject is not None:
        rows = rows.where(AuditRow.subject == subject)
    return (AuditEntry(**columns(row)) for row in session.exec(rows))


def verify_audit(session: Session, known: AuditHead | None = None) -> AuditHead | AuditBroken:
    """The head of the whole trail, or the first place at which it is broken. `known`: a head noted elsewhere."""
    return check_trail(read_trail(session), known)
