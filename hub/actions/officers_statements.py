"""What an officer of the registrar can say, as a statement that nobody has signed yet.

Officers' keys never lie at the hub: a statement is made here, signed where the key is, and taken by `take_signed`.
"""

import datetime as dt
import secrets
from typing import Any, Final, Literal, cast

import msgspec

from hub.actions.keep_request import asks_to_come_over
from hub.core.errors import Malformed, Missing
from hub.core.values import Candidate
from hub.log_view import LogView
from hub.store import members
from hub.store.engine import Store
from protocol.bodies import encode_body, new_body_ref
from protocol.body_fields import MemberBody
from protocol.carried import carried_proof
from protocol.checkpoint import seen_of
from protocol.envelope import decode_envelope
from protocol.replay import State
from protocol.request import parse_request
from protocol.statement_fields import REGISTRAR, Carried, MemberPart, Statement
from protocol.verifier_key import ED25519, VerifierKey

Reason = Literal["safeguarding", "key_doubt", "silent", "misuse", "other", "left", "compromised"]

SUSPENDING: Final[tuple[Reason, ...]] = ("safeguarding", "key_doubt", "silent", "misuse", "other")
"""Why a member is suspended. Source: spec/membership.md §4."""


class Unsigned(msgspec.Struct, frozen=True):
    """A statement to be signed, and the stored bytes of its body if it has one."""

    statement: Statement
    body: bytes | None = None


def suspension(view: LogView, now: dt.datetime, member: int, reason: str) -> Unsigned:
    """Asks to suspend a member; acts at the second officer's word."""
    return Unsigned(_statement(view, now, "suspend", member=MemberPart(id=member, reason=cast(Reason, reason))))


def resumption(view: LogView, now: dt.datetime, member: int) -> Unsigned:
    """Ends a suspension, or one that only one officer has asked for."""
    return Unsigned(_statement(view, now, "resume", member=MemberPart(id=member)))


def revocation(view: LogView, now: dt.datetime, member: int, reason: str, since: int | None) -> Unsigned:
    """Asks to revoke a member (`left`, or `compromised` since an index); acts at the second officer's word."""
    part = MemberPart(id=member, reason=cast(Reason, reason), from_=since)
    return Unsigned(_statement(view, now, "revoke", member=part))


def admission(store: Store, view: LogView, now: dt.datetime, digest: str, member: int) -> Unsigned:
    """Admits the candidate whose request has this digest, under a new member id.

    Raises:
        Missing: `request.unknown`: no such candidate.
        Malformed: `request.malformed`: the id is that of a member of the log before, who may come over.
    """
    with store.read() as session:
        old, waiting = members.old_members(session), members.candidates(session)
    if any(one.id == member for one in old):
        raise Malformed("request.malformed", "that number was a member's in the log before: choose another")
    candidate = next((one for one in waiting if one.digest == digest), None)
    if candidate is None:
        raise Missing("request.unknown", "digest")
    return _admission(view, now, candidate, member, None)


def readmissions(store: Store, view: LogView, now: dt.datetime) -> dict[int, Unsigned]:
    """Admissions of everybody who waits and was a member of the log that this one succeeds, by member id."""
    with store.read() as session:
        old, waiting = members.old_members(session), members.candidates(session)
    found = {}
    for index, member in enumerate(old):
        for candidate in waiting:
            request = parse_request(decode_envelope(candidate.envelope).payload)
            if asks_to_come_over(request, member):
                found[member.id] = _admission(view, now, candidate, member.id, carried_proof(old, index))
    return found


def next_member(store: Store, state: State) -> int:
    """The smallest number that is greater than every member's, here and in the log before."""
    with store.read() as session:
        old = [one.id for one in members.old_members(session)]
    return max((*state.members, *old), default=0) + 1


def _admission(view: LogView, now: dt.datetime, candidate: Candidate, member: int, carried: Carried | None) -> Unsigned:
    envelope = decode_envelope(candidate.envelope)
    request = parse_request(envelope.payload)
    part = MemberPart(
        id=member,
        carried=carried,
        host=request.host,
        keys=request.keys,
        nonce=request.nonce,
        police=request.police,
        predecessor=request.predecessor,
        proof=envelope.signature.hex(),
        region=request.region,
        role=request.role,
    )
    body = MemberBody(type="member.v1", salt=secrets.token_hex(32), name=candidate.name, contact=candidate.contact)
    statement, stored = _statement(view, now, "admit", member=part, about=candidate.digest), encode_body(body)
    assert statement.log is not None
    ref = new_body_ref(body, stored, statement.log, REGISTRAR, statement.nonce)
    return Unsigned(msgspec.structs.replace(statement, body=ref), stored)


def _statement(view: LogView, now: dt.datetime, kind: str, **fields: Any) -> Statement:
    snapshot = view.refresh()
    charter = snapshot.state.charter
    assert charter is not None and snapshot.checkpoint is not None
    key = VerifierKey(charter.origin, ED25519, bytes.fromhex(charter.log_key))
    return Statement(
        kind=kind,
        log=snapshot.state.log,
        nonce=secrets.token_hex(16),
        status="actual",
        origin=REGISTRAR,
        day=now.date().isoformat(),
        seen=seen_of(snapshot.checkpoint.note.encode(), key),
        **fields,
    )
