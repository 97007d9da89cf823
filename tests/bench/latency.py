"""From published to visible elsewhere, and from taken back to the word of ten projects; bytes on the wire on the way.

The hub is a process of its own; the nodes run here, in one process, each over sockets in the loop that its worker runs
(`sync_for`). Each measurement begins when every receiver waits at the hub, as nodes do all day. Until the one receiver
of the first figure holds the warning, its sender's own round waits: at home that runs on another machine.
"""

import asyncio
import contextlib
import datetime as dt
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import cast

import msgspec

from hub.app import build_app
from hub.store import members as hub_members
from hub.store.engine import Store as HubStore
from node.app import utc_now
from node.jobs.node_jobs import sync_for
from node.store.acks import acked_sizes
from protocol.replay import confirmed_by, holders
from tests.bench.joined import three_joined
from tests.bench.serving import Carried, Loopback, serving
from tests.federation.network import Federation
from tests.federation.project import Clock, Node
from tests.links import Link

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.001
STILL_SECONDS = 0.1
"""All wait at the hub for this long, then nothing is on its way any more."""


class Latencies(msgspec.Struct, frozen=True):
    """Milliseconds, and bytes of HTTP with its headers for one warning: at its sender, and at one receiver.

    Attributes:
        visible: from its submission until it can be read at one other node.
        acks: from a Cancel's submission until the hub has the Acks of all `receivers`.
        known: until its origin has verified them, and shows so.
        sender, receiver: of one warning and the round that it causes, cosignature and all.
    """

    receivers: int
    visible_p50_ms: float
    visible_p99_ms: float
    acks_p50_ms: float
    acks_p99_ms: float
    known_p50_ms: float
    known_p99_ms: float
    sender: Carried
    receiver: Carried


def measure(folder: Path, warnings: int, receivers: int) -> Latencies:
    """On a federation of its own."""
    return asyncio.run(_measure(folder, warnings, receivers))


async def _measure(folder: Path, warnings: int, receivers: int) -> Latencies:
    async with three_joined(folder) as fed:
        await _grow(fed, receivers)
        regions = {name: node.config.region for name, node in fed.nodes.items()}
    with serving(fed.hub_config, folder) as hub:
        nodes = [_reopened(fed, name, region, Loopback(hub.url)) for name, region in regions.items()]
        sender, others = nodes[0], nodes[1:]
        async with _running([others[-1]]):
            visible, sent, received = await _warn(sender, others[-1], warnings)
        store = HubStore(fed.hub_config.database)
        async with _running(nodes):
            taken_back = [await _take_back(nodes, store) for _ in range(warnings)]
        store.close()
        for node in nodes:
            await _way(node).aclose()
            node.store.close()
    acked, known = zip(*taken_back, strict=True)
    return Latencies(
        len(others),
        *_percentiles(visible),
        *_percentiles(acked),
        *_percentiles(known),
        _middle(sent),
        _middle(received),
    )


async def _warn(sender: Node, receiver: Node, warnings: int) -> tuple[list[float], list[Carried], list[Carried]]:
    times, sent, received = [], [], []
    for _ in range(warnings):
        await _all_wait([receiver])
        before = _way(sender).carried, _way(receiver).carried
        identity = sender.warn(sender.report())
        began = time.perf_counter()
        publishing = asyncio.create_task(sender.publish())
        await _until_readable(receiver, identity, began)
        times.append(1e3 * (time.perf_counter() - began))
        await publishing
        await _all_wait([receiver])
        received.append(_way(receiver).carried - before[1])
        await sender.sync()
        sent.append(_way(sender).carried - before[0])
        await _all_wait([receiver])
    return times, sent, received


async def _until_readable(node: Node, identity: str, began: float) -> None:
    """Looks only when the node has written something: looking takes its interpreter from the node's own round."""
    with contextlib.closing(sqlite3.connect(node.config.database)) as watch:
        seen = None
        while True:
            (version,) = watch.execute("PRAGMA data_version").fetchone()
            if version != seen and identity in node.reads():
                return
            seen = version
            await _a_moment(began, "the warning never came")


async def _take_back(nodes: Sequence[Node], store: HubStore) -> tuple[float, float]:
    """Milliseconds until the hub, and until the origin, has the word of all who held it that they do no more."""
    sender, *others = nodes
    await _all_wait(nodes)
    release = sender.draft(sender.report())
    identity = sender.release(release)
    await sender.publish()
    began = time.perf_counter()
    while not all(identity in node.reads() for node in others):
        await _a_moment(began, "the warning never came to all")
    await _all_wait(nodes)
    sender.withdraw(release)
    began = time.perf_counter()
    await sender.publish()
    while not _is_confirmed(sender, identity, _acked_at(store)):
        await _a_moment(began, "the Acks never came")
    at_hub = time.perf_counter()
    while not _is_confirmed(sender, identity, _acked_at_node(sender)):
        await _a_moment(began, "the origin never heard of the Acks")
    return 1e3 * (at_hub - began), 1e3 * (time.perf_counter() - began)


def _acked_at(store: HubStore) -> dict[int, int]:
    with store.read() as session:
        return hub_members.acked_sizes(session)


def _acked_at_node(node: Node) -> dict[int, int]:
    with node.store.read() as session:
        return acked_sizes(session)


def _is_confirmed(node: Node, identity: str, acked: dict[int, int]) -> bool:
    needed = holders(node.view.state, identity)
    return bool(needed) and confirmed_by(node.view.state, identity, acked) == needed


async def _all_wait(nodes: Sequence[Node]) -> None:
    began, still_since = time.perf_counter(), time.perf_counter()
    while time.perf_counter() - still_since < STILL_SECONDS:
        if not all(node._sync.waiting for node in nodes):
            still_since = time.perf_counter()
        await _a_moment(began, "the nodes never came to rest")


async def _a_moment(began: float, trouble: str) -> None:
    assert time.perf_counter() - began < PATIENCE_SECONDS, trouble
    await asyncio.sleep(LOOK_SECONDS)


async def _grow(fed: Federation, receivers: int) -> None:
    """Further projects, until so many can receive what Genesis sends."""
    for number in range(receivers + 1 - len(fed.nodes)):
        name = f"project{number}"
        (fed.folder / name).mkdir()
        link = Link(None, seed=number)
        link.reach(build_app(fed.hub, with_worker=False))
        fed.nodes[name] = Node(fed.folder / name, name, "west-yorkshire", fed.clock, link)
        await fed.join(name, 4 + number, ("genesis", "bradford"))


@contextlib.asynccontextmanager
async def _running(nodes: Iterable[Node]) -> AsyncIterator[None]:
    """These nodes follow the log, until the block ends; one that has trouble with it fails the measurement."""
    tasks = [asyncio.create_task(_follow(node)) for node in nodes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for problem in ended:
        assert isinstance(problem, asyncio.CancelledError), problem


async def _follow(node: Node) -> str:
    while (problem := await sync_for(node.config, node.desk, node._sync)) is None:
        pass
    return f"{node.name}: {problem}"


class _RealClock(Clock):
    def __call__(self) -> dt.datetime:
        return utc_now()


def _reopened(fed: Federation, name: str, region: str, way: Loopback) -> Node:
    """A node as it is after a restart, at the hub's address, by the clock of this machine."""
    return Node(fed.folder / name, name, region, _RealClock(), cast(Link, way))


def _way(node: Node) -> Loopback:
    return cast(Loopback, node.link)


def _percentiles(milliseconds: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(milliseconds)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _middle(carried: Sequence[Carried]) -> Carried:
    return Carried(
        sent=int(statistics.median(one.sent for one in carried)),
        received=int(statistics.median(one.received for one in carried)),
    )
