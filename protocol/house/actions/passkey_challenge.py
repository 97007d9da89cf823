"""What a passkey signs: a moment and a purpose under this node's key. Handing one out writes nothing."""

import hmac
from datetime import UTC, datetime
from typing import Final

from sqlmodel import Session

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.errors import Refused
from protocol.house.store.keyed import keyed_hash
from protocol.house.store.passkeys import CHALLENGE_LASTS, use_challenge

_KEY: Final = "passkey_key"
_NONCE: Final = 16
_TIME: Final = 8


def make_challenge(desk: HouseDesk, purpose: str, *, now: datetime) -> bytes:
    """A challenge for one purpose, good for five minutes, once.

    Args:
        purpose: such as `sign_in`, or `unlock/7` for one session.
    """
    head = desk.vault.randomness(_NONCE) + int(now.timestamp()).to_bytes(_TIME, "big")
    with desk.store.begin() as session:
        return head + _seal_of(session, desk, purpose, head, now)


def require_challenge(session: Session, desk: HouseDesk, challenge: bytes, purpose: str, *, now: datetime) -> None:
    """That we made it, for this, within five minutes, and that nobody has answered it: it is used up.

    Raises:
        Refused: `refused.passkey`.
    """
    head, seal = challenge[: _NONCE + _TIME], challenge[_NONCE + _TIME :]
    if len(head) == _NONCE + _TIME and hmac.compare_digest(seal, _seal_of(session, desk, purpose, head, now)):
        made = datetime.fromtimestamp(int.from_bytes(head[_NONCE:], "big"), UTC)
        if abs(now - made) <= CHALLENGE_LASTS and use_challenge(session, challenge.hex(), now):
            return
    raise Refused("passkey", "this took too long, or was sent twice: try again")


def _seal_of(session: Session, desk: HouseDesk, purpose: str, head: bytes, now: datetime) -> bytes:
    return bytes.fromhex(keyed_hash(session, desk.vault, _KEY, f"{purpose}:{head.hex()}"))
