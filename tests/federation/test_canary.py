"""Promises 1 and 11: every private field of hundreds of reports carries a word of its own; none of them leaves."""

import base64
import contextlib
import dataclasses
import datetime as dt
import logging
import random
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from node.actions.warn_own import warn_own
from node.core.compose import Choices
from node.core.errors import NodeError, PrivateWords
from node.core.report import Facts, ReporterPart
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from tests.federation.canary import BEGINS, Canaries
from tests.federation.network import WRITER, Federation, Node, copied_federation

REPORTS = 240
TOWN = BEGINS.title() + "ville"
"""A town whose name is a canary: it is where she sleeps."""

SLIPS = ("name", "model", "town", "plate", "tail")
"""Where a private word may slip into what describes the person: each of these travels."""


@dataclasses.dataclass
class Counted:
    """What became of the reports: warnings that left, and those stopped for the slip in them."""

    left: int = 0
    stopped: Counter[str] = dataclasses.field(default_factory=Counter)


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


async def busy_weeks(fed: Federation, canaries: Canaries, seed: int) -> Counted:
    """Reports, warnings, updates, withdrawals, restarts and losses; what became of the warnings."""
    chance, counted = random.Random(seed), Counted()
    for node in fed.nodes.values():
        node.link.fault_rate = 0.1
    for number in range(REPORTS):
        node = chance.choice(list(fed.nodes.values()))
        slip = chance.choice((None, None, *SLIPS))
        report = a_report_full_of_canaries(node, canaries, chance, slip)
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
        except NodeError:
            pass
        own = Choices(region=node.config.region, town=town)
        with contextlib.suppress(NodeError):
            warn_own(node.cases, report_id=report, choices=own, by=WRITER, now=fed.clock())
        if number % 40 == 0:
            await fed.round()
            node.restart()
            fed.clock.forward(hours=9)
    for node in fed.nodes.values():
        node.link.fault_rate = 0.0
    await fed.settle()
    return counted


def every_byte_under(folder: Path) -> bytes:
    """All files of a folder, databases and write-ahead logs among them."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_no_private_word_of_any_report_is_found_outside_its_part(
    template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = Canaries(seed=5)
    async with copied_federation(template, tmp_path / "copy", 5) as fed:
        counted = await busy_weeks(fed, canaries, seed=5)
        assert counted.left > 15
        assert set(counted.stopped) == set(SLIPS)
        carried = [part for node in fed.nodes.values() for part in node.link.carried]
        entries = msgspec.json.encode([node.view.state.size for node in fed.nodes.values()])
        folder = tmp_path / "copy"
        places = {
            "the hub's files": every_byte_under(folder / "hub"),
            "requests and answers": b"\n".join(carried) + entries,
            "log lines": "\n".join(record.getMessage() for record in caplog.records).encode(),
        } | {f"{name}'s files": every_byte_under(folder / name) for name in fed.nodes}
    found = {place: canaries.found_in(blob) for place, blob in places.items()}
    assert {place: words for place, words in found.items() if words} == {}


def test_a_canary_is_found_in_every_encoding_in_use() -> None:
    canaries = Canaries(seed=1)
    word = canaries.word()
    for blob in (
        word.encode(),
        word.title().encode(),
        word.encode("utf-16-le"),
        word.encode().hex().encode(),
        *(base64.b64encode(b"x" * lead + word.encode() + b"tail") for lead in range(5)),
    ):
        assert canaries.found_in(b"before" + blob + b"after")
    assert canaries.found_in(b"nothing here") == set()
