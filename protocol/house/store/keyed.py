"""Hashes under keys of this house's own, sealed like a record: they mean nothing outside it."""

import hashlib
import hmac
from typing import Final

from sqlmodel import Session

from protocol.at_rest import SEAL_RANDOMNESS
from protocol.house.store.account_tables import HashKeyRow
from protocol.house.store.vault import Vault

KEY_BYTES: Final = 32


def keyed_hash(session: Session, vault: Vault, key_name: str, text: str) -> str:
    """HMAC-SHA-256 of a text under the key of that name, 64 hex digits. The key is made at its first use.

    Raises:
        SealBroken: the key does not open: its epoch key is destroyed, or it was altered.
    """
    row = session.get(HashKeyRow, key_name)
    sealed = None if row is None else row.sealed()
    if row is None or sealed is None:
        row, key = HashKeyRow(name=key_name), vault.randomness(KEY_BYTES)
        row.put(vault.epochs.seal(key, row.place(), vault.randomness(SEAL_RANDOMNESS)))
        session.add(row)
        session.flush()
    else:
        key = vault.epochs.open(sealed, row.place())
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
