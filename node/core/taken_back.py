"""What had left when sharing stopped, and what cannot be called back: said before the yes, and again at the no.

Pure. Source: promise 3, PEOPLE 4.8.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

import msgspec

from node.core.permissions import Switch
from node.core.release import Composed, Release
from protocol.body_fields import AlertBody
from protocol.house.core.errors import Refused
from protocol.statement_fields import Audience

Remains = Literal["police_may_have_read", "police_were_told", "phones_and_paper", "statement_in_log"]

CANNOT_CALL_BACK: Final[dict[Remains, str]] = {
    "police_may_have_read": "What police have read cannot be called back.",
    "police_were_told": "What was passed to police beside a warning cannot be called back.",
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
        cancel_owed: it is taken back here, and no Cancel could be made yet: `withdraw` again once the key is at hand.
    """

    release_id: int
    scope: str
    left_at: datetime
    regions: tuple[str, ...]
    members: tuple[int, ...]
    police: bool
    withdrawn_now: bool
    cancel_owed: bool = False


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


def require_may_stand(
    out: AlertBody, built_now: AlertBody, audience: Audience | None, *, kept_out: frozenset[str], town_allowed: bool
) -> None:
    """Refuses a warning that is out and says, or reaches, more than the permission allows by now.

    Args:
        out: the body that is out.
        built_now: what the same choices give today.
        kept_out: regions that it may not be in.

    Raises:
        Refused: `refused.police`, `refused.town_forbidden`, `refused.audience_excluded`.
    """
    if out.police == "yes" != built_now.police:
        raise Refused("police", "police can read it, and may not by now")
    if out.town is not None and not town_allowed:
        raise Refused("town_forbidden", "the permission says: no town")
    if audience is not None and kept_out.intersection(audience.regions):
        raise Refused("audience_excluded", "it is in a region that the permission keeps out by now")


def what_remains(left: Iterable[LeftAlert], *, passed_to_police: bool) -> tuple[Remains, ...]:
    """What cannot be called back of these, and of what was passed to police beside them."""
    left = tuple(left)
    made: list[Remains] = []
    if any(alert.police for alert in left):
        made.append("police_may_have_read")
    if passed_to_police:
        made.append("police_were_told")
    if left:
        made.append("phones_and_paper")
    if any(alert.scope == "others" for alert in left):
        made.append("statement_in_log")
    return tuple(made)
