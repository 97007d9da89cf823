"""Say something as an officer of the registrar, where the hub and the officer's key are at one machine."""

import datetime as dt
from collections.abc import Callable

import msgspec
from nacl.signing import SigningKey

from hub.actions.officers_statements import Unsigned, admission, readmissions, resumption, revocation, suspension
from hub.actions.take_signed import Registry, take_signed
from hub.core.errors import Malformed
from hub.core.values import Result
from hub.log_view import LogView
from hub.store.engine import Store
from protocol.at_rest import Epochs
from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.statement import encode_statement


class Officer(msgspec.Struct, frozen=True):
    """What speaking needs. `take_turn` orders what waits if no running hub does: `Ordering.tick`."""

    store: Store
    view: LogView
    take_turn: Callable[[], None]
    epochs: Epochs
    key: SigningKey
    now: dt.datetime


def suspend(officer: Officer, member: int, reason: str) -> Result:
    """Asks to suspend a member; acts at the second officer's word."""
    return _say(officer, suspension(officer.view, officer.now, member, reason))


def resume(officer: Officer, member: int) -> Result:
    """Ends a suspension, or one that only one officer has asked for."""
    return _say(officer, resumption(officer.view, officer.now, member))


def revoke(officer: Officer, member: int, reason: str, since: int | None) -> Result:
    """Asks to revoke a member (`left`, or `compromised` since an index); acts at the second officer's word."""
    return _say(officer, revocation(officer.view, officer.now, member, reason, since))


def admit(officer: Officer, digest: str, member: int) -> Result:
    """Admits the candidate whose request has this digest, under a new member id.

    Raises:
        Missing, Malformed: as `admission`.
    """
    return _say(officer, admission(officer.store, officer.view, officer.now, digest, member))


def readmit(officer: Officer) -> dict[int, Result]:
    """Admits everybody who waits and was a member of the log that this one succeeds; member id → what became of it."""
    waiting = readmissions(officer.store, officer.view, officer.now)
    return {member: _say(officer, unsigned) for member, unsigned in waiting.items()}


def sign_as_officer(unsigned: Unsigned, key: SigningKey) -> bytes:
    """The envelope.

    Raises:
        Malformed: `request.malformed`: the statement is none of its kind.
    """
    try:
        return sign_envelope(encode_statement(unsigned.statement), STATEMENT_TYPE, key)
    except RuntimeError as error:
        raise Malformed("request.malformed", str(error)) from error


def _say(officer: Officer, unsigned: Unsigned) -> Result:
    registry = Registry(officer.store, officer.view, officer.take_turn, officer.epochs, officer.now, by=None)
    return take_signed(registry, sign_as_officer(unsigned, officer.key), unsigned.body)
