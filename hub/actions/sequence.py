"""Order what waits: the only writer of the log. Source: spec/exchange.md §4, DESIGN §4 "Order at the hub".

    1  take the head, if it is still our turn          crash: nothing happened
    2  replay each at its index                        crash: nothing happened
    3  entries, head (the fence), results, erasure     one transaction. crash: all or nothing; senders ask again
    4  read back what was written                      crash: at the next start the head has no checkpoint: step 5
    5  guard file, then sign and publish               crash: signed again, the same bytes (Ed25519 is deterministic)
    6  answer                                          crash: the sender sends again and gets the same index

Nothing is signed that was not read back; nothing is answered that was not signed.
"""

import logging
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from hub.core.errors import Busy, Halted
from hub.core.values import Head, Result, SignedCheckpoint, Staged
from hub.log_view import LogView
from hub.store import bodies, log, staging
from hub.store.engine import Store
from hub.store.guard import write_guard
from protocol.checkpoint import sign_checkpoint
from protocol.log import Tree, leaf_hash
from protocol.replay import State, apply

logger = logging.getLogger(__name__)


class Sequencer(msgspec.Struct, frozen=True):
    """What ordering needs. `epoch` is this leader's turn: `store.log.take_epoch` gave it."""

    store: Store
    view: LogView
    key: SigningKey
    guard_file: Path
    epoch: int


def sequence(sequencer: Sequencer) -> int:
    """Orders what waits, once.

    Returns:
        How many statements were settled.

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
        if not waiting:
            return 0
        state, entries, results = _replay(published.state, waiting)
        gone = state.gone_since(published.state)
        if entries:
            leaves = [leaf_hash(entry) for entry in entries]
            root = published.tree.extend(leaves).root
            log.append_entries(session, head, list(zip(leaves, entries, strict=True)), root)
        staging.settle(session, results, head.size)
        bodies.erase_bodies(session, gone)
    if entries:
        sequencer.view.foresee(root, state)
        publish_head(sequencer)
    if gone:
        sequencer.store.checkpoint_wal()
    return len(waiting)


def _replay(state: State, waiting: list[Staged]) -> tuple[State, list[bytes], list[tuple[Staged, Result]]]:
    """Replays each at the index that it gets; what replay no longer finds valid is refused and gets none."""
    entries: list[bytes] = []
    results: list[tuple[Staged, Result]] = []
    for staged in waiting:
        after, outcome = apply(state, state.size, staged.envelope)
        if outcome.verdict == "valid":
            results.append((staged, Result(index=state.size)))
            entries.append(staged.envelope)
            state = after
        elif outcome.code == "replay.duplicate" and outcome.identity is not None:
            results.append((staged, Result(index=state.statements[outcome.identity])))
        else:
            results.append((staged, Result(code=outcome.code or "statement.payload_type")))
    return state, entries, results


def _grown(tree: Tree, entries: list[bytes]) -> Tree:
    return tree.extend(leaf_hash(entry) for entry in entries)


def publish_head(sequencer: Sequencer) -> None:
    """Signs the head as it is in the database, if it has no checkpoint yet, and publishes it (steps 4 and 5).

    Raises:
        Halted: what was read back does not give the root that was written: the database lies.
    """
    view = sequencer.view.refresh()
    with sequencer.store.read() as session:
        head = log.read_head(session)
        written = log.read_entries(session, view.tree.size, head.size)
    if head.size == view.tree.size:
        return
    if head.halted:
        raise Halted("hub.behind", head.halted)
    _require_read_back(sequencer, _grown(view.tree, written), head)
    write_guard(sequencer.guard_file, head.size, head.root)
    origin = _origin(view.state, written)
    note = sign_checkpoint(origin, head.size, head.root, sequencer.key).decode()
    with sequencer.store.begin() as session:
        log.add_checkpoint(session, SignedCheckpoint(head.size, head.root, note))
    sequencer.view.refresh()


def _require_read_back(sequencer: Sequencer, tree: Tree, head: Head) -> None:
    if tree.size == head.size and tree.root == head.root:
        return
    with sequencer.store.begin() as session:
        log.halt(session, "the database does not give back what was written to it")
    raise Halted("hub.behind", "read back")


def _origin(state: State, written: list[bytes]) -> str:
    """The log's origin; for the first entry, as the charter itself says."""
    if state.charter is None:
        state, _ = apply(state, 0, written[0])
    assert state.charter is not None
    return state.charter.origin
