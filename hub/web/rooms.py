"""The rooms of the hub's navigation, and who sees which."""

from typing import Final

from hub.core import access
from protocol.house.core.staff import Rule, Staff
from protocol.house.web.site import Room, is_within

_ROOMS: Final[tuple[tuple[str, str, Rule], ...]] = (
    ("/members", "Members", access.may_operate),
    ("/withdrawals", "Not yet confirmed", access.may_follow_withdrawals),
    ("/standing", "The hub", access.may_operate),
    ("/figures", "Figures", access.may_analyse),
    ("/releases", "Releases", access.may_analyse),
    ("/warnings", "Search", access.may_analyse),
    ("/alike", "May be one person", access.may_analyse),
    ("/silent", "Silent projects", access.may_analyse),
    ("/people", "People", access.may_manage_people),
    ("/audit", "Audit", access.may_read_audit),
)


def rooms_for(who: Staff, path: str) -> tuple[Room, ...]:
    """What the navigation shows to somebody who is on this page."""
    return tuple(Room(at, name, here=is_within(path, at)) for at, name, rule in _ROOMS if rule(who))
