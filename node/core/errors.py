"""What a node refuses by a rule of the domain.

    NodeError
    ├── Refused            a rule says no: the message says what would be right
    │   ├── NoPermission   promise 3: no switch, no release
    │   ├── NotYours       not for any role of this person, or not a record of theirs
    │   ├── TooSoon        too many wrong tries: after a wait
    │   ├── Locked         under 18, not sure, a hold, an unanswered question
    │   ├── PrivateWords   the composed warning holds words that the record knows to be private
    │   └── SuccessionRefused  a charter does not succeed the log that this node obeys
    ├── NotFound           no such report, release, alert, person
    ├── Unavailable        the hub cannot be reached or is busy, or the database cannot be used: try again later
    └── Misconfigured      a setting, a key file or the database is not as it must be

Each has a stable `code`. Messages name fields and rules, never private values.
"""

from typing import ClassVar


class NodeError(Exception):
    """Refused by a rule. `code` is stable; the message may be shown to a person."""

    family: ClassVar[str] = "node"

    def __init__(self, name: str, message: str) -> None:
        self.code = f"{self.family}.{name}"
        self.message = message
        super().__init__(f"{self.code}: {message}")


class Refused(NodeError):
    """A rule says no."""

    family = "refused"


class NoPermission(Refused):
    """Promise 3: the permission that this needs was not given."""

    family = "permission"


class NotYours(Refused):
    """Not for any role that this person holds, or not a record that is theirs to open."""

    family = "access"


class TooSoon(Refused):
    """Too many wrong tries: another is looked at after a wait."""

    family = "wait"

    def __init__(self, name: str, message: str, retry_after_seconds: int) -> None:
        super().__init__(name, message)
        self.retry_after_seconds = retry_after_seconds


class Locked(Refused):
    """The record waits for a person: its age question, a lead, a hold."""

    family = "locked"


class PrivateWords(Refused):
    """Promise 2: the composed warning holds words that the record knows to be private."""

    family = "private"

    def __init__(self, name: str, message: str, fields: tuple[str, ...]) -> None:
        super().__init__(name, message)
        self.fields = fields


class SuccessionRefused(Refused):
    """A check before this node turns to another log (protocol/spec/membership.md §7) says no."""

    family = "succession"


class NotFound(NodeError):
    """There is no such thing here."""

    family = "not_found"


class Unavailable(NodeError):
    """The hub cannot be reached or is busy, or the database cannot be used now."""

    family = "unavailable"


class Misconfigured(NodeError):
    """A setting, key file or the database is not as it must be."""

    family = "config"
