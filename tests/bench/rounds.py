"""Nodes that follow the log as their workers do (`sync_for`), each over sockets; here, or in a process of its own."""

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from node.app import utc_now
from node.jobs.node_jobs import sync_for
from tests.bench.serving import Carried, Loopback
from tests.federation.project import Clock, Node
from tests.links import Link

PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.001
STILL_SECONDS = 0.1
"""All wait at the hub for this long, then nothing is on its way any more."""


class _RealClock(Clock):
    def __call__(self) -> dt.datetime:
        return utc_now()


def reopened(folder: Path, name: str, region: str, hub_url: str) -> Node:
    """A node as it is after a restart, at the hub's address, by the clock of this machine."""
    return Node(folder / name, name, region, _RealClock(), cast(Link, Loopback(hub_url)))


async def close(node: Node) -> None:
    """Ends its connections, and its database's."""
    await _way(node).aclose()
    node.store.close()


def carried(node: Node) -> Carried:
    """What it has sent and received."""
    return _way(node).carried


def _way(node: Node) -> Loopback:
    return cast(Loopback, node.link)


@contextlib.asynccontextmanager
async def following(nodes: Iterable[Node]) -> AsyncIterator[None]:
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


async def all_wait(nodes: Sequence[Node]) -> None:
    """Until all wait at the hub, and nothing is on its way any more."""
    began, still_since = time.perf_counter(), time.perf_counter()
    while time.perf_counter() - still_since < STILL_SECONDS:
        if not all(node._sync.waiting for node in nodes):
            still_since = time.perf_counter()
        await a_moment(began, "the nodes never came to rest")


async def a_moment(began: float, trouble: str) -> None:
    """Until the next look, unless `began` is too long ago."""
    assert time.perf_counter() - began < PATIENCE_SECONDS, trouble
    await asyncio.sleep(LOOK_SECONDS)


class Elsewhere:
    """A node that follows the log in a process of its own: no interpreter is shared with whoever looks at it."""

    def __init__(self, asked: Connection) -> None:
        self._asked = asked

    async def waits(self) -> Carried:
        """Until it waits at the hub; what it has sent and received by then."""
        self._asked.send(True)
        answer = await asyncio.to_thread(self._asked.recv)
        assert isinstance(answer, Carried)
        return answer


@contextlib.contextmanager
def following_elsewhere(folder: Path, name: str, region: str, hub_url: str) -> Iterator[Elsewhere]:
    """This node follows the log there, until the block ends."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_run_elsewhere, args=(folder, name, region, hub_url, there), daemon=True
    )
    process.start()
    there.close()
    try:
        yield Elsewhere(here)
        here.send(False)
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0, "the node elsewhere had trouble: it says so above"
    finally:
        process.kill()
        process.join()
        here.close()


def _run_elsewhere(folder: Path, name: str, region: str, hub_url: str, asked: Connection) -> None:
    asyncio.run(_be_asked(reopened(folder, name, region, hub_url), asked))


async def _be_asked(node: Node, asked: Connection) -> None:
    async with following([node]):
        while await asyncio.to_thread(asked.recv):
            await all_wait([node])
            asked.send(carried(node))
    await close(node)
