"""`make fuzz ARGS="--inputs 1000000 --seed 1"`: mutated inputs for every decoder, endpoint and page, on all cores."""

import argparse
import asyncio
import logging
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Final

from tests.fuzz.campaign import Broken, ask, feed, visit_hub, visit_new
from tests.fuzz.targets import build_targets

ENDPOINTS: Final = "endpoints"
PAGES: Final = "pages"
HUB_PAGES: Final = "pages of the hub"
SHARES: Final = {ENDPOINTS: 0.1, PAGES: 0.03, HUB_PAGES: 0.03}
"""A request takes longer than a decoder's input, and a page longer than an answer of the hub."""

SLOW: Final = frozenset(
    {
        "sheet xlsx",
        "sheet csv",
        "inside a sheet",
        "settings of a node",
        "settings of a hub",
        "charter file",
        "report file",
        "report file in JSON",
        "invitation",
        "copy of a log",
        "recovery copy",
        "member's copy",
        "guard file",
        "list of erasures",
    }
)
SLOW_SHARE: Final = 0.1
"""A workbook takes milliseconds to open, a file to write: they get a tenth of what a decoder gets."""


def share_out(inputs: int, names: list[str]) -> dict[str, int]:
    """How many inputs each target gets: `inputs` in all."""
    weights = {name: SLOW_SHARE if name in SLOW else 1.0 for name in names}
    decoders = sum(weights.values())
    weights |= {name: share * decoders for name, share in SHARES.items()}
    total = sum(weights.values())
    shared = {name: int(inputs * weight / total) for name, weight in weights.items()}
    shared[names[0]] += inputs - sum(shared.values())
    return shared


def work_off(name: str, seed: int, count: int) -> list[Broken]:
    """One target's share."""
    if name == ENDPOINTS:
        return asyncio.run(ask(seed, count))
    if name == PAGES:
        return asyncio.run(visit_new(seed, count))
    if name == HUB_PAGES:
        return asyncio.run(visit_hub(seed, count))
    target = next(target for target in build_targets() if target.name == name)
    logging.disable()  # what a decoder logs of one input it would log thousands of times
    try:
        return feed(target, seed, count)
    finally:
        logging.disable(logging.NOTSET)


def main() -> int:
    """Feeds all, and prints a line for each target."""
    arguments = argparse.ArgumentParser(prog="make fuzz")
    arguments.add_argument("--inputs", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", action="append", default=[], metavar="TARGET")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--keep", type=Path, default=Path(".fuzz"), help="folder for inputs that broke something")
    wanted = arguments.parse_args()
    names = [target.name for target in build_targets()]
    shares = share_out(wanted.inputs, names)
    chosen = wanted.only or [*names, *SHARES]
    began, broken = time.monotonic(), []
    with ProcessPoolExecutor(wanted.jobs) as pool:
        working = {pool.submit(work_off, name, wanted.seed, shares[name]): name for name in reversed(chosen)}
        for done in as_completed(working):
            found = done.result()
            broken += found
            name = working[done]
            print(
                f"{name}: {shares[name]} inputs, {len(found)} broke something, {time.monotonic() - began:.0f} s",
                flush=True,
            )
            for one in found:  # at once: a million takes half an hour, and may be broken off
                wanted.keep.mkdir(exist_ok=True)
                (wanted.keep / f"{one.target.replace(' ', '-')}-{one.number}").write_bytes(one.data)
                print(f"{one.target} {one.number}: {one.what}", flush=True)
    print(f"{sum(shares[name] for name in chosen)} inputs, {len(broken)} broke something")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
