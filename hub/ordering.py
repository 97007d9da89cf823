"""Whose turn it is to order statements, and taking that turn.

Group commit without a thread of its own: whoever staged a batch asks for the lock; the one who gets it orders all that
waits, the others find theirs done. Another process's statements (the command line's) are taken at the next tick.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from nacl.signing import SigningKey

from hub.actions.sequence import Sequencer, publish_head, sequence
from hub.core.errors import Busy, Misconfigured
from hub.log_view import LogView
from hub.store import log, staging
from hub.store.engine import Store
from hub.store.guard import require_not_restored
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

    @property
    def leads(self) -> bool:
        """Whether this process ordered last, and has not been told otherwise."""
        return self._sequencer is not None

    def tick(self) -> None:
        """Asks for the lead or confirms it, and orders what others staged. Called each second or so.

        Raises:
            Misconfigured: this database is older than what was signed.
        """
        with self._lock:
            if not self._leadership.acquire():
                self._sequencer = None
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
        if not self.leads and self._store.is_sqlite:
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
            try:
                while sequence(self._sequencer):
                    self._on_change()
            except Busy:
                self._sequencer = None
                return False
            except BaseException:
                self._sequencer = None
                raise
        return True

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
        with self._store.begin() as session:
            require_not_restored(self._guard_file, log.lock_head(session))
            epoch = log.take_epoch(session)
        self._view.refresh()
        sequencer = Sequencer(self._store, self._view, self._key, self._guard_file, epoch)
        publish_head(sequencer)
        self._on_change()
        return sequencer
