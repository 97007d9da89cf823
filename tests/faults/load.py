"""Senders that go on whatever happens, and remember what they were told: each asks again until it is answered."""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from hub.log_view import LogView
from hub.store import log
from hub.store.engine import Store
from protocol.envelope import decode_envelope
from protocol.statement_fields import Seen
from protocol.vectors.named_keys import signing_key
from tests.faults.asks import decoded
from tests.faults.crash_child import config_at, ticking
from tests.faults.soundness import require_sound
from tests.hub.asker import Asker
from tests.hub.ground import Clock, Ground, HubScene, serving

PATIENCE_SECONDS = 60.0
MEMBERS = {"genesis": 1, "bradford": 2, "merseyside": 3}


class LoadScene(HubScene):
    """Statements with the checkpoint that was seen at the beginning: the hub need not be there to make one."""

    def __init__(self, view: LogView, first: int) -> None:
        super().__init__(view)
        self._made = first
        self._seen = super().seen()
        self.day = dt.datetime.now(dt.UTC).date()

    def seen(self) -> Seen:
        return self._seen


class Load:
    """Several senders at once. `acknowledged`: index → the envelope that was answered with it."""

    def __init__(self, database: str, urls: Sequence[str], *, timeout_seconds: float = 10.0) -> None:
        self.urls = list(urls)
        self.acknowledged: dict[int, bytes] = {}
        self.answers = self.refusals = self.losses = 0
        self.slowest_seconds = 0.0
        self.last_answer_at = time.monotonic()
        self._timeout_seconds = timeout_seconds
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        store = Store(database)
        self._view = LogView(store)
        self._scenes = {name: LoadScene(self._view, n * 10**6 + 5 * 10**5) for name, n in MEMBERS.items()}
        store.close()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Load"]:
        """Sends until the block ends; what is under way then is asked until it is answered."""
        async with contextlib.AsyncExitStack() as stack:
            clients = [await stack.enter_async_context(self._client(url)) for url in self.urls]
            tasks = self._tasks = [asyncio.create_task(self._send(clients, name)) for name in MEMBERS]
            try:
                yield self
                self._stopping = True
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await asyncio.gather(*tasks)
            finally:
                for task in tasks:
                    task.cancel()
                results = await asyncio.gather(*tasks, return_exceptions=True)
            for result in results:
                if isinstance(result, Exception):
                    raise result

    def _client(self, url: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=url, timeout=self._timeout_seconds, trust_env=False)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until it holds."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():
                for task in self._tasks:
                    if task.done() and not self._stopping:
                        task.result()  # a sender was told something that it must not be told
                await asyncio.sleep(0.005)

    async def more(self, answers: int) -> None:
        """Waits for so many more answers."""
        goal = self.answers + answers
        await self.until(lambda: self.answers >= goal)

    async def _send(self, clients: list[httpx.AsyncClient], name: str) -> None:
        scene, member, turn = self._scenes[name], MEMBERS[name], 0
        while not self._stopping:
            turn += 1
            alerts = [scene.alert(name, member) for _ in range(1 + turn % 3)]
            if turn % 4 == 0:
                scene.cancel(name, member, alerts[0])
            await self._until_answered(clients, name, scene.take())

    async def _until_answered(self, clients: list[httpx.AsyncClient], name: str, items: list[dict[str, str]]) -> None:
        asked_at, tries = time.monotonic(), 0
        while True:
            client = clients[tries % len(clients)]
            asker = Asker(client, signing_key(f"{name}/online"), lambda: int(time.time()))
            tries += 1
            try:
                answer = await asker.statements(*items)
            except httpx.TransportError:
                self.losses += 1
                await asyncio.sleep(0.02)
                continue
            if answer.status_code == 503:
                self._require_plain(answer)
                self.refusals += 1
                await asyncio.sleep(0.02)
                continue
            assert answer.status_code == 200, answer.text
            self._remember(items, answer.json()["results"])
            self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - asked_at)
            return

    def _require_plain(self, answer: httpx.Response) -> None:
        assert answer.json()["code"] == "hub.busy" and int(answer.headers["retry-after"]) > 0, answer.text

    def _remember(self, items: list[dict[str, str]], results: list[dict[str, Any]]) -> None:
        for item, result in zip(items, results, strict=True):
            envelope = decoded(item)
            assert result["identity"] == decode_envelope(envelope).identity
            assert self.acknowledged.setdefault(result["index"], envelope) == envelope, "one index for two statements"
        self.answers += 1
        self.last_answer_at = time.monotonic()


async def require_kept(database: str, folder: Path, load: Load) -> int:
    """A hub that starts on what is on disk is sound and holds all that was acknowledged; how much that is."""
    clock = Clock()
    clock.now = dt.datetime.now(dt.UTC)
    async with serving(config_at(folder, database), clock) as ground, ticking(ground.hub):
        require_sound(ground)
        require_acknowledged(ground, load)
    return len(load.acknowledged)


def require_acknowledged(ground: Ground, load: Load) -> None:
    """The same bytes under the same index."""
    with ground.hub.store.read() as session:
        entries = log.read_entries(session, 0, log.read_head(session).size)
    for index, envelope in load.acknowledged.items():
        assert entries[index] == envelope, f"entry {index} was acknowledged and is not there"
