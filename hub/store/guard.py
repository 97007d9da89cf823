"""The guard file: what this hub signed last, kept outside the database.

A hub whose database was restored from an old copy would sign a second history. It finds here that it signed more than
it holds, and stops. Source: DESIGN §6.
"""

import json
import os
from pathlib import Path

from hub.core.errors import Busy, Misconfigured
from hub.core.values import Head


def write_guard(path: Path, size: int, root: bytes) -> None:
    """Says that a checkpoint of this size and root is about to be signed; on disk before this returns.

    A crash before: the same head is signed at the next start. A crash after: likewise, and the guard already agrees.

    Raises:
        Busy: `hub.busy`: it cannot be written now; nothing may be signed.
    """
    temporary = path.with_suffix(".new")
    try:
        with temporary.open("w") as file:
            json.dump({"size": size, "root": root.hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise Busy("hub.busy", "the guard file cannot be written") from error


def require_not_restored(path: Path, head: Head) -> None:
    """Refuses a database that holds less than was signed.

    Raises:
        Misconfigured: the guard is missing, unreadable, ahead of the database, or of another root at the same size.
    """
    try:
        guard = json.loads(path.read_text("ascii"))
        size, root = int(guard["size"]), bytes.fromhex(guard["root"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Misconfigured(
            "the guard file is missing or unreadable. If the database was restored from a backup, do not start: "
            "see 'watchword-hub doctor'"
        ) from error
    if size > head.size or (size == head.size and root != head.root):
        raise Misconfigured(
            f"this hub has signed a log of {size} entries, and its database holds {head.size}: it was restored from "
            "an old copy. It must not sign. Rebuild it from its members' copies"
        )
