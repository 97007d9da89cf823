"""Every error of the domain has a status and a page: one table, proved total by a test. No page shows a value."""

from collections.abc import Mapping
from typing import Final

import msgspec

from node.core.errors import (
    Locked,
    Misconfigured,
    NodeError,
    NoPermission,
    NotFound,
    NotYours,
    PrivateWords,
    Refused,
    TooSoon,
    Unavailable,
)


class Problem(msgspec.Struct, frozen=True):
    """What a person sees of an error: a status and a heading; the error's own message stands below."""

    status: int
    heading: str


PROBLEMS: Final[Mapping[type[NodeError], Problem]] = {
    NoPermission: Problem(409, "There is no permission for this"),
    NotYours: Problem(403, "This is not yours to see or do"),
    TooSoon: Problem(429, "Wait a little"),
    Locked: Problem(409, "This record waits for somebody"),
    PrivateWords: Problem(409, "This holds private words"),
    Refused: Problem(409, "This cannot be done"),
    NotFound: Problem(404, "There is no such thing here"),
    Unavailable: Problem(503, "This cannot be done at the moment"),
    Misconfigured: Problem(503, "This node is not set up for that"),
}


def problem_of(error: NodeError) -> Problem:
    """The problem of an error, by its nearest kind."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)
