"""The recovery sheets in force: their public half, when two of them were read back, when the copy was last written."""

from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from node.store.case_tables import RecoveryRow


class Sheets(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of them.

    Attributes:
        public: X25519, 64 hex digits: seals the recovery copy; only two sheets open it.
        read_back_at: when two of them were last read back; None: never, and the set-up is not finished.
        copied_epoch: number of the epoch key that the last copy holds.
    """

    public: str
    made_at: datetime
    read_back_at: datetime | None
    copied_at: datetime | None
    copied_epoch: int | None


def insert_sheets(session: Session, public: str, *, by: int | None, now: datetime) -> None:
    """New sheets are in force; those before open no later copy."""
    session.add(RecoveryRow(public=public, made_at=now, made_by=by))


def sheets_in_force(session: Session) -> Sheets | None:
    """The last that were made, or None."""
    row = _last(session)
    if row is None:
        return None
    return Sheets(
        public=row.public,
        made_at=row.made_at,
        read_back_at=row.read_back_at,
        copied_at=row.copied_at,
        copied_epoch=row.copied_epoch,
    )


def mark_read_back(session: Session, now: datetime) -> None:
    """Two of them were read back."""
    row = _last(session)
    assert row is not None
    row.read_back_at = now


def mark_copied(session: Session, epoch: int, now: datetime) -> None:
    """The copy was written, with this epoch key."""
    row = _last(session)
    assert row is not None
    row.copied_at, row.copied_epoch = now, epoch


def _last(session: Session) -> RecoveryRow | None:
    return session.exec(select(RecoveryRow).order_by(col(RecoveryRow.id).desc()).limit(1)).one_or_none()
