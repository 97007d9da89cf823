"""Whose turn it is to order statements, and taking that turn.

What this process has checked goes straight into the log, in one transaction with whatever else waits here. What another
process has checked (another web worker, the command line) is staged in the database, and taken at the next tick.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nacl.signing import SigningKey

from hub.actions.sequence import Batch, Ordered, Sequencer, publish_head, sequence
from hub.core.errors import Busy, Misconfigured
from hub.core.values import Result
from hub.log_view import LogView
from hub.store import log, staging
from hub.store.engine import Store
from hub.store.guard import read_guard, require_not_restored, write_guard
from hub.store.leadership import Leadership


class Ordering:
    """Orders statements while this process is the leader."""

    def __init__(
        self, store: Store, view: LogView, key: SigningKey, guard_file: Path, on_change: Callable[[], None]
    ) -> None:
        self._store, self._view, self._key, self._guard_file = store, view, key, guard_file
        self._on_change = on_change
        self._leadership = Leadership(store)
        self._lock = threading.Lock()
        self._sequencer: Sequencer | None = None
        self._awaited_at = float("-inf")

    @property
    def leads(self) -> bool:
        """Whether this process ordered last, and has not been told otherwise."""
        return self._sequencer is not None

    def still_for(self) -> float:
        """Seconds since somebody last waited for what they brought (`awaited`); less than none while somebody does."""
        return time.monotonic() - self._awaited_at

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Senders wait while this lasts, whatever it is that holds them up."""
        self._awaited_at = float("inf")
        try:
            yield
        finally:
            self._awaited_at = time.monotonic()

    def tick(self) -> None:
        """Asks for the lead or confirms it, and orders what others staged. Called each second or so.

        Raises:
            Misconfigured: this database is older than what was signed.
        """
        with self._lock:
            if not self._leadership.acquire():
                self._sequencer = None
                self._follow()
                return
            if self._sequencer is None:
                self._sequencer = self._take_turn_or_release()
        with self._store.read() as session:
            work = staging.any_waiting(session)
        if work:
            self.order()

    def start(self) -> None:
        """Takes the lead at once.

        Raises:
            Misconfigured: another process has it (SQLite: a second one is refused), or `tick`'s reason.
        """
        self.tick()
        if not self._leadership.held and self._store.is_sqlite:
            raise Misconfigured("another watchword-hub is running on this database")

    def order(self) -> bool:
        """Orders all that waits, if this process leads; whether it does.

        After any fault the turn is over: the next `tick` takes it again, and first signs what was written and not
        signed.

        Raises:
            Halted: signing has stopped.
        """
        with self._lock:
            if self._sequencer is None:
                return False
            while (ordered := self._sequence(())) is not None:
                if not ordered.staged:
                    return True
                self._on_change()
        return False

    def commit(self, batches: Sequence[Batch]) -> list[list[Result]] | None:
        """Orders these at once in one transaction, each in one run, if this process leads.

        Returns:
            For each batch one result a statement; or None: it does not lead (any more), and whether they stand in the
            log is not known. Whoever stages them finds out: what stands there already keeps its index.

        Raises:
            Halted: signing has stopped.
        """
        with self._lock:
            ordered = self._sequence(batches)
        if ordered is None:
            return None
        self._on_change()
        return ordered.results

    def _sequence(self, batches: Sequence[Batch]) -> Ordered | None:
        """One transaction, if it is our turn. After any fault it is not, until the next `tick` has taken it again."""
        if self._sequencer is None:
            return None
        try:
            return sequence(self._sequencer, batches)
        except Busy:
            self._sequencer = None
            return None
        except BaseException:
            self._sequencer = None
            raise

    def stop(self) -> None:
        """Gives the lead up."""
        with self._lock:
            self._sequencer = None
            self._leadership.release()

    def _take_turn_or_release(self) -> Sequencer:
        try:
            return self._take_turn()
        except BaseException:
            self._leadership.release()  # who cannot order leaves the turn to others
            raise

    def _take_turn(self) -> Sequencer:
        guard = read_guard(self._guard_file)
        self._store.end_stuck()
        with self._store.begin() as session:
            require_not_restored(guard, log.lock_head(session), log.checkpoint_at(session, guard.size))
            epoch = log.take_epoch(session)
        self._view.refresh()
        sequencer = Sequencer(self._store, self._view, self._key, self._guard_file, epoch)
        publish_head(sequencer)
        self._on_change()
        return sequencer

    def _follow(self) -> None:
        """Another process leads: this host's guard keeps up with what that one signs, and watches over it.

        Raises:
            Misconfigured: the database does not hold what this host knows to be signed. Signing has stopped for all.
        """
        guard = read_guard(self._guard_file)
        with self._store.read() as session:
            head, latest = log.read_head(session), log.latest_checkpoint(session)
            signed = log.checkpoint_at(session, guard.size)
        try:
            require_not_restored(guard, head, signed)
        except Misconfigured as error:
            with self._store.begin() as session:
                log.halt(session, f"another host of this hub says: {error}")
            raise
        if latest is not None and latest.size > guard.size:
            write_guard(self._guard_file, latest.size, latest.root)
