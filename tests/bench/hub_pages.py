"""How long every page of the hub waits, beside how many warnings there are and 200 members.

Pages are asked for by people who are signed in, in the hub's own process, without a network.
"""

import asyncio
import math
import time
from itertools import groupby
from pathlib import Path
from typing import Final

from hub.core.counting import SPLITS
from hub.store import tallies
from hub.store.engine import Store
from protocol.house.collector import spare_the_log
from protocol.quarters import quarters_of
from tests.bench.hub_crowd import crowded_ground
from tests.bench.hub_rows import MEMBERS, YEARS
from tests.bench.hub_walk import Stop, Walker, stops, walker

NOT_THEIRS: Final = 403


def measure(database: str, folder: Path, warnings: int, asked: int) -> dict[str, float]:
    """Milliseconds, the 95th of 100, by page: of the reader who waits longest. On an empty database of its own.

    Args:
        asked: requests for each page by each reader who may open it.
    """
    return asyncio.run(_measure(database, folder, warnings, asked))


async def _measure(database: str, folder: Path, warnings: int, asked: int) -> dict[str, float]:
    began = time.perf_counter()
    async with crowded_ground(database, folder, warnings, MEMBERS) as crowd:
        figures = {"pages_fill_seconds": time.perf_counter() - began}
        spare_the_log(lambda: crowd.ground.hub.view.now.state.size)  # as `serve` does once it has read its log
        async with walker(crowd) as walk:
            for page, one in groupby(stops(crowd), key=lambda stop: stop.name):
                figures[f"{page}_page_ms"] = max([await _p95(walk, stop, asked) for stop in one])
        figures["slowest_page_ms"] = max(value for name, value in figures.items() if name.endswith("_page_ms"))
        figures["counts_of_a_year_ms"] = _counting(crowd.ground.hub.store)
    return figures


async def _p95(walk: Walker, stop: Stop, asked: int) -> float:
    """Nothing for a page that is not theirs."""
    if (await walk.ask(stop)).status_code == NOT_THEIRS:
        return 0.0
    times = []
    for _ in range(asked):
        began = time.perf_counter()
        await walk.ask(stop)
        times.append(time.perf_counter() - began)
    return 1e3 * sorted(times)[math.ceil(0.95 * asked) - 1]


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
