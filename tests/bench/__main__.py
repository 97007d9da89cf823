"""`make bench`: how fast the exchange is beside raw Ed25519 verification, on this machine, in this run.

A first set, in one process over ASGI; durable submission over sockets, catch-up at scale and peers have an issue of
their own. `--json` prints one object as the last line.
"""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nacl.signing import SigningKey

from protocol.replay import State, replay
from protocol.vectors.scene import three_projects
from tests.federation.network import Federation, federation

MESSAGES = 4_000
REPLAYED = 1_024
BATCH = 256
BATCHES = 2


def per_second(work: Callable[[], object], count: int) -> float:
    """`count` things a second by the wall clock."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def raw_verifications() -> float:
    """Ed25519 verifications a second of one core: the physical limit of everything here."""
    key, message = SigningKey(b"\x01" * 32), b"m" * 300
    signature = key.sign(message).signature

    def work() -> None:
        for _ in range(MESSAGES):
            key.verify_key.verify(message, signature)

    return per_second(work, MESSAGES)


def replayed() -> float:
    """Entries a second that a new reader verifies and obeys."""
    scene = three_projects()
    entries = [*scene.entries]
    entries += [scene.sign(scene.alert_statement(1), "genesis/sign0") for _ in range(REPLAYED)]
    return per_second(lambda: replay(State(), entries), len(entries))


async def exchanged() -> dict[str, float]:
    """Statements a second: taken by the hub in batches, then followed by a node that was away."""
    with tempfile.TemporaryDirectory() as folder:
        async with federation(Path(folder)) as fed:
            fed.merseyside.link.cut = True
            envelopes = _signed_cancels(fed, BATCH * BATCHES)
            began = time.perf_counter()
            for start in range(0, len(envelopes), BATCH):
                await fed.genesis.desk.client.submit([(one, None) for one in envelopes[start : start + BATCH]])
            submitted = len(envelopes) / (time.perf_counter() - began)
            fed.merseyside.link.cut = False
            began = time.perf_counter()
            report = await fed.merseyside.sync()
            return {"submitted": submitted, "caught_up": report.added / (time.perf_counter() - began)}


def _signed_cancels(fed: Federation, count: int) -> list[bytes]:
    """Statements without bodies, so that what is timed is the log."""
    node, envelopes = fed.genesis, []
    seen = node.view.seen()
    for number in range(count):
        statement = node.statement("cancel", seen=seen, nonce=f"{number:032x}", supersedes=f"{number:064x}")
        envelopes.append(node.keyring.sign_statement(statement))
    return envelopes


def measure() -> dict[str, float | str]:
    """All figures; those that end in `_over_raw` are what to compare between machines."""
    raw = raw_verifications()
    found = {"replayed": replayed(), **asyncio.run(exchanged())}
    figures: dict[str, float | str] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "durability": "SQLite, WAL, synchronous=FULL",
        "raw_verifications_per_second": round(raw),
    }
    for name, value in found.items():
        figures[f"{name}_per_second"] = round(value)
        figures[f"{name}_over_raw"] = round(value / raw, 3)
    return figures


def main() -> int:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(prog="make bench")
    arguments.add_argument("--json", action="store_true", help="print one object as the last line")
    wanted = arguments.parse_args()
    figures = measure()
    for name, value in figures.items():
        print(f"{name:32} {value}")
    if wanted.json:
        print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
