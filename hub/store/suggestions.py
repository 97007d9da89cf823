"""What the comparing proposes: two bodies that may be of one person, for as long as both are here."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from hub.core.descriptors import Described
from hub.core.linking import Weight
from hub.store.descriptor_tables import DescriptorRow
from hub.store.descriptors import described_value
from hub.store.inserts import insert_and_say, insert_new, insert_or_add
from hub.store.linking_tables import CountedSeriesRow, SkinCountRow, SuggestionRow


class Suggestion(msgspec.Struct, frozen=True):
    """Two bodies that may be of one person: their places in the log. `police`: police may read both."""

    earlier: int
    later: int
    strength: Weight
    police: bool


class Suggested(msgspec.Struct, frozen=True):
    """A suggestion with what the hub says in coarse words of either."""

    earlier: Described
    later: Described
    strength: Weight


def uncompared(session: Session, limit: int) -> list[int]:
    """The places in the log of bodies that nothing was compared with yet, at most `limit`."""
    rows = select(DescriptorRow.idx).where(col(DescriptorRow.compared).is_(False))
    return list(session.exec(rows.order_by(col(DescriptorRow.idx)).limit(limit)))


def mark_compared(session: Session, indices: Sequence[int]) -> None:
    """These bodies were compared with what was here."""
    session.execute(update(DescriptorRow).where(col(DescriptorRow.idx).in_(indices)).values(compared=True))


def add_suggestions(session: Session, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Keeps those whose bodies are both here and that are not kept yet; which they are."""
    indices = {index for one in suggestions for index in (one.earlier, one.later)}
    held = select(DescriptorRow.idx).where(col(DescriptorRow.idx).in_(indices))
    here = set(session.exec(held.order_by(col(DescriptorRow.idx)).with_for_update(read=True)))
    kept = {(one.earlier, one.later): one for one in suggestions if {one.earlier, one.later} <= here}
    if not kept:
        return []
    rows = [msgspec.structs.asdict(one) for one in kept.values()]
    new = insert_and_say(session, SuggestionRow, rows, "earlier", "later")
    return [one for places, one in kept.items() if places in new]


def newest_suggestions(session: Session, limit: int, *, for_police: bool) -> list[Suggested]:
    """What may be of one person among bodies that the reader may see, by the later of the two, the newest first."""
    earlier, later = aliased(DescriptorRow), aliased(DescriptorRow)
    rows = (
        select(earlier, later, SuggestionRow.strength)
        .join(SuggestionRow, col(SuggestionRow.earlier) == col(earlier.idx))
        .join(later, col(later.idx) == col(SuggestionRow.later))
        .order_by(col(SuggestionRow.later).desc(), col(SuggestionRow.earlier).desc())
        .limit(limit)
    )
    if for_police:
        rows = rows.where(col(SuggestionRow.police).is_(True))
    return [
        Suggested(described_value(one), described_value(other), strength)  # type: ignore[arg-type]
        for one, other, strength in session.exec(rows)
    ]


def is_series_counted(session: Session, series: str) -> bool:
    """Whether the outcome of a series was counted."""
    return session.get(CountedSeriesRow, series) is not None


def count_series(session: Session, series: str) -> None:
    """The outcome of a series is counted; again: changes nothing."""
    insert_new(session, CountedSeriesRow, [{"series": series}])


def count_skin(session: Session, year: int, skin: str, column: str) -> None:
    """Counts one more of that year and skin as seen.

    Args:
        column: `suggested`, `agreed` or `disagreed`.
    """
    row = {"year": year, "skin": skin, "suggested": 0, "agreed": 0, "disagreed": 0} | {column: 1}
    insert_or_add(session, SkinCountRow, row, column)


class SkinCount(msgspec.Struct, frozen=True):
    """Proposals of one year and skin as seen: true counts, which no page shows."""

    year: int
    skin: str
    suggested: int
    agreed: int
    disagreed: int


def skin_counts(session: Session) -> list[SkinCount]:
    """All of them, by year and code."""
    rows = session.exec(select(SkinCountRow).order_by(col(SkinCountRow.year), col(SkinCountRow.skin)))
    return [SkinCount(row.year, row.skin, row.suggested, row.agreed, row.disagreed) for row in rows]
