"""A node that was away follows the log of a hub in another process, all verified and stored. And nothing is new."""

import asyncio
import statistics
import time
from pathlib import Path

import httpx
import msgspec

from node.app import utc_now
from tests.bench.joined import three_joined
from tests.bench.serving import Loopback, serving
from tests.federation.network import Federation
from tests.federation.project import URL

BATCH = 256
ROUNDS = 20


class CaughtUp(msgspec.Struct, frozen=True):
    """Entries a second, and the median of a whole round when nothing is new, at `size` entries."""

    entries: float
    size: int
    nothing_new_ms: float


def measure(folder: Path, entries: int) -> CaughtUp:
    """On a federation of its own; clocks are real from when the hub is served."""
    return asyncio.run(_measure(folder, entries))


async def _measure(folder: Path, entries: int) -> CaughtUp:
    async with three_joined(folder) as fed:
        fed.merseyside.link.cut = True
        await _grow(fed, entries)
    with serving(fed.hub_config, folder) as hub:
        again = Federation(folder, 1)
        again.make_nodes()
        node = again.merseyside
        way = Loopback(hub.url)
        node.desk.client._http = httpx.AsyncClient(transport=way, base_url=URL)
        node.desk.client._now = utc_now
        began = time.perf_counter()
        report = await node.sync()
        rate = report.added / (time.perf_counter() - began)
        assert report.added >= entries, report
        quiet = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            await node.sync()
            quiet.append(time.perf_counter() - began)
        await way.aclose()
        again.close()
    return CaughtUp(rate, report.size, 1e3 * statistics.median(quiet))


async def _grow(fed: Federation, entries: int) -> None:
    """Cancels of what does not exist: statements without bodies, each batch with the latest `seen`."""
    node = fed.genesis
    for start in range(0, entries, BATCH):
        await node.sync()
        seen = node.view.seen()
        batch = []
        for number in range(start, min(start + BATCH, entries)):
            statement = node.statement("cancel", seen=seen, nonce=f"{number:032x}", supersedes=f"{number:064x}")
            batch.append((node.keyring.sign_statement(statement), None))
        await node.desk.client.submit(batch)
