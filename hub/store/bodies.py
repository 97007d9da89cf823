"""Sealed bodies: kept until replay says gone or the lease has lapsed, then deleted with their keys."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from hub.core.values import StoredBody
from hub.store.inserts import upsert_plain
from hub.store.tables import BodyRow
from protocol.at_rest import Sealed


def stored_body(row: BodyRow) -> StoredBody:
    """The value of a row; for the store alone."""
    return StoredBody(row.digest, row.identity, row.content, row.wrapped_key, row.epoch)


def add_live_bodies(session: Session, new: Sequence[StoredBody]) -> None:
    """Keeps the bodies of new entries. One that another process has staged is the same, and is live from now on."""
    first = {body.digest: body for body in reversed(new)}  # two who bring back what was lacking
    rows = [msgspec.structs.asdict(first[digest]) | {"live": True, "indexed": False} for digest in sorted(first)]
    upsert_plain(session, BodyRow, rows, "live")


def live_bodies(session: Session, digests: Iterable[str]) -> dict[str, StoredBody]:
    """Those of `digests` that are here and that an entry of the log names."""
    rows = session.exec(select(BodyRow).where(col(BodyRow.digest).in_(list(digests)), col(BodyRow.live).is_(True)))
    return {row.digest: stored_body(row) for row in rows}


def lock_bodies(session: Session, digests: Iterable[str]) -> None:
    """Holds these bodies' rows until the transaction ends: nothing more is derived from them."""
    session.execute(
        select(BodyRow.digest)
        .where(col(BodyRow.digest).in_(list(digests)))
        .order_by(col(BodyRow.digest))
        .with_for_update()
    )


def hold_present(session: Session, digests: Iterable[str]) -> frozenset[str]:
    """Those of these live bodies that are here and that nobody is erasing; they stay until the transaction ends."""
    rows = (
        select(BodyRow.digest)
        .where(col(BodyRow.digest).in_(list(digests)), col(BodyRow.live).is_(True))
        .with_for_update(read=True, key_share=True, skip_locked=True)
    )
    return frozenset(session.exec(rows))


def lock_unindexed(session: Session, limit: int) -> list[StoredBody]:
    """Live bodies that were not indexed yet, at most `limit`, held; those that another holds are passed over."""
    rows = (
        select(BodyRow)
        .where(col(BodyRow.indexed).is_(False), col(BodyRow.live).is_(True))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [stored_body(row) for row in session.exec(rows)]


def any_unindexed(session: Session) -> bool:
    """Whether there is a body that was not indexed yet."""
    return session.exec(select(BodyRow.digest).where(col(BodyRow.indexed).is_(False)).limit(1)).first() is not None


def mark_indexed(session: Session, digests: Iterable[str]) -> None:
    """What is to be found of these bodies was written."""
    session.execute(update(BodyRow).where(col(BodyRow.digest).in_(list(digests))).values(indexed=True))


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
    return [stored_body(row) for row in session.exec(select(BodyRow).where(BodyRow.epoch != epoch).limit(limit))]


def keep_rewrapped(session: Session, digest: str, sealed: Sealed) -> None:
    """Replaces the wrapped key of a body."""
    session.execute(
        update(BodyRow).where(col(BodyRow.digest) == digest).values(wrapped_key=sealed.wrapped_key, epoch=sealed.epoch)
    )
