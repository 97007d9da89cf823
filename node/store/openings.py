"""How soon warnings of others were opened by a person here: times only, kept after the warnings are gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from node.store.exchange_tables import InboxBody
from node.store.figures_tables import OpenedRow


def note_opened(session: Session, identities: Iterable[str], now: datetime) -> None:
    """Somebody has these before their eyes; only the first time counts, and only what is held.

    Args:
        identities: of statements whose bodies were received.
    """
    wanted = list(identities)
    known = set(session.exec(select(OpenedRow.identity).where(col(OpenedRow.identity).in_(wanted))))
    for row in session.exec(select(InboxBody).where(col(InboxBody.identity).in_(wanted))):
        if row.identity not in known:
            session.add(OpenedRow(identity=row.identity, received_at=row.received_at, opened_at=now))


def times_to_opening(session: Session, begins: datetime, ends: datetime) -> list[timedelta]:
    """Of each warning that came from `begins` to before `ends` and was opened, the time until it was."""
    rows = select(OpenedRow).where(col(OpenedRow.received_at) >= begins, col(OpenedRow.received_at) < ends)
    return [row.opened_at - row.received_at for row in session.exec(rows)]
