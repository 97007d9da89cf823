"""A node with its people and two receivers, what was said there so far, and how something is done and written down."""

import asyncio
import contextlib
import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from node.actions.approve_release import approve_release
from node.actions.draft_release import draft_release
from node.actions.release_danger_now import release_danger_now
from node.actions.show_release import show_release
from node.actions.warn_own import warn_own
from node.core.compose import Choices
from node.core.permissions import Condition
from node.core.release import Release
from node.store.outbox import due_in_outbox
from node.store.releases import list_releases
from protocol.house.core.errors import HouseError
from tests.federation.canary import Canaries
from tests.federation.network import Federation, copied_federation
from tests.sequences.looks import held_elsewhere
from tests.sequences.said import Answer, Said

T = TypeVar("T")


class AtANode(RuleBasedStateMachine):
    """`template`: a closed federation, to be copied. `happened`: what has come about in all sequences so far."""

    template: ClassVar[Path]
    happened: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._closing = contextlib.ExitStack()
        folder = Path(self._closing.enter_context(tempfile.TemporaryDirectory()))
        self._opened = copied_federation(self.template, folder / "copy", 1)
        self.fed: Federation = self._runner.run(self._opened.__aenter__())
        self.node = self.fed.genesis
        self.words = Canaries(1)
        self.reports: dict[int, Said] = {}

    def teardown(self) -> None:
        try:
            self._all_exchange()
        finally:
            self._close()

    def _close(self) -> None:
        self._runner.run(self._opened.__aexit__(None, None, None))
        self._runner.close()
        self._closing.close()

    @property
    def now(self) -> dt.datetime:
        return self.fed.clock()

    def _draft(self, report: int, own: bool, choices: Choices, by: str, at_once: str | None) -> None:
        voice = self.node.voice()
        asked: dict[str, Any] = {"report_id": report, "choices": choices, "by": by, "now": self.now}
        if own:
            release = self._done("drafted", lambda: warn_own(self.node.cases, **asked))
        else:
            release = self._done("drafted", lambda: draft_release(self.node.cases, voice, **asked))
        if release is not None and at_once is not None:
            self._let_out(release, at_once, alone=choices.danger_now)

    def _let_out(self, release: int, by: str, *, alone: bool) -> None:
        shown = self._done("looked", lambda: show_release(self.node.cases, release_id=release, by=by, now=self.now))
        if shown is None:
            return
        let = release_danger_now if alone else approve_release
        voice, scope = self.node.voice(), shown.release.scope
        said = self.reports[shown.release.report_id]
        if self._did(
            f"released alone ({scope})" if alone else f"released ({scope})",
            lambda: let(self.node.cases, voice, release_id=release, digest=shown.digest, by=by, now=self.now),
        ):
            assert said.may_leave(scope), f"3: warning {release} ({scope}) left without a yes"

    def _answered(self, report: int, said: Mapping[Any, str], over: tuple[Condition, ...]) -> None:
        for switch, answer in said.items():
            self.reports[report].answer(switch, Answer(answer, self.now, over))

    def _releases(self, *states: str) -> list[Release]:
        with self.node.store.read() as session:
            return [one for one in list_releases(session) if not states or one.state in states]

    def _kept(self, *, imported: bool = False) -> list[int]:
        """Reports that are not erased."""
        return [number for number, said in self.reports.items() if not said.erased and said.imported >= imported]

    def _changing(self, number: int) -> int:
        """One of which something is out, if there is any: what changes there matters most."""
        out = {one.report_id for one in self._releases() if one.is_out}
        return self._of([one for one in self._kept() if one in out] or self._kept(), number)

    def _waits(self) -> bool:
        """Whether there is anything to send."""
        with self.node.store.read() as session:
            return bool(due_in_outbox(session, self.now))

    def _of(self, numbers: Any, number: int) -> int:
        """The latest come first: most of what is done is done to them."""
        latest = sorted(numbers, reverse=True)
        return int(latest[number % len(latest)])

    def _done(self, what: str, act: Callable[[], T]) -> T | None:
        try:
            made = act()
        except HouseError as refused:
            self.happened[f"not {what}: {refused.code}"] += 1
            return None
        self.happened[what] += 1
        return made

    def _did(self, what: str, act: Callable[[], object]) -> bool:
        """Whether it was let through."""
        before = self.happened[what]
        self._done(what, act)
        return self.happened[what] > before

    def _all_exchange(self) -> None:
        self._runner.run(self._exchange())
        self.happened["exchanged"] += 1
        released = {one.identity: one for one in self._releases() if one.identity is not None}
        for receiver in (self.fed.bradford, self.fed.merseyside):
            assert not (found := held_elsewhere(receiver, released, self.reports)), found
            self.happened["received"] += len(receiver.reads())

    async def _exchange(self) -> None:
        await self.node.publish()
        for receiver in (self.fed.bradford, self.fed.merseyside):
            await receiver.sync()
