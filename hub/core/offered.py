"""What a submission brings, and all that its bytes say by themselves, whatever the log: found out once.

Frames, signatures under the keys given, statements and bodies are two thirds of what taking a statement costs, and
pure functions of the bytes. So another process may find them out (`hub.examiner`) and tell: `examine` there, `examined`
here. What it could not find out, or refused, is found out again where the statement is judged, and named there.
"""

from collections.abc import Mapping
from typing import Annotated, Final

import msgspec

from protocol.bodies import check_stored, check_tied
from protocol.errors import BodyInvalid, ProtocolError
from protocol.replay import Entry, KnownEntry, known_entry, recalled_entry
from protocol.statement_fields import Statement

MAX_STATEMENTS: Final = 256
"""Statements in one submission: one tile."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of a request, as spec/exchange.md §4 has it."""

    envelope: bytes  # base64 in JSON
    body: bytes | None = None


class Items(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request that submits statements."""

    statements: Annotated[list[Item], msgspec.Meta(min_length=1, max_length=MAX_STATEMENTS)]


class Refusal(msgspec.Struct, frozen=True):
    """Why a body is not the one that its statement names: a stable code, and the field."""

    code: str
    detail: str


_UNSEEN: Final = Refusal("", "")


class Offered(msgspec.Struct, frozen=True, dict=True):
    """A statement as it was sent: the envelope, and its body's stored bytes if it has one."""

    entry: Entry
    body: bytes | None

    @property
    def refusal(self) -> Refusal | None:
        """What is wrong with the body, its statement being a good one; None: nothing. Found out once.

        Raises:
            EnvelopeInvalid, StatementInvalid: as `Entry.statement`.
        """
        found: Refusal | None = self.__dict__.get("refusal", _UNSEEN)
        if found is _UNSEEN:
            found = self.__dict__["refusal"] = _refusal(self.entry.statement, self.body)
        return found


def offered_of(items: Items) -> list[Offered]:
    """What these items bring."""
    return [Offered(Entry(item.envelope), item.body) for item in items.statements]


def _refusal(statement: Statement, stored: bytes | None) -> Refusal | None:
    if statement.body is None:
        return None if stored is None else Refusal("body.unexpected", "body")
    if stored is None:
        return Refusal("body.missing", "body")
    assert statement.log is not None
    check = check_stored if statement.body.seal == "open" else check_tied
    try:
        check(stored, statement.body, statement.log, statement.origin, statement.nonce)
    except BodyInvalid as error:
        return Refusal(error.code, error.detail)
    return None


class _Told(msgspec.Struct, frozen=True, array_like=True):
    """`known`: absent if the envelope did not verify under a key that was given, or holds no good statement."""

    data: bytes
    body: bytes | None
    known: KnownEntry | None
    refusal: Refusal | None


def examine(request: bytes | memoryview, keys: Mapping[str, bytes]) -> bytes:
    """Finds out what can be, in one kind of work after the other: in turns they cost twice as much.

    Args:
        request: the body of a request that submits statements.
        keys: key id → 32 bytes: under which its statements are expected to be signed.

    Returns:
        For `examined`.

    Raises:
        msgspec.MsgspecError: the request is not of its form.
    """
    offered = offered_of(msgspec.json.decode(request, type=Items))
    entries = [one.entry for one in offered]
    good = [_verified(entry, keys) for entry in entries]
    good = [is_good and _holds_statement(entry) for entry, is_good in zip(entries, good, strict=True)]
    refusals = [one.refusal if is_good else None for one, is_good in zip(offered, good, strict=True)]
    known = [known_entry(entry) if is_good else None for entry, is_good in zip(entries, good, strict=True)]
    told = [
        _Told(b"" if entry else one.entry.data, one.body, entry, refusal)
        for one, entry, refusal in zip(offered, known, refusals, strict=True)
    ]
    return msgspec.msgpack.encode(told)


def examined(answer: bytes) -> list[Offered]:
    """What was offered, with what `examine` found out about it."""
    return [_recalled(told) for told in msgspec.msgpack.decode(answer, type=list[_Told])]


def _recalled(told: _Told) -> Offered:
    if told.known is None:
        return Offered(Entry(told.data), told.body)
    offered = Offered(recalled_entry(told.known), told.body)
    offered.__dict__["refusal"] = told.refusal
    return offered


def _verified(entry: Entry, keys: Mapping[str, bytes]) -> bool:
    try:
        key = keys.get(entry.envelope.keyid)
        return key is not None and bool(entry.envelope.verify(key))
    except ProtocolError:
        return False


def _holds_statement(entry: Entry) -> bool:
    try:
        return bool(entry.statement)
    except ProtocolError:
        return False
