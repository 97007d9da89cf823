"""From published to visible elsewhere, and from taken back to the word of ten projects; bytes on the wire on the way.

The hub is a process of its own, and so is the node that receives what the first figure is about; its sender is here.
For the second figure all nodes run here, in one process. Each measurement begins when every receiver waits at the hub,
as nodes do all day. Until the one receiver of the first figure holds the warning, its sender's own round waits.
"""

import asyncio
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from hub.app import build_app
from hub.store import members as hub_members
from hub.store.engine import Store as HubStore
from node.store.acks import acked_sizes
from node.store.engine import Store as NodeStore
from node.store.inbox import held_identities
from protocol.replay import confirmed_by, holders
from tests.bench.joined import three_joined
from tests.bench.rounds import (
    Elsewhere,
    a_moment,
    all_wait,
    carried,
    close,
    following,
    following_elsewhere,
    reopened,
)
from tests.bench.serving import Carried, serving
from tests.federation.network import Federation
from tests.federation.project import Node
from tests.links import Link


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
        (first, *_, last) = regions
        sender = reopened(folder, first, regions[first], hub.url)
        with following_elsewhere(folder, last, regions[last], hub.url) as receiver:
            kept = NodeStore(folder / last / "node.db")
            visible, sent, received = await _warn(sender, receiver, kept, warnings)
            kept.close()
        nodes = [
            sender,
            *(reopened(folder, name, region, hub.url) for name, region in regions.items() if name != first),
        ]
        store = HubStore(fed.hub_config.database)
        async with following(nodes):
            taken_back = [await _take_back(nodes, store) for _ in range(warnings)]
        store.close()
        for node in nodes:
            await close(node)
    acked, known = zip(*taken_back, strict=True)
    return Latencies(
        len(nodes) - 1,
        *_percentiles(visible),
        *_percentiles(acked),
        *_percentiles(known),
        _middle(sent),
        _middle(received),
    )


async def _warn(
    sender: Node, receiver: Elsewhere, kept: NodeStore, warnings: int
) -> tuple[list[float], list[Carried], list[Carried]]:
    """
    Args:
        kept: the receiver's database.
    """
    times, sent, received = [], [], []
    for _ in range(warnings):
        before = carried(sender), await receiver.waits()
        identity = sender.warn(sender.report())
        began = time.perf_counter()
        publishing = asyncio.create_task(sender.publish())
        await _until_readable(kept, identity, began)
        times.append(1e3 * (time.perf_counter() - began))
        await publishing
        received.append(await receiver.waits() - before[1])
        await sender.sync()
        sent.append(carried(sender) - before[0])
    return times, sent, received


async def _until_readable(kept: NodeStore, identity: str, began: float) -> None:
    """Looks only when the receiver has written something: looking takes the processor from its sender."""
    seen = kept.mark()
    while (mark := kept.mark()) == seen or not _is_held(kept, identity):
        seen = mark
        await a_moment(began, "the warning never came")


def _is_held(kept: NodeStore, identity: str) -> bool:
    with kept.read() as session:
        return identity in held_identities(session)


async def _take_back(nodes: Sequence[Node], store: HubStore) -> tuple[float, float]:
    """Milliseconds until the hub, and until the origin, has the word of all who held it that they do no more."""
    sender, *others = nodes
    await all_wait(nodes)
    release = sender.draft(sender.report())
    identity = sender.release(release)
    await sender.publish()
    began = time.perf_counter()
    while not all(identity in node.reads() for node in others):
        await a_moment(began, "the warning never came to all")
    await all_wait(nodes)
    sender.withdraw(release)
    began = time.perf_counter()
    await sender.publish()
    while not _is_confirmed(sender, identity, _acked_at(store)):
        await a_moment(began, "the Acks never came")
    at_hub = time.perf_counter()
    while not _is_confirmed(sender, identity, _acked_at_node(sender)):
        await a_moment(began, "the origin never heard of the Acks")
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


async def _grow(fed: Federation, receivers: int) -> None:
    """Further projects, until so many can receive what Genesis sends."""
    for number in range(receivers + 1 - len(fed.nodes)):
        name = f"project{number}"
        (fed.folder / name).mkdir()
        link = Link(None, seed=number)
        link.reach(build_app(fed.hub, with_worker=False))
        fed.nodes[name] = Node(fed.folder / name, name, "west-yorkshire", fed.clock, link)
        await fed.join(name, 4 + number, ("genesis", "bradford"))


def _percentiles(milliseconds: Iterable[float]) -> tuple[float, float]:
    ordered = sorted(milliseconds)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _middle(carried: Sequence[Carried]) -> Carried:
    return Carried(
        sent=int(statistics.median(one.sent for one in carried)),
        received=int(statistics.median(one.received for one in carried)),
    )
