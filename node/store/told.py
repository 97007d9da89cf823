"""What the hub told beside the log: looks at our warnings, a reminder, and a lead's decisions."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlmodel import Session, col, delete, func, select

from node.store.told_tables import DecisionRow, LookRow, ReminderRow
from protocol.house.store.registry import columns


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the hub looked at a warning of ours.

    Attributes:
        id: the hub's, drawn at random.
        alert: first alert of the warning.
        day: `YYYY-MM-DD`, by the hub.
        role: `lead` or `analyst`, by the hub.
        reason: a code, by the hub.
    """

    id: str
    alert: str
    day: str
    role: str
    reason: str


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision: `identity` of the statement that says it, or `problem`: why it was not signed."""

    id: int
    identity: str | None
    problem: str | None
    at: datetime


def keep_look(session: Session, look: Look, now: datetime) -> None:
    """Keeps it; once is enough."""
    last = session.exec(select(func.max(LookRow.place))).one() or 0
    if session.get(LookRow, look.id) is None:
        session.add(LookRow(**msgspec.structs.asdict(look), place=last + 1, told_at=now))


def last_look(session: Session) -> str | None:
    """The one that was told last, or None."""
    return session.exec(select(LookRow.id).order_by(col(LookRow.place).desc())).first()


def looks_at(session: Session, alert: str) -> list[Look]:
    """Looks at one warning, the latest first."""
    rows = select(LookRow).where(LookRow.alert == alert).order_by(col(LookRow.place).desc())
    return [Look(**{name: columns(row)[name] for name in Look.__struct_fields__}) for row in session.exec(rows)]


def decided(session: Session) -> dict[int, Decided]:
    """Every decision that is kept, by the hub's number."""
    return {row.id: Decided(**columns(row)) for row in session.exec(select(DecisionRow).order_by(col(DecisionRow.id)))}


def keep_decision(
    session: Session, number: int, now: datetime, *, identity: str | None = None, problem: str | None = None
) -> None:
    """Keeps what became of it; what was signed stays signed."""
    row = session.get(DecisionRow, number)
    if row is None:
        session.add(DecisionRow(id=number, identity=identity, problem=problem, at=now))
    elif row.identity is None and (identity, problem) != (row.identity, row.problem):
        row.identity, row.problem, row.at = identity, problem, now


def forget_unsigned(session: Session, still: Collection[int]) -> None:
    """Forgets what was not signed and waits no more: it was taken back on the hub's pages, or cannot be said."""
    session.exec(delete(DecisionRow).where(col(DecisionRow.identity).is_(None), col(DecisionRow.id).not_in(still)))


def keep_reminder(session: Session, asked_on: str) -> bool:
    """Keeps the day on which the hub asked us to confirm; False: it asked no later than before."""
    row = session.exec(select(ReminderRow)).first()
    if row is None:
        session.add(ReminderRow(asked_on=asked_on))
        return True
    if asked_on <= row.asked_on:
        return False
    row.asked_on, row.answered = asked_on, False
    return True


def open_reminder(session: Session) -> str | None:
    """The day on which the hub asked, `YYYY-MM-DD`, until somebody here has said that it is done; else None."""
    row = session.exec(select(ReminderRow)).first()
    return None if row is None or row.answered else row.asked_on


def answer_reminder(session: Session) -> None:
    """Somebody here has seen to it."""
    row = session.exec(select(ReminderRow)).first()
    if row is not None:
        row.answered = True
