"""Legal holds, and what was shared without permission. Words and references are sealed with the report."""

from datetime import datetime

from sqlmodel import Session, col, select

from node.core.overrides import hold_review_due
from node.core.unprinted import Unprinted
from node.store.records_tables import HoldRow, OverrideRow
from node.store.vault import Owner, Vault, put_part


class Opened(Unprinted, frozen=True, kw_only=True):
    """What an override opened: the one recipient, and what they were told. Sealed."""

    recipient: str
    told_what: str


def insert_hold(
    session: Session, vault: Vault, *, report_id: int, ground: str, reference: str, by: int, second: int, now: datetime
) -> int:
    """Places a hold; its number."""
    row = HoldRow(
        report_id=report_id,
        ground=ground,
        placed_at=now,
        placed_by=by,
        second=second,
        review_at=hold_review_due(now),
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    put_part(session, vault, Owner("hold", row.id, report_id), "reference", reference, at=now)
    return row.id


def lift_holds(session: Session, report_id: int, now: datetime) -> int:
    """Lifts every hold of a report; how many there were."""
    rows = session.exec(select(HoldRow).where(HoldRow.report_id == report_id, col(HoldRow.lifted_at).is_(None))).all()
    for row in rows:
        row.lifted_at = now
    return len(rows)


def insert_override(
    session: Session,
    vault: Vault,
    *,
    report_id: int,
    ground: str,
    told: str,
    opened: Opened,
    by: int,
    second: int,
    now: datetime,
) -> int:
    """Records sharing without permission; its number."""
    row = OverrideRow(report_id=report_id, ground=ground, told=told, at=now, by=by, second=second)
    session.add(row)
    session.flush()
    assert row.id is not None
    put_part(session, vault, Owner("override", row.id, report_id), "opened", opened, at=now)
    return row.id
