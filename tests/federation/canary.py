"""Canary words: unlike any other, so that finding one in any encoding in use means that private text has left.

A worked example: `Canaries(seed).word()` gives `zqxjvkwpbdg…`; put it into a private field; afterwards `found_in(blob)`
must be empty for everything outside the node. All begin alike, so that one search finds them all.
"""

import base64
import random
import urllib.parse
from collections.abc import Iterator

BEGINS = "zqxjvkwpbdg"
"""Eleven consonants: in no language, and at every alignment of base64 eight characters that depend on nothing else."""

LETTERS = "bcdfghjkmnpqrstvwxz"


class Canaries:
    """Makes words and looks for them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def word(self) -> str:
        """A new canary."""
        return BEGINS + "".join(self._random.choices(LETTERS, k=6))

    def found_in(self, blob: bytes) -> set[bytes]:
        """The encodings of canaries that stand in these bytes, with what follows."""
        lowered = blob.lower()
        return {
            place[at : at + 60] for place in (blob, lowered) for form in encodings() if (at := place.find(form)) >= 0
        }


def encodings() -> Iterator[bytes]:
    """How a canary's beginning could stand in a database, a request, a log line."""
    for word in (BEGINS, BEGINS.title()):
        plain = word.encode()
        yield plain
        yield word.encode("utf-16-le")
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        yield urllib.parse.quote(word).encode()
        for lead in range(3):
            encoded = base64.b64encode(b"\x00" * lead + plain)
            yield encoded[4 if lead else 0 : len(encoded) - 4]
