"""Which withdrawals are not yet confirmed, by whom, since when. It says nothing of what was withdrawn."""

from itertools import islice
from typing import Final

import msgspec

from hub.log_view import Snapshot
from hub.store import log, members
from hub.store.engine import Store
from protocol.envelope import decode_envelope
from protocol.replay import Member, State, confirmed_by, holders, members_owing
from protocol.statement import parse_statement

MOST_SHOWN: Final = 50
"""Withdrawals on a page, the oldest first: each is a call to make."""


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is gone, and is not yet confirmed deleted by all who may hold it.

    Attributes:
        index: of the entry by which it is gone.
        day: of that entry.
        why: as `Link.why`.
        origin: the member whose it was.
        told: how many members may hold it.
        waiting: those of them who have not confirmed yet, ascending.
    """

    index: int
    day: str
    why: str
    origin: int
    told: int
    waiting: tuple[int, ...]

    @property
    def confirmed(self) -> int:
        """How many have confirmed that they deleted it."""
        return self.told - len(self.waiting)


class Unconfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What is not yet confirmed.

    Attributes:
        withdrawals: the oldest first, at most `MOST_SHOWN`.
        leavers: members who were removed and have not said that they erased everything, ascending.
    """

    withdrawals: tuple[Withdrawal, ...]
    leavers: tuple[int, ...]

    def of(self, member: int) -> tuple[Withdrawal, ...]:
        """Those that wait for this member."""
        return tuple(one for one in self.withdrawals if member in one.waiting)


def list_withdrawals(store: Store, view: Snapshot) -> Unconfirmed:
    """What is not yet confirmed, as the log stands."""
    with store.read() as session:
        acked = members.acked_sizes(session)
        owing = members_owing(view.state, acked)
        indices = _waited_for(view.state, tuple(member for member in owing if member.present), acked)
        envelopes = {index: log.read_entries(session, index, index + 1)[0] for index in indices}
    return Unconfirmed(
        withdrawals=tuple(_withdrawal(view.state, index, acked, envelopes[index]) for index in indices),
        leavers=tuple(member.id for member in owing if not member.present),
    )


def _waited_for(state: State, owing: tuple[Member, ...], acked: dict[int, int]) -> list[int]:
    """The first `MOST_SHOWN` indices whose deletion one of these has not confirmed."""
    if not owing:
        return []
    least = min(max(acked.get(member.id, 0), member.admitted) for member in owing)  # of before it holds nothing
    wanted = {member.id for member in owing}
    late = (index for index in range(least, state.size) if index in state.gone)
    return list(islice((index for index in late if not wanted.isdisjoint(_waiting(state, index, acked))), MOST_SHOWN))


def _waiting(state: State, index: int, acked: dict[int, int]) -> frozenset[int]:
    """Who has not confirmed everything that this entry made gone."""
    gone = [state.bodies[digest] for digest in state.gone[index]]
    return frozenset(one for body in gone for one in holders(state, body) - confirmed_by(state, body, acked))


def _withdrawal(state: State, index: int, acked: dict[int, int], envelope: bytes) -> Withdrawal:
    gone = [state.bodies[digest] for digest in state.gone[index]]
    return Withdrawal(
        index=index,
        day=parse_statement(decode_envelope(envelope).payload).day,
        why=state.links[gone[0]].why or "",
        origin=state.links[gone[0]].origin,
        told=len(frozenset(member for body in gone for member in holders(state, body))),
        waiting=tuple(sorted(_waiting(state, index, acked))),
    )
