"""Order what waits: the only writer of the log. Source: spec/exchange.md §4, DESIGN §4 "Order at the hub".

    1  take the head, if it is still our turn          crash: nothing happened
    2  replay each at its index                        crash: nothing happened
    3  entries, head (the fence), bodies, results,     one transaction. crash: all or nothing; senders ask again
       erasure
    4  read back what was written                      crash: at the next start the head has no checkpoint: step 5
    5  guard file, then sign and publish               crash: signed again, the same bytes (Ed25519 is deterministic)
    6  answer                                          crash: the sender sends again and gets the same index

Nothing is signed that was not read back; nothing is answered that was not signed.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec
from nacl.signing import SigningKey
from sqlmodel import Session

from hub.actions.erase_bodies import erase_bodies
from hub.core.errors import Busy, Halted
from hub.core.values import Head, Result, Seal, SignedCheckpoint
from hub.log_view import LogView
from hub.store import bodies, log, staging
from hub.store.engine import Store
from hub.store.guard import write_guard
from hub.store.staging import NewStatement
from protocol.checkpoint import sign_checkpoint
from protocol.log import Grown, Tree, leaf_hash
from protocol.replay import Entry, State, apply, replay

OVER_LIMIT = "limits.statements"


class Sequencer(msgspec.Struct, frozen=True):
    """What ordering needs. `epoch` is this leader's turn: `store.log.take_epoch` gave it."""

    store: Store
    view: LogView
    key: SigningKey
    guard_file: Path
    epoch: int


class Batch(msgspec.Struct, frozen=True):
    """Statements that this process has checked, to be ordered in one run.

    Attributes:
        today: of the hub's clock.
        before: the state against which they were checked; None: some stand in the log already.
        after: the state after all of them, each in its place behind `before`.
    """

    statements: Sequence[NewStatement]
    today: dt.date
    before: State | None = None
    after: State | None = None


class Ordered(msgspec.Struct, frozen=True):
    """What was settled: how many statements that other processes had staged, and each batch's results in its order."""

    staged: int
    results: list[list[Result]]


def sequence(sequencer: Sequencer, batches: Sequence[Batch] = ()) -> Ordered:
    """Orders what other processes have staged, and these batches, once.

    Raises:
        Busy: `hub.busy`: another process has become the leader. Nothing was kept.
        Halted: `hub.behind`: signing has stopped.
    """
    published = sequencer.view.now
    with sequencer.store.begin() as session:
        head = log.lock_head(session)
        if head.halted:
            raise Halted("hub.behind", head.halted)
        if head.size != published.tree.size or head.epoch != sequencer.epoch:
            raise Busy("hub.busy", "another process orders statements, or the last head is not signed yet")
        waiting = staging.waiting(session)
        run = _Run(published.state)
        settled = [(staged, run.take(Entry(staged.envelope))) for staged in waiting]
        over = _over_limit(session, run, batches)
        results = [_take_batch(run, batch, over) for batch in batches]
        gone = run.state.gone_since(published.state)
        written: _Written | None = None
        if run.entries:
            leaves = [leaf_hash(entry) for entry in run.entries]
            written = _Written(run.entries, run.state, published.tree.grow(leaves))
            log.append_entries(session, head, list(zip(leaves, run.entries, strict=True)), written.grown[0].root)
        staging.settle(session, settled, head.size)
        bodies.add_bodies(session, run.bodies)
        bodies.bring_back_bodies(session, run.brought_back)
        if gone:
            erase_bodies(session, run.state, gone)
    if written is not None:
        publish_head(sequencer, written)
    if gone:
        sequencer.store.checkpoint_wal()
    return Ordered(len(waiting), results)


class _Written(msgspec.Struct, frozen=True):
    """What was written: new entries, the state of the log with them, and what the published tree grows to by them."""

    entries: list[bytes]
    state: State
    grown: Grown


class _Run:
    """The new entries, and the state after them."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.entries: list[bytes] = []
        self.bodies: dict[int, Seal] = {}
        self.brought_back: dict[int, Seal] = {}

    def take(self, entry: Entry, seal: Seal | None = None) -> Result:
        """Replays one at the index that it gets; what replay no longer finds valid is refused and gets none.

        A statement that was in the log already brings its body back only while the log says that it is live: one that
        was erased since stays erased.
        """
        index = self.state.size
        after, outcome = apply(self.state, index, entry)
        if outcome.verdict == "valid":
            self.state = after
            self.entries.append(entry.data)
            if seal is not None:
                self.bodies[index] = seal
            return Result(index=index)
        if outcome.code == "replay.duplicate" and outcome.identity is not None:
            link = self.state.links.get(outcome.identity)
            if seal is not None and link is not None and link.gone is None:
                self.brought_back.setdefault(link.index, seal)
            return Result(index=self.state.statements[outcome.identity])
        return Result(code=outcome.code or "statement.payload_type")

    def take_judged(self, statements: Sequence[NewStatement], after: State) -> list[Result]:
        """Takes what was judged against this very state: replay is pure, and would say the same again."""
        first, self.state = self.state.size, after
        self.entries += [new.entry.data for new in statements]
        self.bodies |= {first + place: new.seal for place, new in enumerate(statements) if new.seal is not None}
        return [Result(index=first + place) for place in range(len(statements))]


def _over_limit(session: Session, run: _Run, batches: Sequence[Batch]) -> set[str]:
    """Counted over all batches at once, so that origins are counted in one order everywhere."""
    charter = run.state.charter
    if not batches:
        return set()
    assert charter is not None
    statements = [new for batch in batches for new in batch.statements]
    return staging.over_limit(session, statements, batches[0].today, charter.limits.statements_per_day)


def _take_batch(run: _Run, batch: Batch, over: set[str]) -> list[Result]:
    is_whole = not over or all(new.identity not in over for new in batch.statements)
    if is_whole and batch.after is not None and batch.before is run.state:
        return run.take_judged(batch.statements, batch.after)
    return [
        Result(code=OVER_LIMIT) if new.identity in over else run.take(new.entry, new.seal) for new in batch.statements
    ]


def publish_head(sequencer: Sequencer, written: _Written | None = None) -> None:
    """Signs the head as it is in the database, if it has no checkpoint yet, and publishes it (steps 4 and 5).

    Args:
        written: from whoever has just written it; None: replays what is written there.

    Raises:
        Halted: what was read back does not give the root that was written: the database lies.
    """
    view = sequencer.view.now if written is not None else sequencer.view.refresh()
    with sequencer.store.read() as session:
        head = log.read_head(session)
        entries = log.read_entries(session, view.tree.size, head.size)
    if head.size == view.tree.size:
        return
    if head.halted:
        raise Halted("hub.behind", head.halted)
    if written is None or written.entries != entries:
        grown = view.tree.grow([leaf_hash(entry) for entry in entries])
        written = _Written(entries, replay(view.state, entries), grown)
    state, tree = written.state, written.grown[0]
    _require_read_back(sequencer, tree, head)
    assert state.charter is not None
    write_guard(sequencer.guard_file, head.size, head.root)
    note = sign_checkpoint(state.charter.origin, head.size, head.root, sequencer.key).decode()
    checkpoint = SignedCheckpoint(head.size, head.root, note)
    # What a power loss takes back is signed again, unless this process outlives its database: PostgreSQL waits.
    with sequencer.store.begin(synced=not sequencer.store.is_sqlite) as session:
        log.add_checkpoint(session, checkpoint)
    sequencer.view.advance(state, written.grown, checkpoint)


def _require_read_back(sequencer: Sequencer, tree: Tree, head: Head) -> None:
    if (tree.size, tree.root) == (head.size, head.root):
        return
    with sequencer.store.begin() as session:
        log.halt(session, "the database does not give back what was written to it")
    raise Halted("hub.behind", "read back")
