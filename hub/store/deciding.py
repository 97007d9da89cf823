"""What a lead decided and its own node is to sign; who looked at what, for its origin."""

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import delete
from sqlmodel import Session, col, select

from hub.store.linking_tables import DecisionRow, LookRow


class Decision(msgspec.Struct, frozen=True):
    """What a lead decided: to say that these alerts may be of each other, or to take back what it said.

    Attributes:
        id: drawn at random, never used twice.
        relation: of `vocabulary.SERIES_RELATIONS`, or empty.
        alerts: identities of first alerts, ascending, or none.
        undoes: identity of the series to take back, or empty.
        decided_by: number of the person.
    """

    id: int
    relation: str
    alerts: tuple[str, ...]
    undoes: str
    decided_by: int
    decided_on: date


class Look(msgspec.Struct, frozen=True):
    """Somebody opened an alert's body: in which role, on which day, why."""

    number: int
    alert: str
    day: date
    role: str
    reason: str


def add_decision(
    session: Session,
    number: int,
    *,
    relation: str = "",
    alerts: Sequence[str] = (),
    undoes: str = "",
    by: int,
    today: date,
) -> None:
    """Keeps what was decided until the log has it.

    Args:
        number: drawn at random.
    """
    kept = DecisionRow(
        id=number, relation=relation, alerts=" ".join(alerts), undoes=undoes, decided_by=by, decided_on=today
    )
    session.add(kept)
    session.flush()


def decisions(session: Session) -> list[Decision]:
    """What waits for the lead's node, the oldest day first."""
    rows = session.exec(select(DecisionRow).order_by(col(DecisionRow.decided_on), col(DecisionRow.id)))
    return [
        Decision(row.id, row.relation, tuple(row.alerts.split()), row.undoes, row.decided_by, row.decided_on)
        for row in rows
    ]


def drop_decisions(session: Session, numbers: Sequence[int]) -> int:
    """Erases what was decided; how many there were."""
    erased = session.execute(delete(DecisionRow).where(col(DecisionRow.id).in_(numbers)))
    return erased.rowcount  # type: ignore[attr-defined, no-any-return]


def add_look(session: Session, *, alert: str, origin: int, today: date, role: str, reason: str) -> None:
    """Keeps that somebody opened an alert's body, for its origin.

    Args:
        alert: identity of the first alert of the chain.
    """
    session.add(LookRow(alert=alert, origin=origin, day=today, role=role, reason=reason))


def looks_since(session: Session, origin: int, since: int, limit: int) -> list[Look]:
    """Looks at alerts of this origin with a number above `since`, ascending, at most `limit`."""
    rows = select(LookRow).where(col(LookRow.origin) == origin, col(LookRow.number) > since)
    found = session.exec(rows.order_by(col(LookRow.number)).limit(limit))
    return [Look(row.number or 0, row.alert, row.day, row.role, row.reason) for row in found]


def drop_looks(session: Session, before: date) -> None:
    """Erases looks of earlier days."""
    session.execute(delete(LookRow).where(col(LookRow.day) < before))
