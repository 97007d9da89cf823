"""Looks at the trail itself: searched, verified. That is a look too, and is noted."""

from datetime import datetime
from typing import Final

import msgspec

from protocol.house.actions.desk import HouseDesk
from protocol.house.core.audit import Asked, AuditBroken, AuditEntry, AuditHead, head_words, read_noted_head
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting, names_by_id

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


def search_trail(desk: HouseDesk, asked: Asked, *, by: str, now: datetime) -> Trail:
    """The latest 200 of that kind.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, desk.staffing.may_read_audit, now)
        found = audit.search_trail(session, asked, most=MOST_FOUND)
        audit.note(session, person=who.id, verb="search_audit", subject=asked.subject or "audit/all", now=now)
        return Trail(entries=tuple(found), names=names_by_id(session))


def verify_trail(desk: HouseDesk, *, noted: str, by: str, now: datetime) -> Verified:
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
        who = acting(session, by, desk.staffing.may_read_audit, now)
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
