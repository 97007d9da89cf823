"""Sessions: begun, found by their token, touched, locked, ended."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, delete, select

from node.core.errors import NotFound
from node.core.session import LASTS, SignedIn, is_idle, is_over
from node.store.account_tables import SessionRow
from node.store.people import get_person


def insert_session(session: Session, *, person: int, token: str, csrf: str, now: datetime) -> int:
    """A new one; its number. Those whose shift is over are deleted on the way."""
    session.exec(delete(SessionRow).where(col(SessionRow.began_at) <= now - LASTS))
    row = SessionRow(token_hash=_hashed(token), person_id=person, csrf=csrf, began_at=now, seen_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def touch_session(session: Session, token: str, now: datetime) -> SignedIn:
    """Who is signed in by this token; locks the screen if it was idle, and otherwise notes that it was used.

    Raises:
        NotFound: `not_found.session`: no such token, or its shift is over.
    """
    row = session.exec(select(SessionRow).where(SessionRow.token_hash == _hashed(token))).one_or_none()
    if row is None or row.id is None or is_over(row.began_at, now):
        raise NotFound("session", "nobody is signed in by this: sign in again")
    if is_idle(row.seen_at, now):
        row.locked = True
    elif not row.locked:
        row.seen_at = now
    return SignedIn(
        id=row.id,
        staff=get_person(session, row.person_id, now).staff,
        csrf=row.csrf,
        locked=row.locked,
        practice=row.practice,
    )


def lock_session(session: Session, session_id: int) -> None:
    """Locks its screen."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.locked = True


def end_session(session: Session, session_id: int) -> None:
    """Ends it, if it is there."""
    session.exec(delete(SessionRow).where(col(SessionRow.id) == session_id))


def _hashed(token: str) -> str:
    """A token has 256 random bits: a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
