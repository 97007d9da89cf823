"""What seals and opens at rest: the only way to a private word, and it needs the epoch keys."""

from collections.abc import Callable

from protocol.at_rest import Epochs
from protocol.house.core.unprinted import Unprinted


class Vault(Unprinted, frozen=True):
    """The epoch keys that exist now, and where randomness comes from.

    Attributes:
        randomness: from a number of bytes to that many.
    """

    epochs: Epochs
    randomness: Callable[[int], bytes]

    def new_salt(self) -> str:
        """32 random bytes in hex: a body's salt."""
        return self.randomness(32).hex()

    def new_nonce(self) -> str:
        """16 random bytes in hex: a statement's nonce."""
        return self.randomness(16).hex()
