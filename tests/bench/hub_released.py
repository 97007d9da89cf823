"""Counts of a hub's warnings, as indexing counts them, and a release of every quarter of theirs that is over."""

import datetime as dt
from collections import Counter
from typing import Final

from hub.core.counting import COUNTED_SOURCE, SPLITS, Split, splits_of
from hub.core.figure_sums import sum_figures
from hub.core.panel import Membership, projects_of
from hub.core.regions import default_regions
from hub.core.releases import Figures, Frame, Incidents, Table, build_release
from hub.store import releases, tallies
from hub.store.engine import Store
from protocol.quarters import Quarter, quarter_of, quarters_of
from tests.bench.hub_rows import YEARS, rows

COUNTED_ON: Final = dt.date(2026, 11, 2)


def count_warnings(store: Store, count: int) -> None:
    """Counts them split by split."""
    changes: Counter[tuple[str, Split]] = Counter()
    for row in rows(count):
        if row.described.source == COUNTED_SOURCE:
            quarter = str(quarter_of(dt.date.fromisoformat(row.described.day)))
            changes.update((quarter, split) for split in splits_of(row.described))
    with store.begin() as session:
        tallies.change_tallies(session, "live", changes)


def release_quarters(store: Store, projects: int) -> list[str]:
    """Every quarter that was over, in order."""
    members = tuple(Membership(number, dt.date(YEARS[0], 1, 1), None) for number in range(1, projects + 1))
    earlier: dict[tuple[str, str, str], Table] = {}
    nothing = Figures(sum_figures(()), sum_figures(()), {})
    over = [quarter for quarter in quarters_of(*YEARS) if quarter.last_day < COUNTED_ON]
    with store.begin() as session:
        for number, quarter in enumerate(over, 1):
            frame = Frame(number, quarter, quarter.next.first_day.isoformat(), default_regions(), earlier)
            counts = Incidents(
                *({s: tallies.counts_of(session, names, s) for s in SPLITS} for names in _named(quarter))
            )
            release = build_release(frame, projects_of(quarter, over[0], members), counts, nothing)
            earlier |= {table.key: table for table in release.tables}
            releases.freeze(session, release)
    return [str(quarter) for quarter in over]


def _named(quarter: Quarter) -> tuple[list[str], list[str]]:
    return [str(quarter)], [str(one) for one in quarters_of(quarter.year)]
