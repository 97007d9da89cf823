"""The rooms of the navigation, and who sees which."""

from typing import Final

import msgspec

from node.core import access
from node.core.access import Rule, Staff


class Room(msgspec.Struct, frozen=True):
    """One entry of the navigation."""

    path: str
    name: str
    here: bool = False


_ROOMS: Final[tuple[tuple[str, str, Rule], ...]] = (
    ("/danger-now", "Danger now", access.may_take_reports),
    ("/reports", "Reports", access.may_read_reports),
    ("/releases", "Our warnings", access.may_see_own_warnings),
    ("/inbox", "Warnings from others", access.may_read_inbox),
    ("/check", "Check", access.may_check),
    ("/people", "People", access.may_manage_people),
    ("/settings", "Settings", access.may_change_settings),
    ("/audit", "Audit", access.may_read_audit),
)


def rooms_for(who: Staff, path: str) -> tuple[Room, ...]:
    """What the navigation shows to somebody who is on this page."""
    return tuple(Room(at, name, here=path == at or path.startswith(f"{at}/")) for at, name, rule in _ROOMS if rule(who))
