"""Wrong tries at sign-in: counted before they are looked at, so that many at once gain nothing; forgiven after."""

from datetime import datetime
from typing import Final

from sqlmodel import Session, col, delete

from protocol.house.core.throttling import FORGOTTEN_AFTER, By, Tries, may_try_at, still_counts
from protocol.house.store.account_tables import TriesRow
from protocol.house.store.keyed import keyed_hash
from protocol.house.store.vault import Vault

_KEY: Final = "tries_key"

Counted = tuple[By, str]
"""What is counted: by name, device or address, and which."""


def waits_until(session: Session, vault: Vault, counted: Counted, now: datetime) -> datetime | None:
    """From when on another try is looked at, or None: now."""
    row = session.get(TriesRow, _key(session, vault, counted, now))
    return None if row is None else may_try_at(Tries(row.failures, row.last_at), counted[0], now)


def count_try(session: Session, vault: Vault, counted: Counted, now: datetime) -> None:
    """One more; those of yesterday go."""
    session.exec(delete(TriesRow).where(col(TriesRow.last_at) <= now - FORGOTTEN_AFTER))
    key = _key(session, vault, counted, now)
    row = session.get(TriesRow, key)
    if row is None:
        session.add(TriesRow(key=key, failures=1, last_at=now))
    else:
        row.failures = row.failures + 1 if still_counts(Tries(row.failures, row.last_at), now) else 1
        row.last_at = now
    session.flush()


def forgive(session: Session, vault: Vault, counted: Counted, now: datetime) -> None:
    """It was right: by name and device all wrong ones are forgotten, of an address's only this one."""
    row = session.get(TriesRow, _key(session, vault, counted, now))
    if row is None:
        return
    row.failures = row.failures - 1 if counted[0] == "address" else 0
    if row.failures <= 0:
        session.delete(row)
    session.flush()


def _key(session: Session, vault: Vault, counted: Counted, now: datetime) -> str:
    return keyed_hash(session, vault, _KEY, f"{counted[0]}:{counted[1]}")
