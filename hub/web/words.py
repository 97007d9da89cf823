"""Codes of the log in the words of the hub's pages."""

from typing import Final

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


def words_of(digest: str) -> str:
    """The words of a digest in hex, as they are read aloud."""
    return " ".join(fingerprint_words(bytes.fromhex(digest)))
