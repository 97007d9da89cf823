"""The hub's crash tables: every durable step of every scenario, with every fault. `python -m tests.faults.hub_table`
runs them all on both databases and writes `hub_steps.md`; the tests compare with it.
"""

import asyncio
import datetime as dt
import itertools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from hub.actions.init_log import init_log
from hub.core.errors import Misconfigured
from hub.store.engine import Store
from hub.store.schema import migrate, require_schema
from tests.faults.asks import has_effect, perform
from tests.faults.crash_child import CEREMONIES, Journal, build_stock, config_at, ticking, until_it_leads
from tests.faults.forker import Forker, running_forker
from tests.faults.scenarios import SCENARIOS
from tests.faults.soundness import require_erased, require_sound
from tests.faults.steps import FAULTS, Fault
from tests.hub.ground import Clock, charter_of, officer_key, serving
from tests.postgres import running_postgres

FILE: Final = Path(__file__).with_name("hub_steps.md")
NO_STEP: Final = 10**6
WARM_NIGHTS: Final = 4
"""Nights without a fault first: then each makes an epoch key, destroys one, and erases something."""

INTRODUCTION: Final = """# The hub's crash tables

Written by `python -m tests.faults.hub_table`, which runs every cell in a process of its own and checks after each that
the hub starts on what is on disk, that what was acknowledged is there under the same index, that nothing stands twice,
that every checkpoint ever signed has the root of the entries under it, that the guard file agrees, that live bodies
open and gone ones are gone (SQLite: from every byte on disk), and that whoever asks again gets the right answer. The
tests run part of the cells again and compare. Anything that fails stops the writing: there is no cell for it.

- **killed before**, **killed after**: SIGKILL just there (of a file that is being written half is lost). *kept*: when
  the hub starts again the thing asked for stands already; *not kept*: it does not, and asking again brings it about.
- **refused**: the step fails and nothing is kept (disk full, connection lost); **reply lost**: it was done, and the
  caller is told that it failed. The process goes on. *answered*: the one who asks notices nothing but time; *asked
  again*: it is told 503 `hub.busy` (on the command line: in one line), asks again, and is answered.
"""

CEREMONY_TITLES: Final = {
    "init": "The ceremony: keys, database, charter (`watchword-hub init`)",
    "migrate": "The tables of an empty database (`watchword-hub migrate`)",
}


class Row(msgspec.Struct):
    """One step, and what each fault there came to."""

    step: str
    outcomes: dict[str, str]


Wanted = Callable[[str, Fault], bool]


def everything(_step: str, _fault: Fault) -> bool:
    """Minutes."""
    return True


def some(step: str, fault: Fault) -> bool:
    """What `test_hub_crashes` does not do: a process that lives on, and a file of which half is lost."""
    return fault == "reply lost" or (fault == "killed before" and step.endswith(".new"))


def some_commits(step: str, fault: Fault) -> bool:
    """Files are the same whatever the database."""
    return "COMMIT" in step and some(step, fault)


class Run(msgspec.Struct, frozen=True):
    """What one process left behind: what it said, and how it ended."""

    said: list[list[Any]]
    status: int
    log: str

    @property
    def steps(self) -> list[str]:
        return [what[0] for kind, *what in self.said if kind == "step"]

    @property
    def fired(self) -> str | None:
        return next((what[0] for kind, *what in self.said if kind == "step" and what[1]), None)

    def of(self, kind: str) -> list[list[Any]]:
        return [what for said, *what in self.said if said == kind]


class Bench:
    """One hub on which a scenario is run again and again."""

    def __init__(self, forker: Forker, database: str, folder: Path, scenario: str) -> None:
        self.forker, self.database, self.folder, self.scenario = forker, database, folder, scenario
        self.config = config_at(folder, database)
        self._runs = 0

    def run(self, at: int, fault: Fault) -> Run:
        """A process of its own, until it ends or dies."""
        self._runs += 1
        journal, log = self.folder / f"journal{self._runs}", self.folder / "log"
        log.write_text("")
        journal.write_text("")
        pid = self.forker.start(
            "tests.faults.crash_child:crash_run",
            log,
            database=self.database,
            folder=str(self.folder),
            journal=str(journal),
            scenario=self.scenario,
            run=self._runs,
            at=at,
            fault=fault,
        )
        status = self.forker.wait(pid)
        return Run(Journal.read(journal), status, log.read_text())

    def table(self, wanted: Wanted) -> list[Row]:
        """Every step, and the faults there that are wanted."""
        for _ in range(WARM_NIGHTS if self.scenario == "house" else 0):
            self.check(self.run(NO_STEP, "refused"), "refused")
        clean = self.run(NO_STEP, "refused")
        assert clean.status == 0 and clean.fired is None, clean.log
        self.check(clean, "refused")
        rows = [Row(name, {}) for name in clean.steps]
        for fault in FAULTS:
            for at, row in enumerate(rows):
                if not wanted(row.step, fault):
                    continue
                ran = self.run(at, fault)
                where = f"{self.scenario}: {fault} at {row.step}"
                assert ran.fired == row.step, f"{where}: was at {ran.fired}\n{ran.log}"
                expected = -9 if fault.startswith("killed") else 0
                assert ran.status == expected, f"{where}: ended with {ran.status}\n{ran.log}"
                try:
                    row.outcomes[fault] = self.check(ran, fault)
                except Exception as error:
                    raise AssertionError(f"{where}: {error!r}\n{ran.log}") from error
        return rows

    def check(self, ran: Run, fault: Fault) -> str:
        """Starts the hub on what is on disk, asks everything again, looks at all of it."""
        return asyncio.run(self._check(ran, fault))

    async def _check(self, ran: Run, fault: Fault) -> str:
        clock = Clock()
        for (now,) in ran.of("clock"):
            clock.now = dt.datetime.fromisoformat(now)
        asks = ran.of("asks")[-1][0]
        answers = {said[0]: said[1] for said in ran.of("answer")}
        async with serving(self.config, clock) as ground, ticking(ground.hub):
            await until_it_leads(ground.hub)
            held = [await has_effect(ground, ask) for ask in asks]
            for number, ask in enumerate(asks):
                assert number not in answers or held[number] or ask["kind"] == "house", "acknowledged and not there"
                again = await perform(ground, ask)
                assert number not in answers or again == answers[number], (again, answers[number])
            await perform(ground, {"kind": "house"})
            require_sound(ground)
            if ground.hub.store.is_sqlite:
                for ask in asks:
                    require_erased(self.database, ask.get("erased", []))
        return _outcome(ran, fault, asks, held)


def _outcome(ran: Run, fault: Fault, asks: list[Any], held: list[bool]) -> str:
    if asks[0]["kind"] == "house":
        return "goes on" if fault.startswith("killed") else "done again" if ran.of("again") else "done"
    if not fault.startswith("killed"):
        return "asked again" if ran.of("again") else "answered"
    if len(held) == 1:
        return "kept" if held[0] else "not kept"
    return f"{sum(held)} of {len(held)} kept"


class CeremonyBench(Bench):
    """As `Bench`, for what begins with nothing: each run in an empty folder and database."""

    def __init__(self, forker: Forker, database: str, folder: Path, scenario: str) -> None:
        super().__init__(forker, database, folder, scenario)
        self._empty()

    def table(self, wanted: Wanted) -> list[Row]:
        clean = self.run(NO_STEP, "refused")
        assert clean.status == 0, clean.log
        rows = [Row(name, {}) for name in clean.steps]
        for fault in FAULTS:
            for at, row in enumerate(rows):
                if not wanted(row.step, fault):
                    continue
                self._empty()
                ran = self.run(at, fault)
                where = f"{self.scenario}: {fault} at {row.step}"
                assert ran.fired == row.step, f"{where}: was at {ran.fired}\n{ran.log}"
                assert (ran.status == -9) == fault.startswith("killed"), f"{where}: {ran.status}\n{ran.log}"
                row.outcomes[fault] = asyncio.run(self._begun(where))
        return rows

    async def _begun(self, where: str) -> str:
        """A hub that cannot be half begun: it serves what is whole, or says what is missing and is begun again."""
        if self.scenario == "migrate":
            return self._migrated()
        if await self._serves():
            with pytest.raises(Misconfigured, match="exists and is not overwritten"):
                init_log(self.config, charter_of(), officer_key(0), Clock().now)
            return "begun"
        self._empty()
        init_log(self.config, charter_of(), officer_key(0), Clock().now)
        assert await self._serves(), where
        return "refused until begun anew"

    async def _serves(self) -> bool:
        try:
            async with serving(self.config, Clock()) as ground:
                await until_it_leads(ground.hub)
                require_sound(ground)
                return True
        except Misconfigured:
            return False

    def _migrated(self) -> str:
        store = Store(self.config.database)
        try:
            try:
                require_schema(store)
                outcome = "all tables"
            except Misconfigured:
                outcome = "none"
            migrate(store)
            require_schema(store)
        finally:
            store.close()
        return outcome

    def _empty(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        if not self.database.startswith("sqlite"):
            store = Store(self.database)
            with store.change() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE")
                connection.exec_driver_sql("CREATE SCHEMA public")
            store.close()


def render(heading: str, rows: list[Row]) -> str:
    """One table, as it stands in the file."""
    lines = [heading, "", f"| step | {' | '.join(FAULTS)} |", "|---|" + "---|" * len(FAULTS)]
    lines += [f"| {row.step} | {' | '.join(row.outcomes[fault] for fault in FAULTS)} |" for row in rows]
    return "\n".join(lines) + "\n"


def heading(scenario: str, database: str) -> str:
    """Of its table."""
    title = CEREMONY_TITLES.get(scenario) or SCENARIOS[scenario].title
    return f"## {title}: {'SQLite' if database.startswith('sqlite') else 'PostgreSQL'}"


def crash_table(forker: Forker, database: str, folder: Path, scenario: str, wanted: Wanted = everything) -> list[Row]:
    """Runs one scenario's table on this hub."""
    bench = (CeremonyBench if scenario in CEREMONIES else Bench)(forker, database, folder, scenario)
    return bench.table(wanted)


def written_table(scenario: str, database: str) -> list[Row]:
    """The table as it stands in the file."""
    _, _, rest = FILE.read_text().partition(heading(scenario, database) + "\n")
    lines = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("| ")][1:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [Row(step, dict(zip(FAULTS, outcomes, strict=True))) for step, *outcomes in cells]


def main() -> None:
    """Writes the file."""
    parts = [INTRODUCTION]
    with running_forker() as forker, running_postgres() as postgres, tempfile.TemporaryDirectory() as temporary:
        for number, (scenario, kind) in enumerate(itertools.product((*CEREMONIES, *SCENARIOS), ("sqlite", "pg"))):
            folder = Path(temporary) / str(number)
            folder.mkdir()
            url = f"sqlite:///{folder / 'hub.db'}" if kind == "sqlite" else postgres.new_database()
            if scenario in SCENARIOS:
                asyncio.run(build_stock(url, folder))
            print(heading(scenario, url), flush=True)
            parts.append(render(heading(scenario, url), crash_table(forker, url, folder, scenario)))
    FILE.write_text("\n".join(parts))


if __name__ == "__main__":
    main()
