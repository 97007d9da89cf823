"""Which withdrawals are not yet confirmed, by whom, since when. It says nothing of what was withdrawn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from hub.core import access
from hub.core.stated_days import stated_day
from hub.log_view import LogView
from hub.store import log, members
from hub.store.engine import Store
from protocol.house.store.people import acting
from protocol.replay import Member, State, confirmed_by, holders, members_owing

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


class Owing(msgspec.Struct, frozen=True):
    """What one member has not confirmed.

    Attributes:
        number: of withdrawals that wait for it.
        since: the day of the oldest, or None: there is none.
    """

    number: int = 0
    since: str | None = None


class Unconfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What is not yet confirmed.

    Attributes:
        withdrawals: the oldest first, at most `MOST_SHOWN`.
        number: how many there are in all.
        owing: every member that has not confirmed everything, by number, whatever is shown of its withdrawals.
        leavers: those of them who were removed and have not said that they erased everything, ascending.
    """

    withdrawals: tuple[Withdrawal, ...]
    number: int
    owing: Mapping[int, Owing]
    leavers: tuple[int, ...]

    def of(self, member: int) -> Owing:
        """What this member has not confirmed."""
        return self.owing.get(member, Owing())


def list_withdrawals(store: Store, view: LogView, *, by: str, now: dt.datetime) -> Unconfirmed:
    """What is not yet confirmed, as the log stands.

    Raises:
        NotYours: `access.role`: police, too.
    """
    state = view.refresh().state
    with store.read() as session:
        acting(session, by, access.may_follow_withdrawals, now)
        acked = members.acked_sizes(session)
        owing = members_owing(state, acked)
        waits = _waits(view, state, owing, acked)
        late = sorted({index for indices in waits.values() for index in indices})
        shown = late[:MOST_SHOWN]
        firsts = {indices[0] for indices in waits.values() if indices}
        entries = log.entries_at(session, firsts.union(shown))
    days = {index: stated_day(envelope) for index, envelope in entries.items()}
    return Unconfirmed(
        withdrawals=tuple(_withdrawal(state, index, days[index], acked) for index in shown),
        number=len(late),
        owing={member: Owing(len(indices), days[indices[0]] if indices else None) for member, indices in waits.items()},
        leavers=tuple(member.id for member in owing if not member.present),
    )


def _waits(view: LogView, state: State, owing: tuple[Member, ...], acked: dict[int, int]) -> dict[int, Sequence[int]]:
    """Of each of these, the indices whose deletion it has not confirmed, ascending; of one who left, none."""
    return {
        member.id: view.held_gone.since(state, member, max(acked.get(member.id, 0), member.admitted))
        if member.present  # what was gone before it came, it never held
        else ()
        for member in owing
    }


def _withdrawal(state: State, index: int, day: str, acked: dict[int, int]) -> Withdrawal:
    gone = [state.bodies[digest] for digest in state.gone[index]]
    told = frozenset(member for body in gone for member in holders(state, body))
    waiting = frozenset(one for body in gone for one in holders(state, body) - confirmed_by(state, body, acked))
    return Withdrawal(
        index=index,
        day=day,
        why=state.links[gone[0]].why or "",
        origin=state.links[gone[0]].origin,
        told=len(told),
        waiting=tuple(sorted(waiting)),
    )
