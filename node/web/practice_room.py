"""Where people practise: one desk with fictional cases, made when somebody first comes in, gone when the node stops."""

import threading
from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.actions.practise import join_practice, open_practice
from node.config import NodeConfig
from protocol.house.core.staff import Staff


class PracticeRoom:
    """The practice desk of one process. Safe to ask from several threads."""

    def __init__(self) -> None:
        """Makes nothing yet."""
        self._lock = threading.Lock()
        self._desk: CaseDesk | None = None

    def desk(self, config: NodeConfig, who: Staff, now: datetime) -> CaseDesk:
        """The desk, at which this person is known."""
        with self._lock:
            if self._desk is None:
                self._desk = open_practice(config, now)
            join_practice(self._desk, who, now)
            return self._desk

    def close(self) -> None:
        """Closes its database."""
        with self._lock:
            if self._desk is not None:
                self._desk.store.close()
                self._desk = None
