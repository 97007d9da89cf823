"""Take statements from members: check each in the order of exchange.md §4, and stage what may stand.

Anybody who may ask may carry anybody's statements: what is checked is who signed, never who sent.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from hub.actions.sequence import OVER_LIMIT, Batch
from hub.core.errors import Halted
from hub.core.offered import Offered
from hub.core.sealed_bodies import seal_body
from hub.core.values import Result, Seal
from hub.log_view import LogView
from hub.store import bodies, log, staging
from hub.store.engine import Store
from hub.store.staging import NewStatement
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from protocol.replay import State, apply
from protocol.statement_fields import NOTICE_KINDS, Statement


class _Checked(msgspec.Struct, frozen=True):
    """A statement that may stand, before its body is sealed: all of a batch are, one after the other."""

    identity: str
    statement: Statement
    offered: Offered
    exempt: bool


class _Refused(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


class Submission:
    """One submission being checked against a tentative state, so that its statements may build on each other."""

    def __init__(
        self, store: Store, view: LogView, epochs: Epochs, now: dt.datetime, behind: "Submission | None" = None
    ) -> None:
        """Checks against the published log, or against what will be once `behind` is ordered together with it."""
        self._store, self._view, self._epochs, self._now = store, view, epochs, now
        self._yesterday, self._tomorrow = (str(now.date() + dt.timedelta(days=days)) for days in (-1, 1))
        self._state: State = view.now.state if behind is None else behind._state
        self._before: State | None = self._state
        self.published: int = self._state.size if behind is None else behind.published
        """Entries of the log when it was checked."""
        self._new: list[_Checked] = []
        self._shared: list[_Checked] = []
        """What a submission before it in the same group brings too."""
        self._is_ordered = False
        self.results: list[Result] = []
        """One a statement; those that are staged have neither index nor code yet."""

    def check(self, offered: Offered) -> None:
        """Checks one statement and remembers what became of it.

        Raises:
            Halted: its `seen` is signed by this log and not in it.
        """
        after, outcome = apply(self._state, self._state.size, offered.entry)
        identity = outcome.identity or ""
        if outcome.code == "replay.duplicate":
            self._again(identity, offered)
            return
        if outcome.statement is None:
            self.results.append(Result(identity, code=outcome.code or "statement.payload_type"))
            return
        try:
            self._require_seen(outcome.statement)
            _require_body(offered)
            self._require_day(outcome.statement)
        except _Refused as refused:
            self.results.append(Result(identity, code=refused.code, detail=refused.detail))
            return
        self._state, exempt = after, _is_exempt(after, outcome.statement)
        self._new.append(_Checked(identity, outcome.statement, offered, exempt))
        self.results.append(Result(identity))

    def _again(self, identity: str, offered: Offered) -> None:
        """A statement that stands already: its index; a live body that this hub lacks is kept (spec/rebuild.md §2)."""
        index = self._state.statements[identity]
        if index >= self.published:
            self._again_at_once(identity, offered)
            return
        self.results.append(Result(identity, index))
        link = self._state.links.get(identity)
        if offered.body is None or link is None or link.gone is not None:
            return
        with self._store.read() as session:
            lacks = link.body is not None and not bodies.bodies_at(session, [link.index])
        if lacks:
            if offered.refusal is not None:
                return  # not the body that the statement names
            self._before = None  # it gets no index again: this batch is judged where it is ordered
            self._new.append(_Checked(identity, offered.entry.statement, offered, exempt=True))

    def _again_at_once(self, identity: str, offered: Offered) -> None:
        """A statement that this submission, or one before it in the same group, brings too: one entry, one index."""
        refusal = offered.refusal
        if refusal is not None:
            self.results.append(Result(identity, code=refusal.code, detail=refusal.detail))
            return
        self.results.append(Result(identity))
        if all(one.identity != identity for one in self._new):
            exempt = _is_exempt(self._state, offered.entry.statement)
            self._shared.append(_Checked(identity, offered.entry.statement, offered, exempt))

    def _require_seen(self, statement: Statement) -> None:
        if statement.seen is None or statement.log != self._state.log:
            return  # a Cancel that was signed for the log before this one has seen that one
        standing = self._view.standing_of(statement.seen)
        if standing == "forged":
            raise _Refused("note.seen", "seen")
        if standing == "ahead":
            with self._store.begin() as session:
                log.halt(session, "a member holds a checkpoint that this hub signed and does not have")
            self._view.refresh()
            raise Halted("hub.behind", "seen")

    def _new_statements(self, checked: Sequence[_Checked]) -> list[NewStatement]:
        """Each body to be sealed with a key of its own."""
        drawn = secrets.token_bytes(SEAL_RANDOMNESS * len(checked))
        size = SEAL_RANDOMNESS
        return [self._new_statement(one, drawn[size * at : size * (at + 1)]) for at, one in enumerate(checked)]

    def _new_statement(self, checked: _Checked, randomness: bytes) -> NewStatement:
        statement, stored = checked.statement, checked.offered.body
        seal: Seal | None = None
        if statement.body is not None and stored is not None:
            seal = partial(seal_body, self._epochs, statement.body.digest, stored, randomness)
        return NewStatement(checked.identity, statement.origin, checked.offered.entry, seal, checked.exempt)

    def _require_day(self, statement: Statement) -> None:
        """No statement from the future; no notice dated back. What darkens, and has no lease, is never stopped."""
        if statement.kind == "cancel" or statement.state == "paused":
            return
        if statement.day > self._tomorrow or (statement.kind in NOTICE_KINDS and statement.day < self._yesterday):
            raise _Refused("limits.day", "day")

    @property
    def is_settled(self) -> bool:
        """Whether it is known of each statement what became of it."""
        return all(result.index is not None or result.code for result in self.results)

    @property
    def is_left(self) -> bool:
        """Whether there is something in it that this process did not order."""
        return not self._is_ordered and bool(self._new or self._shared)

    @property
    def brings_back(self) -> bool:
        """Whether it holds a body that this hub lacks, of a statement that stands: only who orders can keep that."""
        return self._before is None

    def to_order(self) -> Batch:
        """What is new in it, to be ordered in one run."""
        new = self._new_statements(self._new)
        return Batch(new, self._now.date(), self._before, None if self._before is None else self._state)

    def to_stage(self) -> list[NewStatement]:
        """What is left of it, for the process that orders."""
        return self._new_statements([*self._new, *self._shared])

    def ordered(self, found: dict[str, Result]) -> None:
        """All that is new in it was ordered, and became of it what is `found` by identity."""
        self._is_ordered = True
        self.fill(found)

    def settle(self, batch: str) -> bool:
        """Fills in the sequencer's results of this batch, if it has them all; whether it has."""
        with self._store.read() as session:
            settled = staging.results_of(session, batch)
        if settled is None:
            return False
        self.fill({result.identity: result for result in settled})
        with self._store.begin() as session:
            staging.forget_batch(session, batch)
        return True

    def fill(self, found: dict[str, Result]) -> None:
        """Puts what became of each where nothing is known yet."""
        for place, result in enumerate(self.results):
            if result.index is None and not result.code and result.identity in found:
                settled = found[result.identity]
                self.results[place] = Result(result.identity, settled.index, settled.code, settled.detail)


def commit(submissions: Sequence[Submission], order: Callable[[Sequence[Batch]], list[list[Result]] | None]) -> None:
    """Has what was checked ordered at once, if `order` can (`Ordering.commit`). What `is_left` names is left.

    A crash: the log has all of it or nothing; the senders, who had no answer, send again and get the indices.

    Args:
        submissions: each checked behind the one before it.

    Raises:
        Halted: signing has stopped.
    """
    batches = [batch for batch in (one.to_order() for one in submissions) if batch.statements]
    results = order(batches) if batches else None
    if results is None:
        return
    found = {
        new.identity: result
        for batch, settled in zip(batches, results, strict=True)
        for new, result in zip(batch.statements, settled, strict=True)
    }
    for one in submissions:
        one.ordered(found)


def stage(store: Store, submissions: Mapping[str, Submission], limit: int, today: dt.date) -> None:
    """Counts against each origin's limit and stages what is left, durably, in one transaction.

    A crash before the commit: nothing was promised. After it: the sequencer takes it; the senders ask again.

    Args:
        submissions: by the names under which their results are looked for (`Submission.settle`).
        limit: statements a day of one origin.
    """
    left = {batch: one.to_stage() for batch, one in submissions.items()}
    with store.begin() as session:
        over = staging.over_limit(session, [new for batch in left.values() for new in batch], today, limit)
        kept = {batch: [new for new in batch_of if new.identity not in over] for batch, batch_of in left.items()}
        staging.stage(session, kept, today)
    for one in submissions.values():
        one.fill({identity: Result(code=OVER_LIMIT) for identity in over})


def _require_body(offered: Offered) -> None:
    refusal = offered.refusal
    if refusal is not None:
        raise _Refused(refusal.code, refusal.detail)


def _is_exempt(state: State, statement: Statement) -> bool:
    """A Cancel of what is in the log meets no limit. One of what is not could fill the log; it waits like others."""
    return statement.kind == "cancel" and statement.supersedes in state.links


def new_range(results: Sequence[Result], published: int) -> tuple[int, int] | None:
    """(first, count) of the entries that a submission added, or None.

    Args:
        published: the log's size when the submission was checked.
    """
    indices = {r.index for r in results if r.index is not None and r.index >= published}
    if not indices:
        return None
    first = last = max(indices)  # a batch stands in one run; what another sender brought at once lies before it
    while first - 1 in indices:
        first -= 1
    return first, last - first + 1
