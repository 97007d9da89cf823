"""Weeks of a federation whose every private field holds a canary: `python -m tests.federation.canary_weeks`."""

import argparse
import asyncio
import contextlib
import dataclasses
import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from node.actions.warn_own import warn_own
from node.core.compose import Choices
from node.core.errors import PrivateWords
from node.core.report import Facts, ReporterPart
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from protocol.house.core.errors import HouseError
from tests.federation.canary import BEGINS, Canaries
from tests.federation.network import Federation, federation
from tests.federation.project import WRITER, Node
from tests.simulator.fuse import Died, Fuse

TOWN = BEGINS.title() + "ville"
"""A town whose name is a canary: it is where she sleeps."""

SLIPS = ("name", "model", "town", "plate", "tail")
"""Where a private word may slip into what describes the person: each of these travels."""


@dataclasses.dataclass
class Counted:
    """What became of the reports: warnings that left, and those stopped for the slip in them."""

    left: int = 0
    stopped: Counter[str] = dataclasses.field(default_factory=Counter)
    mishaps: int = 0


def a_report_full_of_canaries(node: Node, canaries: Canaries, chance: random.Random, slip: str | None) -> int:
    """A report each private field of which holds a canary; what describes the person is plain, but for the slip.

    With one, a word, plate or number that is private stands also in a field that travels.
    """
    phone = f"07700900{chance.randrange(1000):03d}"
    name = canaries.word()
    scheme = SchemeData(
        incident_types=(chance.choice(("robbery", "rape", "harassment_stalking")),),
        date_min=dt.date(2026, 10, 3),
        date_max=dt.date(2026, 10, 9),
        area=canaries.word().title(),
        persons=(
            PersonData(
                age_min=30, age_max=40, sex="man", skin="ic1", names_used=(name.title() if slip == "name" else "Gaz",)
            ),
        ),
        vehicles=(VehicleData(make="ford", model=name.title() if slip == "model" else "Fiesta", plates=("YK58ABQ",)),),
        identifiers=(
            IdentifierData(kind="phone", canonical=f"+44{phone[1:]}"),
            IdentifierData(kind="handle", canonical=canaries.word()),
            IdentifierData(kind="e_mail", canonical=f"{canaries.word()}@example.org"),
        ),
    )
    young = chance.random() < 0.2
    facts = (
        Facts(age_at_event="under_18", age_now="under_18") if young else Facts(age_at_event="adult", age_now="adult")
    )
    answers = ("no", "not_asked") if young else ("yes", "no", "not_asked")
    return node.report(
        scheme=scheme,
        facts=facts,
        answers={"record": "yes", "warn_others": chance.choice(answers), "warn_own": chance.choice(answers)},
        account=f"She said {canaries.word()} and {canaries.word()}.",
        support_notes=f"ISVA {canaries.word()}",
        reporter=ReporterPart(
            names=(f"{name} {canaries.word()}", canaries.word().title()),
            numbers=(canaries.word(), f"0 {phone[1:5]} - {phone[5:8]} - {phone[8:]}" if slip == "tail" else "none"),
            addresses=(f"9 {canaries.word()} Road",),
            contact_rules=f"never after ten, {canaries.word()}",
        ),
        private_words=(canaries.word(), f"{TOWN} is where she sleeps", *(("her car is yk58 abq",) * (slip == "plate"))),
    )


class Weeks:
    """Reports, warnings, withdrawals, crashes, restores and losses; and a look at everything that crossed a link."""

    def __init__(self, fed: Federation, fuse: Fuse, seed: int) -> None:
        self._fed, self._fuse = fed, fuse
        self._chance, self._canaries = random.Random(seed), Canaries(seed)
        self.counted = Counted()
        self.found: dict[str, set[bytes]] = {}

    async def pass_by(self, reports: int) -> None:
        """Works through so many reports, and looks everywhere at the end."""
        for node in self._fed.nodes.values():
            node.link.fault_rate = 0.1
        for number in range(reports):
            self._one(self._chance.choice(list(self._fed.nodes.values())))
            if number % 40 == 0:
                await self._mishap(number // 40)
                await self._fed.round()
                self._fed.clock.forward(hours=9)
                self._look_at_links()
        for node in self._fed.nodes.values():
            node.link.fault_rate = 0.0
        await self._fed.settle()
        self._look_at_links()
        self._look_at_files()

    def _one(self, node: Node) -> None:
        chance, counted = self._chance, self.counted
        slip = chance.choice((None, None, *SLIPS))
        report = a_report_full_of_canaries(node, self._canaries, chance, slip)
        town = TOWN if slip == "town" else None
        try:
            release = node.draft(report, town=town)
            node.release(release)
            assert slip is None, f"a warning left with a private {slip}"
            counted.left += 1
            if chance.random() < 0.3:
                node.withdraw(release)
        except PrivateWords:
            assert slip is not None, "nothing private stood in this warning"
            counted.stopped[slip] += 1
        except HouseError:
            pass
        own = Choices(region=node.config.region, town=town)
        with contextlib.suppress(HouseError):
            warn_own(node.cases, report_id=report, choices=own, by=WRITER, now=self._fed.clock())

    async def _mishap(self, number: int) -> None:
        """In turn: a node is killed, dies within a round, is restored from a backup made just before."""
        node = self._chance.choice(list(self._fed.nodes.values()))
        if number % 3 == 0:
            node.restart()
        elif number % 3 == 1:
            self._fuse.light(node.folder, self._chance.randrange(6), after=self._chance.random() < 0.5)
            with contextlib.suppress(Died):
                await node.publish()
                await node.sync()
            self._fuse.put_out()
            node.restart()
        else:
            node.store.checkpoint_wal()
            copy = self._fed.folder / "backup.db"
            shutil.copy(node.config.database, copy)
            self._one(node)
            node.restore(copy)
            copy.unlink()
        self.counted.mishaps += 1

    def _look_at_links(self) -> None:
        for node in self._fed.nodes.values():
            self._look(f"{node.name}'s requests and answers", b"\n".join(node.link.carried))
            node.link.carried.clear()

    def _look_at_files(self) -> None:
        for name in ("hub", "hub-epochs", *self._fed.nodes):
            self._look(f"files of {name}", every_byte_under(self._fed.folder / name))

    def _look(self, place: str, blob: bytes) -> None:
        found = self._canaries.found_in(blob)
        if found:
            self.found[place] = found


def every_byte_under(folder: Path) -> bytes:
    """All files of a folder, databases and write-ahead logs among them."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def _main(reports: int, seed: int) -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Fuse().installed() as fuse:
        async with federation(Path(folder), seed) as fed:
            weeks = Weeks(fed, fuse, seed)
            await weeks.pass_by(reports)
    counted = weeks.counted
    print(
        f"{reports} reports, {counted.left} warnings left, {sum(counted.stopped.values())} stopped for a private word,"
    )
    print(
        f"{counted.mishaps} crashes and restores, {len(weeks.found)} places with a canary,"
        f" {time.monotonic() - began:.0f} s"
    )
    for place, words in weeks.found.items():
        print(place, words)
    return 1 if weeks.found else 0


def main() -> int:
    """Runs as many reports as are asked for."""
    arguments = argparse.ArgumentParser(prog="make canary")
    arguments.add_argument("--reports", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    wanted = arguments.parse_args()
    return asyncio.run(_main(wanted.reports, wanted.seed))


if __name__ == "__main__":
    sys.exit(main())
