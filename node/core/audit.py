"""The trail of every look: entries chained by hash. Identifiers, verbs and reasons from lists; no private words.

Pure: hashing and checking. What a chain proves: that no kept entry was altered, reordered or removed from the middle.
An end cut off shows only against a head noted elsewhere: `known`. Source: promise 14.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

GENESIS: Final = "0" * 64
"""What the first entry follows."""


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One look or act.

    Attributes:
        number: counts from 1 without gaps.
        person: id in `people`, or None for the node itself.
        verb: what was done.
        subject: what it was done to, as `kind/id`.
        reason: from a list, or None.
        previous: hash of the entry before.
        hash: over all of the above.
    """

    number: int
    at: datetime
    person: int | None
    verb: str
    subject: str
    reason: str | None
    previous: str
    hash: str


class AuditHead(msgspec.Struct, frozen=True, kw_only=True):
    """The last entry's number and hash: what is noted elsewhere."""

    number: int
    hash: str


class AuditBroken(msgspec.Struct, frozen=True, kw_only=True):
    """Where a trail stops being true, and how: `altered`, `gap`, `cut_off` or `other_history`."""

    number: int
    how: str


def entry_hash(
    number: int, at: datetime, person: int | None, verb: str, subject: str, reason: str | None, previous: str
) -> str:
    """The hash of an entry: SHA-256 over its JSON array, 64 hex digits."""
    content = msgspec.json.encode([number, at.astimezone(UTC).isoformat(), person, verb, subject, reason, previous])
    return hashlib.sha256(b"watchword-audit/v1\n" + content).hexdigest()


def check_trail(entries: Iterable[AuditEntry], known: AuditHead | None = None) -> AuditHead | AuditBroken:
    """The head of a whole trail, or the first place at which it is broken.

    Args:
        entries: all of them, by number.
        known: a head noted earlier, elsewhere.
    """
    number, previous = 0, GENESIS
    for entry in entries:
        if entry.number != number + 1:
            return AuditBroken(number=number + 1, how="gap")
        made = entry_hash(entry.number, entry.at, entry.person, entry.verb, entry.subject, entry.reason, entry.previous)
        if entry.previous != previous or made != entry.hash:
            return AuditBroken(number=entry.number, how="altered")
        if known is not None and entry.number == known.number and entry.hash != known.hash:
            return AuditBroken(number=entry.number, how="other_history")
        number, previous = entry.number, entry.hash
    if known is not None and number < known.number:
        return AuditBroken(number=number + 1, how="cut_off")
    return AuditHead(number=number, hash=previous)
