"""Lets one attack loose, and finds whether the node held."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.hostile.listing import Attack
from tests.hostile.stage import Stage


class Outcome(msgspec.Struct, frozen=True):
    """What came of an attack.

    Attributes:
        held: whether the node was not harmed, and said what it had to say.
        said: its own words for it, or why it did not hold.
        evidence: `proof`, `testimony` or `none`.
    """

    attack: str
    held: bool
    said: str
    evidence: str


def play(one: Attack, stage: Stage, evidence: Path) -> Outcome:
    """Plays it on a stage of its own.

    Args:
        evidence: a folder that does not exist yet.
    """
    try:
        one.play(stage)
    except AssertionError as harmed:
        return Outcome(one.name, False, f"HARMED: {harmed}", "")
    complaints = stage.node.complaints()
    said = next((words for words in one.says if words.lower() in complaints.lower()), "")
    if one.says and not said:
        return Outcome(one.name, False, f"did not say any of {one.says}: {complaints[-600:]}", "")
    exported = stage.node.evidence(evidence)
    worth = _worth([about["kind"] for about in exported])
    if worth != one.evidence:
        return Outcome(one.name, False, f"exported {worth}, expected {one.evidence}: {exported}", worth)
    return Outcome(one.name, True, _sentence(stage.node.heard, said) if said else "harmless", worth)


def _worth(kinds: Sequence[str]) -> str:
    return "proof" if "proof" in kinds else "testimony" if kinds else "none"


def _sentence(heard: Sequence[str], words: str) -> str:
    """The line in which it said so; of a table the row; the words themselves where no line has all of them."""
    lines = (line for text in heard for line in text.splitlines())
    said = next((line for line in lines if words.lower() in line.lower()), words)
    return " / ".join(cell for cell in (part.strip() for part in said.split("│")) if cell)
