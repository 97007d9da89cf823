"""What projects do with warnings, and what was promised of each. A part of `World`."""

from typing import Final

import msgspec

from node.actions.change_permission import change_permission
from node.actions.erase_report import erase_report
from node.actions.release_danger_now import release_danger_now
from node.actions.show_release import show_release
from node.store.permissions import Given
from tests.builders import some_scheme_data
from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER, Node
from tests.simulator.fuse import Fuse
from tests.simulator.ground import Ground
from tests.simulator.moves import Move

GRAVE: Final = ("rape",)


class Warned(msgspec.Struct):
    """A warning that a project has let out.

    Attributes:
        doubtful: its project lost part of its memory, or had a wrong clock, since: what it did may be undone or late.
    """

    node: str
    report: int
    release: int
    withdrawn: bool = False
    paused: bool = False
    doubtful: bool = False


class Releasing(Ground):
    """The moves of warnings.

    Attributes:
        warned: what was let out.
    """

    def __init__(self, fed: Federation, fuse: Fuse, *, in_batches: bool) -> None:
        super().__init__(fed, fuse, in_batches=in_batches)
        self.warned: list[Warned] = []

    def _warn(self, move: Move, node: Node) -> None:
        if node.has_joined and node.view.member is not None:
            self.say(f"{node.name} warns")
            report = node.report()
            self._let_out(node, report, node.draft(report))

    def _let_out(self, node: Node, report: int, release: int) -> None:
        node.release(release)
        self.warned.append(Warned(node.name, report, release, doubtful=self.is_off(node)))

    def _danger_now(self, move: Move, node: Node) -> None:
        if node.has_joined and node.view.member is not None:
            self.say(f"{node.name}: danger now")
            day = node.clock().date()
            report = node.report(scheme=some_scheme_data(incident_types=GRAVE, date_min=day, date_max=day))
            draft = node.draft(report, danger_now=True)
            shown = show_release(node.cases, release_id=draft, by=WRITER, now=node.clock())
            voice = node.voice()
            now = node.clock()
            release_danger_now(node.cases, voice, release_id=draft, digest=shown.digest, by=WRITER, now=now)
            self.warned.append(Warned(node.name, report, draft, doubtful=self.is_off(node)))

    def _own(self, node: Node, pick: float) -> Warned | None:
        own = [one for one in self.warned if one.node == node.name and not one.withdrawn]
        return own[int(pick * len(own))] if own else None

    def _update(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} updates its warning {warned.release}")
            made = node.draft_update(warned.release, severity="extreme")
            node.release(made)
            warned.release, warned.paused = made, False
            warned.doubtful = warned.doubtful or self.is_off(node)

    def _pause(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} pauses its warning {warned.release}")
            node.pause(warned.release)
            warned.paused = True

    def _withdraw(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} takes back its warning {warned.release}")
            node.withdraw(warned.release)
            warned.withdrawn = True

    def _stop_sharing(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"she of {node.name}'s warning {warned.release} stops sharing")
            given = Given(witness=WRITER)
            now = node.clock()
            change_permission(node.cases, node.voice(), report_id=warned.report, given=given, by=WRITER, now=now)
            warned.withdrawn = True

    def _erase(self, move: Move, node: Node) -> None:
        warned = self._own(node, move.pick)
        if warned is not None:
            self.say(f"{node.name} erases the report of its warning {warned.release}")
            asked, now = "asked_by_person_harmed", node.clock()
            erase_report(node.cases, node.voice(), report_id=warned.report, reason=asked, by=RELEASER, now=now)
            warned.withdrawn = True
