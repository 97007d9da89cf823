"""One history: drawn, played, judged; and a failing one made short."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from tests.federation.network import copied_federation
from tests.simulator.fuse import Fuse
from tests.simulator.invariants import broken_promises
from tests.simulator.moves import Move, draw
from tests.simulator.world import World

Judge = Callable[[World], list[str]]
SHRINK_SECONDS: Final = 120.0


class Told(msgspec.Struct, frozen=True):
    """What happened, in words, and what does not hold."""

    story: list[str]
    broken: list[str]


async def play(template: Path, seed: int, moves: Sequence[Move], judge: Judge = broken_promises) -> Told:
    """Plays these moves on a copy of `template`, lets everything heal and settle, and judges.

    Args:
        seed: says whether warnings leave in two batches a day (odd) or at once.
    """
    with TemporaryDirectory(dir=_fast_folder()) as folder, Fuse().installed() as fuse:
        async with copied_federation(template, Path(folder) / "copy", 1) as fed:
            world = World(fed, fuse, in_batches=seed % 2 == 1)
            try:
                await world.begin()
                for move in moves:
                    await world.do(move)
                await world.end()
                broken = judge(world)
            except AssertionError as during:
                broken = [str(during)]
            return Told(world.told, broken)


def _fast_folder() -> str | None:
    """Memory, where there is any: what is simulated is the order of writes, not the disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


async def tell(template: Path, seed: int, operations: int, judge: Judge = broken_promises) -> Told:
    """Plays the history of a seed; if a promise is broken, the shortest story of it that is found in time."""
    moves = draw(seed, operations)
    told = await play(template, seed, moves, judge)
    return await shrink(template, seed, moves, told, judge) if told.broken else told


async def shrink(template: Path, seed: int, moves: Sequence[Move], told: Told, judge: Judge) -> Told:
    """Drops moves, in ever smaller runs, as long as something is still broken."""
    give_up, size = time.monotonic() + SHRINK_SECONDS, max(len(moves) // 2, 1)
    left = list(moves)
    while size >= 1 and time.monotonic() < give_up:
        at = 0
        while at < len(left) and time.monotonic() < give_up:
            fewer = left[:at] + left[at + size :]
            shorter = await play(template, seed, fewer, judge)
            if shorter.broken:
                left, told = fewer, shorter
            else:
                at += size
        size //= 2
    return told
