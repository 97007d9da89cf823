"""Codes of the log in the words of the hub's pages."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from protocol.house.web.rendering import day
from protocol.region_names import region_name
from protocol.wording.catalogue import ENGLISH
from protocol.wording.codes import INCIDENTS
from protocol.wording.references import reference_of
from protocol.words import fingerprint_words

ROLES: Final = {"project": "Project", "lead": "National lead", "observer": "Observer"}
STATUSES: Final = {
    "active": "Active",
    "suspended": "Suspended",
    "left": "Has left",
    "compromised": "Removed: its keys are in other hands",
}
WHY_GONE: Final = {
    "superseded": "replaced by a newer one",
    "paused": "paused",
    "cancelled": "taken back",
    "replaced": "replaced by a newer one",
    "objected": "objected to",
    "compromised": "removed with a member whose keys are in other hands",
    "disagreed": "not agreed to",
    "undone": "undone",
}


JOBS: Final = {
    "lead": "Takes and orders what members say",
    "index": "Makes new warnings findable",
    "rekey": "Makes the keys of search anew",
    "compare": "Compares new warnings with others",
    "decided": "Forgets what a lead decided and the log has",
    "erase": "Erases what is no longer in force",
    "forget": "Forgets old requests and names of who left",
    "heard": "Writes down who was heard",
    "epoch": "Changes the key under which contents lie",
    "count_series": "Counts proposals for the board",
    "looks": "Forgets who was told of a look a year ago",
    "releases": "Keeps releases beside the guard file",
}
"""What the hub does by itself, by the names of `jobs.worker`."""


def words_of(digest: str) -> str:
    """The words of a digest in hex, as they are read aloud."""
    return " ".join(fingerprint_words(bytes.fromhex(digest)))


def _month(month: str) -> str:
    """`2026-10` → October 2026."""
    return ENGLISH.month(dt.date.fromisoformat(f"{month}-01"))


def _before(ends: dt.date | str) -> str:
    """The last whole day before something ends at 00:00 UTC of the day given."""
    ended = dt.date.fromisoformat(ends) if isinstance(ends, str) else ends
    return day(ended - dt.timedelta(days=1))


FILTERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "before": _before,
    "job": JOBS.__getitem__,
    "incident": INCIDENTS.__getitem__,
    "month": _month,
    "reference": reference_of,
    "region": region_name,
}
"""By which templates say codes and days."""
