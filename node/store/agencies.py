"""Agencies: the settings name them, the database knows their ties and who has left."""

from datetime import datetime

from sqlmodel import Session, col, select

from node.config import NodeConfig
from node.core.agencies import Agency, Tie, Warnings
from node.store.case_tables import AgencyLeftRow, TieRow
from protocol.house.core.errors import Refused

_NONE = "none"
"""A declaration that there is no tie is one, too."""


def known_agencies(config: NodeConfig) -> tuple[str, ...]:
    """This project and its member agencies, as in the settings."""
    return (config.name, *config.agencies)


def require_agency_here(session: Session, config: NodeConfig, agency: str) -> None:
    """Refuses a body whose reports are not kept here, or not any more.

    Raises:
        Refused: `refused.agency`, `refused.agency_left`.
    """
    if agency not in known_agencies(config):
        raise Refused("agency", "the agency is this project or one of its member agencies, as in the settings")
    if session.get(AgencyLeftRow, agency) is not None:
        raise Refused("agency_left", "this agency has left: its reports are not kept here any more")


def read_agency(session: Session, agency: str) -> Agency:
    """Its ties as last declared, and whether it has left."""
    rows = select(TieRow).where(TieRow.agency == agency, col(TieRow.ended_at).is_(None)).order_by(col(TieRow.id))
    found = session.exec(rows).all()
    left = session.get(AgencyLeftRow, agency)
    return Agency(
        name=agency,
        ties=tuple(Tie(kind=row.kind, body=row.body) for row in found if row.kind != _NONE),  # type: ignore[arg-type]
        declared_at=max((row.declared_at for row in found), default=None),
        left_at=None if left is None else left.left_at,
    )


def put_ties(session: Session, agency: str, ties: tuple[Tie, ...], *, by: int, now: datetime) -> None:
    """A new declaration; what was declared before ended now, and stays to be seen."""
    for row in session.exec(select(TieRow).where(TieRow.agency == agency, col(TieRow.ended_at).is_(None))).all():
        row.ended_at = now
    declared: list[tuple[str, str]] = [(tie.kind, tie.body) for tie in ties] or [(_NONE, _NONE)]
    for kind, body in declared:
        session.add(TieRow(agency=agency, kind=kind, body=body, declared_at=now, declared_by=by))


def mark_left(session: Session, agency: str, *, warnings: Warnings, by: int, now: datetime) -> None:
    """It leaves now."""
    session.add(AgencyLeftRow(agency=agency, left_at=now, by=by, warnings=warnings))


def agencies_that_left(session: Session) -> frozenset[str]:
    """All that ever left."""
    return frozenset(session.exec(select(AgencyLeftRow.agency)))
