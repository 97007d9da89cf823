"""What is due: to be looked at, to be erased, to be kept with a reason. Nothing here erases anything: people do.

Hold beats erasure beats retention; every word put into a report begins its time anew. Pure.
Source: PEOPLE 4.10, 4.11, §5; FINDINGS (retention that deleted after fresh activity).
"""

from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from protocol.house.core.errors import Refused

REVIEW_AFTER: Final = timedelta(days=3 * 365)
ERASE_AFTER: Final = timedelta(days=7 * 365)
LOG_ONLY_FOR: Final = timedelta(days=365)
"""A report of which nothing but the keeping was allowed."""

CONTACT_FOR: Final = timedelta(days=365)
"""Contact details after the last contact."""

KEEP_REASONS: Final = frozenset({"open_case", "asked_by_person_harmed", "proceedings", "safeguarding", "live_warning"})
LONGEST_KEEP: Final = timedelta(days=365)
"""A reason to keep is looked at again each year."""

Due = Literal["left_agency", "erase", "erase_log_only", "erase_contact", "review"]


class Age(msgspec.Struct, frozen=True, kw_only=True):
    """What decides of one report.

    Attributes:
        last_activity: when anything was last put into it, aware UTC.
        log_only: nothing but keeping the record was ever said yes to, and nothing was released.
        has_contact: numbers or addresses are kept.
        keep_until: a person gave a reason to keep it until then.
        reviewed_at: when somebody last looked and decided.
        warnings_out: a warning of it is in force or paused.
        left: its agency has left.
    """

    report_id: int
    agency: str
    last_activity: datetime
    log_only: bool
    has_contact: bool
    locked_by_age: bool
    held: bool
    warnings_out: bool
    left: bool = False
    keep_until: datetime | None = None
    reviewed_at: datetime | None = None


def due(age: Age, now: datetime) -> tuple[Due, ...]:
    """What is due for this report, the gravest first.

    While it is held or warned of, nothing is. What an agency that has left took along has no reason to stay. Under 18
    is never due by itself: the project's safeguarding policy sets it.
    """
    if age.held or age.warnings_out:
        return ()
    if age.left:
        return ("left_agency",)
    if age.locked_by_age:
        return ()
    if age.keep_until is not None and now < age.keep_until:
        return ()
    rests = now - age.last_activity
    if rests >= ERASE_AFTER:
        return ("erase",)
    if age.log_only and rests >= LOG_ONLY_FOR:
        return ("erase_log_only",)
    found: list[Due] = ["erase_contact"] if age.has_contact and rests >= CONTACT_FOR else []
    if rests >= REVIEW_AFTER and (age.reviewed_at is None or age.reviewed_at < age.last_activity + REVIEW_AFTER):
        found.append("review")
    return tuple(found)


def require_erasable(age: Age, now: datetime) -> None:
    """Refuses erasing by age what age does not erase.

    Raises:
        Refused: `refused.not_due`.
    """
    if not {"erase", "erase_log_only", "left_agency"}.intersection(due(age, now)):
        raise Refused("not_due", "this report is not due: somebody added to it, or its time has not come")


def require_keep(reason: str, until: datetime, now: datetime) -> None:
    """Refuses a reason outside the list, or a keeping without end.

    Raises:
        Refused: `refused.keep`.
    """
    if reason not in KEEP_REASONS:
        raise Refused("keep", "a reason to keep is one of: " + ", ".join(sorted(KEEP_REASONS)))
    if not now < until <= now + LONGEST_KEEP:
        raise Refused("keep", "it is kept for a year at most, and looked at again then")
