"""A folder beside the database for a copy of it that is open for minutes: one user at a time, emptied before and after.

A process that dies leaves what it worked on: the next one, the next night's at the latest, empties the folder first.
What was in it may lie in free blocks of the disk until these are used again, as sealed as in the database: it ends with
its epoch keys, as any backup does. Whoever writes to another host does it in here: while that host hangs, one thread
waits for it, and the next is refused at once.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from node.core.errors import Unavailable


@contextmanager
def workplace(database: Path) -> Iterator[Path]:
    """An empty folder, readable by its owner only.

    Args:
        database: of this node; the folder is `<database>.work`.

    Raises:
        Unavailable: `unavailable.workplace`: another backup or practice is at work, or the folder cannot be made.
    """
    folder = database.with_name(f"{database.name}.work")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise Unavailable("workplace", "no folder can be made beside the database now: do it again later") from error
    try:
        _take(handle)
        try:
            _empty(folder)
            yield folder
        finally:
            _empty(folder)
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Unavailable("workplace", "another backup or practice is at work: do it again later") from error


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        one.unlink()
