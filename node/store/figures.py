"""Figures of quarters: prepared, approved, taken back. The numbers are sealed at rest as a record is."""

from datetime import datetime

import msgspec
from sqlmodel import Session, col, delete, select

from node.core.figures import FiguresKept
from node.store.figures_tables import FiguresRow
from node.store.outbox import refused_for_good
from protocol.at_rest import SEAL_RANDOMNESS, SealBroken
from protocol.figures_fields import FiguresBody
from protocol.house.core.errors import NotFound
from protocol.house.store.people import names_by_id
from protocol.house.store.vault import Vault


def insert_figures(
    session: Session, vault: Vault, *, quarter: str, content: bytes, digest: str, by: int, now: datetime
) -> int:
    """Keeps prepared figures; their number.

    Args:
        content: the exact bytes that are to be sealed and sent.
        digest: of `content`.
    """
    row = FiguresRow(quarter=quarter, digest=digest, prepared_by=by, prepared_at=now)
    row.put(vault.epochs.seal(content, row.place(), vault.randomness(SEAL_RANDOMNESS)))
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def list_figures(session: Session) -> list[FiguresKept]:
    """All that are kept, the latest quarter first."""
    rows = select(FiguresRow).order_by(col(FiguresRow.quarter).desc())
    names, refused = names_by_id(session), refused_for_good(session)
    return [_kept(row, names, refused) for row in session.exec(rows)]


def figures_of(session: Session, quarter: str) -> FiguresKept | None:
    """Those of a quarter, or None."""
    row = _row(session, quarter)
    return None if row is None else _kept(row, names_by_id(session), refused_for_good(session))


def read_figures(session: Session, vault: Vault, quarter: str) -> tuple[bytes, FiguresBody]:
    """The exact bytes of the figures of a quarter, and what they say.

    Raises:
        NotFound: `not_found.figures`.
        SealBroken: their epoch key is destroyed.
    """
    row = _row(session, quarter)
    if row is None:
        raise NotFound("figures", "there are no figures of that quarter here")
    sealed = row.sealed()
    if sealed is None:
        raise SealBroken("its key is forgotten")
    content = vault.epochs.open(sealed, row.place())
    return content, msgspec.json.decode(content, type=FiguresBody)


def mark_approved(session: Session, quarter: str, *, by: int, now: datetime, identity: str) -> None:
    """A second person let them out, in this statement."""
    row = _row(session, quarter)
    assert row is not None
    row.approved_by, row.approved_at, row.identity = by, now, identity


def end_figures(session: Session, quarter: str) -> None:
    """Forgets them: they were taken back, or are prepared again."""
    session.exec(delete(FiguresRow).where(col(FiguresRow.quarter) == quarter))


def _row(session: Session, quarter: str) -> FiguresRow | None:
    return session.exec(select(FiguresRow).where(FiguresRow.quarter == quarter)).one_or_none()


def _kept(row: FiguresRow, names: dict[int, str], refused: dict[str, str]) -> FiguresKept:
    assert row.id is not None
    return FiguresKept(
        id=row.id,
        quarter=row.quarter,
        digest=row.digest,
        prepared_by=names[row.prepared_by],
        prepared_at=row.prepared_at,
        approved_by=None if row.approved_by is None else names[row.approved_by],
        approved_at=row.approved_at,
        identity=row.identity,
        not_taken=None if row.identity is None else refused.get(row.identity),
    )
