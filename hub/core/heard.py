"""When a member's node was last heard, how far its clock is off, and what it says it runs. Pure."""

import re
from datetime import datetime
from typing import Final

import msgspec

SOFTWARE: Final = re.compile(r"watchword-node/[0-9A-Za-z.+-]{1,32}")
"""What a node says that it runs; it is not signed, and shown to operators alone."""

CLOCK_OFF_SECONDS: Final = 60
"""From here on an operator is told: at twice that its requests are refused (protocol/spec/http-signatures.md)."""


class Heard(msgspec.Struct, frozen=True):
    """The last word of one member's node.

    Attributes:
        at: aware UTC, to the minute.
        clock_seconds: by how much its clock is ahead of ours, as its last signed request said; None: not known.
        software: such as `watchword-node/0.1.0`, or "".
    """

    member: int
    at: datetime
    clock_seconds: int | None = None
    software: str = ""

    @property
    def is_clock_off(self) -> bool:
        """Whether somebody should put it right."""
        return self.clock_seconds is not None and abs(self.clock_seconds) >= CLOCK_OFF_SECONDS


def software_of(said: str) -> str:
    """What a request says that its sender runs, or "" if that is nothing of ours."""
    return said if SOFTWARE.fullmatch(said) else ""
