"""Keys of the node's own, sealed like a record: what is hashed under one of them means nothing outside this node."""

import hashlib
import hmac
from datetime import datetime
from typing import Final

from sqlmodel import Session

from node.store.vault import Owner, Vault, latest_part, put_part

_NODE: Final = Owner("node", 0, None)


def keyed_hash(session: Session, vault: Vault, key_name: str, text: str, now: datetime) -> str:
    """HMAC-SHA-256 of a text under the node's key of that name, 64 hex digits. The key is made at its first use."""
    key = latest_part(session, vault, _NODE, key_name, str)
    if key is None:
        key = vault.randomness(32).hex()
        put_part(session, vault, _NODE, key_name, key, at=now)
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()
