"""The guard file: what this hub signed last, kept outside the database, one on each host that may sign.

A hub whose database was restored from an old copy would sign a second history. It finds here that it signed more than
it holds, or something else, and stops. A host that does not lead keeps its own file up with what the leader signs, so
that any of them finds it. Source: DESIGN §6.
"""

import json
from pathlib import Path

import msgspec

from hub.core.errors import Busy, Misconfigured
from hub.core.values import Head, SignedCheckpoint
from protocol.house.store.durable_files import replace_durably


class Guard(msgspec.Struct, frozen=True):
    """A checkpoint of this size and root was signed, or was about to be."""

    size: int
    root: bytes


def read_guard(path: Path) -> Guard:
    """What the file says.

    Raises:
        Misconfigured: it is missing or unreadable.
    """
    try:
        guard = json.loads(path.read_text("ascii"))
        return Guard(int(guard["size"]), bytes.fromhex(guard["root"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise Misconfigured(
            "the guard file is missing or unreadable. If the database was restored from a backup, do not start: "
            "see 'watchword-hub doctor'"
        ) from error


def write_guard(path: Path, size: int, root: bytes) -> None:
    """Says that a checkpoint of this size and root is about to be signed; on disk before this returns.

    A crash before: the same head is signed at the next start. A crash after: likewise, and the guard already agrees.

    Raises:
        Busy: `hub.busy`: it cannot be written now, or it says that more was signed since (by another process, while
            this one was frozen): nothing may be signed.
    """
    if path.exists():
        _require_not_lowered(path, Guard(size, root))
    try:
        replace_durably(path, json.dumps({"size": size, "root": root.hex()}).encode("ascii"))
    except OSError as error:
        raise Busy("hub.busy", "the guard file cannot be written") from error


def _require_not_lowered(path: Path, wanted: Guard) -> None:
    try:
        present = read_guard(path)
    except Misconfigured as error:
        raise Busy("hub.busy", "the guard file cannot be read") from error
    if present.size > wanted.size or (present.size == wanted.size and present.root != wanted.root):
        raise Busy("hub.busy", "more was signed since than this process knows")


def require_not_restored(guard: Guard, head: Head, signed: SignedCheckpoint | None) -> None:
    """Refuses a database that does not hold what was signed.

    Args:
        guard: read before `head` was: a log only grows.
        signed: the database's checkpoint of the guard's size. There is one wherever the log has grown past it: nothing
            is ordered after a head that is not signed.

    Raises:
        Misconfigured: the guard is ahead of the database, or the database holds another history.
    """
    if guard.size > head.size or (guard.size == head.size and guard.root != head.root):
        raise Misconfigured(
            f"this hub has signed a log of {guard.size} entries, and its database holds {head.size}: it was restored "
            "from an old copy. It must not sign. Rebuild it from its members' copies"
        )
    if 0 < guard.size < head.size and (signed is None or signed.root != guard.root):
        raise Misconfigured(
            f"the first {guard.size} entries of the database are not those that this hub signed: it was restored from "
            "an old copy and grew again. It must not sign. Rebuild it from its members' copies"
        )
