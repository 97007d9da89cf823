"""A running hub of many members and warnings, whose log was made up: all its pages have something to show."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import insert

from hub.actions.init_log import init_log
from hub.core.heard import Heard
from hub.core.regions import default_regions
from hub.store import deciding, heard, key_files
from hub.store.engine import Store
from protocol.house.store.people import insert_person
from protocol.house.store.people_tables import AuditRow
from tests.bench.hub_filling import CHUNK, fill
from tests.bench.hub_made_log import BEHIND, MadeLog
from tests.bench.hub_released import count_warnings, release_quarters
from tests.hub.ground import Clock, Ground, charter_of, config_of, officer_key, serving
from tests.hub.web.client import add_people

NOTED_OF: Final = 10
"""Of so many warnings there is one entry in the trail."""

SILENT: Final = 10
CANDIDATES: Final = 10
COLLEAGUES: Final = 30
DECISIONS: Final = 10


class Crowd(msgspec.Struct, frozen=True, kw_only=True):
    """The running hub, and what an address can name. `chains`, `series`: that police may read, too."""

    ground: Ground
    chains: tuple[str, str]
    series: str
    candidate: str
    member: int
    person: int
    release: int
    quarter: str


@asynccontextmanager
async def crowded_ground(database: str, folder: Path, warnings: int, members: int) -> AsyncIterator[Crowd]:
    """A hub with so many warnings and members that runs until the block ends. `database`: empty."""
    config, clock = config_of(database, folder), Clock()
    await asyncio.to_thread(init_log, config, charter_of(regions=default_regions()), officer_key(0), clock.now)
    store, made = Store(database), MadeLog(warnings, members)
    fill(store, key_files.load_epochs(config.epoch_dir), made.warnings(), warnings)
    async with serving(config, clock) as ground:
        withdrawn = ground.scene.statement("cancel", 1, supersedes=made.read_by_police[0])
        figures_key = key_files.figures_public_key(config.keys_dir)
        made.write_rest(store, ground.hub.epochs(), figures_key, ground.scene.sign(withdrawn, "genesis"))
        count_warnings(store, warnings)
        quarters = release_quarters(store, members)
        person = _add_people(ground, made)
        _write_trail(ground, made, person)
        store.close()
        asked = [await ground.ask_to_join(f"newcomer{number}") for number in range(CANDIDATES)]
        snapshot = ground.hub.view.refresh()
        assert snapshot.checkpoint is not None
        ground.hub.view.advance(made.state(snapshot.state), (snapshot.tree, []), snapshot.checkpoint)
        yield Crowd(
            ground=ground,
            chains=made.read_by_police,
            series=made.series_read_by_police,
            candidate=asked[0],
            member=min(BEHIND),
            person=person,
            release=len(quarters),
            quarter=quarters[-1],
        )


def _add_people(ground: Ground, made: MadeLog) -> int:
    """Those who work here, what they decided, and whose nodes were heard; the number of the last of them."""
    now, person = ground.clock(), 0
    add_people(ground)
    with ground.hub.store.begin() as session:
        for number in range(COLLEAGUES):
            person = insert_person(session, f"Colleague {number}", ["analyst"], now)
        heard.keep_heard(session, [Heard(number, now) for number in list(made.members)[SILENT:]])
        for number in range(1, 2 * DECISIONS, 2):
            alerts = sorted(chain for _, chain, _ in made.live[-number - 2 : -number])
            deciding.add_decision(
                session, secrets.randbits(40), relation="same_person", alerts=alerts, by=person, today=now.date()
            )
    return person


def _write_trail(ground: Ground, made: MadeLog, person: int) -> None:
    trail = [
        {
            "number": number,
            "at": ground.clock(),
            "person": person,
            "verb": "opened_alert",
            "subject": f"alert/{made.live[number % len(made.live)][1]}",
            "reason": None,
            "previous": "",
            "hash": "0" * 64,
        }
        for number in range(1, made.count // NOTED_OF + 2)
    ]
    for start in range(0, len(trail), CHUNK):
        with ground.hub.store.begin() as session:
            session.execute(insert(AuditRow), trail[start : start + CHUNK])
