"""Every entry of the log, as received, and the pin that says which log this node obeys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import func
from sqlmodel import Session, col, select

from node.core.errors import Misconfigured
from node.store.exchange_tables import MirrorEntry, Pin
from protocol.house.core.errors import Refused
from protocol.house.store.registry import columns

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
    row = session.get(Pin, 1)
    if row is None:
        raise Misconfigured("not_joined", "this node has not joined a log yet: run 'watchword-node join'")
    fields = columns(row)
    return PinnedLog(**{name: fields[name] for name in PinnedLog.__struct_fields__})


def checked_size(session: Session) -> int:
    """How many entries have been looked at for what they say to have seen and for what they say of this node."""
    row = session.get(Pin, 1)
    return 1 if row is None else row.checked


def set_checked_size(session: Session, size: int) -> None:
    """They have, in this transaction, with the alarms that it raised: a crash before it looks again."""
    row = session.get(Pin, 1)
    if row is not None:
        row.checked = size


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
    return int(session.exec(select(func.count()).select_from(MirrorEntry)).one())


def entries_from(session: Session, first: int) -> list[bytes]:
    """The entries from index `first` on, in order."""
    rows = select(MirrorEntry.envelope).where(col(MirrorEntry.index) >= first).order_by(col(MirrorEntry.index))
    return list(session.exec(rows))


def entry_at(session: Session, index: int) -> bytes | None:
    """One entry, or None."""
    row = session.get(MirrorEntry, index)
    return None if row is None else row.envelope
