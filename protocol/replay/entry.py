"""An entry of a log, and what can be found out about it once, whatever the state: its frame, statement and signature.

Sound because each is a pure function of the bytes; a failure is found again each time. `verify_ahead` changes no
verdict, only when the work is done: verification releases the interpreter, so it uses all cores, and one kind of work
over many entries at once costs half of what it costs in turns with others.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec

from protocol.envelope import UnverifiedEnvelope, decode_envelope
from protocol.errors import ProtocolError
from protocol.replay.state import State
from protocol.statement import parse_statement
from protocol.statement_fields import Seen, Statement

SHARE: Final = 32
"""Entries for which another thread is worth its start: about 0.1 ms, and each verification takes 0.05 ms."""


class Entry(msgspec.Struct, frozen=True, dict=True):
    """Any bytes that stand, or are to stand, in a log."""

    data: bytes

    @property
    def envelope(self) -> UnverifiedEnvelope:
        """The frame.

        Raises:
            EnvelopeInvalid: as `decode_envelope`.
        """
        found: UnverifiedEnvelope | None = self.__dict__.get("envelope")
        if found is None:
            found = self.__dict__["envelope"] = decode_envelope(self.data)
        return found

    @property
    def statement(self) -> Statement:
        """The payload, parsed. Hostile until the envelope was verified.

        Raises:
            EnvelopeInvalid, StatementInvalid: as `decode_envelope` and `parse_statement`.
        """
        found: Statement | None = self.__dict__.get("statement")
        if found is None:
            found = self.__dict__["statement"] = parse_statement(self.envelope.payload)
        return found

    @property
    def is_parsed(self) -> bool:
        """Whether its payload is known to be a statement: then it is of no reserved kind."""
        return "statement" in self.__dict__


class _SeenBefore(Seen, frozen=True, kw_only=True):
    root: str
    sig: str


class _ParsedBefore(Statement, frozen=True, kw_only=True):
    """A statement that another process of the same program has parsed: its texts are not matched again."""

    about: str | None = None
    day: str
    expires: str | None = None
    log: str | None = None
    nonce: str
    seen: _SeenBefore | None = None
    supersedes: str | None = None


class KnownEntry(msgspec.Struct, frozen=True, array_like=True):
    """What an entry has found out about itself, to be told to another process of the same program.

    Attributes:
        key: 32 bytes: under which its signature verified.
    """

    data: bytes
    payload: bytes
    payload_type: str
    keyid: str
    signature: bytes
    identity: str
    key: bytes
    statement: _ParsedBefore


def known_entry(entry: Entry) -> KnownEntry:
    """Of an entry whose signature verified and whose statement is a good one."""
    envelope = entry.envelope
    key = envelope.verified_key
    assert key is not None
    return KnownEntry(
        entry.data,
        envelope.payload,
        envelope.payload_type,
        envelope.keyid,
        envelope.signature,
        envelope.identity,
        key,
        entry.statement,  # type: ignore[arg-type]  # written as it is, read as what it was
    )


def recalled_entry(known: KnownEntry) -> Entry:
    """The same entry: it need not find out again what is known. Only from who ran `known_entry`."""
    entry = Entry(known.data)
    entry.__dict__["envelope"] = UnverifiedEnvelope(
        known.payload, known.payload_type, known.keyid, known.signature, known.identity
    ).verified_before(known.key)
    entry.__dict__["statement"] = known.statement
    return entry


def verify_ahead(state: State, entries: Sequence[Entry]) -> None:
    """Finds out about these entries what `apply` will ask: frames, then signatures on all cores, then statements.

    Args:
        state: of any moment: a key is never re-used for another. What it does not know, or what fails, is left to
            `apply`.
    """
    signed = [one for one in (_signed(state, entry) for entry in entries) if one is not None]
    shares = min(os.cpu_count() or 1, len(signed) // SHARE)
    if shares > 1:
        with ThreadPoolExecutor(shares) as threads:
            verified = [one for share in threads.map(_verified, _split(signed, shares)) for one in share]
    else:
        verified = _verified(signed)
    for entry in verified:
        try:
            _ = entry.statement
        except ProtocolError:
            continue


def _signed(state: State, entry: Entry) -> tuple[Entry, bytes] | None:
    """The entry and the 32 bytes of its signer's key; None: it was verified, has no frame, or the key is not known."""
    try:
        envelope = entry.envelope
    except ProtocolError:
        return None
    key = state.keys.get(envelope.keyid) if envelope.verified_key is None else None
    return None if key is None else (entry, bytes.fromhex(key.public))


def _split(signed: Sequence[tuple[Entry, bytes]], shares: int) -> list[Sequence[tuple[Entry, bytes]]]:
    size = -(-len(signed) // shares)
    return [signed[start : start + size] for start in range(0, len(signed), size)]


def _verified(signed: Sequence[tuple[Entry, bytes]]) -> list[Entry]:
    """Those whose signatures hold."""
    verified = []
    for entry, public in signed:
        try:
            entry.envelope.verify(public)
        except ProtocolError:
            continue
        verified.append(entry)
    return verified
