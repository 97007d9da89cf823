"""What projects say that is no warning: series, answers to them, and figures. A part of `World`."""

import contextlib
import datetime as dt

import msgspec

from node.actions.answer_series import agree_to_series, object_to_series, take_back_series
from node.actions.approve_figures import approve_figures
from node.actions.prepare_figures import prepare_figures
from node.actions.propose_series import propose_series
from node.actions.show_figures import show_figures
from node.actions.take_back_figures import take_back_figures
from node.store.figures import figures_of
from protocol.body_fields import SeriesReason
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import Refused
from protocol.replay import current_alerts
from tests.federation.network import Federation
from tests.federation.project import RELEASER, Node
from tests.simulator.fuse import Fuse
from tests.simulator.ground import Ground
from tests.simulator.moves import Move

SECOND = "Dana"
"""Lets figures out that `RELEASER` has counted."""

REASONS = (SeriesReason(field="plate", speaks="for", weight="strong"),)


class Spoken(msgspec.Struct, frozen=True):
    """Something that a project said.

    Attributes:
        identity: of the series or figures.
        ends: whether it was said to end them.
        doubtful: its project's clock was wrong: it may be late.
    """

    node: str
    identity: str
    ends: bool
    doubtful: bool


class Speaking(Ground):
    """The moves of series and figures.

    Attributes:
        spoken: what was said.
    """

    def __init__(self, fed: Federation, fuse: Fuse, *, in_batches: bool) -> None:
        super().__init__(fed, fuse, in_batches=in_batches)
        self.spoken: list[Spoken] = []

    def _spoke(self, node: Node, identity: str, *, ends: bool = False) -> None:
        self.spoken.append(Spoken(node.name, identity, ends, self.is_off(node)))

    async def _propose_series(self, move: Move, node: Node) -> None:
        """Of its newest warning in force and of another's, once it has looked at what there is."""
        if not node.has_joined or node.view.member is None:
            return
        self.say(f"{node.name} publishes, syncs and looks at the warnings")
        await self.round(node)
        state = node.view.state
        standing = [(first, link.origin) for first, link in current_alerts(state, node.clock().date().isoformat())]
        own = [first for first, origin in standing if origin == node.id]
        others = [first for first, origin in standing if origin != node.id]
        if own and others:
            self.say(f"{node.name} says that two warnings may be the same person")
            identity = propose_series(
                node.cases,
                node.voice(),
                state,
                alerts=(own[-1], others[int(move.pick * len(others))]),
                relation="same_person",
                reasons=REASONS,
                by=RELEASER,
                now=node.clock(),
            )
            self._spoke(node, identity)

    async def _answer_series(self, move: Move, node: Node) -> None:
        """Agrees, objects or takes back, whichever the chance says; the node refuses what is not its to say."""
        if not node.has_joined or node.view.member is None:
            return
        self.say(f"{node.name} publishes, syncs and looks at the series")
        await self.round(node)
        state = node.view.state
        standing = [one for one, series in state.series.items() if series.ended is None]
        if not standing:
            return
        identity = sorted(standing, key=lambda one: state.links[one].index)[int(move.pick * len(standing))]
        desk, voice, now = node.cases, node.voice(), node.clock()
        answer = move.step % 3
        if answer == 0:
            self.say(f"{node.name} agrees to series {identity[:6]}")
            agree_to_series(desk, voice, state, identity=identity, by=RELEASER, now=now)
        elif answer == 1:
            self.say(f"{node.name} objects to series {identity[:6]}")
            why = "different_person"
            object_to_series(desk, voice, state, identity=identity, reason=why, by=RELEASER, now=now)
        else:
            self.say(f"{node.name} takes back series {identity[:6]}")
            take_back_series(desk, voice, state, identity=identity, by=RELEASER, now=now)
        if answer:
            self._spoke(node, identity, ends=True)

    def _figures(self, move: Move, node: Node) -> None:
        """Of the last quarter: let out by two people, or, if they have left, corrected."""
        if not node.has_joined or node.view.member is None:
            return
        with contextlib.suppress(Refused):
            add_person(node.cases, name=SECOND, role="coordinator", by=RELEASER, now=node.clock())
        quarter, now = _last_quarter(node.clock()), node.clock()
        with node.store.read() as session:
            kept = figures_of(session, quarter)
        if kept is not None and kept.identity is not None:
            self.say(f"{node.name} takes back its figures of {quarter}")
            take_back_figures(node.cases, node.voice(), quarter=quarter, by=SECOND, now=now)
            self._spoke(node, kept.identity, ends=True)
        self.say(f"{node.name} lets out its figures of {quarter}")
        prepare_figures(node.cases, quarter=quarter, registered=None, by=RELEASER, now=now)
        shown = show_figures(node.cases, quarter=quarter, by=SECOND, now=now)
        digest = shown.kept.digest
        identity = approve_figures(node.cases, node.voice(), quarter=quarter, digest=digest, by=SECOND, now=now)
        self._spoke(node, identity)


def _last_quarter(now: dt.datetime) -> str:
    """The one that was over last."""
    year, number = now.year, (now.month - 1) // 3
    return f"{year}-Q{number}" if number else f"{year - 1}-Q4"
