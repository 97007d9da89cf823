"""Feeds targets and endpoints, and says what broke: another exception, a fault, too much memory, a reject unnamed."""

import contextlib
import faulthandler
import random
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from tests.federation.network import federation
from tests.fuzz.endpoints import Endpoints, settings_of, wrong
from tests.fuzz.hub_place import HubPlace
from tests.fuzz.mutate import mutate
from tests.fuzz.node_place import NodePlace
from tests.fuzz.pages import Pages, Place
from tests.fuzz.target import OURS, Target
from tests.hub.ground import running_ground

ROOM_BYTES: Final = 4 * 2**20
TIMES_INPUT: Final = 10
"""No input may cost more memory at its peak than ten times its size and 4 MiB."""

WEIGHED_EVERY: Final = 25
"""Weighing an input makes it some ten times slower: one in so many is weighed, and every one that is large."""

LARGE_BYTES: Final = 50_000

HANG_SECONDS: Final = 120
"""An input that takes longer hangs: the process says where, and ends."""


class Broken(msgspec.Struct, frozen=True):
    """An input that broke something: the target, the number of its draw, what happened, and the input."""

    target: str
    number: int
    what: str
    data: bytes


@contextlib.contextmanager
def _watched() -> Iterator[None]:
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def feed(target: Target, seed: int, count: int, tell: Callable[[int], None] = lambda _: None) -> list[Broken]:
    """Feeds `count` mutated inputs to a target."""
    chance, broken = random.Random(f"{seed}/{target.name}"), []
    for number in range(count):
        data = mutate(chance, target.seeds)
        weigh = number % WEIGHED_EVERY == 0 or len(data) > LARGE_BYTES
        with _watched():
            what = _weighed(target, data) if weigh else _called(target, data)
        if what:
            broken.append(Broken(target.name, number, what, data))
        if number % 1_000 == 0:
            tell(number)
    return broken


def _called(target: Target, data: bytes) -> str:
    try:
        target.call(data)
    except OURS as refused:
        code = getattr(refused, "code", "") or str(refused)  # a `Misconfigured` of the hub has words and no code
        return "" if code else f"{type(refused).__name__} does not name itself"
    except Exception as other:
        return f"{type(other).__name__}: {str(other)[:200]}"
    return ""


def _weighed(target: Target, data: bytes) -> str:
    tracemalloc.start()
    try:
        what = _called(target, data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if peak > TIMES_INPUT * len(data) + ROOM_BYTES:
        return what or f"{peak} bytes at its peak for {len(data)} of input"
    return what


async def _asked(endpoints: Endpoints, chance: random.Random, *, weigh: bool) -> tuple[str, bytes]:
    """What was wrong with one request's answer, and the request."""
    if weigh:
        tracemalloc.start()
    try:
        asked, answer = await endpoints.ask(chance)
        peak = tracemalloc.get_traced_memory()[1] if weigh else 0
    finally:
        tracemalloc.stop()
    what = wrong(answer) if answer is not None else ""
    if peak > TIMES_INPUT * len(asked) + ROOM_BYTES:
        return what or f"{peak} bytes at its peak for a request of {len(asked)}", asked
    return what, asked


async def ask(seed: int, count: int, tell: Callable[[int], None] = lambda _: None) -> list[Broken]:
    """Sends `count` mutated requests to a real hub, in process."""
    chance, broken = random.Random(f"{seed}/endpoints"), []
    with tempfile.TemporaryDirectory() as folder:
        limits = {"requests_per_minute": 100_000, "statements_per_day": 100_000}
        async with running_ground(settings_of(Path(folder)), Path(folder), **limits) as ground:
            await ground.three_projects()
            endpoints = Endpoints(ground)
            for number in range(count):
                with _watched():
                    what, asked = await _asked(endpoints, chance, weigh=number % WEIGHED_EVERY == 0)
                if what:
                    broken.append(Broken("endpoints", number, what, asked))
                if number % 1_000 == 0:
                    tell(number)
    return broken


async def visit(place: Place, seed: int, count: int, tell: Callable[[int], None] = lambda _: None) -> list[Broken]:
    """Sends `count` mutated requests to the pages of a real node or hub, in process, as everybody and nobody."""
    chance, broken = random.Random(f"{seed}/pages"), []
    async with Pages(place, seed).open() as pages:
        for number in range(count):
            with _watched():
                asked, what = await pages.ask(chance)
            if what:
                broken.append(Broken("pages", number, what, asked.told))
            if number % 1_000 == 0:
                tell(number)
    return broken


async def visit_new(seed: int, count: int) -> list[Broken]:
    """A node's pages, with three projects that are made for it."""
    with tempfile.TemporaryDirectory() as folder:
        async with federation(Path(folder), seed) as fed:
            return await visit(NodePlace(fed), seed, count)


async def visit_hub(seed: int, count: int) -> list[Broken]:
    """The same before the hub's pages."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_ground(settings_of(Path(folder)), Path(folder)) as ground:
            await ground.three_projects()
            return await visit(HubPlace(ground), seed, count)
