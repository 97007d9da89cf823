"""What had left when sharing stopped, and what cannot be called back: said before the yes, and again at the no.

Pure. Source: promise 3, PEOPLE 4.8.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

import msgspec

from node.core.permissions import Switch
from node.core.release import Composed, Release
from node.core.report import Facts, is_coercive, is_locked_by_age
from node.core.scheme_data import SchemeData

Remains = Literal["police_may_have_read", "phones_and_paper", "statement_in_log"]

CANNOT_CALL_BACK: Final[dict[Remains, str]] = {
    "police_may_have_read": "What police have read cannot be called back.",
    "phones_and_paper": "What is on phones, on paper, or was told cannot be called back.",
    "statement_in_log": "A line stays for ever that this project warned on one day and took it back on another. "
    "It says nothing of what, or of whom.",
}


class LeftAlert(msgspec.Struct, frozen=True, kw_only=True):
    """A warning that had left.

    Attributes:
        regions: it went to, empty for our own people.
        police: police could read it.
        withdrawn_now: it was in force, or paused, and is taken back by this.
    """

    release_id: int
    scope: str
    left_at: datetime
    regions: tuple[str, ...]
    members: tuple[int, ...]
    police: bool
    withdrawn_now: bool


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, and what could not be.

    Attributes:
        had_left: every warning of the report that ever left.
        drafts_refused: drafts that will not go out now.
        remains: what cannot be called back; the words are in `CANNOT_CALL_BACK`.
    """

    had_left: tuple[LeftAlert, ...]
    drafts_refused: int
    remains: tuple[Remains, ...]


def depends_on(release: Release, switch: Switch, *, home_region: str, composed: Composed, police: bool) -> bool:
    """Whether a released warning may not stand without that switch.

    Args:
        police: the body says that police may read it.
    """
    if switch == "record":
        return True
    if switch == "warn_own":
        home = composed.audience is not None and home_region in composed.audience.regions
        return release.scope == "own" or home
    if switch == "warn_others":
        return release.scope == "others"
    return switch == "police_anonymous" and police


def is_forbidden_by_facts(release: Release, facts: Facts, data: SchemeData) -> bool:
    """Whether a warning that is out may not stand, now that this is known of the report."""
    if is_locked_by_age(facts) or is_coercive(facts, data.incident_types):
        return True
    officer = facts.officer or any(person.officer for person in data.persons)
    return officer and release.police


def what_remains(left: Iterable[LeftAlert]) -> tuple[Remains, ...]:
    """What cannot be called back of these."""
    left = tuple(left)
    made: list[Remains] = []
    if any(alert.police for alert in left):
        made.append("police_may_have_read")
    if left:
        made.append("phones_and_paper")
    if any(alert.scope == "others" for alert in left):
        made.append("statement_in_log")
    return tuple(made)
