"""Sealed bodies: kept until replay says gone or the lease has lapsed, then deleted with their keys.

Each is named by the place of its statement in the log; whoever has a digest asks the state of the log for it.
"""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, func, select

from hub.core.values import Seal, StoredBody
from hub.store.inserts import insert_new, insert_plain
from hub.store.tables import BodyRow
from protocol.at_rest import Sealed


def stored_body(row: BodyRow) -> StoredBody:
    """The value of a row; for the store alone."""
    return StoredBody(row.digest, row.content, row.wrapped_key, row.epoch)


def add_bodies(session: Session, new: Mapping[int, Seal]) -> None:
    """Keeps the bodies of new entries, by their places. Each is sealed while the database takes those before it."""
    if new:
        insert_plain(session, BodyRow, _rows(new))


def bring_back_bodies(session: Session, bodies: Mapping[int, Seal]) -> None:
    """Keeps bodies of entries that stood already, by their places. One that is here stays as it is."""
    insert_new(session, BodyRow, list(_rows(bodies)))


def _rows(bodies: Mapping[int, Seal]) -> Iterator[dict[str, object]]:
    for index, seal in sorted(bodies.items()):
        body = seal()
        yield {
            "idx": index,
            "digest": body.digest,
            "content": body.content,
            "wrapped_key": body.wrapped_key,
            "epoch": body.epoch,
            "indexed": False,
        }


def bodies_at(session: Session, indices: Iterable[int]) -> dict[int, StoredBody]:
    """Those of these places whose body is here."""
    rows = session.exec(select(BodyRow).where(col(BodyRow.idx).in_(list(indices))))
    return {row.idx: stored_body(row) for row in rows}


def lock_bodies(session: Session, indices: Iterable[int]) -> None:
    """Holds these bodies' rows until the transaction ends: nothing more is derived from them."""
    session.execute(
        select(BodyRow.idx).where(col(BodyRow.idx).in_(list(indices))).order_by(col(BodyRow.idx)).with_for_update()
    )


def hold_present(session: Session, indices: Iterable[int]) -> frozenset[int]:
    """Those of these places whose body is here and that nobody is erasing; they stay until the transaction ends."""
    rows = (
        select(BodyRow.idx)
        .where(col(BodyRow.idx).in_(list(indices)))
        .with_for_update(read=True, key_share=True, skip_locked=True)
    )
    return frozenset(session.exec(rows))


def lock_unindexed(session: Session, limit: int) -> dict[int, StoredBody]:
    """Bodies that were not indexed yet, at most `limit`, held; those that another holds are passed over."""
    rows = select(BodyRow).where(col(BodyRow.indexed).is_(False)).limit(limit).with_for_update(skip_locked=True)
    return {row.idx: stored_body(row) for row in session.exec(rows)}


def any_unindexed(session: Session) -> bool:
    """Whether there is a body that was not indexed yet."""
    return session.exec(select(BodyRow.idx).where(col(BodyRow.indexed).is_(False)).limit(1)).first() is not None


def mark_indexed(session: Session, indices: Iterable[int]) -> None:
    """What is to be found of these bodies was written."""
    session.execute(update(BodyRow).where(col(BodyRow.idx).in_(list(indices))).values(indexed=True))


def erase_bodies(session: Session, indices: Iterable[int]) -> None:
    """Deletes bodies with their keys. Again: changes nothing."""
    session.execute(delete(BodyRow).where(col(BodyRow.idx).in_(list(indices))))


def all_digests(session: Session) -> list[str]:
    """The digests of all bodies."""
    return list(session.exec(select(BodyRow.digest)))


def count_bodies(session: Session) -> int:
    """How many bodies are kept."""
    return session.exec(select(func.count()).select_from(BodyRow)).one()


def bodies_of_other_epochs(session: Session, epoch: int, limit: int) -> dict[int, StoredBody]:
    """Bodies whose keys are not wrapped by epoch key `epoch` yet, at most `limit`, by their places.

    Below it or above it, which the index finds: looking for another one walks past all that are done, at each page.
    """
    other = or_(col(BodyRow.epoch) < epoch, col(BodyRow.epoch) > epoch)
    rows = session.exec(select(BodyRow).where(other).limit(limit))
    return {row.idx: stored_body(row) for row in rows}


def keep_rewrapped(session: Session, index: int, sealed: Sealed) -> None:
    """Replaces the wrapped key of a body."""
    session.execute(
        update(BodyRow).where(col(BodyRow.idx) == index).values(wrapped_key=sealed.wrapped_key, epoch=sealed.epoch)
    )
