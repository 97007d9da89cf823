"""Alarms: what must not be, with the signed bytes by which a stranger can check it. Raised once, never deleted."""

from datetime import datetime

import msgspec
from sqlalchemy import func
from sqlmodel import Session, col, select

from node.core.alarms import ALARM_WORDS
from node.store.exchange_tables import Alarm
from protocol.house.store.registry import columns


class AlarmRaised(msgspec.Struct, frozen=True, kw_only=True):
    """One alarm.

    Attributes:
        code: of `core/alarms.py`.
        subject: what it is about: an identity, a size, a name; never a value of a record.
        index: of the entry, or None.
        found_at: aware UTC.
        note: our signed note, or None.
        other_note: the one that contradicts it, or None.
        entry: the envelope that it is about, or None.
    """

    code: str
    subject: str
    index: int | None
    found_at: datetime
    note: bytes | None
    other_note: bytes | None
    entry: bytes | None


def raise_alarm(
    session: Session,
    code: str,
    subject: str,
    found_at: datetime,
    *,
    index: int | None = None,
    note: bytes | None = None,
    other_note: bytes | None = None,
    entry: bytes | None = None,
) -> bool:
    """Keeps an alarm; False if it was raised before: the first evidence is kept (promise 8)."""
    if code not in ALARM_WORDS:
        raise RuntimeError("an alarm without words")
    same = select(Alarm).where(Alarm.code == code, Alarm.subject == subject)
    if session.exec(same).first() is not None:
        return False
    session.add(
        Alarm(
            code=code,
            subject=subject,
            index=index,
            found_at=found_at,
            note=note,
            other_note=other_note,
            entry=entry,
        )
    )
    return True


def alarms(session: Session) -> list[AlarmRaised]:
    """All, the newest first."""
    rows = session.exec(select(Alarm).order_by(col(Alarm.id).desc()))
    return [AlarmRaised(**{name: value for name, value in columns(row).items() if name != "id"}) for row in rows]


def count_alarms(session: Session) -> int:
    """How many there are."""
    return int(session.exec(select(func.count()).select_from(Alarm)).one())
