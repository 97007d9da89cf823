"""A service's rules about who works there: which roles there are, who gives them, who looks after whose account."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from protocol.house.core.errors import Refused
from protocol.house.core.staff import Rule, Staff

DEPUTY_AT_MOST: Final = timedelta(days=30)
"""A longer absence is a change of roles. Source: PEOPLE 2.4."""


class Staffing(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one service. Each is a predicate of its `core.access`.

    Attributes:
        roles: all there are, in the order in which they are shown.
        deputised: roles in which somebody may stand in for a while.
        keeper: the role that the last who holds it cannot lose: nobody else could give it again.
        may_manage_people: invite, change roles, end an account or a device.
        may_give: give or take a role.
        may_manage: invite this person, or change their roles.
        may_end: end this person's account, sessions or devices.
        may_read_audit: the trail of looks and acts.
        barred: why somebody, with the roles that they would have, cannot hold one of them; empty: they can.
        agencies: bodies within the project for which somebody may work.
    """

    roles: tuple[str, ...]
    deputised: tuple[str, ...]
    keeper: str
    may_manage_people: Rule
    may_give: Callable[[Staff, str], bool]
    may_manage: Callable[[Staff, Staff], bool]
    may_end: Callable[[Staff, Staff], bool]
    may_read_audit: Rule
    barred: Callable[[Staff, str], str]
    agencies: tuple[str, ...] = ()

    def require_role(self, role: str) -> str:
        """A role of the list.

        Raises:
            Refused: `refused.role`.
        """
        if role not in self.roles:
            raise Refused("role", "a role is one of: " + ", ".join(sorted(self.roles)))
        return role

    def givers_of(self, role: str) -> tuple[str, ...]:
        """The roles of which each alone lets somebody give this one, in the order in which they are shown."""
        return tuple(one for one in self.roles if self.may_give(Staff(id=0, name="", roles=frozenset((one,))), role))

    def require_may_hold(self, who: Staff) -> None:
        """That somebody may have the roles that they would have.

        Raises:
            Refused: `refused.role_barred`.
        """
        for role in self.roles:
            if role in who.roles and (why := self.barred(who, role)):
                raise Refused("role_barred", why)
