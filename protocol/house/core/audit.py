"""The trail of every look: entries chained by hash. Identifiers, verbs and reasons from lists; no private words.

Pure: hashing and checking. What a chain proves: that no kept entry was altered, reordered or removed from the middle.
An end cut off shows only against a head noted elsewhere: `known`. Source: promise 14.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from protocol.words import BITS_PER_WORD, DEFAULT_BITS, fingerprint_words

GENESIS: Final = "0" * 64
"""What the first entry follows."""

_WORDS: Final = DEFAULT_BITS // BITS_PER_WORD
_MOST_DIGITS: Final = 18


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One look or act.

    Attributes:
        number: counts from 1 without gaps.
        person: id in `people`, or None: by itself.
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


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for in the trail; None: all.

    Attributes:
        subject: as `kind/id`.
        since, before: aware UTC; `before` is not itself in it.
    """

    person: int | None = None
    subject: str | None = None
    since: datetime | None = None
    before: datetime | None = None


class NotedHead(msgspec.Struct, frozen=True, kw_only=True):
    """A head as somebody noted it elsewhere: its number, and its hash or the words of that.

    Attributes:
        hash: 64 hex digits, or None: `words` were noted.
    """

    number: int
    hash: str | None
    words: tuple[str, ...]


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


def read_noted_head(text: str) -> NotedHead | None:
    """A head as it is typed: `812:5f2c…`, or `812` and eight words. None: it is neither."""
    number, *rest = text.replace(":", " ").casefold().split() or [""]
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        return None
    if len(rest) == 1 and len(rest[0]) == len(GENESIS) and not set(rest[0]) - set("0123456789abcdef"):
        return NotedHead(number=int(number), hash=rest[0], words=())
    if len(rest) == _WORDS and all(word.isalpha() for word in rest):
        return NotedHead(number=int(number), hash=None, words=tuple(rest))
    return None


def head_words(digest: str) -> tuple[str, ...]:
    """The words by which a head is noted on paper."""
    return fingerprint_words(bytes.fromhex(digest))


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
