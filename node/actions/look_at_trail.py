"""Looks at the trail itself: searched, verified, summed up for a week. That is a look too, and is noted."""

from datetime import date, datetime
from typing import Final

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.audit import Asked, AuditBroken, AuditEntry, AuditHead, head_words, read_noted_head
from node.core.audit_week import Week, bounds_of, summarise
from node.core.errors import Refused
from node.store import audit
from node.store.people import acting, names_by_id

MOST_FOUND: Final = 200


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, the latest first; `names` of people by number, those who left too."""

    entries: tuple[AuditEntry, ...]
    names: dict[int, str]


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What came of verifying: the head with its words, or where the trail breaks."""

    head: AuditHead | None
    words: tuple[str, ...]
    broken: AuditBroken | None


class WeekShown(msgspec.Struct, frozen=True, kw_only=True):
    """A week, by its Monday."""

    monday: date
    week: Week
    names: dict[int, str]


def search_trail(desk: CaseDesk, asked: Asked, *, by: str, now: datetime) -> Trail:
    """The latest 200 of that kind.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_audit, now)
        found = audit.search_trail(session, asked, most=MOST_FOUND)
        audit.note(session, person=who.id, verb="search_audit", subject=asked.subject or "audit/all", now=now)
        return Trail(entries=tuple(found), names=names_by_id(session))


def verify_trail(desk: CaseDesk, *, noted: str, by: str, now: datetime) -> Verified:
    """Verifies the whole of it.

    Args:
        noted: a head that was noted elsewhere, by number and hash or words; empty: none. Only against that can an end
            that was cut off be seen.

    Raises:
        Refused: `refused.head`.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    typed = read_noted_head(noted) if noted else None
    if noted and typed is None:
        raise Refused("head", "a head is its number and its eight words, or its number, a colon and 64 figures")
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_audit, now)
        known = None
        if typed is not None:
            entry = audit.entry_number(session, typed.number)
            digest = typed.hash
            if digest is None and entry is not None and head_words(entry.hash) == typed.words:
                digest = entry.hash
            known = AuditHead(number=typed.number, hash=digest or "")
        found = audit.verify_audit(session, known)
        audit.note(session, person=who.id, verb="verify_audit", subject="audit/all", now=now)
    if isinstance(found, AuditBroken):
        return Verified(head=None, words=(), broken=found)
    return Verified(head=found, words=head_words(found.hash) if found.number else (), broken=None)


def read_week(desk: CaseDesk, monday: date, *, by: str, now: datetime) -> WeekShown:
    """Monday's summary.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_week, now)
        since, before = bounds_of(monday)
        week = summarise(audit.trail_between(session, since, before))
        audit.note(session, person=who.id, verb=READ_WEEK, subject=week_subject(monday), now=now)
        return WeekShown(monday=monday, week=week, names=names_by_id(session))


READ_WEEK: Final = "read_week"


def week_subject(monday: date) -> str:
    """What reading a week is noted under."""
    return f"week/{monday.isoformat()}"
