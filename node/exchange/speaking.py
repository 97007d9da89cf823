"""Statements that a node makes by itself: built, signed, and put into the outbox in the caller's transaction."""

from typing import Any

import msgspec
from nacl.utils import random
from sqlmodel import Session

from node.exchange.desk import Desk
from node.store.outbox import add_to_outbox
from protocol.bodies import Body, encode_body, new_body_ref
from protocol.envelope import decode_envelope
from protocol.house.core.errors import Refused
from protocol.statement_fields import Statement


def say(
    desk: Desk,
    session: Session,
    kind: str,
    *,
    origin: int | None = None,
    unattended: bool = False,
    body: Body | None = None,
    **fields: Any,
) -> str:
    """Signs a statement of this node and puts it on its way; its identity.

    Args:
        desk: the node's.
        session: the transaction that decides it.
        kind: cancel, endorse, leave, rotate; series.
        origin: this node's member id, unless it speaks for its predecessor (a Cancel).
        unattended: sign with `online` (a `rotate` of `seal` only).
        body: open, if the kind has one.
        fields: beside the common ones.

    Raises:
        Refused: `refused.not_a_member`: it has not been admitted yet, or has seen no checkpoint.
    """
    statement, stored = Statement(kind=kind, **(_common(desk, origin) | fields)), None
    if body is not None:
        stored = encode_body(body)
        ref = new_body_ref(body, stored, desk.view.log, statement.origin, statement.nonce)
        statement = msgspec.structs.replace(statement, body=ref)
    envelope = desk.keyring.sign_statement(statement, unattended=unattended)
    identity = decode_envelope(envelope).identity
    add_to_outbox(
        session,
        identity=identity,
        kind=kind,
        envelope=envelope,
        body=stored,
        not_before=desk.now(),
        release_id=None,
        epochs=desk.epochs(),
    )
    return identity


def _common(desk: Desk, origin: int | None) -> dict[str, Any]:
    """What every statement says."""
    member, seen = desk.view.member_id, desk.view.seen()
    if member is None or seen is None:
        raise Refused("not_a_member", "this project has not been admitted yet, or has not synced since")
    return {
        "log": desk.view.log,
        "nonce": random(16).hex(),
        "origin": member if origin is None else origin,
        "day": desk.today.isoformat(),
        "status": "actual",
        "seen": seen,
    }
