"""Running counts of incidents, and what decides whether a body is counted. Source: DESIGN §6; promise 13."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from hub.core.counting import Split
from hub.store.figures_tables import LapsedChainRow, SameEventRow, TallyRow
from hub.store.inserts import insert_new

Changes = Mapping[tuple[str, Split], int]
"""(quarter, split) → by how much its count changes."""

_ADD = {
    name: update(TallyRow)
    .where(
        col(TallyRow.quarter) == bindparam("of_quarter"),
        col(TallyRow.split) == bindparam("of_split"),
        col(TallyRow.value) == bindparam("of_value"),
    )
    .values({name: col(getattr(TallyRow, name)) + bindparam("by")})
    for name in ("live", "lapsed")
}


def change_tallies(session: Session, column: Literal["live", "lapsed"], changes: Changes) -> None:
    """Adds to counts, in one order: two transactions that do so never wait for each other in a ring."""
    changed = [(quarter, *split, by) for (quarter, split), by in sorted(changes.items()) if by]
    if not changed:
        return
    new = [{"quarter": q, "split": split, "value": value, "live": 0, "lapsed": 0} for q, split, value, _ in changed]
    insert_new(session, TallyRow, new)
    rows = [{"of_quarter": q, "of_split": split, "of_value": value, "by": by} for q, split, value, by in changed]
    session.connection().execute(_ADD[column], rows)


def live_counts(session: Session) -> Counter[tuple[str, Split]]:
    """(quarter, split) → how many incidents whose bodies are here are counted; without those of which none is."""
    rows = session.exec(select(TallyRow).where(col(TallyRow.live) != 0))
    return Counter({(row.quarter, (row.split, row.value)): row.live for row in rows})


def counts_of(session: Session, quarters: Iterable[str], split: str) -> Counter[str]:
    """Value → incidents of these quarters together, lapsed ones among them."""
    both = func.sum(col(TallyRow.live) + col(TallyRow.lapsed))
    rows = session.exec(
        select(TallyRow.value, both)
        .where(col(TallyRow.quarter).in_(list(quarters)), TallyRow.split == split)
        .group_by(col(TallyRow.value))
    )
    return Counter({value: int(count) for value, count in rows})


def keep_lapsed(session: Session, chains: Iterable[str]) -> None:
    """These chains stay counted for good."""
    insert_new(session, LapsedChainRow, [{"chain": chain} for chain in sorted(set(chains))])


def lapsed_among(session: Session, chains: Collection[str]) -> frozenset[str]:
    """Those of these chains that stay counted for good."""
    return frozenset(session.exec(select(LapsedChainRow.chain).where(col(LapsedChainRow.chain).in_(list(chains)))))


def add_same_events(session: Session, index: int, earlier: Mapping[str, bool]) -> None:
    """Keeps which earlier chains a body says it tells of again, and whether each stands."""
    rows = [{"idx": index, "earlier": chain, "stands": stands} for chain, stands in sorted(earlier.items())]
    insert_new(session, SameEventRow, rows)


def told_before(session: Session, indices: Collection[int]) -> frozenset[int]:
    """Those of these bodies that are not counted, because an earlier telling stands."""
    rows = select(SameEventRow.idx).where(col(SameEventRow.idx).in_(list(indices)), col(SameEventRow.stands).is_(True))
    return frozenset(session.exec(rows))


def change_standing(
    session: Session, chains: Collection[str], *, stands: bool
) -> tuple[frozenset[int], frozenset[int]]:
    """Says of chains that they stand, or do no longer.

    Returns:
        Places of bodies that no standing chain tells before any more; of those that one tells before from now on.
    """
    named = col(SameEventRow.earlier).in_(list(chains)), col(SameEventRow.stands).is_(not stands)
    places = set(session.exec(select(SameEventRow.idx).where(*named).with_for_update())) if chains else set()
    if not places:
        return frozenset(), frozenset()
    before = told_before(session, places)
    session.execute(update(SameEventRow).where(*named).values(stands=stands))
    after = told_before(session, places)
    return before - after, after - before
