"""Sealing at rest: each part with a key of its own, each such key wrapped by an epoch key that is kept elsewhere.

Erasing a part means forgetting its wrapped key; destroying the epoch key makes every copy of that wrapped key useless.
Pure: nonces and keys come in as arguments. XChaCha20-Poly1305 throughout. Source: DESIGN §5, promise 12.
"""

from typing import Final, Literal

import msgspec
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 24


class SealBroken(Exception):
    """A sealed part, or a wrapped key, does not open: another key, another place, or altered bytes."""


class Sealed(msgspec.Struct, frozen=True):
    """A sealed part.

    Attributes:
        content: nonce (24 bytes) ‖ ciphertext.
        wrapped_key: nonce (24 bytes) ‖ the part's key under the epoch key.
        epoch: number of the epoch key.
    """

    content: bytes
    wrapped_key: bytes
    epoch: int


class ErasedWith(msgspec.Struct, frozen=True, kw_only=True):
    """What a table's rows are erased with: every table of a hub and of a node declares one, and tests walk them.

    Attributes:
        goes: `row`: the whole row; `sealed`: its sealed columns are emptied; `parts`: the sealed parts that belong to
            it, rows of another table; `nothing`.
        by: names of the functions that erase it; none where nothing goes.
        why: in words: when it goes, or what stays and why it may.
    """

    goes: Literal["row", "sealed", "parts", "nothing"]
    by: tuple[str, ...] = ()
    why: str


class Epochs(msgspec.Struct, frozen=True):
    """The epoch keys that exist now, by number; the greatest seals. Says its numbers only when it is printed."""

    keys: dict[int, bytes]

    def __repr__(self) -> str:
        return f"Epochs({sorted(self.keys)})"

    @property
    def current(self) -> int:
        """Number of the epoch key that seals.

        Raises:
            RuntimeError: there is none.
        """
        if not self.keys:
            raise RuntimeError("there is no epoch key")
        return max(self.keys)

    def seal(self, plaintext: bytes, place: str, randomness: bytes) -> Sealed:
        """Seals a part under a new key of its own.

        Args:
            plaintext: the part.
            place: where it belongs (`table/id/part`): it opens nowhere else.
            randomness: 80 random bytes: the part's key and two nonces.
        """
        epoch = self.current
        key, nonce, wrap_nonce = randomness[:32], randomness[32:56], randomness[56:80]
        content = nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, place.encode(), nonce, key)
        return Sealed(content, self._wrap(key, place, wrap_nonce, epoch), epoch)

    def open(self, sealed: Sealed, place: str) -> bytes:
        """The part.

        Raises:
            SealBroken: the epoch key was destroyed, or the bytes are not what was sealed at this place.
        """
        return _decrypt(sealed.content, place, self._unwrap(sealed, place))

    def rewrap(self, sealed: Sealed, place: str, randomness: bytes) -> Sealed:
        """The same part with its key under the current epoch key.

        Args:
            randomness: 24 random bytes.

        Raises:
            SealBroken: as `open`.
        """
        key = self._unwrap(sealed, place)
        return Sealed(sealed.content, self._wrap(key, place, randomness, self.current), self.current)

    def _wrap(self, key: bytes, place: str, nonce: bytes, epoch: int) -> bytes:
        aad = f"key/{epoch}/{place}".encode()
        return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(key, aad, nonce, self.keys[epoch])

    def _unwrap(self, sealed: Sealed, place: str) -> bytes:
        epoch_key = self.keys.get(sealed.epoch)
        if epoch_key is None:
            raise SealBroken("its epoch key is destroyed")
        return _decrypt(sealed.wrapped_key, f"key/{sealed.epoch}/{place}", epoch_key)


SEAL_RANDOMNESS: Final = KEY_BYTES + 2 * NONCE_BYTES
"""Bytes of randomness that `Epochs.seal` takes."""


def _decrypt(sealed: bytes, place: str, key: bytes) -> bytes:
    try:
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, place.encode(), nonce, key)
    except (CryptoError, ValueError, TypeError) as error:
        raise SealBroken("does not open") from error
