"""The life of a release: draft → shown → approved or refused; then paused, superseded, withdrawn.

What is approved is the exact bytes that the approver was shown. A released warning is *in force* by the log and the
clock, never by what stands here. Pure. Source: promise 2, DESIGN §5, PEOPLE 1.4, 2.4.
"""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

import msgspec

from node.core.compose import Choices
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted
from protocol.statement_fields import Audience

Scope = Literal["own", "others"]
State = Literal["draft", "shown", "approved", "refused", "paused", "superseded", "withdrawn"]

REFUSAL_REASONS: Final = frozenset(
    {
        "too_telling",
        "wrong_or_unclear",
        "not_of_our_kind",
        "asked_by_person_harmed",
        "permission_changed",
        "taken_back",
        "drafted_again",
        "other",
    }
)
"""Why a draft does not go out. Source: PEOPLE 2.8."""

READ_TO: Final = frozenset({"yes", "not_possible", "did_not_want"})
"""Whether the text was read to the person it happened to before it went. Source: PEOPLE 6.3."""

OPEN_STATES: Final[tuple[State, ...]] = ("draft", "shown")
OUT_STATES: Final[tuple[State, ...]] = ("approved", "paused")
"""What has left and has not been replaced or taken back."""


class Composed(Unprinted, frozen=True, kw_only=True):
    """What is sealed beside a release: the reviewer's choices, the exact stored bytes, the audience.

    Attributes:
        stored: the body as it is shown, digested, sent and kept, byte for byte.
        audience: None for a warning to our own people.
        lease_days: how long it will be in force.
    """

    choices: Choices
    stored: bytes
    audience: Audience | None
    lease_days: int


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """A release as `store` gives it.

    Attributes:
        chain: identity of the first alert of its chain, once it or a predecessor is out; None in scope `own`.
        identity: of its own statement, once out.
        supersedes: the statement that it replaces (an update), or None.
        replaces: the release that it replaces, or None.
        digest: SHA-256 of the stored bytes: what an approver passes.
        police: its body says that police may read it.
        unreviewed: a danger now that no second person has looked at.
        not_taken: code of why the hub refused its statement for good, or None: then it is out nowhere.
        read_to: of `READ_TO`: whether it was read to the person it happened to; None: not asked.
    """

    id: int
    report_id: int
    scope: Scope
    state: State
    drafted_by: str
    drafted_at: datetime
    digest: str
    approved_by: str | None
    approved_at: datetime | None
    expires: date | None
    danger_now: bool
    unreviewed: bool
    police: bool
    status: Literal["actual", "exercise", "test"]
    chain: str | None
    identity: str | None
    supersedes: str | None
    replaces: int | None
    not_taken: str | None = None
    read_to: str | None = None

    @property
    def is_out(self) -> bool:
        """It has left, and was neither replaced nor taken back."""
        return self.state in OUT_STATES

    def in_force(self, now: datetime) -> bool:
        """Out, not paused, and its lease has not run out: dark from 00:00 UTC of `expires`."""
        taken = self.state == "approved" and self.not_taken is None
        return taken and self.expires is not None and now < dark_at(self.expires)


def digest_shown(stored: bytes) -> str:
    """What stands for the exact bytes between being shown and being approved: SHA-256, 64 hex digits."""
    return hashlib.sha256(stored).hexdigest()


def dark_at(expires: date) -> datetime:
    """The moment from which it is no longer in force."""
    return datetime.combine(expires, time(), UTC)


def expires_on(day: date, lease_days: int) -> date:
    """The last day of a lease that begins on `day`."""
    return day + timedelta(days=lease_days)


def require_open(release: Release) -> None:
    """Refuses what was decided already.

    Raises:
        Refused: `refused.decided`.
    """
    if release.state not in OPEN_STATES:
        raise Refused("decided", "this release was decided already")


def require_second_person(release: Release, by: str) -> None:
    """The approver is not the drafter.

    Raises:
        Refused: `refused.second_person`.
    """
    if by == release.drafted_by:
        raise Refused("second_person", "a second person releases it: not the one who drafted it")


def require_shown(release: Release, digest: str, shown_to: frozenset[str], by: str) -> None:
    """The bytes that are to leave are those that this person was shown.

    Args:
        digest: what the person passes from what they were shown.
        shown_to: who was shown the bytes of `release.digest`.

    Raises:
        Refused: `refused.not_shown`, `refused.other_bytes`.
    """
    if digest != release.digest:
        raise Refused("other_bytes", "these are not the bytes of this release: show it again")
    if by not in shown_to:
        raise Refused("not_shown", "this person has not been shown these bytes: show the release first")


def require_unchanged(shown: bytes, built_now: bytes) -> None:
    """What was shown is what would be built now: no permission, record or day has changed it since.

    Raises:
        Refused: `refused.stale`.
    """
    if shown != built_now:
        raise Refused("stale", "the record, a permission or the date changed it since: draft it again")


def next_batch(now: datetime, batch_times: tuple[str, ...]) -> datetime:
    """When a statement that is not urgent may leave: the next of the day's batches, UTC; `now` if there are none."""
    times = sorted(time.fromisoformat(text) for text in batch_times)
    if not times:
        return now
    today = now.astimezone(UTC).date()
    moments = [datetime.combine(day, at, UTC) for day in (today, today + timedelta(days=1)) for at in times]
    return next(moment for moment in moments if moment >= now)
