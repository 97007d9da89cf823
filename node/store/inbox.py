"""Bodies received from other members, each sealed with its check on arrival under one key; and those that should come.

What is erased here is unreadable at once, and out of the file and its write-ahead log at `Store.checkpoint_wal`
(promise 12).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec
from nacl.utils import random
from sqlalchemy import bindparam, delete
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from node.core.arrival import Arrival
from node.store.exchange_tables import InboxBody, MissingBody
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from protocol.bodies import Body, parse_body
from protocol.house.store.queries import ask, ask_plain, columns_for


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A received body.

    Attributes:
        identity: of its statement.
        type: `alert.v1`, …
        place: of its statement's entry (`old_logs.place_of`).
        received_at: aware UTC.
        arrival: what the check on arrival found.
        body: as received. What people see is `arrival.as_shown` of it.
    """

    identity: str
    type: str
    place: int
    received_at: datetime
    arrival: Arrival
    body: Body


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """A body that has just come and was checked, as its bytes: fields as in `Received`."""

    identity: str
    digest: str
    type: str
    place: int
    stored: bytes
    arrival: Arrival


class _Kept(msgspec.Struct, frozen=True):
    """What is sealed of a received body: what the check found says something of it, and ends with it."""

    arrival: Arrival
    stored: bytes


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A body that did not come; times are aware UTC."""

    identity: str
    tries: int
    first_tried_at: datetime
    last_tried_at: datetime


_IDENTITIES: Final = sql_select(col(InboxBody.identity))
_IS_HERE: Final = _IDENTITIES.where(col(InboxBody.identity) == bindparam("of"))
_MISSING: Final = sql_select(*columns_for(Missing, MissingBody))
_IS_MISSING: Final = sql_select(col(MissingBody.tries)).where(col(MissingBody.identity) == bindparam("of"))
_CAME: Final = delete(MissingBody).where(col(MissingBody.identity) == bindparam("of"))
"""In every round: built once, and past the ORM."""


def keep_body(session: Session, new: Arrived, *, received_at: datetime, epochs: Epochs) -> None:
    """Keeps a checked body and what was found on arrival, sealed; once is enough."""
    if ask_plain(session, _IS_HERE, {"of": new.identity}):
        return
    row = InboxBody(identity=new.identity, digest=new.digest, type=new.type, entry=new.place, received_at=received_at)
    row.put(epochs.seal(msgspec.msgpack.encode(_Kept(new.arrival, new.stored)), row.place(), random(SEAL_RANDOMNESS)))
    session.add(row)
    forget_missing(session, new.identity)


def received_body(session: Session, identity: str, epochs: Epochs) -> Received | None:
    """A received body, opened; None if it is not here.

    Raises:
        SealBroken: its epoch key is destroyed.
    """
    row = session.get(InboxBody, identity)
    sealed = row.sealed() if row is not None else None
    if row is None or sealed is None:
        return None
    kept = msgspec.msgpack.decode(epochs.open(sealed, row.place()), type=_Kept)
    return Received(
        identity=row.identity,
        type=row.type,
        place=row.entry,
        received_at=row.received_at,
        arrival=kept.arrival,
        body=parse_body(kept.stored, row.type),
    )


def held_identities(session: Session) -> frozenset[str]:
    """Identities of the statements whose bodies are here."""
    return frozenset(identity for (identity,) in ask_plain(session, _IDENTITIES))


def held_of_entries(session: Session, places: Iterable[int]) -> frozenset[str]:
    """Identities of the statements at these places (`old_logs.place_of`) whose bodies are here."""
    return frozenset(session.exec(select(InboxBody.identity).where(col(InboxBody.entry).in_(list(places)))))


def erase_bodies(session: Session, identities: Iterable[str]) -> int:
    """Erases these bodies, rows and all; how many there were."""
    erased = 0
    for identity in identities:
        row = session.get(InboxBody, identity)
        if row is not None:
            session.delete(row)
            erased += 1
        forget_missing(session, identity)
    return erased


def count_missing(session: Session, identity: str, now: datetime) -> int:
    """Notes that a body did not come; how often now."""
    row = session.get(MissingBody, identity)
    if row is None:
        row = MissingBody(identity=identity, tries=0, first_tried_at=now, last_tried_at=now)
        session.add(row)
    row.tries, row.last_tried_at = row.tries + 1, now
    return row.tries


def missing_bodies(session: Session) -> dict[str, Missing]:
    """Those that did not come, by identity."""
    return {missing.identity: missing for missing in ask(session, Missing, _MISSING)}


def forget_missing(session: Session, identity: str) -> None:
    """It came, or is gone."""
    if ask_plain(session, _IS_MISSING, {"of": identity}):  # else nothing is written
        session.connection().execute(_CAME, {"of": identity})
