"""What must hold after a hub died at any step of something durable (`hub_acts`, `hub_desk_acts`).

A scenario runs in a child process on a copy of a hub with a history. What it asks of the hub was written beforehand
(`Plan`), so that whoever had no answer can ask for exactly the same again.
"""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from hub.actions.init_log import init_log
from hub.api.hub import Hub
from hub.store import bodies, log, members
from hub.store.engine import HubTable, Store
from hub.store.schema import migrate
from protocol.at_rest import Sealed
from protocol.house.store.schema import HOUSE
from protocol.log import Tree, leaf_hash
from protocol.replay import State, replay
from tests.faults.dying import WHENS, When, die_at, durable_steps
from tests.faults.hub_acts import ASKED, Plan, build_history
from tests.faults.hub_desk_acts import DESK, DeskPlan, build_desk_history, require_accounted
from tests.faults.pictures import names_in, picture_of
from tests.faults.table import Row, words
from tests.hub.ground import NOON, Clock, charter_of, config_of, officer_key, serving
from tests.postgres import PostgresServer

ALL: Final = ASKED | DESK
"""Every scenario, by its name in the page."""


class Answers:
    """What the hub answered with success before it died, in a file: it survives the child."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def keep(self, asked: str, answer: Any) -> None:
        with self._file.open("a") as file:
            file.write(json.dumps([asked, answer]) + "\n")

    def all(self) -> list[tuple[str, Any]]:
        if not self._file.exists():
            return []
        return [(asked, answer) for asked, answer in map(json.loads, self._file.read_text().splitlines())]


def run(name: str, database: str, folder: Path, plan: Plan | DeskPlan) -> None:
    """One scenario on the hub in `folder`, to its end: what a child process does."""

    async def scenario() -> None:
        async with serving(config_of(database, folder), Clock()) as ground:
            Answers(folder / "answers").keep(name, await ALL[name](ground, plan))

    asyncio.run(scenario())


def run_init(database: str, folder: Path) -> None:
    """The ceremony, on an empty folder."""
    init_log(config_of(database, folder), charter_of(), officer_key(0), NOON)


def run_migrate(database: str) -> None:
    """An empty database gets its tables."""
    store = Store(database)
    migrate(store)
    store.close()


async def whatever_happened(
    name: str, database: str, folder: Path, plan: Plan | DeskPlan, original: dict[str, str]
) -> list[str]:
    """Starts the hub again, asks for the same again, and checks what must hold.

    Args:
        original: `picture` of the hub before the scenario.

    Returns:
        What had changed at that start, before anything was asked.

    Raises:
        AssertionError: a promise is broken.
    """
    before = dict(Answers(folder / "answers").all())
    async with serving(config_of(database, folder), Clock()) as ground:
        found = picture(ground.hub.store, folder)
        again = await ALL[name](ground, plan)
        if name in before:
            assert again == before[name], "what was acknowledged is another answer now (promise 7)"
        if isinstance(again, list):
            assert all("index" in result for result in again), again
        require_whole(ground.hub, lapsed=name == "erasing what lapsed")
        require_accounted(ground.hub)
        if name == "request to join":
            with ground.hub.store.read() as session:
                assert [one.digest for one in members.candidates(session)] == [again]
    return [name for name, was in original.items() if found[name] != was]


def picture(store: Store, folder: Path) -> dict[str, str]:
    """What is in each table and beside the database; whose turn it is apart."""
    with store.read() as session:
        found = picture_of(session, (*HubTable.metadata.sorted_tables, *HOUSE.sorted_tables), apart=("head.epoch",))
    found["guard file"] = (folder / "guard").read_text()
    found["epoch keys"] = names_in(folder / "epochs")
    found["releases"] = names_in(folder / "releases") if (folder / "releases").is_dir() else ""
    return found


def require_whole(hub: Hub, *, lapsed: bool = False) -> None:
    """The log, its checkpoint, the guard and the bodies say the same.

    Raises:
        AssertionError: they do not.
    """
    view = hub.view.refresh()
    with hub.store.read() as session:
        head, checkpoint = log.read_head(session), log.latest_checkpoint(session)
        entries = log.read_entries(session, 0, head.size)
        kept = set(bodies.all_digests(session))
        held = bodies.bodies_at(session, range(head.size))
    assert checkpoint is not None and not head.halted
    tree = Tree().extend(leaf_hash(entry) for entry in entries)
    assert (tree.size, tree.root) == (head.size, head.root) == (checkpoint.size, checkpoint.root)
    guard = json.loads(hub.config.guard_file.read_text())
    assert (guard["size"], guard["root"]) == (head.size, head.root.hex())
    state = replay(State(), entries)
    assert state.serialise() == view.state.serialise()
    assert len(state.statements) == state.size, "a statement stands twice, or a void one was written (promise 8)"
    live = {digest for digest, identity in state.bodies.items() if state.links[identity].gone is None}
    if lapsed:
        live = {digest for digest in live if state.links[state.bodies[digest]].kind == "admit"}
    assert kept == live, "bodies kept are not those that are live (promises 6, 7)"
    epochs = hub.epochs()
    assert {state.bodies[body.digest]: index for index, body in held.items()} == {
        identity: state.links[identity].index for digest, identity in state.bodies.items() if digest in kept
    }
    for body in held.values():
        opened = epochs.open(Sealed(body.content, body.wrapped_key, body.epoch), f"bodies/{body.digest}")
        assert len(opened) in (2048, 4096, 8192, 16384)


class History:
    """A hub with a history, not running; copied for each death.

    Attributes:
        plan: what is asked of it. original: its `picture`.
    """

    def __init__(self, folder: Path, server: PostgresServer | None, *, desk: bool) -> None:
        """Builds it, in SQLite, or on that server; `desk` for the scenarios of `DESK`."""
        self._folder, self._server = folder, server
        self._database = f"sqlite:///{folder / 'hub.db'}" if server is None else server.new_database()
        self.plan: Plan | DeskPlan
        if desk:
            self.plan = asyncio.run(build_desk_history(self._database, folder))
        else:
            self.plan = asyncio.run(build_history(self._database, folder))
        store = Store(self._database)
        self.original = picture(store, folder)
        store.close()
        self._copies = 0

    @contextmanager
    def copy(self, under: Path) -> Iterator[tuple[str, Path]]:
        """The database's URL and the folder of a copy."""
        self._copies += 1
        folder = under / f"copy{self._copies}"
        shutil.copytree(self._folder, folder)
        if self._server is None:
            yield f"sqlite:///{folder / 'hub.db'}", folder
        else:
            database = self._server.copy_database(self._database)
            yield database, folder
            self._server.drop(database)
        shutil.rmtree(folder)

    def walk(self, name: str, under: Path) -> list[Row]:
        """Dies before and after every durable step of a scenario; the rows of its table.

        Raises:
            AssertionError: a promise is broken: after which death, and how.
        """
        with self.copy(under) as (database, folder):  # first to its end, and all of it again: every answer was lost
            steps = durable_steps(lambda: run(name, database, folder, self.plan))
            asyncio.run(whatever_happened(name, database, folder, self.plan, self.original))
        first = 0 if name == "start" else 1  # every scenario begins with a start
        rows = []
        for number, step in enumerate(steps[first:], first):
            before, after = (words(self._dies(name, under, number, when)) for when in WHENS)
            rows.append(Row(step, before, after))
        return rows

    def _dies(self, name: str, under: Path, number: int, when: When) -> list[str]:
        with self.copy(under) as (database, folder):
            die_at(number, when, lambda: run(name, database, folder, self.plan))
            try:
                return asyncio.run(whatever_happened(name, database, folder, self.plan, self.original))
            except AssertionError as broken:
                raise AssertionError(f"{name}: died {when} step {number}: {broken}") from broken
