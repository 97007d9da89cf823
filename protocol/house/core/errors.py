"""What a house refuses by a rule of the domain. Hub and node add their own kinds.

    HouseError
    ├── Refused            a rule says no: the message says what would be right
    │   ├── NotYours       not for any role of this person, or not theirs to look after
    │   └── TooSoon        too many wrong tries: after a wait
    └── NotFound           no such person, session, device, invitation

Each has a stable `code`. Messages name fields and rules, never private values.
"""

from typing import ClassVar


class HouseError(Exception):
    """Refused by a rule. `code` is stable; the message may be shown to a person."""

    family: ClassVar[str] = "house"

    def __init__(self, name: str, message: str) -> None:
        self.code = f"{self.family}.{name}"
        self.message = message
        super().__init__(f"{self.code}: {message}")


class Refused(HouseError):
    """A rule says no."""

    family = "refused"


class NotYours(Refused):
    """Not for any role that this person holds, or not something that is theirs to open."""

    family = "access"


class TooSoon(Refused):
    """Too many wrong tries: another is looked at after a wait."""

    family = "wait"

    def __init__(self, name: str, message: str, retry_after_seconds: int) -> None:
        super().__init__(name, message)
        self.retry_after_seconds = retry_after_seconds


class NotFound(HouseError):
    """There is no such thing here."""

    family = "not_found"
