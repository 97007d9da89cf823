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
    """Somebody opened an alert's body: in which role, on which day, why. `identity`: drawn at random."""

    identity: str
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


def add_look(session: Session, identity: str, *, alert: str, origin: int, today: date, role: str, reason: str) -> None:
    """Keeps that somebody opened an alert's body, for its origin.

    Args:
        identity: drawn at random.
        alert: identity of the first alert of the chain.
    """
    session.add(LookRow(identity=identity, alert=alert, origin=origin, day=today, role=role, reason=reason))


def looks_after(session: Session, origin: int, after: str | None, limit: int) -> list[Look]:
    """Looks at alerts of this origin that came after one of them, the oldest first, at most `limit`.

    Args:
        after: identity of a look; None, or one that is not here any more: from the oldest.
    """
    known = select(LookRow.number).where(col(LookRow.origin) == origin, col(LookRow.identity) == after)
    number = session.exec(known).first() or 0
    rows = select(LookRow).where(col(LookRow.origin) == origin, col(LookRow.number) > number)
    found = session.exec(rows.order_by(col(LookRow.number)).limit(limit))
    return [Look(row.identity, row.alert, row.day, row.role, row.reason) for row in found]


def drop_looks(session: Session, before: date) -> None:
    """Erases looks of earlier days."""
    session.execute(delete(LookRow).where(col(LookRow.day) < before))
