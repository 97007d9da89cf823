"""What a password must be: long, and none that people try first. No composition rules. Pure, but for its cost in time.

Kept as argon2id of the password in NFKC, at 19 MiB and two passes: about a tenth of a second. Source: NIST SP 800-63B
§5.1.1.2; OWASP's parameters.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from protocol.house.core.common_passwords import COMMON
from protocol.house.core.errors import Refused

SHORTEST: Final = 12
LONGEST: Final = 200
"""Characters. A longer one costs time and protects nothing more."""

SALT_BYTES: Final = 16
_FEWEST_DIFFERENT: Final = 5
_OWN_LETTERS: Final = 4
_OWN_FIGURES: Final = 8
"""What must be left, different letters or any figures, once what everybody tries is taken out."""

_LONG_ENOUGH_TO_COUNT: Final = 4
_LOOKS_LIKE: Final = str.maketrans("013457@$!", "oieastasi")
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiop", "asdfghjkl")

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODYS: Final = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCAxNg$I6uBhvdevNslz5It8jVHe30U//Vfg5+jVliIvQfWIrA"
"""The hash of no password: what a name that nobody has is compared with, so that it takes as long."""


def require_password(password: str, known: Iterable[str]) -> None:
    """Refuses what is short or tried first.

    Args:
        known: what others know of this person: their name, the project's.

    Raises:
        Refused: `refused.password_short`, `refused.password_long`, `refused.password_common`.
    """
    if len(password) < SHORTEST:
        raise Refused("password_short", f"a password has at least {SHORTEST} characters: three or four words are good")
    if len(password) > LONGEST:
        raise Refused("password_long", f"a password has at most {LONGEST} characters")
    if _is_common(password, known):
        raise Refused("password_common", "this is among the passwords that are tried first: choose other words")


def _is_common(password: str, known: Iterable[str]) -> bool:
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(set(folded)) < _FEWEST_DIFFERENT:
        return True
    names = {word for name in known for word in name.casefold().split() if len(word) >= _LONG_ENOUGH_TO_COUNT}
    for text in (folded, folded.translate(_LOOKS_LIKE)):
        left = _without_rows(text)
        for word in sorted(COMMON | names, key=len, reverse=True):
            left = left.replace(word, " ")
        letters, figures = {char for char in left if char.isalpha()}, sum(char.isdigit() for char in left)
        if len(letters) < _OWN_LETTERS and figures < _OWN_FIGURES:
            return True
    return False


def _without_rows(text: str) -> str:
    """Takes out runs of four or more that stand so on a keyboard or in the alphabet, either way round."""
    rows = [way for row in _ROWS for way in (row, row[::-1])]
    at, left = 0, ""
    while at < len(text):
        longest = 0
        for size in range(_LONG_ENOUGH_TO_COUNT, len(text) - at + 1):
            if not any(text[at : at + size] in row for row in rows):
                break
            longest = size
        left += " " if longest else text[at]
        at += longest or 1
    return left


def hash_password(password: str, salt: bytes) -> str:
    """What is kept of it. `salt`: 16 random bytes."""
    return _HASHER.hash(unicodedata.normalize("NFKC", password), salt=salt)


def is_password(kept: str, password: str) -> bool:
    """Whether it is this one; takes as long where it is not."""
    try:
        return _HASHER.verify(kept, unicodedata.normalize("NFKC", password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
