"""What a coordinator reads on Mondays: who opened what, the records opened most, searches without a report. Pure.

It answers PEOPLE 5.9 (staff curiosity): numbers of records, people and looks, and no word of any record.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from protocol.house.core.audit import AuditEntry

LOCAL: Final = ZoneInfo("Europe/London")
"""Weeks begin on Monday by the clock on the wall."""

MOST_SHOWN: Final = 10

OPENING: Final = frozenset({"show_report", "show_support_notes", "open_report"})
"""Looks at one record."""

SUPPORT: Final = "show_support_notes"
CHECK: Final = "check"
ON_REPORTS: Final = frozenset({"take_report", "open_report", "show_report", "import_row", "add_to_account"})
"""With one of these on the same day, a check is in the course of work on a report."""

ACCOUNTS: Final = frozenset(
    {
        "add_person",
        "invite_person",
        "set_up_account",
        "give_role",
        "take_role",
        "appoint_deputy",
        "end_account",
        "end_device",
    }
)
"""Changes of who can see what: somebody could make themselves a second person."""

REFUSED: Final = "sign_in_refused"


class PersonsWeek(msgspec.Struct, frozen=True, kw_only=True):
    """One person's.

    Attributes:
        records: different reports that they opened.
        opened: how often they opened one.
        support_notes: how often the support notes of one.
        checks: numbers, plates and names that they checked.
        checks_without_report: those of them on days without work on any report.
    """

    person: int
    records: int
    opened: int
    support_notes: int
    checks: int
    checks_without_report: int


class OpenedMost(msgspec.Struct, frozen=True, kw_only=True):
    """A record, how often it was opened, and by how many people."""

    subject: str
    opened: int
    people: int


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """A week of the trail.

    Attributes:
        people: those who opened or checked anything, who opened most first.
        accounts: changes of accounts and roles, in their order.
        refused: sign-ins that were refused.
    """

    people: tuple[PersonsWeek, ...]
    opened_most: tuple[OpenedMost, ...]
    accounts: tuple[AuditEntry, ...]
    refused: int


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def last_whole_week(now: datetime) -> date:
    """The Monday of the last week that is over."""
    return monday_of(now.astimezone(LOCAL).date()) - timedelta(days=7)


def bounds_of(monday: date) -> tuple[datetime, datetime]:
    """When that week begins, and when the next does."""
    begins, ends = (datetime.combine(day, time(), LOCAL) for day in (monday, monday + timedelta(days=7)))
    return begins, ends


def summarise(entries: Iterable[AuditEntry]) -> Week:
    """The summary of these entries."""
    found = list(entries)
    working_days = {(one.person, _day(one)) for one in found if one.verb in ON_REPORTS}
    opened: dict[int, Counter[str]] = defaultdict(Counter)
    notes: Counter[int] = Counter()
    checks: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    for one in found:
        if one.person is None:
            continue
        if one.verb in OPENING:
            opened[one.person][one.subject] += 1
            notes[one.person] += one.verb == SUPPORT
        elif one.verb == CHECK:
            checks[one.person] += 1
            alone[one.person] += (one.person, _day(one)) not in working_days
    people = [
        PersonsWeek(
            person=person,
            records=len(opened[person]),
            opened=opened[person].total(),
            support_notes=notes[person],
            checks=checks[person],
            checks_without_report=alone[person],
        )
        for person in sorted({*opened, *checks})
    ]
    return Week(
        people=tuple(sorted(people, key=lambda one: (-one.opened, -one.checks, one.person))),
        opened_most=_opened_most(opened),
        accounts=tuple(one for one in found if one.verb in ACCOUNTS),
        refused=sum(one.verb == REFUSED for one in found),
    )


def _opened_most(opened: dict[int, Counter[str]]) -> tuple[OpenedMost, ...]:
    all_of_them: Counter[str] = sum(opened.values(), Counter())
    return tuple(
        OpenedMost(subject=subject, opened=times, people=sum(subject in by for by in opened.values()))
        for subject, times in all_of_them.most_common(MOST_SHOWN)
    )


def _day(entry: AuditEntry) -> date:
    return entry.at.astimezone(LOCAL).date()
