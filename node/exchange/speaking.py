"""Statements that a node makes without a body: built, signed, and put into the outbox in the caller's transaction."""

from typing import Any

from nacl.utils import random
from sqlmodel import Session

from node.exchange.desk import Desk
from node.store.outbox import add_to_outbox
from protocol.envelope import decode_envelope
from protocol.house.core.errors import Refused
from protocol.statement_fields import Statement


def say(
    desk: Desk, session: Session, kind: str, *, origin: int | None = None, unattended: bool = False, **fields: Any
) -> str:
    """Signs a statement of this node and puts it on its way; its identity.

    Args:
        desk: the node's.
        session: the transaction that decides it.
        kind: without a body: cancel, endorse, leave, rotate.
        origin: this node's member id, unless it speaks for its predecessor (a Cancel).
        unattended: sign with `online` (a `rotate` of `seal` only).
        fields: beside the common ones.

    Raises:
        Refused: `refused.not_a_member`: it has not been admitted yet, or has seen no checkpoint.
    """
    member, seen = desk.view.member_id, desk.view.seen()
    if member is None or seen is None:
        raise Refused("not_a_member", "this project has not been admitted yet, or has not synced since")
    common: dict[str, Any] = {
        "log": desk.view.log,
        "nonce": random(16).hex(),
        "origin": member if origin is None else origin,
        "day": desk.today.isoformat(),
        "status": "actual",
        "seen": seen,
    }
    envelope = desk.keyring.sign_statement(Statement(kind=kind, **(common | fields)), unattended=unattended)
    identity = decode_envelope(envelope).identity
    add_to_outbox(
        session,
        identity=identity,
        kind=kind,
        envelope=envelope,
        body=None,
        not_before=desk.now(),
        release_id=None,
        epochs=desk.epochs(),
    )
    return identity
