"""Keep a candidate's request to join, against an invitation. Source: spec/exchange.md §7."""

import datetime as dt

from sqlmodel import Session

from hub.core.errors import Forbidden, Malformed
from hub.core.values import Candidate
from hub.log_view import LogView
from hub.store import members
from hub.store.engine import Store
from protocol.bodies import encode_body
from protocol.body_fields import MemberBody
from protocol.carried import OldMember
from protocol.envelope import REQUEST_TYPE, decode_envelope
from protocol.errors import ProtocolError
from protocol.keys import key_id, require_valid_point
from protocol.request import AdmissionRequest, parse_request, request_digest, require_type


def keep_request(
    store: Store, view: LogView, *, invitation: str, envelope: bytes, name: str, contact: str, today: dt.date
) -> str:
    """Verifies a request and keeps it; its digest. Who comes over from the log before needs no invitation.

    Raises:
        Malformed: the request, name or contact is not of its form, or is for another log.
        Forbidden: `invitation.unknown`: never given, used, or past its day.
    """
    try:
        # As the admission will write them: what no body can hold is refused now.
        encode_body(MemberBody(type="member.v1", salt="0" * 64, name=name, contact=contact))
    except ProtocolError as error:
        raise Malformed("request.malformed", "name or contact") from error
    try:
        unverified = decode_envelope(envelope)
        require_type(unverified, REQUEST_TYPE)
        request = parse_request(unverified.payload)
        first = bytes.fromhex(request.keys.sign[0])
        for key in (*request.keys.sign, request.keys.online):
            require_valid_point(bytes.fromhex(key), "keys")
        unverified.verify(first)
    except ProtocolError as error:
        raise Malformed(error.code, error.detail) from error
    if unverified.keyid != key_id(first):
        raise Malformed("key.unknown", "keyid")
    if request.log != view.now.state.log:
        raise Malformed("log.other", "log")
    digest = request_digest(unverified.payload)
    with store.begin() as session:
        known = {candidate.digest: candidate for candidate in members.candidates(session)}
        if digest in known:
            return digest
        if not _comes_over(session, request) and not members.use_invitation(session, invitation, today):
            raise Forbidden("invitation.unknown", "invitation")
        members.keep_candidate(session, Candidate(digest, envelope, name, contact))
    return digest


def _comes_over(session: Session, request: AdmissionRequest) -> bool:
    """Whether this is a member of the log that this one succeeds, exactly as it was there."""
    return any(asks_to_come_over(request, old) for old in members.old_members(session))


def asks_to_come_over(request: AdmissionRequest, old: OldMember) -> bool:
    """Whether this request is that member's: the same keys, and all else as it was."""
    asked = (request.host, request.keys, request.police, request.region, request.role)
    return request.predecessor is None and asked == (old.host, old.keys, old.police, old.region, old.role)
