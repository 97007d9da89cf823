"""Durable submission over HTTP: batches of 256 to one worker, and single statements from many clients."""

import asyncio
import statistics
import time
from pathlib import Path

import httpx
import msgspec

from hub.log_view import LogView
from hub.store.engine import Store
from protocol.vectors.named_keys import signing_key
from tests.bench.serving import Serving, begin, serving
from tests.hub.asker import Asker
from tests.hub.ground import HubScene, config_of

BATCH = 256
CLIENTS = 32
WARM = 8
"""Batches before anything is timed: the hub has started its examiner by then, and has compiled its SQL."""

FULL_HOUSE = 4
"""Batches that many senders bring, for each that one brings: some for each of them."""


class Rates(msgspec.Struct, frozen=True):
    """Statements a second; of alerts from one sender, four and `CLIENTS`. Of single ones also the median and the 99th
    percentile in milliseconds."""

    alerts: float
    alerts_by_four: float
    alerts_by_many: float
    cancels: float
    singles: float
    single_p50_ms: float
    single_p99_ms: float


def measure(database: str, folder: Path, batches: int, singles: int) -> Rates:
    """On a hub of its own."""
    return asyncio.run(_measure(database, folder, batches, singles))


async def _measure(database: str, folder: Path, batches: int, singles: int) -> Rates:
    await begin(database, folder)
    store = Store(database)
    view = LogView(store)
    view.refresh()
    scene = HubScene(view)
    warm = batches_of(scene, "alert", WARM)
    alerts, more, cancels = (batches_of(scene, kind, batches) for kind in ("alert", "alert", "cancel"))
    most = batches_of(scene, "alert", FULL_HOUSE * batches)
    ones = [_one(scene) for _ in range(singles)]
    store.close()
    with serving(config_of(database, folder), folder) as hub:
        async with httpx.AsyncClient() as client:  # only what signs: requests are sent as they were written
            asker = Asker(client, signing_key("genesis/online"), lambda: int(time.time()))
            await _send_all(hub, asker, warm, 4)
            alone, _ = await _send_all(hub, asker, alerts, 1)
            four, _ = await _send_all(hub, asker, more, 4)
            bare, _ = await _send_all(hub, asker, cancels, 1)
            rate, times = await _send_all(hub, asker, ones, CLIENTS)
            many, _ = await _send_all(hub, asker, most, CLIENTS)  # last: the log is three times as long then
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    return Rates(
        alone * BATCH, four * BATCH, many * BATCH, bare * BATCH, rate, 1e3 * statistics.median(times), 1e3 * p99
    )


def batches_of(scene: HubScene, kind: str, count: int) -> list[bytes]:
    made = []
    for number in range(count):
        for place in range(BATCH):
            if kind == "alert":
                scene.alert("genesis", 1)
            else:
                scene.cancel("genesis", 1, f"{number * BATCH + place:064x}")
        made.append(msgspec.json.encode({"statements": scene.take()}))
    return made


def _one(scene: HubScene) -> bytes:
    scene.alert("genesis", 1)
    return msgspec.json.encode({"statements": scene.take()})


def _request(asker: Asker, body: bytes) -> bytes:
    """A whole HTTP request, signed beforehand: the clients must not be what is measured."""
    path = "/v1/statements"
    headers = {"host": "hub.example.org", "content-length": str(len(body))} | asker.signed("POST", path, body)
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _stream(hub: Serving, requests: list[bytes], times: list[float]) -> None:
    """One client on a connection of its own."""
    url = httpx.URL(hub.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        answer = await reader.readexactly(int(length.split(b":")[1]))
        times.append(time.perf_counter() - began)
        assert head.startswith(b"HTTP/1.1 200") and b'"index"' in answer and b'"code"' not in answer, answer[:300]
    writer.close()


async def _send_all(hub: Serving, asker: Asker, bodies: list[bytes], senders: int) -> tuple[float, list[float]]:
    """Requests a second, over all of them, and how many seconds each took."""
    requests = [_request(asker, body) for body in bodies]
    times: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_stream(hub, requests[number::senders], times) for number in range(senders)))
    return len(bodies) / (time.perf_counter() - began), times
