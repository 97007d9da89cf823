"""Sharing without permission: the closed list of grounds. It opens one named recipient, never an alert.

Source: promise 3, PEOPLE 4.9; holds: PEOPLE 4.10.
"""

from datetime import datetime, timedelta
from typing import Final

from protocol.house.core.errors import Refused

OVERRIDE_GROUNDS: Final = frozenset({"life_in_danger", "child", "adult_at_risk", "terrorism", "court_order"})
TOLD_HER: Final = frozenset({"told", "will_be_told", "would_add_danger"})
"""Whether the person harmed was told; not telling them is right only where it would add danger."""

HOLD_GROUNDS: Final = frozenset({"police_investigation", "court_proceedings", "inquest", "complaint", "other_legal"})
HOLD_REVIEW_AFTER: Final = timedelta(days=183)


def require_two(first: str, second: str) -> None:
    """Refuses one person in two names.

    Raises:
        Refused: `refused.second_person`.
    """
    if first == second:
        raise Refused("second_person", "this takes two different people")


def require_ground(ground: str, grounds: frozenset[str]) -> None:
    """Refuses a ground outside its closed list.

    Raises:
        Refused: `refused.ground`.
    """
    if ground not in grounds:
        raise Refused("ground", "the ground is one of: " + ", ".join(sorted(grounds)))


def require_shared(recipient: str, told: str) -> None:
    """Refuses sharing with nobody in particular, or without saying whether the person harmed was told.

    Raises:
        Refused: `refused.recipient`, `refused.told`.
    """
    if not recipient.strip():
        raise Refused("recipient", "one recipient, named")
    if told not in TOLD_HER:
        raise Refused("told", "whether they were told: " + ", ".join(sorted(TOLD_HER)))


def hold_review_due(placed_at: datetime) -> datetime:
    """When a hold must be looked at again."""
    return placed_at + HOLD_REVIEW_AFTER
