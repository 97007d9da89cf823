"""Admission requests and Acks: the two other signed payloads, each in a closed grammar of its own.

A request's digest is what members endorse; `admit` repeats it field by field, so that replay can build it again.
Source: spec/membership.md §2, spec/exchange.md §6.
"""

from typing import Literal

import msgspec

from protocol import canonical
from protocol.envelope import REQUEST_TYPE, ROTATION_TYPE, UnverifiedEnvelope, identity_of, pae
from protocol.errors import StatementInvalid
from protocol.statement import require_keys
from protocol.statement_fields import Digest, Host, Keys, MemberId, MemberPart, Nonce, Region, Role, Seen


class AdmissionRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a candidate asks for, signed with its first `sign` key."""

    host: Host
    keys: Keys
    log: Digest
    nonce: Nonce
    police: Literal["yes", "no"]
    predecessor: MemberId | None = None
    region: Region | None = None
    role: Role


class Ack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At `seen` its origin holds no body that replay says is gone. By its `online` key; a claim, not proof."""

    log: Digest
    origin: MemberId
    seen: Seen


def parse_request(payload: bytes) -> AdmissionRequest:
    """Reads a request's payload.

    Raises:
        StatementInvalid: named after the rule broken.
    """
    request = canonical.decode(payload, AdmissionRequest, StatementInvalid)
    require_keys(request.keys, "keys")
    if (request.region is not None) != (request.role == "project"):
        raise StatementInvalid("grammar", "region")
    canonical.require_canonical(payload, request, StatementInvalid)
    return request


def parse_ack(payload: bytes) -> Ack:
    """Reads an Ack's payload.

    Raises:
        StatementInvalid: named after the rule broken.
    """
    ack = canonical.decode(payload, Ack, StatementInvalid)
    canonical.require_canonical(payload, ack, StatementInvalid)
    return ack


def request_payload(member: MemberPart, log: str) -> bytes:
    """The payload that an `admit` says was asked for, rebuilt from its `member` object (all request fields present)."""
    assert member.host and member.keys and member.nonce and member.police and member.role
    return canonical.encode(
        AdmissionRequest(
            host=member.host,
            keys=member.keys,
            log=log,
            nonce=member.nonce,
            police=member.police,
            predecessor=member.predecessor,
            region=member.region,
            role=member.role,
        )
    )


class Rotation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What each new key of a rotation signs: the whole new set, for this member, in this log."""

    keys: Keys
    log: Digest
    origin: MemberId


def rotation_message(keys: Keys, log: str, origin: int) -> bytes:
    """The PAE that each new key of a rotation to `keys` signs. Source: spec/membership.md §5."""
    return pae(ROTATION_TYPE, canonical.encode(Rotation(keys=keys, log=log, origin=origin)))


def request_digest(payload: bytes) -> str:
    """SHA-256 of the request's PAE: what endorsements are about."""
    return identity_of(REQUEST_TYPE, payload)


def require_type(envelope: UnverifiedEnvelope, payload_type: str) -> None:
    """Refuses an envelope of another type than the one expected.

    Raises:
        StatementInvalid: `statement.payload_type`.
    """
    if envelope.payload_type != payload_type:
        raise StatementInvalid("payload_type")
