"""Say something as an officer of the registrar: admit, suspend, resume, revoke. The key is the officer's own.

The statement is staged like any other; the running hub takes it. With none running, this process takes the turn.
"""

import datetime as dt
import secrets
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
from nacl.signing import SigningKey

from hub.actions.keep_request import asks_to_come_over
from hub.actions.submit import Offered, Submission
from hub.core.errors import Busy, Malformed, Missing
from hub.core.values import Candidate, Result
from hub.log_view import LogView
from hub.store import log, members
from hub.store.engine import Store
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from protocol.bodies import encode_body, new_body_ref
from protocol.body_fields import MemberBody
from protocol.carried import carried_proof
from protocol.checkpoint import seen_of
from protocol.envelope import STATEMENT_TYPE, decode_envelope, sign_envelope
from protocol.replay import Entry
from protocol.request import parse_request
from protocol.statement import encode_statement
from protocol.statement_fields import REGISTRAR, Carried, MemberPart, Statement
from protocol.verifier_key import ED25519, VerifierKey

PATIENCE_SECONDS: Final = 20
"""How long the command line waits for the running hub."""


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
    return _speak(officer, "suspend", MemberPart(id=member, reason=reason))  # type: ignore[arg-type]


def resume(officer: Officer, member: int) -> Result:
    """Ends a suspension, or one that only one officer has asked for."""
    return _speak(officer, "resume", MemberPart(id=member))


def revoke(officer: Officer, member: int, reason: str, since: int | None) -> Result:
    """Asks to revoke a member (`left`, or `compromised` since an index); acts at the second officer's word."""
    return _speak(officer, "revoke", MemberPart(id=member, reason=reason, from_=since))  # type: ignore[arg-type]


def admit(officer: Officer, digest: str, member: int) -> Result:
    """Admits the candidate whose request has this digest, under a new member id.

    Raises:
        Missing: `request.unknown`: no such candidate.
        Malformed: `request.malformed`: the id is that of a member of the log before, who may come over.
    """
    with officer.store.read() as session:
        if any(old.id == member for old in members.old_members(session)):
            raise Malformed("request.malformed", "that number was a member's in the log before: choose another")
    return _admit(officer, _candidate(officer.store, digest), member, None)


def readmit(officer: Officer) -> dict[int, Result]:
    """Admits everybody who waits and was a member of the log that this one succeeds; member id → what became of it."""
    with officer.store.read() as session:
        old, waiting = members.old_members(session), members.candidates(session)
    found = {}
    for index, member in enumerate(old):
        for candidate in waiting:
            request = parse_request(decode_envelope(candidate.envelope).payload)
            if asks_to_come_over(request, member):
                found[member.id] = _admit(officer, candidate, member.id, carried_proof(old, index))
    return found


def _admit(officer: Officer, candidate: Candidate, member: int, carried: Carried | None) -> Result:
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
    statement, stored = _with_body(_statement(officer, "admit", member=part, about=candidate.digest), body)
    result = _send(officer, statement, stored)
    if result.index is not None:
        with officer.store.begin() as session:
            members.forget_candidate(session, candidate.digest)
    return result


def _candidate(store: Store, digest: str) -> Candidate:
    with store.read() as session:
        found = [one for one in members.candidates(session) if one.digest == digest]
    if not found:
        raise Missing("request.unknown", "digest")
    return found[0]


def _with_body(statement: Statement, body: MemberBody) -> tuple[Statement, bytes]:
    stored = encode_body(body)
    assert statement.log is not None
    ref = new_body_ref(body, stored, statement.log, REGISTRAR, statement.nonce)
    return msgspec.structs.replace(statement, body=ref), stored


def _speak(officer: Officer, kind: str, member: MemberPart) -> Result:
    return _send(officer, _statement(officer, kind, member=member), None)


def _statement(officer: Officer, kind: str, **fields: Any) -> Statement:
    view = officer.view.refresh()
    charter = view.state.charter
    assert charter is not None and view.checkpoint is not None
    key = VerifierKey(charter.origin, ED25519, bytes.fromhex(charter.log_key))
    return Statement(
        kind=kind,
        log=view.state.log,
        nonce=secrets.token_hex(16),
        status="actual",
        origin=REGISTRAR,
        day=officer.now.date().isoformat(),
        seen=seen_of(view.checkpoint.note.encode(), key),
        **fields,
    )


def _send(officer: Officer, statement: Statement, stored: bytes | None) -> Result:
    """Stages one statement and waits for it to be ordered."""
    try:
        envelope = sign_envelope(encode_statement(statement), STATEMENT_TYPE, officer.key)
    except RuntimeError as error:
        raise Malformed("request.malformed", str(error)) from error
    submission = Submission(officer.store, officer.view, officer.epochs, officer.now)
    submission.check(Offered(Entry(envelope), stored), secrets.token_bytes(SEAL_RANDOMNESS))
    batch = secrets.token_hex(16)
    if submission.results[0].index is not None or submission.results[0].code or not submission.stage(batch):
        return submission.results[0]
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not submission.settle(batch):
        officer.take_turn()
        if time.monotonic() > give_up:
            raise Busy("hub.busy", "no hub is running that orders statements")
        time.sleep(0.05)
    officer.view.refresh()
    return submission.results[0]


def head_size(store: Store) -> int:
    """How long the log is: what `revoke: compromised` counts from."""
    with store.read() as session:
        return log.read_head(session).size
