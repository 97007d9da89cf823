"""What a hub costs as its log grows to a hundred thousand statements, and as its members grow to a thousand."""

import asyncio
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec

from hub.log_view import LogView
from hub.store.engine import Store
from protocol.replay import Entry, State, apply, members_owing, replay
from protocol.replay.gone import could_hold
from protocol.vectors.scene import Scene, signing_key, three_projects
from tests.bench.serving import begin, serving
from tests.bench.submission import BATCH, batches_of
from tests.hub.asker import Asker
from tests.hub.ground import HubScene, config_of

ASKED = 200
NEW_MEMBERS_REGION = "west-yorkshire"


class AtSize(msgspec.Struct, frozen=True):
    """A hub that holds so many statements: its memory in bytes, and seconds from its start to its first answer."""

    statements: int
    resident_bytes: int
    start_seconds: float


class WithMembers(msgspec.Struct, frozen=True):
    """What one more statement costs with so many members.

    Attributes:
        apply_us: to replay one alert. audience_us: to tell for whom its body is, of all members.
        owing_us: to list who owes an Ack. state_bytes: of the replay state.
    """

    members: int
    apply_us: float
    audience_us: float
    owing_us: float
    state_bytes: int


def measure_size(folder: Path, statements: int) -> AtSize:
    """Cancels, the smallest of statements: what they cost is the log itself."""
    folder.mkdir()
    return asyncio.run(_measure_size(folder, statements))


async def _measure_size(folder: Path, statements: int) -> AtSize:
    database = f"sqlite:///{folder / 'hub.db'}"
    await begin(database, folder)
    store = Store(database)
    view = LogView(store)
    view.refresh()
    scene = HubScene(view)
    bodies = batches_of(scene, "cancel", -(-statements // BATCH))
    store.close()
    config = config_of(database, folder)
    with serving(config, folder) as hub:
        async with httpx.AsyncClient(base_url=hub.url, timeout=60) as client:
            asker = Asker(client, signing_key("genesis/online"), lambda: int(time.time()))
            for body in bodies:
                answer = await asker.post("/v1/statements", body)
                assert answer.status_code == 200, answer.text[:300]
    with serving(config, folder) as hub:
        return AtSize(len(bodies) * BATCH, hub.resident_bytes, hub.started_in)


def measure_members(members: int) -> WithMembers:
    """In memory, as every hub and node holds it."""
    scene = three_projects()
    for number in range(4, members + 1):
        scene.admit(f"project{number}", number, region=NEW_MEMBERS_REGION)
    alert = Entry(scene.sign(scene.alert_statement(1), "genesis/sign0"))
    apply_us = _microseconds(lambda: apply(scene.state, scene.state.size, Entry(alert.data)))
    after, outcome = apply(scene.state, scene.state.size, alert)
    assert outcome.verdict == "valid" and outcome.identity is not None, outcome
    link = after.links[outcome.identity]
    audience_us = _microseconds(lambda: [could_hold(m, link, after.size) for m in after.members.values()])
    acked = dict.fromkeys(after.members, after.size)
    owing_us = _microseconds(lambda: members_owing(after, acked))
    return WithMembers(len(after.members), apply_us, audience_us, owing_us, _state_bytes(scene))


def _microseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ASKED):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1e6 * statistics.median(times)


def _state_bytes(scene: Scene) -> int:
    """What replaying it all leaves in memory."""
    entries = list(scene.entries)
    tracemalloc.start()
    state = replay(State(), entries)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert state.size == len(entries)
    return size
