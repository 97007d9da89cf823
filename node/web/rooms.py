"""The rooms of the navigation, and who sees which."""

from typing import Final

from node.core import access
from protocol.house.core.staff import Rule, Staff
from protocol.house.web.site import Room, is_within

_ROOMS: Final[tuple[tuple[str, str, Rule], ...]] = (
    ("/danger-now", "Danger now", access.may_take_reports),
    ("/reports", "Reports", access.may_take_reports),
    ("/releases", "Our warnings", access.may_see_own_warnings),
    ("/inbox", "Warnings from others", access.may_read_inbox),
    ("/series", "May be the same", access.may_read_inbox),
    ("/check", "Check", access.may_check),
    ("/print", "Print", access.may_print),
    ("/figures", "Figures", access.may_prepare_figures),
    ("/people", "People", access.may_manage_people),
    ("/settings", "Settings", access.may_change_settings),
    ("/audit", "Audit", access.may_read_audit),
    ("/practice", "Practice", access.may_take_reports),
)


_PRACTISED: Final = ("/danger-now", "/reports", "/releases", "/practice")
_ALWAYS: Final = ("/account", "/locked", "/kept", "/sign-out")


def is_for_practice(path: str) -> bool:
    """Whether a page is open to somebody who practises: the start, what is practised, and their own account."""
    return path == "/" or any(is_within(path, room) for room in (*_PRACTISED, *_ALWAYS))


def rooms_for(who: Staff, path: str, *, practice: bool = False) -> tuple[Room, ...]:
    """What the navigation shows to somebody who is on this page."""
    return tuple(
        Room(at, name, here=is_within(path, at))
        for at, name, rule in _ROOMS
        if rule(who) and (at in _PRACTISED or not practice)
    )
