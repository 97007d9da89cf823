"""The trail in the database: appended to in the transaction of what it tells, never changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from protocol.house.core.audit import GENESIS, Asked, AuditBroken, AuditEntry, AuditHead, check_trail, entry_hash
from protocol.house.store.people_tables import AuditRow
from protocol.house.store.registry import columns
from protocol.house.store.turn import take_turn


def note(
    session: Session, *, person: int | None, verb: str, subject: str, now: datetime, reason: str | None = None
) -> None:
    """Adds a look or act to the trail.

    Args:
        session: the transaction of what it tells: both are kept, or neither.
        person: number in `people`, or None: by itself.
        subject: `kind/id`.
        reason: from a list; never a sentence.
    """
    take_turn(session)
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


def search_trail(session: Session, asked: Asked, *, most: int) -> list[AuditEntry]:
    """The latest entries of that kind, the latest first."""
    rows = select(AuditRow).order_by(col(AuditRow.number).desc()).limit(most)
    if asked.person is not None:
        rows = rows.where(AuditRow.person == asked.person)
    if asked.subject is not None:
        rows = rows.where(AuditRow.subject == asked.subject)
    if asked.since is not None:
        rows = rows.where(col(AuditRow.at) >= asked.since)
    if asked.before is not None:
        rows = rows.where(col(AuditRow.at) < asked.before)
    return [AuditEntry(**columns(row)) for row in session.exec(rows)]


def trail_between(session: Session, since: datetime, before: datetime) -> Iterator[AuditEntry]:
    """All of a time, by number."""
    rows = select(AuditRow).where(col(AuditRow.at) >= since, col(AuditRow.at) < before).order_by(col(AuditRow.number))
    return (AuditEntry(**columns(row)) for row in session.exec(rows))


def was_done(session: Session, verb: str, subject: str) -> bool:
    """Whether anybody ever did that to it."""
    rows = select(AuditRow.number).where(AuditRow.subject == subject, AuditRow.verb == verb).limit(1)
    return session.exec(rows).first() is not None


def last_done(session: Session, verb: str, subject: str) -> AuditEntry | None:
    """When somebody last did that to it, or None: never."""
    rows = select(AuditRow).where(AuditRow.subject == subject, AuditRow.verb == verb)
    row = session.exec(rows.order_by(col(AuditRow.number).desc()).limit(1)).first()
    return None if row is None else AuditEntry(**columns(row))


def done_since_by_another(session: Session, verb: str, since: AuditEntry) -> bool:
    """Whether somebody else than in `since` did that to the same, after it."""
    rows = select(AuditRow.number).where(AuditRow.subject == since.subject, AuditRow.verb == verb)
    later = rows.where(AuditRow.number > since.number, AuditRow.person != since.person).limit(1)
    return session.exec(later).first() is not None


def last_done_to(session: Session, verb: str, subjects: Iterable[str]) -> dict[str, datetime]:
    """When somebody last did that to each of these; without those to which nobody ever did. At most some hundreds."""
    rows = select(AuditRow.subject, func.max(AuditRow.number)).where(AuditRow.verb == verb)
    latest = dict(session.exec(rows.where(col(AuditRow.subject).in_(list(subjects))).group_by(AuditRow.subject)).all())
    at = dict(session.exec(select(AuditRow.number, AuditRow.at).where(col(AuditRow.number).in_(latest.values()))).all())
    return {subject: at[number] for subject, number in latest.items()}


def entry_number(session: Session, number: int) -> AuditEntry | None:
    """One entry, or None."""
    row = session.get(AuditRow, number)
    return None if row is None else AuditEntry(**columns(row))


def verify_audit(session: Session, known: AuditHead | None = None) -> AuditHead | AuditBroken:
    """The head of the whole trail, or the first place at which it is broken. `known`: a head noted elsewhere."""
    return check_trail(read_trail(session), known)
