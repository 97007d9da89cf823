"""Sealed bodies: kept until replay says gone or the lease has lapsed, then deleted with their keys."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hub.core.values import StoredBody
from hub.store.inserts import upsert_plain
from hub.store.tables import BodyRow
from protocol.at_rest import Sealed


def _value(row: BodyRow) -> StoredBody:
    return StoredBody(row.digest, row.identity, row.content, row.wrapped_key, row.epoch)


def add_live_bodies(session: Session, new: Sequence[StoredBody]) -> None:
    """Keeps the bodies of new entries. One that another process has staged is the same, and is live from now on."""
    if new:
        rows = [msgspec.structs.asdict(body) | {"live": True} for body in sorted(new, key=lambda body: body.digest)]
        upsert_plain(session, BodyRow, rows, "live")


def live_bodies(session: Session, digests: Iterable[str]) -> dict[str, StoredBody]:
    """Those of `digests` that are here and that an entry of the log names."""
    rows = session.exec(select(BodyRow).where(col(BodyRow.digest).in_(list(digests)), col(BodyRow.live).is_(True)))
    return {row.digest: _value(row) for row in rows}


def erase_bodies(session: Session, digests: Iterable[str]) -> None:
    """Deletes bodies with their keys. Again: changes nothing."""
    session.execute(delete(BodyRow).where(col(BodyRow.digest).in_(list(digests))))


def all_digests(session: Session) -> list[str]:
    """The digests of all live bodies."""
    return list(session.exec(select(BodyRow.digest).where(col(BodyRow.live).is_(True))))


def count_bodies(session: Session) -> int:
    """How many bodies are kept."""
    return len(all_digests(session))


def bodies_of_other_epochs(session: Session, epoch: int, limit: int) -> list[StoredBody]:
    """Bodies whose keys are not wrapped by epoch key `epoch` yet, at most `limit`."""
    return [_value(row) for row in session.exec(select(BodyRow).where(BodyRow.epoch != epoch).limit(limit))]


def keep_rewrapped(session: Session, digest: str, sealed: Sealed) -> None:
    """Replaces the wrapped key of a body."""
    session.execute(
        update(BodyRow).where(col(BodyRow.digest) == digest).values(wrapped_key=sealed.wrapped_key, epoch=sealed.epoch)
    )
