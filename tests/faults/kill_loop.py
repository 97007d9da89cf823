"""`kill -9` of a serving hub, again and again, while three members send. By hand:

python -m tests.faults.kill_loop --kills 200 --database postgresql
"""

import argparse
import asyncio
import random
import tempfile
from pathlib import Path

import msgspec

from tests.faults.crash_child import build_stock
from tests.faults.forker import Forker, running_forker
from tests.faults.load import Load, require_kept
from tests.faults.server import Server
from tests.postgres import running_postgres

GENEROUS = {"statements_per_day": 10**6, "requests_per_minute": 10**6}
"""Limits of the charter that no test meets."""


class Survived(msgspec.Struct, frozen=True):
    """What the senders saw. `losses`: connections that broke; `refusals`: 503."""

    kills: int
    acknowledged: int
    answers: int
    losses: int
    refusals: int
    slowest_seconds: float


async def kill_loop(forker: Forker, database: str, folder: Path, kills: int, seed: int = 1) -> Survived:
    """Kills so many times, each at a moment that nobody chose; then looks at everything.

    Args:
        database: of a hub with three projects under `GENEROUS` limits; `folder` holds its keys.
    """
    chance = random.Random(seed)
    server = Server(forker, database, folder)
    server.start()
    try:
        load = Load(database, [server.url])
        async with load.running():
            for _ in range(kills):
                await load.more(chance.randint(1, 25))
                await asyncio.sleep(chance.random() * 0.02)  # no synchronisation: anywhere between two answers
                server.kill()
                server.start()
            await load.more(3)
        server.kill()
    finally:
        server.kill()
    kept = await require_kept(database, folder, load)
    return Survived(kills, kept, load.answers, load.losses, load.refusals, round(load.slowest_seconds, 2))


def main() -> None:
    """By hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, running_postgres() as postgres, running_forker() as forker:
        folder = Path(temporary)
        url = f"sqlite:///{folder / 'hub.db'}" if asked.database == "sqlite" else postgres.new_database()
        asyncio.run(build_stock(url, folder, **GENEROUS))
        print(f"seed {asked.seed}:", asyncio.run(kill_loop(forker, url, folder, asked.kills, asked.seed)))


if __name__ == "__main__":
    main()
