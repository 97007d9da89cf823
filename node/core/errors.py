"""What a node refuses by a rule of the domain, beside what its house refuses.

    HouseError             (protocol.house.core.errors)
    ├── Refused            a rule says no: the message says what would be right
    │   ├── NotYours, TooSoon
    │   ├── NoPermission   promise 3: no switch, no release
    │   ├── Locked         under 18, not sure, a hold, an unanswered question
    │   ├── PrivateWords   the composed warning holds words that the record knows to be private
    │   └── SuccessionRefused  a charter does not succeed the log that this node obeys
    ├── NotFound           no such report, release, alert, person
    ├── Unavailable        the hub cannot be reached or is busy, or the database cannot be used: try again later
    └── Misconfigured      a setting, a key file or the database is not as it must be

Each has a stable `code`. Messages name fields and rules, never private values.
"""

from protocol.house.core.errors import HouseError, Refused


class NoPermission(Refused):
    """Promise 3: the permission that this needs was not given."""

    family = "permission"


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


class Unavailable(HouseError):
    """The hub cannot be reached or is busy, or the database cannot be used now."""

    family = "unavailable"


class Misconfigured(HouseError):
    """A setting, key file or the database is not as it must be."""

    family = "config"
