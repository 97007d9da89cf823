"""A base for values that hold private words or keys: their `repr` says what they are and nothing of what is in them.

Values end up in tracebacks, test reports and log lines by accident; these must not.
"""

import msgspec


class Unprinted(msgspec.Struct, frozen=True):
    """A value whose fields are never printed."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
