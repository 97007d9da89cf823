"""One run of a scenario in a process of its own, with a fault at one of its durable steps."""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from hub.actions.init_log import init_log
from hub.api.hub import Hub
from hub.config import HubConfig
from hub.core.errors import Busy
from hub.store.engine import Store
from hub.store.schema import migrate
from tests.faults.asks import Ask, NotNow, perform
from tests.faults.scenarios import SCENARIOS
from tests.faults.steps import Fault, Steps
from tests.hub.ground import Clock, Ground, charter_of, officer_key, running_ground, serving

PATIENCE_SECONDS = 30.0
TICK_SECONDS = 0.05


class Journal:
    """What a process said before it died, a line each."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1)

    def say(self, kind: str, *what: Any) -> None:
        """Written before this returns: a killed process loses nothing that it wrote."""
        self._file.write(json.dumps([kind, *what]) + "\n")

    @staticmethod
    def read(path: Path) -> list[list[Any]]:
        """All that was said."""
        return [json.loads(line) for line in path.read_text().splitlines()]


def config_at(folder: Path, database: str) -> HubConfig:
    """The hub of this folder; its `epoch_days` at their least."""
    return HubConfig(
        database=database,
        keys_dir=folder / "keys",
        epoch_dir=folder / "epochs",
        guard_file=folder / "guard",
        public_url="https://hub.example.org",
        epoch_days=2,
    )


def crash_run(database: str, folder: str, journal: str, scenario: str, run: int, at: int, fault: Fault) -> None:
    """Prepares, lets the fault happen at step `at`, asks until answered. At the end no fault was left: a clean run."""
    said = Journal(Path(journal))
    steps = Steps("hub", at, fault, lambda name, here: said.say("step", name, here))
    if scenario in CEREMONIES:
        CEREMONIES[scenario](steps, config_at(Path(folder), database))
    else:
        asyncio.run(_life(steps, said, config_at(Path(folder), database), scenario, run))
    said.say("end")


async def _life(steps: Steps, said: Journal, config: HubConfig, name: str, run: int) -> None:
    scenario, clock = SCENARIOS[name], Clock()
    if scenario.at_start:
        async with serving(config, clock) as ground:
            await until_it_leads(ground.hub)
            ground.scene._made = run * 1_000
            asks = await scenario.prepare(ground, run)
        said.say("asks", asks)
        steps.armed = True
        await _until_it_starts(config, clock, said)
        steps.armed = False
    async with serving(config, clock) as ground:
        await until_it_leads(ground.hub)
        if not scenario.at_start:
            if scenario.daily:
                ground.forward(days=run)
            ground.scene._made = run * 1_000
            asks = await scenario.prepare(ground, run)
            said.say("clock", clock.now.isoformat())
            said.say("asks", asks)
            steps.armed = True
        async with ticking(ground.hub):
            for number, ask in enumerate(asks):
                said.say("answer", number, await ask_until_answered(ground, ask, said))
        steps.armed = False


async def _until_it_starts(config: HubConfig, clock: Clock, said: Journal) -> None:
    """Whoever watches over the hub starts it again."""
    for _ in range(3):
        try:
            async with serving(config, clock):
                return
        except (Busy, OSError) as error:
            said.say("again")
            print(type(error), error)
    raise AssertionError("the hub does not start")


async def until_it_leads(hub: Hub) -> None:
    """PostgreSQL notices within moments that the last leader was killed."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not hub.ordering.leads:
            await asyncio.to_thread(hub.ordering.tick)


@contextlib.asynccontextmanager
async def ticking(hub: Hub) -> AsyncIterator[None]:
    """Takes the turn again whenever it was lost, as the worker does."""

    async def tick() -> None:
        while True:
            if not hub.ordering.leads:
                with contextlib.suppress(Busy, OSError):
                    await asyncio.to_thread(hub.ordering.tick)
            await asyncio.sleep(TICK_SECONDS)

    task = asyncio.create_task(tick())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def ask_until_answered(ground: Ground, ask: Ask, said: Journal) -> Any:
    """Asks again while the hub says "not now"; anything else that it says is a fault of its own."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                return await perform(ground, ask)
            except (NotNow, Busy):
                said.say("again")
            except OSError:
                if ask["kind"] != "house":
                    raise
                said.say("again")
            await asyncio.sleep(TICK_SECONDS)


def _init(steps: Steps, config: HubConfig) -> None:
    steps.armed = True
    init_log(config, charter_of(), officer_key(0), Clock().now)


def _migrate(steps: Steps, config: HubConfig) -> None:
    steps.armed = True
    store = Store(config.database)
    migrate(store)
    store.close()


CEREMONIES = {"init": _init, "migrate": _migrate}
"""What has no hub yet that could be asked."""


async def build_stock(database: str, folder: Path, **charter: int) -> None:
    """A hub with three projects, not running."""
    async with running_ground(database, folder, **charter) as ground:
        await ground.three_projects()


def warm_up() -> None:
    """A hub of no further use: whoever is forked from here finds every statement compiled."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(build_stock(f"sqlite:///{folder}/hub.db", Path(folder)))
