"""Bodies by what they say: through their search keys, the newest first. Police are shown only what police may read.

Nothing here opens a body: candidates are judged by whoever opens them (`core.search`, `core.linking`).
"""

import heapq
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from hub.core.values import StoredBody
from hub.store.bodies import stored_body
from hub.store.descriptor_tables import DescriptorKeyRow, DescriptorRow
from hub.store.tables import BodyRow

STEP: Final = 500
"""Candidates asked for at a time: most searches are answered by the first."""

END: Final = 2**62
"""Beyond every place in a log."""

_NEWEST: Final = (
    sql_select(col(DescriptorKeyRow.idx))
    .where(
        col(DescriptorKeyRow.key) == bindparam("key"),
        col(DescriptorKeyRow.police) == bindparam("police"),
        col(DescriptorKeyRow.idx) < bindparam("below"),
    )
    .order_by(col(DescriptorKeyRow.idx).desc())
    .limit(bindparam("most"))
)
"""Asked some dozens of times for one page: built once, and past the ORM."""

_THOSE_WITH: Final = sql_select(col(DescriptorKeyRow.idx)).where(
    col(DescriptorKeyRow.key).in_(bindparam("keys", expanding=True)),
    col(DescriptorKeyRow.police).in_(bindparam("police", expanding=True)),
    col(DescriptorKeyRow.idx).in_(bindparam("places", expanding=True)),
)
"""Looks each place up in the primary key: a join was planned by reading whole lists of a common word."""

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


def newest_with(session: Session, keys: Keys, limit: int, *, for_police: bool, below: int = END) -> list[int]:
    """The places in the log of the newest bodies that have one of these keys, descending, at most `limit`."""
    connection, lists = session.connection(), []
    for key in keys:
        for police in (True,) if for_police else (True, False):
            asked = {"key": key, "police": police, "below": below, "most": limit}
            lists.append(connection.execute(_NEWEST, asked).scalars().all())
    merged = heapq.merge(*lists, reverse=True)
    return [index for index, _ in itertools.islice(itertools.groupby(merged), limit)]


def find(session: Session, lead: Keys, groups: Sequence[Keys], most: int, *, for_police: bool) -> Iterator[list[int]]:
    """Goes through the newest bodies that have a key of `lead`; those that have one of each group, in pages.

    Args:
        most: how many bodies it goes through.

    Yields:
        Places in the log, descending; a page may be empty.
    """
    below = END
    for _ in range(0, most, STEP):
        page = newest_with(session, lead, STEP, for_police=for_police, below=below)
        if page:
            yield _with_all(session, page, groups, for_police=for_police)
        if len(page) < STEP:
            return
        below = page[-1]


def _with_all(session: Session, page: Sequence[int], groups: Sequence[Keys], *, for_police: bool) -> list[int]:
    """Those of a page that have a key of each group; each group is asked of what those before have left."""
    connection, left = session.connection(), list(page)
    police = (True,) if for_police else (True, False)
    for keys in groups:
        if not left:
            break
        found = set(connection.execute(_THOSE_WITH, {"keys": keys, "police": police, "places": left}).scalars())
        left = [index for index in left if index in found]
    return left


def bodies_at(session: Session, indices: Sequence[int], *, for_police: bool) -> dict[int, StoredBody]:
    """The sealed bodies of the statements at these places that are described, and that the reader may see."""
    rows = select(DescriptorRow.idx, BodyRow).join(BodyRow, col(BodyRow.idx) == col(DescriptorRow.idx))
    rows = rows.where(col(DescriptorRow.idx).in_(indices))
    if for_police:
        rows = rows.where(col(DescriptorRow.police).is_(True))
    return {index: stored_body(row) for index, row in session.exec(rows)}
