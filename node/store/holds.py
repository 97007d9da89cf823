"""Legal holds, and what was shared without permission. Words and references are sealed with the report."""

from datetime import datetime

from sqlmodel import Session, col, select

from node.core.overrides import hold_review_due
from node.store.records_tables import HoldRow, OverrideRow
from node.store.vault import Owner, latest_part, put_part
from protocol.house.core.unprinted import Unprinted
from protocol.house.store.people import names_by_id
from protocol.house.store.vault import Vault


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


class HoldListed(Unprinted, frozen=True, kw_only=True):
    """A hold that is on."""

    report_id: int
    ground: str
    reference: str
    placed_at: datetime
    review_at: datetime


def list_holds(session: Session, vault: Vault, report_id: int | None = None) -> list[HoldListed]:
    """Holds that are on, or those of one report; the first to be looked at again first."""
    rows = select(HoldRow).where(col(HoldRow.lifted_at).is_(None)).order_by(col(HoldRow.review_at))
    if report_id is not None:
        rows = rows.where(HoldRow.report_id == report_id)
    made = []
    for row in session.exec(rows).all():
        assert row.id is not None
        reference = latest_part(session, vault, Owner("hold", row.id, row.report_id), "reference", str)
        made.append(
            HoldListed(
                report_id=row.report_id,
                ground=row.ground,
                reference=reference or "",
                placed_at=row.placed_at,
                review_at=row.review_at,
            )
        )
    return made


class OverrideListed(Unprinted, frozen=True, kw_only=True):
    """Something that was shared without permission."""

    ground: str
    told: str
    opened: Opened
    at: datetime
    by: str
    second: str


def list_overrides(session: Session, vault: Vault, report_id: int) -> list[OverrideListed]:
    """What was shared of a report without permission, the first first."""
    names = names_by_id(session)
    made = []
    for row in session.exec(select(OverrideRow).where(OverrideRow.report_id == report_id)).all():
        assert row.id is not None
        opened = latest_part(session, vault, Owner("override", row.id, report_id), "opened", Opened)
        assert opened is not None
        made.append(
            OverrideListed(
                ground=row.ground,
                told=row.told,
                opened=opened,
                at=row.at,
                by=names[row.by],
                second=names[row.second],
            )
        )
    return made
