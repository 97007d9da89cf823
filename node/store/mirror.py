"""Every entry of the log, as received, and the pin that says which log this node obeys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import bindparam, func, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from node.core.errors import Misconfigured
from node.store.exchange_tables import MirrorEntry, Pin
from protocol.house.core.errors import Refused
from protocol.house.store.queries import ask, ask_plain, columns_for

_APPEND: Final = 'INSERT INTO mirror_entries ("index", envelope) VALUES (?, ?)'


class PinnedLog(msgspec.Struct, frozen=True, kw_only=True):
    """The log that this node obeys.

    Attributes:
        log: identity of its charter, 64 hex digits.
        origin: its checkpoint origin.
        log_key: the key that signs its checkpoints, 64 hex digits.
        request: digest of this node's admission request, or None while it has not asked.
        request_envelope: that request, signed: the same is sent again, an invitation counts once.
        pinned_at: aware UTC.
    """

    log: str
    origin: str
    log_key: str
    request: str | None = None
    request_envelope: bytes | None = None
    pinned_at: datetime


_PIN: Final = sql_select(*columns_for(PinnedLog, Pin)).where(col(Pin.id) == 1)
_CHECKED: Final = sql_select(col(Pin.checked))
_LOOKED_AT: Final = update(Pin).values(checked=bindparam("to"))
_SIZE: Final = sql_select(func.coalesce(func.max(col(MirrorEntry.index)) + 1, 0))
_FROM: Final = (
    sql_select(col(MirrorEntry.envelope))
    .where(col(MirrorEntry.index) >= bindparam("first"))
    .order_by(col(MirrorEntry.index))
)
_AT: Final = sql_select(col(MirrorEntry.envelope)).where(col(MirrorEntry.index) == bindparam("at"))
"""In every round: built once, and past the ORM."""


def pin_log(session: Session, pinned: PinnedLog) -> None:
    """Pins the log, for good; the same again may add the request.

    Raises:
        Refused: `refused.other_log`: another one is pinned. A successor is turned to (`exchange.succession`).
    """
    held = session.get(Pin, 1)
    if held is None:
        session.add(Pin(**msgspec.structs.asdict(pinned)))
    elif (held.log, held.origin, held.log_key) != (pinned.log, pinned.origin, pinned.log_key):
        raise Refused("other_log", "this node has pinned another log; it never obeys two")
    elif pinned.request is not None:
        held.request, held.request_envelope = pinned.request, pinned.request_envelope


def pinned_log(session: Session) -> PinnedLog:
    """The pinned log.

    Raises:
        Misconfigured: `config.not_joined`.
    """
    found = ask(session, PinnedLog, _PIN)
    if not found:
        raise Misconfigured("not_joined", "this node has not joined a log yet: run 'watchword-node join'")
    return found[0]


def checked_size(session: Session) -> int:
    """How many entries have been looked at for what they say to have seen and for what they say of this node."""
    rows = ask_plain(session, _CHECKED)
    return int(rows[0][0]) if rows else 1


def set_checked_size(session: Session, size: int) -> None:
    """They have, in this transaction, with the alarms that it raised: a crash before it looks again."""
    session.flush()
    session.connection().execute(_LOOKED_AT, {"to": size})


def append_entries(session: Session, first: int, entries: Sequence[bytes]) -> None:
    """Keeps verified entries `first` … . Only after `log.follow` has said that they are those that were signed.

    Raises:
        Refused: `refused.mirror_moved`: another process of this node was faster; nothing is written.
    """
    if mirror_size(session) != first:
        raise Refused("mirror_moved", "another process of this node has just synced")
    if entries:  # as the driver takes it: a third of the time of a statement that looks at each value
        session.connection().exec_driver_sql(_APPEND, list(enumerate(entries, first)))


def mirror_size(session: Session) -> int:
    """How many entries are kept."""
    ((size,),) = ask_plain(session, _SIZE)
    return int(size)


def entries_from(session: Session, first: int) -> list[bytes]:
    """The entries from index `first` on, in order."""
    return [envelope for (envelope,) in ask_plain(session, _FROM, {"first": first})]


def entry_at(session: Session, index: int) -> bytes | None:
    """One entry, or None."""
    rows = ask_plain(session, _AT, {"at": index})
    return rows[0][0] if rows else None
