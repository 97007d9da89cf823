"""What this process knows of the published log: its replay state and its tree, in memory, grown from the database.

Every process has one: web workers read with it, the sequencer extends from it. It shows nothing that is not under a
published checkpoint.
"""

import threading
from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlmodel import Session

from hub.core.errors import Misconfigured
from hub.core.values import SignedCheckpoint
from hub.held_gone import HeldGone
from hub.store import log
from hub.store.engine import Store
from protocol.checkpoint import verify_seen
from protocol.errors import NoteInvalid
from protocol.house.collector import resting
from protocol.keys import key_id
from protocol.log import Grown, Hashes, Run, Tree, leaf_hash
from protocol.replay import Entry, State, replay, verify_ahead
from protocol.statement_fields import Seen, WitnessKey

SEEN_REMEMBERED = 4_096
"""Checkpoints that members named and that were found to be ours: most name one of the last few."""

SeenStanding = Literal["ours", "forged", "ahead"]


class NodeTable:
    """The hashes of all complete subtrees, by level: 64 bytes an entry. Serves proofs and tiles."""

    def __init__(self) -> None:
        self._levels: list[list[bytes]] = []

    def extend(self, tree: Tree, leaves: list[bytes]) -> Tree:
        """Grows `tree` and keeps the new hashes; again, after a read that broke off, the same."""
        grown, runs = tree.grow(leaves)
        self.keep(runs)
        return grown

    def keep(self, runs: Sequence[Run]) -> None:
        """Keeps the hashes that a tree grew by."""
        for run in runs:
            while len(self._levels) <= run.level:
                self._levels.append([])
            self._levels[run.level][run.first :] = run.hashes

    def hashes(self, level: int, index: int) -> bytes:
        """The hash of that complete subtree."""
        return self._levels[level][index]


class Snapshot(msgspec.Struct, frozen=True):
    """One moment of the published log.

    Attributes:
        state: replay of all entries under `checkpoint`.
        checkpoint: the latest published, or None before the charter's.
        confirmed_size: entries under a checkpoint that k witnesses cosigned, or one that extends it.
        witnessed: witness name → the largest size that it cosigned.
    """

    state: State
    tree: Tree
    checkpoint: SignedCheckpoint | None
    confirmed_size: int
    witnessed: dict[str, int]
    halted: str

    def member_of_online_key(self, keyid: str) -> int | None:
        """The member whose present `online` key that is."""
        record = self.state.keys.get(keyid)
        if record is None or record.use != "online" or record.retired is not None:
            return None
        return record.member

    def witness_of_key(self, keyid: str) -> WitnessKey | None:
        """The charter's witness whose key that is."""
        if self.state.charter is None:
            return None
        keys = self.state.charter.witnesses.keys
        return next((witness for witness in keys if key_id(bytes.fromhex(witness.key)) == keyid), None)


class LogView:
    """Follows the published log. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._nodes = NodeTable()
        self._now = Snapshot(State(), Tree(), None, 0, {}, "")
        self._ours: set[tuple[int, str, str]] = set()
        self.held_gone = HeldGone()

    @property
    def now(self) -> Snapshot:
        """The moment of the last `refresh`."""
        return self._now

    @property
    def hashes(self) -> Hashes:
        """Hashes of complete subtrees under `now.tree`."""
        return self._nodes.hashes

    def advance(self, state: State, grown: Grown, checkpoint: SignedCheckpoint) -> None:
        """What the process that ordered knows of what it has just published: nothing is read or replayed again.

        Args:
            state: of the log under `checkpoint`.
            grown: what its tree grew to, and by what.
        """
        tree, runs = grown
        with self._lock:
            now = self._now
            if runs and now.tree.size != runs[0].first:
                return  # another thread's `refresh` was faster
            self._nodes.keep(runs)
            confirmed = confirmed_size(state, now.witnessed)
            self._now = Snapshot(state, tree, checkpoint, confirmed, now.witnessed, now.halted)

    def refresh(self) -> Snapshot:
        """Reads what was published since, and returns the new moment.

        Raises:
            Misconfigured: the database does not hold the entries that were signed.
            Busy: the database cannot be used now.
        """
        with self._lock, self._store.read() as session:
            head, checkpoint = log.read_head(session), log.latest_checkpoint(session)
            witnessed = log.witnessed_sizes(session)
            state, tree = self._now.state, self._now.tree
            if checkpoint is not None and checkpoint.size != tree.size:
                state, tree = self._grown(session, checkpoint)
            confirmed = confirmed_size(state, witnessed)
            self._now = Snapshot(state, tree, checkpoint, confirmed, witnessed, head.halted)
        return self._now

    def standing_of(self, seen: Seen) -> SeenStanding:
        """How a `seen` stands to this log.

        `ours`; `forged`: the log key did not sign it; `ahead`: it did, and this hub does not hold it: it was restored
        from an old copy and must not sign any more.
        """
        if (seen.size, seen.root, seen.sig) in self._ours:
            return "ours"
        charter = self._now.state.charter
        if charter is None:
            return "forged"
        try:
            verify_seen(seen, charter.origin, bytes.fromhex(charter.log_key))
        except NoteInvalid:
            return "forged"
        with self._store.read() as session:
            known = log.checkpoint_at(session, seen.size)
        if known is None or known.root.hex() != seen.root:
            return "ahead"
        if len(self._ours) >= SEEN_REMEMBERED:
            self._ours.clear()
        self._ours.add((seen.size, seen.root, seen.sig))
        return "ours"

    def _grown(self, session: Session, checkpoint: SignedCheckpoint) -> tuple[State, Tree]:
        state, tree = self._now.state, self._now.tree
        while tree.size < checkpoint.size:
            entries = log.read_entries(session, tree.size, min(checkpoint.size, tree.size + log.PAGE))
            if not entries:
                break
            tree = self._nodes.extend(tree, [leaf_hash(entry) for entry in entries])
            read = [Entry(entry) for entry in entries]
            with resting():
                verify_ahead(state, read)
                state = replay(state, read)
        if (tree.size, tree.root) != (checkpoint.size, checkpoint.root):
            raise Misconfigured("the database does not hold the entries that this hub signed: it was altered or is old")
        return state, tree


def confirmed_size(state: State, witnessed: dict[str, int]) -> int:
    """Entries under a checkpoint that k of the charter's witnesses cosigned, or one that extends it.

    With k = 0 a checkpoint is confirmed when published. Source: spec/log.md §5.
    """
    if state.charter is None:
        return 0
    k = state.charter.witnesses.k
    if k == 0:
        return state.size
    sizes = sorted((witnessed.get(w.name, 0) for w in state.charter.witnesses.keys), reverse=True)
    return min(sizes[k - 1], state.size)
