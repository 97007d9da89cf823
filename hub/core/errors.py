"""What the hub refuses, and how it says so.

    HubError
    ├── Malformed       400  the request is not of the form that exchange.md gives it
    ├── Unauthorised    401  does not prove who sends it
    ├── Forbidden       403  proved, and may not
    ├── Missing         404  there is no such thing
    ├── Conflict        409  cannot be, given what is already here
    ├── TooLarge        413
    ├── Limited         429  too many; says when again
    ├── Busy            503  cannot sign now; says when again
    └── Halted          503  will not sign any more until a person has looked

`code` is stable (spec/exchange.md §2). Messages name fields, never values. `api/problems.py` turns each into an answer.
"""

from typing import ClassVar


class HubError(Exception):
    """A refusal with a stable `code`."""

    status: ClassVar[int] = 500
    default_retry_seconds: ClassVar[int | None] = None

    def __init__(self, code: str, detail: str = "", *, retry_after_seconds: int | None = None) -> None:
        self.code = code
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds or self.default_retry_seconds
        super().__init__(f"{code}: {detail}" if detail else code)


class Malformed(HubError):
    """Not of the form that exchange.md gives it."""

    status = 400


class Unauthorised(HubError):
    """Does not prove who sends it."""

    status = 401


class Forbidden(HubError):
    """Proved who sends it, and may not."""

    status = 403


class Missing(HubError):
    """There is no such thing."""

    status = 404


class Conflict(HubError):
    """Cannot be, given what is already here."""

    status = 409


class TooLarge(HubError):
    """Larger than any honest request."""

    status = 413


class Limited(HubError):
    """Too many. Cancel and Ack never meet this."""

    status = 429


class Busy(HubError):
    """Cannot be done now."""

    status = 503
    default_retry_seconds = 5


class Halted(HubError):
    """The hub does not sign any more until a person has looked: its database is older than what it signed."""

    status = 503
    default_retry_seconds = 3_600


class Misconfigured(Exception):
    """A setting, key file or the database is not as it must be. The message says what would be right."""
