"""The order of spec/replay.md §2, step by step. The rules of each kind are in `membership` and `chains`."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from protocol.envelope import UnverifiedEnvelope
from protocol.errors import ProtocolError
from protocol.replay import chains, membership, series
from protocol.replay.entry import Entry
from protocol.replay.state import KeyRecord, State
from protocol.replay.succession import is_of_this_log, owe_for_old
from protocol.replay.void import Void, require
from protocol.statement import KINDS, reserved_kind
from protocol.statement_fields import Statement

_WHILE_SUSPENDED = frozenset({"cancel", "rotate", "leave"})
_ROLES = {kind: frozenset({"project"}) for kind in ("endorse", "object", "alert", "update", "sighting", "figures")} | {
    "series": frozenset({"project", "lead"})
}
"""Which members may sign it; any, where a kind is not here."""


Verdict = Literal["valid", "void", "unknown"]


class Outcome(msgspec.Struct, frozen=True):
    """How an entry was judged.

    Attributes:
        verdict: `valid`, `void` or `unknown`.
        code: the rule that a void entry broke, else empty.
        identity: of what the envelope carries, or None where there is no frame.
        statement: the parsed statement of a valid entry, else None.
    """

    verdict: Verdict
    code: str = ""
    identity: str | None = None
    statement: Statement | None = None


class _Unknown(Exception):
    """A newer version or a reserved kind. `officer`: the key id under which an officer calls it critical, or None."""

    def __init__(self, officer: str | None = None) -> None:
        self.officer = officer
        super().__init__()


def apply(state: State, index: int, entry: bytes | Entry) -> tuple[State, Outcome]:
    """The state after `entry` at `index`, and how it was judged.

    Args:
        state: of the entries 0 … index - 1.
        index: must be `state.size`.
        entry: any bytes, or an `Entry` of them that remembers what was found out.

    Raises:
        RuntimeError: `index` is not the next: a caller's bug. Nothing that `entry` holds raises.
    """
    if index != state.size:
        raise RuntimeError("entries are applied in the order of the log")
    identity: str | None = None
    entry = entry if isinstance(entry, Entry) else Entry(entry)
    try:
        identity = entry.envelope.identity
        statement, after = _judge(state, index, entry)
    except _Unknown as unknown:
        return replace(_heed(state, index, unknown.officer), size=index + 1), Outcome("unknown", identity=identity)
    except (ProtocolError, Void) as broken:
        return replace(state, size=index + 1), Outcome("void", broken.code, identity)
    after = replace(after, size=index + 1, statements=after.statements.set(identity, index))
    return after, Outcome("valid", identity=identity, statement=statement)


def replay(state: State, entries: Iterable[bytes | Entry]) -> State:
    """The state after all of `entries`, in order."""
    for entry in entries:
        state, _ = apply(state, state.size, entry)
    return state


def _judge(state: State, index: int, entry: Entry) -> tuple[Statement, State]:
    envelope = entry.envelope
    kind = envelope.type
    require(kind.what == "statement", "statement.payload_type")
    if kind.version > 1:
        raise _Unknown(envelope.keyid if kind.critical and _officer_signed(state, envelope) else None)
    require(not kind.critical, "statement.payload_type")
    if index == 0:
        return membership.charter(state, envelope)
    key = state.keys.get(envelope.keyid)
    if key is None:
        raise Void("key.unknown")
    payload = envelope.verify(bytes.fromhex(key.public))
    if not entry.is_parsed and reserved_kind(payload):
        raise _Unknown
    statement = entry.statement
    require(state.stopped is None or statement.kind == "cancel", "log.stopped")
    require(statement.kind != "charter", "log.charter")
    require(is_of_this_log(state, statement), "log.other")
    require(envelope.identity not in state.statements, "replay.duplicate")
    _require_may_sign(state, statement, key, envelope.keyid)
    return statement, _apply_kind(state, index, envelope, statement)


def _heed(state: State, index: int, officer: str | None) -> State:
    """Stops the log at the second officer's critical entry; remembers the first's."""
    if officer is None or state.stopped is not None:
        return state
    if state.critical in (None, officer):
        return replace(state, critical=officer)
    return replace(state, stopped=index)


def _officer_signed(state: State, envelope: UnverifiedEnvelope) -> bool:
    key = state.keys.get(envelope.keyid)
    if key is None or key.use != "officer":
        return False
    try:
        envelope.verify(bytes.fromhex(key.public))
    except ProtocolError:
        return False
    return True


def _require_may_sign(state: State, statement: Statement, key: KeyRecord, keyid: str) -> None:
    """Steps 9 and 10: origin owns the key, at this index, for this use; its state allows this kind."""
    if statement.kind == "cancel":
        require(key.use == "sign", "key.use")
        _require_may_cancel(state, statement.origin, key.member)
        return
    require(statement.origin == key.member, "key.not_origins")
    require(key.retired is None, "key.retired")
    if KINDS[statement.kind].by_officer:
        require(key.use == "officer", "key.use")
        return
    require(key.use == "sign" or (key.use == "online" and statement.kind == "rotate"), "key.use")
    member = state.members[key.member]
    require(member.present, "member.removed")
    require(member.status == "active" or statement.kind in _WHILE_SUSPENDED, "member.suspended")
    require(statement.kind not in _ROLES or member.role in _ROLES[statement.kind], "member.role")


def _require_may_cancel(state: State, origin: int, signer: int) -> None:
    """The origin by any `sign` key it ever held, or a successor; a compromised member's own key cancels nothing."""
    require(signer in state.members and state.members[signer].status != "compromised", "cancel.compromised")
    ancestor: int | None = signer
    while ancestor is not None and ancestor != origin:
        ancestor = state.members[ancestor].predecessor
    require(ancestor == origin, "key.not_origins")


def _apply_kind(state: State, index: int, envelope: UnverifiedEnvelope, statement: Statement) -> State:
    if statement.kind in chains.RULES:
        after = chains.RULES[statement.kind](state, index, envelope.identity, statement)
        is_of_old = statement.kind == "cancel" and statement.supersedes not in state.links
        return owe_for_old(after, index, statement.origin) if is_of_old else after
    if statement.kind in series.RULES:
        return series.RULES[statement.kind](state, index, envelope.identity, statement)
    if statement.kind in series.WORDS and statement.about in state.series:
        return series.WORDS[statement.kind](state, index, envelope.identity, statement)
    if statement.kind in membership.OFFICER_RULES:
        return membership.OFFICER_RULES[statement.kind](state, index, statement, envelope.keyid)
    if statement.kind == "rotate":
        return membership.rotate(state, index, statement, state.keys[envelope.keyid].use)
    return membership.RULES[statement.kind](state, index, envelope.identity, statement)
