"""How long the hub's pages of figures wait, and the counts of a release, beside how many warnings were counted.

Warnings are counted as indexing counts them, split by split, and every quarter of theirs is released; pages are asked
for by somebody who is signed in, in the hub's own process, without a network.
"""

import asyncio
import datetime as dt
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from hub.core.counting import COUNTED_SOURCE, SPLITS, Split, splits_of
from hub.core.figure_sums import sum_figures
from hub.core.panel import Membership, projects_of
from hub.core.regions import default_regions
from hub.core.releases import Figures, Frame, Incidents, Table, build_release
from hub.store import releases, tallies
from hub.store.engine import Store
from protocol.quarters import Quarter, quarter_of, quarters_of
from tests.bench.hub_rows import MEMBERS, YEARS, rows
from tests.hub.ground import running_ground
from tests.hub.web.client import LEAD, HubBrowser, add_people

ASKED: Final = 40
"""Requests for each page."""

PAGES: Final = {
    "figures": "/figures",
    "permission": "/figures/permission",
    "kinds": "/figures/kinds",
    "map": "/figures/map",
    "police": "/figures/police",
    "releases": "/releases",
    "one_release": "/releases/4",
}
COUNTED_ON: Final = dt.date(2026, 11, 2)


def measure(database: str, folder: Path, count: int) -> dict[str, float]:
    """Milliseconds, the 95th of 100, by page; and of counting a year for a release. On an empty database of its own."""
    return asyncio.run(_measure(database, folder, count))


async def _measure(database: str, folder: Path, count: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    async with running_ground(database, folder) as ground:
        _count(ground.hub.store, count)
        figures["releases_frozen"] = float(_release(ground.hub.store))
        figures["counts_of_a_year_ms"] = _counting(ground.hub.store)
        add_people(ground)
        browser = HubBrowser(ground).sign_in_as(LEAD)
        for name, path in PAGES.items():
            figures[f"{name}_page_ms"] = await _p95(lambda path=path: browser.http.get(path))  # type: ignore[misc]
        await browser.http.aclose()
    return figures


def _count(store: Store, count: int) -> None:
    changes: Counter[tuple[str, Split]] = Counter()
    for row in rows(count):
        if row.described.source == COUNTED_SOURCE:
            quarter = str(quarter_of(dt.date.fromisoformat(row.described.day)))
            changes.update((quarter, split) for split in splits_of(row.described))
    with store.begin() as session:
        tallies.change_tallies(session, "live", changes)


def _release(store: Store) -> int:
    """Every quarter that was over, in order; how many."""
    members = tuple(Membership(number, dt.date(YEARS[0], 1, 1), None) for number in range(1, MEMBERS + 1))
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
    return len(over)


def _named(quarter: Quarter) -> tuple[list[str], list[str]]:
    return [str(quarter)], [str(one) for one in quarters_of(quarter.year)]


def _counting(store: Store) -> float:
    """What freezing the last quarter of a year asks of the tallies."""
    times = []
    for year in YEARS:
        began = time.perf_counter()
        with store.read() as session:
            for split in SPLITS:
                tallies.counts_of(session, [str(one) for one in quarters_of(year)], split)
        times.append(time.perf_counter() - began)
    return 1e3 * max(times)


async def _p95(ask: Callable[[], Awaitable[object]]) -> float:
    times = []
    for _ in range(ASKED):
        began = time.perf_counter()
        await ask()
        times.append(time.perf_counter() - began)
    return 1e3 * sorted(times)[int(0.95 * ASKED)]
