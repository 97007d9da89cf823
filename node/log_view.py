"""The log as this node has verified it: state, tree, which checkpoint is confirmed. In memory, from the mirror.

Fetches nothing and decides nothing: `exchange/sync` writes the mirror, after it has verified; this reads it. Safe to
ask from several threads: what it gives are frozen values of one moment.
"""

import threading
from collections.abc import Sequence

import msgspec

from node.core.errors import Misconfigured
from node.old_logs import OldLog, Placed, entry_of, find_link, read_old_logs, replayed, with_successors
from node.store.checkpoints import HeldNote, OwnCosignature, latest_note, own_cosignature, witness_notes
from node.store.engine import Store
from node.store.mirror import PinnedLog, entries_from, pinned_log
from node.store.old_logs import count_old_logs
from protocol.checkpoint import seen_of
from protocol.keys import key_id
from protocol.log import Tree, leaf_hash, tree_at
from protocol.replay import Entry, Member, State
from protocol.statement_fields import Charter, Seen
from protocol.verifier_key import ED25519, VerifierKey


class OwnTree:
    """The tree that this node computed itself, with every complete subtree, so that old roots can be asked for."""

    def __init__(self) -> None:
        self.tree = Tree()
        self._levels: list[list[bytes]] = []

    def extend(self, leaves: list[bytes]) -> None:
        """Grows by these leaf hashes. The size is last: another thread never asks for a hash that is not there yet."""
        grown, runs = self.tree.grow(leaves)
        for run in runs:
            while len(self._levels) <= run.level:
                self._levels.append([])
            self._levels[run.level].extend(run.hashes)
        self.tree = grown

    def hashes(self, level: int, index: int) -> bytes:
        """One complete subtree, as `protocol.log.Hashes` asks for it."""
        return self._levels[level][index]

    def root_at(self, size: int) -> bytes | None:
        """The root over the first `size` entries, 32 bytes; None beyond the tree."""
        return tree_at(size, self.hashes).root if 0 <= size <= self.tree.size else None


class WitnessStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A witness of the charter and how far it has followed: `size` 0 while it cosigned nothing that we could check."""

    name: str
    host: str
    key: VerifierKey
    size: int
    signed_at: int | None


class LogView:
    """The log of one node. `refresh` after anything was written to the mirror.

    Attributes:
        state: replay state over the mirror's entries.
        own_tree: the node's own tree over them.
        old: the logs that it obeyed before, the oldest first.
        witnesses: each witness of the charter and how far it has followed.
    """

    def __init__(self, store: Store) -> None:
        """Replays the whole mirror.

        Raises:
            Misconfigured: as `refresh`.
        """
        self._store = store
        self._lock = threading.Lock()
        self._pin: PinnedLog | None = None
        self._note: HeldNote | None = None
        self._cosigned: OwnCosignature | None = None
        self._mark: int | None = None
        self.old: tuple[OldLog, ...] = ()
        self._just_replayed: tuple[int, Sequence[Entry]] = (0, ())
        self._begin_anew()
        self.refresh()
        self._just_replayed = (0, ())  # nobody asks about what was looked at before

    def _begin_anew(self) -> None:
        """Nothing of the pinned log has been read yet."""
        self.state = State()
        self.own_tree = OwnTree()
        self.witnesses: tuple[WitnessStanding, ...] = ()
        self._just_replayed = (0, ())

    def take_replayed(self, first: int) -> Sequence[Entry] | None:
        """The entries from `first` on and all that was found out about them, if the last `refresh` replayed them. Once.

        Kept no longer than until it is asked for, and not at a start: it is as large as what came.
        """
        (began_at, entries), self._just_replayed = self._just_replayed, (0, ())
        whole = began_at <= first < self.state.size == began_at + len(entries)
        return entries[first - began_at :] if whole else None

    def refresh(self, first: int = 0, brought: Sequence[Entry] = ()) -> None:
        """Replays what the mirror has and this view has not, and reads which checkpoint is confirmed.

        Reads nothing if nothing was written to the database since.

        Args:
            first: the index of the first entry of `brought`.
            brought: entries that this process has just written to the mirror: they are not read again.

        Raises:
            Misconfigured: `config.other_log` (the mirror is not of the pinned log) or `config.mirror_altered` (it is
                not what the log signed): the database was changed by something else.
        """
        with self._lock:
            mark = self._store.mark()  # before the read: what is written in between is read again the next time
            if mark != self._mark:
                self._read_anew(brought if first == self.state.size else ())
                self._mark = mark

    def _read_anew(self, brought: Sequence[Entry]) -> None:
        with self._store.read() as session:
            try:
                pin = pinned_log(session)
            except Misconfigured:
                return
            if count_old_logs(session) != len(self.old):  # this log has been succeeded since
                self._begin_anew()
                self.old = read_old_logs(session)
            self._pin = pin
            later = entries_from(session, self.state.size + len(brought))
            entries = [*brought, *map(Entry, later)]
            self._note = latest_note(session)
            self._cosigned = own_cosignature(session)
            notes = {note.source: note for note in witness_notes(session)}
            state = replayed(self.state, entries)
            if entries:
                self._just_replayed = self.state.size, entries
            self.own_tree.extend([leaf_hash(entry.data) for entry in entries])
            if state.cancels is not self.state.cancels or state.members is not self.state.members:
                self.old = with_successors(self.old, state)
            self.state = state
            self._require_whole()
            self.witnesses = self._standings(notes)

    def _require_whole(self) -> None:
        if self.state.size and self._pin is not None and self.state.log != self._pin.log:
            raise Misconfigured("other_log", "the entries kept here are not of the log that this node has pinned")
        note = self._note
        if note is not None and self.own_tree.root_at(note.size) != bytes.fromhex(note.root):
            raise Misconfigured("mirror_altered", "the entries kept here are not those that the log signed")

    def _standings(self, notes: dict[str, HeldNote]) -> tuple[WitnessStanding, ...]:
        standings = []
        for witness in self.charter.witnesses.keys if self.state.charter else ():
            key = VerifierKey(witness.name, 0x04, bytes.fromhex(witness.key))
            note = notes.get(witness.name)
            ours = note is not None and self.own_tree.root_at(note.size) == bytes.fromhex(note.root)
            size, signed_at = (note.size, note.signed_at) if note is not None and ours else (0, None)
            standings.append(
                WitnessStanding(name=witness.name, host=witness.host, key=key, size=size, signed_at=signed_at)
            )
        return tuple(standings)

    def find_link(self, identity: str) -> Placed | None:
        """The link of that identity, in the log or in one before it; None: in none."""
        return find_link(identity, self.state, self.old)

    def entry_of(self, state: State, index: int) -> tuple[int, int]:
        """Where an index that a log's state names stands: (number of the log, index there); `len(old)` is this log."""
        return entry_of(state, index, self.state, self.old)

    def cancelled_at(self, state: State, index: int) -> int:
        """The index in this log from which something of an old one is gone; 0 where that was before this log began."""
        number, index = self.entry_of(state, index)
        return index if number == len(self.old) else 0

    @property
    def is_pinned(self) -> bool:
        """Whether this node has joined a log."""
        return self._pin is not None

    @property
    def pin(self) -> PinnedLog:
        """The pinned log.

        Raises:
            Misconfigured: `config.not_joined`.
        """
        if self._pin is None:
            raise Misconfigured("not_joined", "this node has not joined a log yet: run 'watchword-node join'")
        return self._pin

    @property
    def log(self) -> str:
        """Identity of the log, 64 hex digits.

        Raises:
            Misconfigured: `config.not_joined`.
        """
        return self.pin.log

    @property
    def log_key(self) -> VerifierKey:
        """What verifies the log's checkpoints.

        Raises:
            Misconfigured: `config.not_joined`.
        """
        return VerifierKey(self.pin.origin, ED25519, bytes.fromhex(self.pin.log_key))

    @property
    def charter(self) -> Charter:
        """Entry 0.

        Raises:
            Misconfigured: `config.not_synced`: it is not here yet.
        """
        if self.state.charter is None:
            raise Misconfigured("not_synced", "this node has not synced yet: run 'watchword-node sync'")
        return self.state.charter

    @property
    def note(self) -> HeldNote | None:
        """The log's latest checkpoint that this node verified, as received."""
        return self._note

    def seen(self) -> Seen | None:
        """What statements and requests of this node say to have seen; None before it holds any checkpoint.

        A witness that is no member holds only what it cosigned.
        """
        held = self._note or self._cosigned
        return None if held is None else seen_of(held.note, self.log_key)

    @property
    def member(self) -> Member | None:
        """This node as the log has it, or None while it is not admitted."""
        request = self._pin.request if self._pin is not None else None
        if request is None:
            return None
        return next((member for member in self.state.members.values() if member.request == request), None)

    @property
    def member_id(self) -> int | None:
        """This node's member id, or None while it is not admitted."""
        return None if self.member is None else self.member.id

    @property
    def confirmed_size(self) -> int:
        """Entries under the latest confirmed checkpoint: k witnesses cosigned it or one that extends it.

        With k = 0 every published checkpoint is confirmed. Source: spec/log.md §5.
        """
        if self.state.charter is None:
            return 0
        k = self.state.charter.witnesses.k
        if k == 0:
            return self.state.size
        return sorted((witness.size for witness in self.witnesses), reverse=True)[k - 1]

    def seen_by(self, index: int) -> tuple[int, int]:
        """How many witnesses have cosigned a tree with the entry at `index` in it, and how many there are."""
        return sum(witness.size > index for witness in self.witnesses), len(self.witnesses)

    def witness_name(self, public: str) -> str | None:
        """The charter's name for the witness with this key (64 hex digits), or None: it is none."""
        charter = self.state.charter
        keys = charter.witnesses.keys if charter is not None else ()
        return next((witness.name for witness in keys if witness.key == public), None)

    def key_of(self, keyid: str) -> bytes | None:
        """The 32 bytes of a key that stands or stood in the log."""
        record = self.state.keys.get(keyid)
        return None if record is None else bytes.fromhex(record.public)

    def online_key(self, member_id: int) -> str:
        """Id of a member's present `online` key: what signs its Acks."""
        return key_id(bytes.fromhex(self.state.members[member_id].keys.online))
