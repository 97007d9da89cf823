"""Bodies by what they say: through their search keys, the newest first. Police are shown only what police may read.

Nothing here opens a body: candidates are judged by whoever opens them (`core.search`, `core.linking`).
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import exists, func, union_all
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from hub.core.values import StoredBody
from hub.store.bodies import stored_body
from hub.store.descriptor_tables import DescriptorKeyRow, DescriptorRow
from hub.store.tables import BodyRow

STEP = 500
"""Candidates asked for at a time: most searches are answered by the first."""

Keys = Sequence[int]
"""Of one word: its key under each epoch key by which bodies are indexed now. A body has one of them."""


def epochs_in_use(session: Session) -> list[int]:
    """The numbers of the epoch keys under which there are search keys: one, and two while they are made anew."""
    found: list[int] = []
    while True:
        later = select(func.min(DescriptorRow.epoch)).where(col(DescriptorRow.epoch) > (found[-1] if found else -1))
        number = session.exec(later).one()
        if number is None:
            return found
        found.append(number)


def newest_with(session: Session, keys: Keys, limit: int, *, for_police: bool, below: int | None = None) -> list[int]:
    """The places in the log of the newest bodies that have one of these keys, descending, at most `limit`."""
    lists = [
        sql_select(col(DescriptorKeyRow.idx))
        .where(col(DescriptorKeyRow.key) == key, col(DescriptorKeyRow.police).is_(police))
        .where(*([] if below is None else [col(DescriptorKeyRow.idx) < below]))
        .order_by(col(DescriptorKeyRow.idx).desc())
        .limit(limit)
        .subquery()
        for key in keys
        for police in ((True,) if for_police else (True, False))
    ]
    merged = union_all(*(sql_select(one.c.idx) for one in lists)).subquery()
    newest = sql_select(merged.c.idx).distinct().order_by(merged.c.idx.desc()).limit(limit)
    return list(session.connection().execute(newest).scalars())


def find(session: Session, lead: Keys, groups: Sequence[Keys], most: int, *, for_police: bool) -> Iterator[list[int]]:
    """Goes through the newest bodies that have a key of `lead`; those that have one of each group, in pages.

    Args:
        most: how many bodies it goes through.

    Yields:
        Places in the log, descending; a page may be empty.
    """
    below: int | None = None
    for _ in range(0, most, STEP):
        page = newest_with(session, lead, STEP, for_police=for_police, below=below)
        if page:
            yield _with_all(session, page, groups, for_police=for_police)
        if len(page) < STEP:
            return
        below = page[-1]


def _with_all(session: Session, page: Sequence[int], groups: Sequence[Keys], *, for_police: bool) -> list[int]:
    if not groups:
        return list(page)
    police = (True,) if for_police else (True, False)
    kept = sql_select(col(DescriptorRow.idx)).where(col(DescriptorRow.idx).in_(page))
    for keys in groups:
        kept = kept.where(
            exists().where(
                col(DescriptorKeyRow.key).in_(keys),
                col(DescriptorKeyRow.police).in_(police),
                col(DescriptorKeyRow.idx) == col(DescriptorRow.idx),
            )
        )
    return list(session.connection().execute(kept.order_by(col(DescriptorRow.idx).desc())).scalars())


def bodies_at(session: Session, indices: Sequence[int], *, for_police: bool) -> dict[int, StoredBody]:
    """The sealed bodies of the statements at these places that are described, and that the reader may see."""
    rows = select(DescriptorRow.idx, BodyRow).join(BodyRow, col(BodyRow.digest) == col(DescriptorRow.digest))
    rows = rows.where(col(DescriptorRow.idx).in_(indices))
    if for_police:
        rows = rows.where(col(DescriptorRow.police).is_(True))
    return {index: stored_body(row) for index, row in session.exec(rows)}
