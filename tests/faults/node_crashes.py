"""What must hold after a node died at any step of something durable (`node_acts`).

A hub and three nodes in one process (`tests/federation/network.py`), on disk; the process dies at a durable step of
Genesis's, or of the lead's. Then all start again, a person does the same again, and the exchange settles.
"""

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from node.actions.rewrap_keys import rewrap_keys
from node.core.release import Release
from node.store.releases import list_releases
from node.store.told import decided, looks_at, open_reminder
from protocol.house.core.audit import AuditHead
from protocol.house.core.errors import HouseError
from protocol.house.store.audit import verify_audit
from protocol.replay import State
from tests.faults.dying import WHENS, When, die_at, durable_steps
from tests.faults.lead_acts import DECIDED, LeadPlan
from tests.faults.node_acts import ACTS, LEAVING, REMINDED, SPEECH, Plan, Spoken
from tests.faults.pictures import names_in, picture_of
from tests.faults.table import Row, words
from tests.federation.network import Federation
from tests.federation.settled import Warned, broken_promises
from tests.node.tables import tables

ALL: Final = ACTS | SPEECH | DECIDED
"""Every scenario, by its name in the page."""


@asynccontextmanager
async def reopened(folder: Path, plan: Plan | LeadPlan) -> AsyncIterator[Federation]:
    """The hub and the nodes of `folder`, started from disk."""
    fed = Federation(folder, 1)
    fed.clock.now = plan.now
    fed.make_nodes()
    async with fed.serving():
        yield fed
        fed.close()


def run(name: str, folder: Path, plan: Plan | LeadPlan) -> None:
    """One scenario to its end: what a child process does."""

    async def scenario() -> None:
        async with reopened(folder, plan) as fed:
            await ALL[name](fed, plan)

    asyncio.run(scenario())


async def whatever_happened(
    name: str, folder: Path, plan: Plan | LeadPlan, dying: str, original: dict[str, str]
) -> list[str]:
    """Starts all again, does the same again as a person would, lets all settle, and checks what must hold.

    Returns:
        What had changed in the database and keys of the node that died, at that start.

    Raises:
        AssertionError: a promise is broken.
    """
    async with reopened(folder, plan) as fed:
        found = picture(fed, dying)
        try:
            await ALL[name](fed, plan)
        except HouseError as refused:
            assert refused.code in DONE_ALREADY, f"{refused.code} is no answer to who does it again"
        await fed.settle()
        if isinstance(plan, Plan):
            require_kept(name, fed, plan)
        else:
            require_signed(fed, plan)
    return [part for part, was in original.items() if found[part] != was]


DONE_ALREADY: Final = frozenset(
    {
        "refused.decided",
        "refused.not_out",
        "not_found.erased",
        "refused.held",
        "refused.danger_now_person",
        "refused.figures_sent",
        "not_found.figures",
        "refused.series_said",
        "refused.series_stands",
        "refused.series_agreed",
        "refused.series_ended",
        "refused.left",
        "not_found.reminder",
    }
)
"""What a person who does it again may be told: it was done."""


def require_kept(name: str, fed: Federation, plan: Plan) -> None:
    """What holds once all have settled, whatever was interrupted.

    Raises:
        AssertionError: which promise is broken.
    """
    genesis = fed.genesis
    broken = broken_promises(fed, _warned(_releases(fed)))
    if name == LEAVING:  # what it holds of others is erased, and nothing more comes
        broken = [one for one in broken if not one.startswith("7: genesis never got")]
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
    if name == LEAVING:
        assert not state.members[1].present and not genesis.reads()
    else:
        assert plan.new in genesis.reads() and plan.taken_back not in genesis.reads()
    if plan.spoken is not None:
        _require_series(name, state, plan.spoken)
        with genesis.store.read() as session:
            heard = looks_at(session, plan.spoken.own)
            reminder = open_reminder(session)
        assert len(heard) == 1 or name == LEAVING, "a look is heard of once (promises 8, 14)"
        assert (reminder is None) == (name == REMINDED) or name == LEAVING, "a reminder waits until it is answered"
    if name in ("a warning is released and sent", "danger now"):
        released = [one for one in by_id.values() if one.state == "approved" and one.chain in state.chains]
        assert len(released) == 4, [one.state for one in by_id.values()]
    with genesis.store.read() as session:
        assert isinstance(verify_audit(session), AuditHead), "the trail is broken (promise 14)"
    sealed = rewrap_keys(genesis.cases, now=plan.now + dt.timedelta(days=30), at_once=True)
    assert not sealed.broken, f"does not open: {sealed.broken}"


def _require_series(name: str, state: State, spoken: Spoken) -> None:
    """What Genesis said of series is in the log, once."""
    ours, asked = state.series[spoken.ours], state.series[spoken.asked]
    assert (ours.ended is not None) == (name == "a series is taken back")
    assert (asked.ended is not None) == (name == "a series is objected to")
    assert (1 in {member for member, _ in asked.agreed}) == (name == "a series is agreed to")
    said = [one for one in state.series.values() if set(one.alerts) == {spoken.own, spoken.theirs}]
    assert len(said) == (name == "a series is said")


def _releases(fed: Federation) -> list[Release]:
    with fed.genesis.store.read() as session:
        return [one for one in list_releases(session) if one.approved_at is not None]


def _warned(releases: list[Release]) -> list[Warned]:
    """Each chain once, as its last release has it."""
    last = {one.chain: one for one in releases if one.chain is not None}
    return [Warned(chain, one.state == "withdrawn", one.state == "paused") for chain, one in last.items() if chain]


def require_signed(fed: Federation, plan: LeadPlan) -> None:
    """What was decided at the hub is in the log, once, and said by the lead.

    Raises:
        AssertionError: it is not.
    """
    broken = broken_promises(fed, [Warned(alert, withdrawn=False, paused=False) for alert in plan.alerts])
    assert not broken, "; ".join(broken)
    state, lead = fed.hub.view.now.state, fed.nodes["lead"]
    said = [(state.links[identity].origin, set(one.alerts)) for identity, one in state.series.items()]
    assert said == [(lead.id, set(plan.alerts))], "a decision is signed once (promise 8)"
    with lead.store.read() as session:
        assert [one.identity for one in decided(session).values()] == list(state.series), "it is noted as signed"
        assert isinstance(verify_audit(session), AuditHead), "the trail is broken (promise 14)"


def picture(fed: Federation, dying: str) -> dict[str, str]:
    """What is in each of this node's tables, and which key files there are."""
    node = fed.nodes[dying]
    with node.store.read() as session:
        found = picture_of(session, (table for _, table in sorted(tables().items())))
    config = node.config
    return found | {"keys": names_in(config.keys_dir), "epoch keys": names_in(config.epoch_dir)}


class History:
    """A hub and its nodes with a history, not running; copied for each death of one node.

    Attributes:
        plan: the records when a scenario begins. original: the `picture` of the node that dies.
    """

    def __init__(
        self, folder: Path, build: Callable[[Path], Awaitable[Plan | LeadPlan]], dying: str = "genesis"
    ) -> None:
        """Builds it.

        Args:
            build: makes the history in a folder.
            dying: the name of the node that dies.
        """
        self._folder, self._dying = folder, dying

        async def built() -> Plan | LeadPlan:
            return await build(folder)

        self.plan = asyncio.run(built())
        self.original = asyncio.run(self._picture())
        self._copies = 0

    async def _picture(self) -> dict[str, str]:
        async with reopened(self._folder, self.plan) as fed:
            return picture(fed, self._dying)

    def walk(self, name: str, under: Path) -> list[Row]:
        """Dies before and after every durable step of that node in a scenario; the rows of its table.

        Raises:
            AssertionError: a promise is broken: after which death, and how.
        """
        folder = self._copy(under)
        steps = durable_steps(lambda: run(name, folder, self.plan), folder / self._dying)
        self._goes_on(name, folder)
        shutil.rmtree(folder)
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

    def _goes_on(self, name: str, folder: Path) -> list[str]:
        return asyncio.run(whatever_happened(name, folder, self.plan, self._dying, self.original))

    def _dies(self, name: str, under: Path, number: int, when: When) -> list[str]:
        folder = self._copy(under)
        die_at(number, when, lambda: run(name, folder, self.plan), folder / self._dying)
        try:
            found = self._goes_on(name, folder)
        except AssertionError as broken:
            raise AssertionError(f"{name}: died {when} step {number}: {broken}") from broken
        shutil.rmtree(folder)
        return found
