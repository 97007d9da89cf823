"""Each night: a sealed copy of the database on another host, and how the backups stand.

Order, and what a crash at each step means:
1. the key for backups is made, once, and copied with the others: the next run finds it, the next re-wrap copies it;
2. the database is copied into a folder beside it: the next run empties that folder first;
3. the copy is sealed to its place, synced, renamed: the backup of before stands until then;
4. files of before the oldest epoch key that could open them are removed: the next run removes them;
5. the trail says that it was made: if it does not, the next run makes it anew, in place of the same day's.

The epoch folder is never in it, nor any key. Source: PEOPLE 2.1, promise 12.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final

from node.actions.keep_recoverable import write_recovery_copy
from node.config import NodeConfig
from node.core.backups import FAILURES, Backups, Outcome, Practised
from node.core.errors import Misconfigured
from node.key_files import BACKUP, make_backup_key, read_key
from node.sealed_backup import seal_backup
from node.store.engine import Store
from node.store.epochs import DESTROYED_AFTER, EPOCH_LASTS
from node.store.workplace import workplace
from protocol.house.store import audit

KEPT: Final = EPOCH_LASTS + DESTROYED_AFTER
"""An older backup opens no record any more: its epoch keys are destroyed."""

SUBJECT: Final = "node/backup"
MADE: Final = "back_up"
SAME_DISK: Final = "same_disk"
PRACTISED: Final = "practise_restore"
FAILED: Final = "fail_to_restore"

_NAME: Final = re.compile(r"watchword-(\d{4}-\d{2}-\d{2})\.backup", re.ASCII)


def back_up(config: NodeConfig, store: Store, *, now: datetime) -> Path:
    """Makes a backup; where it lies. Again on the same day: the later one stays.

    Args:
        now: aware UTC.

    Raises:
        Misconfigured: `config.backup_folder`: none is named, it is not there or cannot be written;
            `config.key_file`, `config.recovery_file`.
        Unavailable: `unavailable.workplace`, `unavailable.database`.
    """
    folder = require_folder(config)
    if make_backup_key(config.keys_dir):
        write_recovery_copy(config, store, now)
    place = folder / f"watchword-{now.date().isoformat()}.backup"
    with workplace(config.database) as work:
        copy = work / "copy.db"
        store.copy_to(copy)
        seal_backup(copy, place, read_key(config.keys_dir / BACKUP), now)
        with _reachable():
            _remove_old(folder, now.date())
            beside = place.stat().st_dev == config.database.stat().st_dev
    with store.begin() as session:
        audit.note(session, person=None, verb=MADE, subject=SUBJECT, now=now, reason=SAME_DISK if beside else None)
    return place


def require_folder(config: NodeConfig) -> Path:
    """Where backups lie.

    Raises:
        Misconfigured: `config.backup_folder`.
    """
    if config.backup_folder is None:
        raise Misconfigured("backup_folder", "there are no backups: 'backup_folder' names no place on another host")
    return config.backup_folder


def backup_files(folder: Path) -> list[tuple[date, Path]]:
    """The backups in a folder, by day; files that are named otherwise are nobody's business here.

    Raises:
        Misconfigured: `config.backup_folder`: it is not there.
    """
    with _reachable():
        return sorted((day, path) for path in folder.iterdir() if (day := _day_of(path.name)) is not None)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = "the folder of 'backup_folder' cannot be read or written: is that place mounted?"
        raise Misconfigured("backup_folder", message) from error


def _day_of(name: str) -> date | None:
    found = _NAME.fullmatch(name)
    try:
        return None if found is None else date.fromisoformat(found[1])
    except ValueError:
        return None


def _remove_old(folder: Path, today: date) -> None:
    for day, path in backup_files(folder):
        if today - day > KEPT:
            path.unlink(missing_ok=True)


def backups_stand(config: NodeConfig, store: Store) -> Backups:
    """How the backups of this node stand, by its trail: a place that hangs keeps no page waiting."""
    with store.read() as session:
        made, whole, failed = (audit.last_done(session, verb, SUBJECT) for verb in (MADE, PRACTISED, FAILED))
    last = failed if failed is not None and (whole is None or failed.number > whole.number) else whole
    return Backups(
        wanted=config.backup_folder is not None,
        made_at=None if made is None else made.at,
        beside=made is not None and made.reason == SAME_DISK,
        practised=None if last is None else Practised(last.at, _outcome(last.reason)),
        whole_at=None if whole is None else whole.at,
    )


def _outcome(reason: str | None) -> Outcome:
    return next((one for one in FAILURES if one == reason), "whole")
