"""What a node does that is durable, each as one scenario; and what must hold after it died at any step of one.

A hub and three nodes in one process (`tests/federation/network.py`), on disk; the process dies at a durable step of
Genesis's. Then all start again, a person does the same again, and the exchange settles.
"""

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec

from node.actions.case_desk import voice_of
from node.actions.change_permission import change_permission
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report
from node.actions.import_sheet import import_sheet
from node.actions.release_danger_now import release_danger_now
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_release import show_release
from node.core.release import Release
from node.exchange.membership import rotate_keys, rotate_seal
from node.store.permissions import Given
from node.store.releases import list_releases
from protocol.house.core.audit import AuditHead
from protocol.house.core.errors import HouseError
from protocol.house.store.audit import verify_audit
from tests.builders import some_scheme_data
from tests.faults.dying import WHENS, When, die_at, durable_steps
from tests.faults.pictures import names_in, picture_of
from tests.faults.table import Row, words
from tests.federation.network import RELEASER, WRITER, Federation, federation
from tests.federation.settled import Warned, broken_promises
from tests.node.tables import tables

SHEETS: Final = Path(__file__).parents[2] / "deploy" / "demo"


class Plan(msgspec.Struct, frozen=True):
    """Genesis's records when a scenario begins.

    Attributes:
        now: of everybody's clock.
        out, other: releases in force everywhere. draft: shown to nobody yet. unsent: approved, and in the outbox.
        report: nothing was made of it yet. out_report: that of `out`.
        taken_back, new: Bradford's warnings. Genesis holds the first, which was cancelled since, and not the second.
    """

    now: dt.datetime
    out: int
    out_report: int
    other: int
    draft: int
    unsent: int
    report: int
    taken_back: str
    new: str


async def build_history(folder: Path) -> Plan:
    """Three projects with warnings in every state; closed again."""
    async with federation(folder, 1) as fed:
        genesis, bradford = fed.genesis, fed.bradford
        out_report = genesis.report()
        out = genesis.draft(out_report)
        genesis.release(out)
        other = genesis.draft(genesis.report())
        genesis.release(other)
        theirs = bradford.draft(bradford.report())
        taken_back = bradford.release(theirs)
        await fed.settle()
        bradford.withdraw(theirs)
        new = bradford.warn(bradford.report())
        await bradford.publish()
        draft = genesis.draft(genesis.report())
        unsent = genesis.draft(genesis.report())
        genesis.release(unsent)
        day = fed.clock().date()
        report = genesis.report(scheme=some_scheme_data(incident_types=("rape",), date_min=day, date_max=day))
        return Plan(fed.clock(), out, out_report, other, draft, unsent, report, taken_back, new)


Act = Callable[[Federation, Plan], Awaitable[None]]


async def _take_report(fed: Federation, plan: Plan) -> None:
    fed.genesis.report()


async def _draft_and_release(fed: Federation, plan: Plan) -> None:
    fed.genesis.release(plan.draft)
    await fed.genesis.publish()


async def _publish(fed: Federation, plan: Plan) -> None:
    await fed.genesis.publish()


async def _update(fed: Federation, plan: Plan) -> None:
    fed.genesis.release(fed.genesis.draft_update(plan.out, severity="extreme"))
    await fed.genesis.publish()


async def _pause(fed: Federation, plan: Plan) -> None:
    fed.genesis.pause(plan.out)
    await fed.genesis.publish()


async def _withdraw(fed: Federation, plan: Plan) -> None:
    fed.genesis.withdraw(plan.out)
    await fed.genesis.publish()


async def _stop_sharing(fed: Federation, plan: Plan) -> None:
    node = fed.genesis
    given = Given(witness=WRITER)
    change_permission(node.cases, None, report_id=plan.out_report, given=given, by=WRITER, now=fed.clock())
    await node.publish()


async def _erase(fed: Federation, plan: Plan) -> None:
    now, reason = fed.clock(), "asked_by_person_harmed"
    erase_report(fed.genesis.cases, None, report_id=plan.out_report, reason=reason, by=RELEASER, now=now)
    await fed.genesis.publish()


async def _hold(fed: Federation, plan: Plan) -> None:
    cases, now = fed.genesis.cases, fed.clock()
    hold_report(
        cases,
        report_id=plan.report,
        ground="court_proceedings",
        reference="a reference",
        by=RELEASER,
        second=WRITER,
        now=now,
    )


async def _sync(fed: Federation, plan: Plan) -> None:
    await fed.genesis.sync()


async def _rewrap(fed: Federation, plan: Plan) -> None:
    cases, now = fed.genesis.cases, fed.clock()
    rewrap_keys(cases, now=now, at_once=True)
    rewrap_keys(cases, now=now + dt.timedelta(days=8))


async def _rotate_seal(fed: Federation, plan: Plan) -> None:
    node = fed.genesis
    rotate_seal(node.desk)
    await node.publish()
    await node.sync()


async def _rotate(fed: Federation, plan: Plan) -> None:
    node = fed.genesis
    rotate_keys(node.desk, ("sign", "online"), by=RELEASER, now=fed.clock())
    await node.publish()
    await node.sync()


async def _import_sheet(fed: Federation, plan: Plan) -> None:
    sheet, mapping = SHEETS / "genesis.csv", SHEETS / "genesis.mapping.toml"
    import_sheet(fed.genesis.cases, path=sheet, mapping_path=mapping, by=RELEASER, now=fed.clock())


async def _danger_now(fed: Federation, plan: Plan) -> None:
    node, now = fed.genesis, fed.clock()
    draft = node.draft(plan.report, danger_now=True)
    shown = show_release(node.cases, release_id=draft, by=WRITER, now=now)
    voice = voice_of(node.view, node.keyring)
    release_danger_now(node.cases, voice, release_id=draft, digest=shown.digest, by=WRITER, now=now)
    await node.publish()


ACTS: Final[dict[str, Act]] = {
    "a report is taken": _take_report,
    "a warning is released and sent": _draft_and_release,
    "danger now": _danger_now,
    "what waits is sent": _publish,
    "an update": _update,
    "a pause": _pause,
    "a warning is taken back": _withdraw,
    "she stops sharing": _stop_sharing,
    "a report is erased": _erase,
    "a report is held": _hold,
    "a round of sync": _sync,
    "the keys at rest are changed": _rewrap,
    "the seal key is rotated": _rotate_seal,
    "the keys that sign are rotated": _rotate,
    "a sheet is imported": _import_sheet,
}


@asynccontextmanager
async def reopened(folder: Path, plan: Plan) -> AsyncIterator[Federation]:
    """The hub and the nodes of `folder`, started from disk."""
    fed = Federation(folder, 1)
    fed.clock.now = plan.now
    fed.make_nodes()
    async with fed.serving():
        yield fed
        fed.close()


def run(name: str, folder: Path, plan: Plan) -> None:
    """One scenario to its end: what a child process does."""

    async def scenario() -> None:
        async with reopened(folder, plan) as fed:
            await ACTS[name](fed, plan)

    asyncio.run(scenario())


async def whatever_happened(name: str, folder: Path, plan: Plan, original: dict[str, str]) -> list[str]:
    """Starts all again, does the same again as a person would, lets all settle, and checks what must hold.

    Returns:
        What had changed in Genesis's database and keys at that start.

    Raises:
        AssertionError: a promise is broken.
    """
    async with reopened(folder, plan) as fed:
        found = picture(fed)
        try:
            await ACTS[name](fed, plan)
        except HouseError as refused:
            assert refused.code in DONE_ALREADY, f"{refused.code} is no answer to who does it again"
        await fed.settle()
        require_kept(name, fed, plan)
    return [part for part, was in original.items() if found[part] != was]


DONE_ALREADY: Final = frozenset(
    {"refused.decided", "refused.not_out", "not_found.erased", "refused.held", "refused.danger_now_person"}
)
"""What a person who does it again may be told: it was done."""


def require_kept(name: str, fed: Federation, plan: Plan) -> None:
    """What holds once all have settled, whatever was interrupted.

    Raises:
        AssertionError: which promise is broken.
    """
    genesis = fed.genesis
    broken = broken_promises(fed, _warned(_releases(fed)))
    assert not broken, "; ".join(broken)
    state = fed.hub.view.now.state
    by_id = {release.id: release for release in _releases(fed)}
    gone = name in ("a warning is taken back", "she stops sharing", "a report is erased")
    if gone:
        chain = by_id[plan.out].chain
        assert chain is not None and state.chains[chain].cancelled is not None, "it is not taken back (promise 6)"
    assert by_id[plan.other].state == "approved"
    unsent = by_id[plan.unsent].chain
    assert unsent is not None and unsent in state.chains and state.chains[unsent].cancelled is None
    assert plan.new in genesis.reads() and plan.taken_back not in genesis.reads()
    if name in ("a warning is released and sent", "danger now"):
        released = [one for one in by_id.values() if one.state == "approved" and one.chain in state.chains]
        assert len(released) == 4, [one.state for one in by_id.values()]
    with genesis.store.read() as session:
        assert isinstance(verify_audit(session), AuditHead), "the trail is broken (promise 14)"
    sealed = rewrap_keys(genesis.cases, now=plan.now + dt.timedelta(days=30), at_once=True)
    assert not sealed.broken, f"does not open: {sealed.broken}"


def _releases(fed: Federation) -> list[Release]:
    with fed.genesis.store.read() as session:
        return [one for one in list_releases(session) if one.approved_at is not None]


def _warned(releases: list[Release]) -> list[Warned]:
    """Each chain once, as its last release has it."""
    last = {one.chain: one for one in releases if one.chain is not None}
    return [Warned(chain, one.state == "withdrawn", one.state == "paused") for chain, one in last.items() if chain]


def picture(fed: Federation) -> dict[str, str]:
    """What is in each of Genesis's tables, and which key files there are."""
    with fed.genesis.store.read() as session:
        found = picture_of(session, (table for _, table in sorted(tables().items())))
    config = fed.genesis.config
    return found | {"keys": names_in(config.keys_dir), "epoch keys": names_in(config.epoch_dir)}


class History:
    """A hub and three nodes with a history, not running; copied for each death of Genesis.

    Attributes:
        plan: Genesis's records. original: its `picture`.
    """

    def __init__(self, folder: Path) -> None:
        """Builds it."""
        self._folder = folder
        self.plan = asyncio.run(build_history(folder))
        self.original = asyncio.run(self._picture())
        self._copies = 0

    async def _picture(self) -> dict[str, str]:
        async with reopened(self._folder, self.plan) as fed:
            return picture(fed)

    def walk(self, name: str, under: Path) -> list[Row]:
        """Dies before and after every durable step of Genesis's in a scenario; the rows of its table.

        Raises:
            AssertionError: a promise is broken: after which death, and how.
        """
        folder = self._copy(under)
        steps = durable_steps(lambda: run(name, folder, self.plan), folder / "genesis")
        asyncio.run(whatever_happened(name, folder, self.plan, self.original))
        rows = []
        for number, step in enumerate(steps):
            before, after = (words(self._dies(name, under, number, when)) for when in WHENS)
            rows.append(Row(step, before, after))
        return rows

    def _copy(self, under: Path) -> Path:
        self._copies += 1
        folder = under / f"copy{self._copies}"
        shutil.copytree(self._folder, folder)
        return folder

    def _dies(self, name: str, under: Path, number: int, when: When) -> list[str]:
        folder = self._copy(under)
        die_at(number, when, lambda: run(name, folder, self.plan), folder / "genesis")
        try:
            found = asyncio.run(whatever_happened(name, folder, self.plan, self.original))
        except AssertionError as broken:
            raise AssertionError(f"{name}: died {when} step {number}: {broken}") from broken
        shutil.rmtree(folder)
        return found
