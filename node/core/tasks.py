"""What needs somebody now: the start page's list, the most urgent first. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal

import msgspec

from node.core import access
from node.core.danger_now import Unreviewed, due
from node.core.release import Release
from protocol.house.core.staff import Staff

Kind = Literal[
    "second_look_overdue",
    "second_look",
    "draft_waits",
    "own_draft",
    "taken_back",
    "lapses_soon",
    "row_unopened",
    "referral_missing",
    "locked_by_age",
    "alarm",
    "late_job",
    "orphan",
    "deletion_overdue",
    "hub_reminds",
    "arrival_flagged",
    "week_unread",
    "second_wanted",
    "ask_again",
    "contact_old",
    "keeping_due",
    "recovery_unready",
    "backups_unready",
    "series_waits",
    "figures_wait",
    "figures_due",
]
ORDER: Final[tuple[Kind, ...]] = (
    "second_look_overdue",
    "second_look",
    "referral_missing",
    "alarm",
    "locked_by_age",
    "own_draft",
    "draft_waits",
    "taken_back",
    "second_wanted",
    "series_waits",
    "ask_again",
    "orphan",
    "hub_reminds",
    "lapses_soon",
    "deletion_overdue",
    "arrival_flagged",
    "row_unopened",
    "week_unread",
    "figures_wait",
    "figures_due",
    "contact_old",
    "keeping_due",
    "recovery_unready",
    "backups_unready",
    "late_job",
)

SECOND_LOOK_AT_TAKEN_BACK: Final = timedelta(days=14)
"""One person takes a warning back and a second looks afterwards; after a fortnight nobody would undo it. PEOPLE 1.4."""

LAPSE_WARNINGS: Final = (14, 3)
"""Days before a warning lapses. Source: PEOPLE §5."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing, or several of a kind.

    Attributes:
        path: the page where it is done.
        number: of the release or report, or how many there are.
        days: until something lapses, or is to be done.
    """

    kind: Kind
    path: str
    number: int
    days: int | None = None


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """The most urgent first."""
    return tuple(sorted(tasks, key=lambda task: (ORDER.index(task.kind), task.number)))


def of_second_looks(waiting: Iterable[Unreviewed], who: Staff, now: datetime) -> list[Task]:
    """Danger now that another let out. Those of one's own wait for somebody else."""
    if not access.may_review_danger_now(who):
        return []
    return [
        Task(
            kind="second_look_overdue" if due(one, now) == "chase" else "second_look",
            path=f"/releases/{one.release_id}",
            number=one.release_id,
        )
        for one in waiting
        if one.released_by != who.name
    ]


def of_drafts(drafts: Iterable[Release], who: Staff) -> list[Task]:
    """What somebody else drafted, for those who release; and what one drafted oneself and never let out."""
    made = []
    for draft in drafts:
        own = draft.drafted_by == who.name
        if own and draft.danger_now:
            made.append(Task(kind="own_draft", path=f"/danger-now/{draft.id}", number=draft.id))
        elif not own and access.may_release(who):
            made.append(Task(kind="draft_waits", path=f"/releases/{draft.id}", number=draft.id))
    return made


def of_lapses(in_force: Iterable[Release], who: Staff, today: date) -> list[Task]:
    """Warnings that end within two weeks. Danger now ends by itself, and is not counted."""
    if not access.may_draft(who):
        return []
    soon = today + timedelta(days=LAPSE_WARNINGS[0])
    return [
        Task(kind="lapses_soon", path=f"/releases/{one.id}", number=one.id, days=(one.expires - today).days)
        for one in in_force
        if one.expires is not None and one.expires <= soon and not one.danger_now
    ]
