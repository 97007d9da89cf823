"""From published to visible elsewhere, and from taken back to the word of ten projects; bytes on the wire on the way.

The hub is a process of its own; the nodes run here, each in the loop that its worker runs (`sync_for`), over sockets:
one receiver for the first figure, all ten for the second.
"""

import asyncio
import contextlib
import datetime as dt
import statistics
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import msgspec

from hub.app import build_app
from hub.store.engine import Store as HubStore
from hub.store.members import acked_sizes
from node.app import utc_now
from node.jobs.node_jobs import sync_for
from node.store.releases import get_release
from protocol.replay import confirmed_by, holders
from tests.bench.serving import Loopback, serving
from tests.federation.network import Clock, Federation, Node, federation
from tests.links import Link

RECEIVERS = 10
APART_SECONDS = 1.5
"""Between two warnings, so that the receivers are back at the hub and wait, as they do all day."""

PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.002


class Latencies(msgspec.Struct, frozen=True):
    """Milliseconds; and bytes, headers included, for one warning at its sender and at one receiver."""

    visible_p50_ms: float
    visible_p99_ms: float
    acks_p50_ms: float
    acks_p99_ms: float
    sent_bytes: float
    received_bytes: float


def measure(folder: Path, warnings: int) -> Latencies:
    """On a federation of its own; ten projects receive."""
    folder.mkdir()
    return asyncio.run(_measure(folder, warnings))


async def _measure(folder: Path, warnings: int) -> Latencies:
    async with federation(folder) as fed:
        await _grow(fed)
        names = {name: node.config.region for name, node in fed.nodes.items()}
    with serving(fed.hub_config, folder) as hub:
        nodes = [_reopened(fed, name, region, Loopback(hub.url)) for name, region in names.items()]
        sender, receivers = nodes[0], nodes[1 : RECEIVERS + 1]
        async with _at_work(sender, receivers[0]):
            seen = [await _one_warning(sender, receivers[0]) for _ in range(warnings)]
        store = HubStore(fed.hub_config.database)
        async with _at_work(*nodes):
            acked = [await _one_withdrawal(sender, receivers, store) for _ in range(warnings)]
        store.close()
        for node in nodes:
            await _way(node).aclose()
            node.store.close()
    visible, sent, received = zip(*seen, strict=True)
    return Latencies(*_percentiles(visible), *_percentiles(acked), statistics.median(sent), statistics.median(received))


@contextlib.asynccontextmanager
async def _at_work(*nodes: Node) -> AsyncIterator[None]:
    """Their workers run within this."""
    running = [asyncio.create_task(_forever(node)) for node in nodes]
    await asyncio.sleep(2 * APART_SECONDS)
    yield
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def _one_warning(sender: Node, receiver: Node) -> tuple[float, float, float]:
    """Milliseconds until it is held; bytes at the sender; bytes at the receiver, its cosignature and all included."""
    before, quiet = _bytes(sender), _bytes(receiver)
    release = sender.draft(sender.report())
    sender.release(release)
    began = time.perf_counter()
    await sender.publish()
    sent = _bytes(sender) - before
    waited = await _until_held(receiver, _identity(sender, release), began)
    await asyncio.sleep(APART_SECONDS)
    return waited, sent, _bytes(receiver) - quiet


async def _one_withdrawal(sender: Node, receivers: list[Node], store: HubStore) -> float:
    """Milliseconds until the hub has the word of all ten that they hold it no more."""
    release = sender.draft(sender.report())
    sender.release(release)
    await sender.publish()
    identity, began = _identity(sender, release), time.perf_counter()
    await asyncio.gather(*(_until_held(one, identity, began) for one in receivers))
    await asyncio.sleep(APART_SECONDS)
    sender.withdraw(release)
    began = time.perf_counter()
    await sender.publish()
    waited = await _until_acked(sender, store, identity, began)
    await asyncio.sleep(APART_SECONDS)
    return waited


def _bytes(node: Node) -> int:
    return _way(node).sent_bytes + _way(node).received_bytes


async def _grow(fed: Federation) -> None:
    """Further projects, until ten can receive what Genesis sends."""
    for number in range(RECEIVERS - 2):
        name = f"project{number}"
        (fed.folder / name).mkdir()
        link = Link(None, seed=number)
        link.reach(build_app(fed.hub, with_worker=False))
        fed.nodes[name] = Node(fed.folder / name, name, "west-yorkshire", fed.clock, link)
        await fed.join(name, 4 + number, ("genesis", "bradford"))


class _RealClock(Clock):
    def __call__(self) -> dt.datetime:
        return utc_now()


def _reopened(fed: Federation, name: str, region: str, way: Loopback) -> Node:
    """A node as it is after a restart, at the hub's address, by the clock of this machine."""
    return Node(fed.folder / name, name, region, _RealClock(), way)  # type: ignore[arg-type]  # a way like any


def _way(node: Node) -> Loopback:
    assert isinstance(node.link, Loopback)
    return node.link


async def _forever(node: Node) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            await sync_for(node.config, node.desk, node._sync)


def _identity(node: Node, release: int) -> str:
    with node.store.read() as session:
        found = get_release(session, release).identity
    assert found is not None
    return found


async def _until_held(node: Node, identity: str, began: float) -> float:
    while identity not in node.reads():
        await asyncio.sleep(LOOK_SECONDS)
        assert time.perf_counter() - began < PATIENCE_SECONDS, f"{node.name} never held it"
    return 1e3 * (time.perf_counter() - began)


async def _until_acked(node: Node, store: HubStore, identity: str, began: float) -> float:
    while True:
        needed = holders(node.view.state, identity)
        with store.read() as session:
            acked = acked_sizes(session)
        if needed and confirmed_by(node.view.state, identity, acked) == needed:
            return 1e3 * (time.perf_counter() - began)
        await asyncio.sleep(LOOK_SECONDS)
        assert time.perf_counter() - began < PATIENCE_SECONDS, "the Acks never came"


def _percentiles(milliseconds: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(milliseconds)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
