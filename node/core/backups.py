"""How a node's backups stand: when the last was made, and what its last restore for practice showed. Pure."""

from datetime import datetime, time, timedelta
from typing import Final, Literal, get_args

import msgspec

NIGHTLY_AT: Final = time(2)
"""UTC; when hardly anybody reports, and before the day's first batch goes out."""

LATE_AFTER: Final = timedelta(days=2)
"""Two nights without a backup: one may fall to a reboot or to the other host's own maintenance."""

PRACTISED_EVERY: Final = timedelta(days=30)
PRACTISED_AGAIN_AFTER: Final = timedelta(hours=20)
"""A practice that failed is tried again with the next night's backup, not every hour."""

UNPRACTISED_AFTER: Final = timedelta(days=40)
"""A month, and ten days in which a failure could be mended."""

Failure = Literal["file", "old", "database", "seals", "trail", "log"]
Outcome = Literal["whole"] | Failure
Unready = Literal["no_folder", "same_disk", "late", "not_practised", "practice_failed"]

OUTCOME_WORDS: Final[dict[Outcome, str]] = {
    "whole": "whole",
    "file": "the file is cut off, altered, or sealed with another key",
    "old": "the newest file was not made within the last two days",
    "database": "the database in it is not whole, or another version of this program made it",
    "seals": "there are records in it that today's epoch keys do not open",
    "trail": "the trail in it is broken",
    "log": "the log in it is not what the hub signed",
}

FAILURES: Final[tuple[Failure, ...]] = get_args(Failure)

UNREADY_WORDS: Final[dict[Unready, tuple[str, str]]] = {
    "no_folder": (
        "There are no backups: a lost disk is lost for good.",
        "Set 'backup_folder' to a mounted place on another host (deploy/README.md).",
    ),
    "same_disk": (
        "The backups lie on the same disk as the database, or their place is not mounted.",
        "Mount the other host's place, and look at 'backup_folder'.",
    ),
    "late": (
        "No backup was made in the last two days.",
        "See that the place of 'backup_folder' is mounted and not full, and run: watchword-node backup",
    ),
    "not_practised": (
        "No backup was restored for practice in the last forty days.",
        "See that 'watchword-node run' is running, and run: watchword-node drill",
    ),
    "practice_failed": (
        "The last restore for practice failed: {outcome}.",
        "Run 'watchword-node backup' and then 'watchword-node drill'; if it fails again, do not wait: ring for help.",
    ),
}
"""What is wrong, and what to do."""


class Practised(msgspec.Struct, frozen=True):
    """A restore for practice."""

    at: datetime
    outcome: Outcome


class Backups(msgspec.Struct, frozen=True, kw_only=True):
    """How they stand.

    Attributes:
        wanted: the settings name a place for them.
        made_at: of the last backup, aware UTC; None: never.
        beside: it lies on the same disk as the database.
        practised: the last restore for practice; None: never.
        whole_at: when one last showed a whole node.
    """

    wanted: bool
    made_at: datetime | None = None
    beside: bool = False
    practised: Practised | None = None
    whole_at: datetime | None = None


def backup_is_due(made_at: datetime | None, now: datetime) -> bool:
    """Whether none was made since the last two o'clock at night."""
    tonight = datetime.combine(now.date(), NIGHTLY_AT, now.tzinfo)
    last_night = tonight if tonight <= now else tonight - timedelta(days=1)
    return made_at is None or not last_night <= made_at <= now


def practice_is_due(backups: Backups, now: datetime) -> bool:
    """Whether a month is over since one was whole; a failed one is tried again after a day. Never without a backup."""
    last = backups.practised
    if backups.made_at is None or (last is not None and last.at <= now < last.at + PRACTISED_AGAIN_AFTER):
        return False
    return last is None or last.outcome != "whole" or not last.at <= now < last.at + PRACTISED_EVERY


def unready(backups: Backups, now: datetime) -> tuple[Unready, ...]:
    """What is wrong with them; empty when nothing is."""
    if not backups.wanted:
        return ("no_folder",)
    found: list[Unready] = ["same_disk"] if backups.beside else []
    if backups.made_at is None or now - backups.made_at > LATE_AFTER:
        found.append("late")
    if backups.practised is not None and backups.practised.outcome != "whole":
        found.append("practice_failed")
    elif backups.whole_at is None or now - backups.whole_at > UNPRACTISED_AFTER:
        found.append("not_practised")
    return tuple(found)


def practised_words(backups: Backups) -> str:
    """The last restore for practice in one line."""
    last = backups.practised
    if last is None:
        return "Never restored for practice"
    return f"Restored for practice on {last.at.day} {last.at:%B %Y}: {OUTCOME_WORDS[last.outcome]}"


def unready_words(one: Unready, backups: Backups) -> tuple[str, str]:
    """What is wrong, and what to do."""
    wrong, do = UNREADY_WORDS[one]
    outcome = "" if backups.practised is None else OUTCOME_WORDS[backups.practised.outcome]
    return wrong.format(outcome=outcome), do
