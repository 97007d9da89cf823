"""What one more statement costs as members grow to a thousand: in memory, as every hub and node holds it; on the wire;
and at a hub with so many nodes waiting.
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec

from hub.api.encoding import b64
from protocol import canonical
from protocol.envelope import ACK_TYPE, sign_envelope
from protocol.replay import Entry, apply, may_read, members_owing
from protocol.request import Ack
from protocol.vectors.named_keys import signing_key
from protocol.vectors.scene import Scene, three_projects
from tests.bench.serving import Serving, StillScene, begin, serving
from tests.hub.asker import Asker
from tests.hub.ground import config_of

ASKED = 100
TODAY = "2026-11-02"
FANNED = 5
"""Statements published to those who wait; the median is told."""


class WithMembers(msgspec.Struct, frozen=True):
    """What one more statement costs with so many members.

    Attributes:
        replay_us: to apply one alert. audience_us: to tell who of all members may read its body.
        overdue_us: to list who owes an Ack after its Cancel.
        state_bytes: the replay state's one serialisation.
        acks_bytes: what a node reads to know everybody's Acks.
        told_ms: from a statement's submission until the last of so many waiting nodes has its answer.
        cpu_ms: of the hub's processor for that. resident_bytes: of the hub while so many wait.
    """

    members: int
    replay_us: float
    audience_us: float
    overdue_us: float
    state_bytes: int
    acks_bytes: int
    told_ms: float
    cpu_ms: float
    resident_bytes: int


def measure(folder: Path, members: int) -> WithMembers:
    """A log with so many members in memory; and a hub of its own with so many who wait."""
    folder.mkdir()
    scene = three_projects()
    for number in range(4, members + 1):
        scene.admit(f"project{number}", number, endorsed_by={"genesis": 1, "bradford": 2})
    alert = scene.sign(scene.alert_statement(1), "genesis/sign0")
    replay_us = _microseconds(lambda: apply(scene.state, scene.state.size, Entry(alert)))
    identity = scene.append(alert)
    link = scene.state.links[identity]
    everybody = sorted(scene.state.members)
    audience_us = _microseconds(
        lambda: [one for one in everybody if may_read(scene.state, one, link, scene.state.size, TODAY)]
    )
    scene.cancel("genesis", 1, identity)
    acked = dict.fromkeys(everybody, scene.state.size - 1)
    overdue_us = _microseconds(lambda: members_owing(scene.state, acked))
    told_ms, cpu_ms, resident = asyncio.run(_fan_out(folder, members))
    return WithMembers(
        len(everybody),
        replay_us,
        audience_us,
        overdue_us,
        len(scene.state.serialise()),
        _acks_bytes(scene),
        told_ms,
        cpu_ms,
        resident,
    )


def _microseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ASKED):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1e6 * statistics.median(times)


def _acks_bytes(scene: Scene) -> int:
    """The answer to `GET /v1/acks` once every member has said one."""
    ack = canonical.encode(Ack(log=scene.log, origin=1, seen=scene.seen()))
    envelope = b64(sign_envelope(ack, ACK_TYPE, signing_key("genesis/online")))
    return len(msgspec.json.encode({"envelopes": [envelope] * len(scene.state.members)}))


async def _fan_out(folder: Path, waiting: int) -> tuple[float, float, int]:
    """So many connections wait as nodes do, all with one member's token: what they cost the hub is the same."""
    database = f"sqlite:///{folder / 'hub.db'}"
    await begin(database, folder)
    scene = StillScene(database)
    with serving(config_of(database, folder), folder) as hub:
        async with httpx.AsyncClient(base_url=hub.url, timeout=60) as client:
            asker = Asker(client, signing_key("genesis/online"), lambda: int(time.time()))
            token = await asker.token()
            nodes = [await _Waiter.connect(hub, token) for _ in range(waiting)]
            told, spent, resident, size = [], [], 0, scene.size
            for _ in range(FANNED):
                scene.alert("genesis", 1)
                for node in nodes:
                    node.ask(size)
                await asyncio.sleep(0.5 + waiting / 400)
                resident, cpu = max(resident, hub.resident_bytes), hub.cpu_seconds
                began = time.perf_counter()
                answers = asyncio.gather(*(node.answer() for node in nodes))
                sent = await asker.statements(*scene.take())
                assert sent.status_code == 200 and b'"index"' in sent.content, sent.text[:300]
                await answers
                told.append(1e3 * (time.perf_counter() - began))
                size += 1
                spent.append(1e3 * (hub.cpu_seconds - cpu))
            for node in nodes:
                node.close()
    return statistics.median(told), statistics.median(spent), resident


class _Waiter:
    """A connection on which a long-poll is sent, and its answer read."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        self._reader, self._writer, self._token = reader, writer, token

    @classmethod
    async def connect(cls, hub: Serving, token: str) -> "_Waiter":
        url = httpx.URL(hub.url)
        return cls(*await asyncio.open_connection(url.host, url.port), token)

    def ask(self, size: int) -> None:
        lines = (
            f"GET /v1/checkpoint?after={size}&wait=25 HTTP/1.1",
            "host: hub.example.org",
            f"authorization: Bearer {self._token}",
        )
        self._writer.write("\r\n".join([*lines, "", ""]).encode())

    async def answer(self) -> None:
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head[:200]
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await self._reader.readexactly(int(length.split(b":")[1]))

    def close(self) -> None:
        self._writer.close()
