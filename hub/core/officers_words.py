"""What an officer's statement says, in words: on the page that prepares it, and where it is signed. Pure."""

from collections.abc import Callable
from typing import Final

from protocol.statement_fields import MemberPart, Statement

REASONS: Final = {
    "safeguarding": "somebody could come to harm",
    "key_doubt": "doubt about who holds its keys",
    "silent": "it does not answer",
    "misuse": "it used what it was given for something else",
    "other": "another reason",
    "left": "it has left",
    "compromised": "its keys are in other hands",
}

VERBS: Final[dict[str, Callable[[MemberPart], str]]] = {
    "admit": lambda part: f"Admits a new member, number {part.id}: {part.role}, {part.region or 'no region'}",
    "suspend": lambda part: f"Asks to suspend member {part.id}: {REASONS[part.reason or 'other']}",
    "resume": lambda part: f"Ends the suspension of member {part.id}, or the asking for one",
    "revoke": lambda part: f"Asks to remove member {part.id} for ever: {REASONS[part.reason or 'other']}",
}

EFFECTS: Final = {
    "admit": (
        "It acts once the witnesses have confirmed it: from then on the member may speak, and reads what it is told.",
    ),
    "suspend": (
        "It acts when a second officer has asked for the same.",
        "From then on it publishes nothing new and reads nothing new.",
        "Its warnings that are in force stand, at everybody's.",
        "What it takes back is taken back, as always; it goes on confirming deletions, and reads the log.",
        "Any one officer can end it.",
    ),
    "resume": ("It acts at once: the member speaks and reads again.",),
    "revoke": (
        "It acts when a second officer has asked for the same, and cannot be undone: a new start is a new number.",
        "From then on it gets no contents, old or new, and is listed until it has said that it erased them.",
        "Its warnings stand until they end; it can still take them back.",
        "Where its keys are in other hands, all that it said from the entry named on is erased everywhere.",
    ),
}
"""What each does and does not do. Source: protocol/spec/membership.md §4, promise 15."""


def in_words(statement: Statement) -> str:
    """What it says, in a line."""
    part = statement.member
    assert part is not None
    said = VERBS[statement.kind](part)
    return said if part.from_ is None else f"{said}, from entry {part.from_} on"
