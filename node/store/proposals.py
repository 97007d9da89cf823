"""What waits for a second person: kept, read, ended. What it says is sealed with its report."""

from datetime import datetime

import msgspec
from sqlmodel import Session, col, delete, select

from node.core.proposals import Wanted, kind_of
from node.store.case_tables import ProposalRow
from node.store.records_tables import SealedPart
from node.store.vault import Owner, latest_part, put_part
from protocol.house.core.errors import NotFound
from protocol.house.store.people import names_by_id
from protocol.house.store.vault import Vault

_KIND = "proposal"
_PART = "wanted"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """That something waits; `read_wanted` says what."""

    id: int
    report_id: int
    kind: str
    at: datetime
    by: str


def insert_proposal(session: Session, vault: Vault, *, report_id: int, wanted: Wanted, by: int, now: datetime) -> int:
    """Keeps it; its number."""
    row = ProposalRow(report_id=report_id, kind=kind_of(wanted), at=now, by=by)
    session.add(row)
    session.flush()
    assert row.id is not None
    put_part(session, vault, Owner(_KIND, row.id, report_id), _PART, wanted, at=now)
    return row.id


def list_proposals(session: Session, report_id: int | None = None) -> list[Proposal]:
    """All that wait, or those of one report, the oldest first."""
    rows = select(ProposalRow).order_by(col(ProposalRow.id))
    if report_id is not None:
        rows = rows.where(ProposalRow.report_id == report_id)
    names = names_by_id(session)
    return [_proposal(row, names) for row in session.exec(rows)]


def get_proposal(session: Session, number: int) -> Proposal:
    """One that waits.

    Raises:
        NotFound: `not_found.proposal`.
    """
    row = session.get(ProposalRow, number)
    if row is None:
        raise NotFound("proposal", "nothing of that number waits for a second person: it was decided")
    return _proposal(row, names_by_id(session))


def read_wanted(session: Session, vault: Vault, one: Proposal) -> Wanted:
    """What it says."""
    found = latest_part(session, vault, Owner(_KIND, one.id, one.report_id), _PART, Wanted)  # type: ignore[arg-type]
    assert found is not None
    return found


def end_proposal(session: Session, number: int) -> None:
    """Forgets it: it was seconded, or taken away."""
    session.exec(delete(ProposalRow).where(col(ProposalRow.id) == number))
    session.exec(delete(SealedPart).where(col(SealedPart.owner) == _KIND, col(SealedPart.owner_id) == number))


def _proposal(row: ProposalRow, names: dict[int, str]) -> Proposal:
    assert row.id is not None
    return Proposal(id=row.id, report_id=row.report_id, kind=row.kind, at=row.at, by=names[row.by])
