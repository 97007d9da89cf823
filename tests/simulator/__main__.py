"""`make simulate ARGS="--histories 200 --seed 7"`: plays histories on all cores; a failing one is told in words."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.federation.network import federation
from tests.simulator.history import Told, tell


async def _make_template(folder: Path) -> None:
    async with federation(folder):
        pass


def _tell(template: Path, seed: int, operations: int) -> Told:
    return asyncio.run(tell(template, seed, operations))


def main() -> int:
    """Plays, and prints one line for each tenth of the way, and each broken promise with its story."""
    arguments = argparse.ArgumentParser(prog="make simulate")
    arguments.add_argument("--histories", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1, help="of the first history; the others count up from it")
    arguments.add_argument("--operations", type=int, default=300, help="in each history")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    wanted = arguments.parse_args()
    began, failed, done = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(wanted.jobs) as pool:
        template = Path(folder)
        asyncio.run(_make_template(template))
        seeds = range(wanted.seed, wanted.seed + wanted.histories)
        playing = {pool.submit(_tell, template, seed, wanted.operations): seed for seed in seeds}
        for one in as_completed(playing):
            told, done = one.result(), done + 1
            if told.broken:
                failed += 1
                print(f"\nseed {playing[one]}:", *told.story, "does not hold:", *told.broken, sep="\n  ", flush=True)
            if done % max(wanted.histories // 20, 1) == 0:
                print(
                    f"{done} of {wanted.histories} histories, {failed} failed, {time.monotonic() - began:.0f} s",
                    flush=True,
                )
    print(f"{done} histories, {done * wanted.operations} operations, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
