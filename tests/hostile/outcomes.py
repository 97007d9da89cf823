"""The outcome of every attack as a page: `tests/hostile/OUTCOMES.md`.

`python -m tests.hostile --write` plays all of them and writes it anew; the tests hold it against what they see.
"""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.hostile.members import MEMBER_ATTACKS, REQUESTS_PER_MINUTE, STATEMENTS_PER_DAY
from tests.hostile.play import Outcome
from tests.hub.ground import running_ground

PAGE: Final = Path(__file__).parent / "OUTCOMES.md"
HUB_TITLE: Final = "## A hostile hub"
MEMBER_TITLE: Final = "## A hostile member"
WRITTEN: Final = (
    "Written by `python -m tests.hostile --write`; held against what the tests see. *harmless*: nothing changed, and"
    " nobody need know. *proof* needs nobody's word (`make peers`); *testimony* is the node's own."
)
_CHANGES: Final = re.compile(r"[0-9a-f]{6,}|\d{1,2} [A-Z][a-z]{2} \d\d:\d\d|\d{4}-\d\d-\d\d|\d+ seconds")


def row_of(outcome: Outcome) -> tuple[str, str]:
    """What the node said, without what differs from run to run, and what its evidence is worth."""
    return _CHANGES.sub("…", outcome.said), outcome.evidence


def write(outcomes: Sequence[Outcome]) -> None:
    """The page, with the attacks of a member played anew.

    Args:
        outcomes: of every attack of a hub; all held.
    """
    lines = ["# What comes of each attack", "", WRITTEN, "", HUB_TITLE, ""]
    lines += ["| attack | what the node said | evidence |", "|---|---|---|"]
    lines += [f"| {one.attack} | {' | '.join(row_of(one))} |" for one in outcomes]
    lines += ["", MEMBER_TITLE, "", "| attack | what came of it |", "|---|---|"]
    lines += [f"| {name} | {said} |" for name, said in asyncio.run(_members()).items()]
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")


def hub_rows() -> dict[str, tuple[str, str]]:
    """Attack → what the node said, and the evidence, as the page has it."""
    return {cells[0]: (cells[1], cells[2]) for cells in _rows(HUB_TITLE)}


def member_rows() -> dict[str, str]:
    """Attack → what came of it, as the page has it."""
    return {cells[0]: cells[1] for cells in _rows(MEMBER_TITLE)}


def _rows(title: str) -> list[list[str]]:
    part = PAGE.read_text("utf-8").split(title)[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


async def _members() -> dict[str, str]:
    limits = {"statements_per_day": STATEMENTS_PER_DAY, "requests_per_minute": REQUESTS_PER_MINUTE}
    said = {}
    for one in MEMBER_ATTACKS:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            async with running_ground(f"sqlite:///{folder / 'hub.db'}", folder, **limits) as ground:
                await ground.three_projects()
                said[one.name] = await one.play(ground, folder)
    return said
