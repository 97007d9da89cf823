"""What a hub is after a hundred thousand statements: its memory, and how long it takes to start."""

import asyncio
import time
from pathlib import Path

import httpx
import msgspec

from protocol.vectors.named_keys import signing_key
from tests.bench.serving import StillScene, begin, serving
from tests.hub.asker import Asker
from tests.hub.ground import config_of

PAIRS = 128
"""Alerts in one batch, and Cancels of those of the batch before: as in life, few are in force at once."""


class Grown(msgspec.Struct, frozen=True):
    """A hub that holds so many statements, just started again.

    Attributes:
        empty_bytes, empty_start_seconds: of the same hub with a dozen statements.
        start_seconds: from the start of its process until it answers: all replayed, all signatures verified.
    """

    statements: int
    empty_bytes: int
    empty_start_seconds: float
    resident_bytes: int
    start_seconds: float
    database_bytes: int


def measure(folder: Path, statements: int) -> Grown:
    """On a hub of its own, with SQLite."""
    folder.mkdir()
    return asyncio.run(_measure(folder, statements))


async def _measure(folder: Path, statements: int) -> Grown:
    database = f"sqlite:///{folder / 'hub.db'}"
    await begin(database, folder)
    config = config_of(database, folder)
    scene = StillScene(database)
    with serving(config, folder) as hub:
        empty, empty_start = hub.resident_bytes, hub.started_in
        async with httpx.AsyncClient(base_url=hub.url, timeout=60) as client:
            asker = Asker(client, signing_key("genesis/online"), lambda: int(time.time()))
            await _fill(asker, scene, statements)
    with serving(config, folder) as hub:
        size = (folder / "hub.db").stat().st_size
        return Grown(StillScene(database).size, empty, empty_start, hub.resident_bytes, hub.started_in, size)


async def _fill(asker: Asker, scene: StillScene, statements: int) -> None:
    live: list[str] = []
    for _ in range(1 + -(-statements // (2 * PAIRS))):
        for identity in live:
            scene.cancel("genesis", 1, identity)
        live = [scene.alert("genesis", 1) for _ in range(PAIRS)]
        answer = await asker.statements(*scene.take())
        scene.bodies.clear()
        assert answer.status_code == 200 and b'"code"' not in answer.content, answer.text[:300]
