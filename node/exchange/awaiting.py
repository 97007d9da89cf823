"""Whose word is waited for: the Acks of those who could hold a warning of ours that is gone.

For some minutes an Ack is news that ends a long-poll. After that a member is away, and its word is read in passing.
In memory: what is forgotten at a restart comes with the next round all the same.
"""

import datetime as dt
from typing import Final

from node.exchange.desk import Desk
from node.store.acks import acked_sizes
from protocol.replay import State, confirmed_by, holders

AWAITED_FOR: Final = dt.timedelta(minutes=5)
"""Who is online answers within seconds; each wait for the others costs the hub one."""


class AwaitedAcks:
    """The warnings of this node that are gone, until all have said so or `AWAITED_FOR` has passed.

    Attributes:
        mark: the hub's, of the Acks that were read last.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._until: dict[str, dt.datetime] = {}
        self.mark = 0

    def note(self, earlier: State) -> None:
        """Looks for own bodies that the entries since `earlier` made gone."""
        state, member = self._desk.view.state, self._desk.view.member_id
        for digest in state.gone_since(earlier):
            identity = state.bodies[digest]
            if state.links[identity].origin == member:
                self._until[identity] = self._desk.now() + AWAITED_FOR

    def any(self) -> bool:
        """Whether a word is still waited for."""
        if not self._until:
            return False
        state, now = self._desk.view.state, self._desk.now()
        with self._desk.store.read() as session:
            acked = acked_sizes(session)
        self._until = {
            identity: until
            for identity, until in self._until.items()
            if now < until and confirmed_by(state, identity, acked) != holders(state, identity)
        }
        return bool(self._until)
