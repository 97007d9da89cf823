"""Somebody who works here, as rules of access see them. What roles there are, and what each may, says the service."""

from collections.abc import Callable

import msgspec

from protocol.house.core.errors import NotYours


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here.

    Attributes:
        id: their number in `people`.
        roles: of the service's list.
        agency: the body within the project that they work for, or None: the project itself.
        force: police-force area that they deal with, or None.
        police: they belong to a police body.
    """

    id: int
    name: str
    roles: frozenset[str]
    agency: str | None = None
    force: str | None = None
    police: bool = False

    def is_any(self, *roles: str) -> bool:
        """Whether they hold one of these."""
        return not self.roles.isdisjoint(roles)


Rule = Callable[[Staff], bool]
"""Whether somebody may do something at all: one predicate a rule."""


def require(rule: Rule, who: Staff) -> None:
    """Lets in those whom a rule lets in.

    Raises:
        NotYours: `access.role`.
    """
    if not rule(who):
        raise NotYours("role", "this is not for any of your roles here: whoever looks after accounts can change them")


def may_be_here(who: Staff) -> bool:
    """The start page and one's own account: everybody."""
    return bool(who.roles)
