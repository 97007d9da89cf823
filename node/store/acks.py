"""The latest Ack of each member: its signed word that it holds no body that is gone. A claim, not proof."""

from datetime import datetime
from typing import Final

from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from node.store.exchange_tables import AckHeld
from protocol.house.store.queries import ask_plain

_SIZES: Final = sql_select(col(AckHeld.member), col(AckHeld.size))


def keep_ack(session: Session, member: int, size: int, envelope: bytes, received_at: datetime) -> bool:
    """Keeps a verified Ack if it is later than the one held; whether it was."""
    row = session.get(AckHeld, member)
    if row is not None and row.size >= size:
        return False
    if row is None:
        session.add(AckHeld(member=member, size=size, envelope=envelope, received_at=received_at))
    else:
        row.size, row.envelope, row.received_at = size, envelope, received_at
    return True


def acked_sizes(session: Session) -> dict[int, int]:
    """Member id → `seen.size` of its latest Ack."""
    return dict(ask_plain(session, _SIZES))


def ack_envelope(session: Session, member: int) -> bytes | None:
    """A member's latest Ack as it was signed, or None."""
    row = session.get(AckHeld, member)
    return None if row is None else row.envelope
