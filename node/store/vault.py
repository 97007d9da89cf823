"""Sealed parts: put, opened, erased. The only way to a private word, and it needs the epoch keys.

A part is never overwritten: a later version is added, and all go when the report is erased.
"""

from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, delete, func, select

from node.store.records_tables import SealedPart
from protocol.at_rest import SEAL_RANDOMNESS, SealBroken
from protocol.house.store.vault import Vault

_T = TypeVar("_T")


class Owner(msgspec.Struct, frozen=True):
    """Whose part it is: `report`, `permission`, `release`, `hold`, `override` or `node`, and its id.

    Attributes:
        report_id: the report with which it is erased; None: the node's own.
    """

    kind: str
    id: int
    report_id: int | None


def put_part(session: Session, vault: Vault, owner: Owner, part: str, value: object, *, at: datetime) -> None:
    """Seals a new version of a part; `value` is a struct, or anything that JSON can hold."""
    latest = session.exec(select(func.max(SealedPart.version)).where(_of(owner, part))).one()
    row = SealedPart(
        report_id=owner.report_id, owner=owner.kind, owner_id=owner.id, part=part, version=(latest or 0) + 1, at=at
    )
    row.put(vault.epochs.seal(msgspec.json.encode(value), row.place(), vault.randomness(SEAL_RANDOMNESS)))
    session.add(row)
    session.flush()


def latest_part(session: Session, vault: Vault, owner: Owner, part: str, kind: type[_T]) -> _T | None:
    """The latest version of a part, or None if there is none.

    Raises:
        SealBroken: its epoch key is destroyed, or it was altered.
    """
    rows = select(SealedPart).where(_of(owner, part)).order_by(col(SealedPart.version).desc()).limit(1)
    row = session.exec(rows).one_or_none()
    return None if row is None else _open(vault, row, kind)


def all_versions(session: Session, vault: Vault, owner: Owner, part: str, kind: type[_T]) -> list[_T]:
    """Every version of a part, the first first.

    Raises:
        SealBroken: as `latest_part`.
    """
    rows = select(SealedPart).where(_of(owner, part)).order_by(col(SealedPart.version))
    return [_open(vault, row, kind) for row in session.exec(rows)]


def erase_parts(session: Session, report_id: int) -> int:
    """Forgets every part that is erased with this report, keys and contents; how many there were.

    Unreadable at once; out of the file once the WAL is emptied; out of every backup once the epoch key is destroyed.
    """
    gone = session.exec(delete(SealedPart).where(col(SealedPart.report_id) == report_id))
    return int(gone.rowcount)


def _of(owner: Owner, part: str) -> ColumnElement[bool]:
    return and_(col(SealedPart.owner) == owner.kind, col(SealedPart.owner_id) == owner.id, col(SealedPart.part) == part)


def _open(vault: Vault, row: SealedPart, kind: type[_T]) -> _T:
    sealed = row.sealed()
    if sealed is None:
        raise SealBroken("its key is forgotten")
    return msgspec.json.decode(vault.epochs.open(sealed, row.place()), type=kind)
