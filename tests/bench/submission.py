"""Durable submission over HTTP: batches of 256 to one worker, and single statements from many clients."""

import asyncio
import statistics
import time
from pathlib import Path

import httpx
import msgspec

from hub.log_view import LogView
from hub.store.engine import Store
from protocol.vectors.scene import signing_key
from tests.bench.serving import Serving, begin, serving
from tests.hub.asker import Asker
from tests.hub.ground import HubScene, config_of

BATCH = 256
CLIENTS = 32


class Rates(msgspec.Struct, frozen=True):
    """Statements a second; and of single ones the median and the 99th percentile in milliseconds."""

    alerts: float
    alerts_by_four: float
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
    warm = batches_of(scene, "alert", 2)
    alerts, more, cancels = (batches_of(scene, kind, batches) for kind in ("alert", "alert", "cancel"))
    ones = [_one(scene) for _ in range(singles)]
    store.close()
    with serving(config_of(database, folder), folder) as hub:
        async with _client(hub) as client:
            asker = Asker(client, signing_key("genesis/online"), lambda: int(time.time()))
            await _send_all(asker, warm, 1)
            alone = await _send_all(asker, alerts, 1)
            four = await _send_all(asker, more, 4)
            bare = await _send_all(asker, cancels, 1)
            requests = [_request(asker, body) for body in ones]
        times: list[float] = []
        began = time.perf_counter()
        await asyncio.gather(*(_stream(hub, requests[number::CLIENTS], times) for number in range(CLIENTS)))
        rate = len(ones) / (time.perf_counter() - began)
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    return Rates(alone, four, bare, rate, 1e3 * statistics.median(times), 1e3 * p99)


def _client(hub: Serving) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    return httpx.AsyncClient(base_url=hub.url, timeout=60, limits=limits)


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
        assert head.startswith(b"HTTP/1.1 200") and b'"index"' in answer, answer[:300]
    writer.close()


async def _send_all(asker: Asker, bodies: list[bytes], senders: int) -> float:
    """Statements a second, over all of it."""
    began = time.perf_counter()
    await _spread(asker, bodies, senders)
    return len(bodies) * BATCH / (time.perf_counter() - began)


async def _spread(asker: Asker, bodies: list[bytes], senders: int) -> None:
    async def one(mine: list[bytes]) -> None:
        for body in mine:
            answer = await asker.post("/v1/statements", body)
            assert answer.status_code == 200 and b'"index"' in answer.content, answer.text[:300]
            assert b'"code"' not in answer.content, answer.text[:300]

    await asyncio.gather(*(one(bodies[number::senders]) for number in range(senders)))
