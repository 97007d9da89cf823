"""A node's rules about who works there, as its house is told them."""

from collections.abc import Sequence

from node.core import access
from protocol.house.core.staff import Staff
from protocol.house.core.staffing import Staffing


def node_staffing(agencies: Sequence[str]) -> Staffing:
    """The rules of a node with these member agencies."""
    return Staffing(
        roles=access.ROLES,
        deputised=access.DEPUTISED,
        keeper="coordinator",
        may_manage_people=access.may_manage_people,
        may_give=access.may_give,
        may_manage=access.may_manage,
        may_end=access.may_end,
        may_read_audit=access.may_read_audit,
        barred=_barred,
        agencies=tuple(agencies),
    )


def _barred(who: Staff, _role: str) -> str:
    """Promise 15: whatever the role."""
    return "police have no account at a project's node" if who.police else ""
