"""The crash tables as pages in `tests/faults/tables/`: every durable step of every scenario, and what was found after
a death before and after it.

`python -m tests.faults` walks all steps and writes the pages anew; the tests walk them too and hold the pages against
what they saw: a step that is not in a page fails, and so does one that no longer happens.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

PAGES: Final = Path(__file__).parent / "tables"
NOTHING: Final = "as it was"


class Row(msgspec.Struct, frozen=True):
    """One durable step; what had changed on disk, at the next start, after a death `before` and `after` it."""

    step: str
    before: str
    after: str


def render(title: str, tables: Mapping[str, Sequence[Row]]) -> str:
    """The page."""
    lines = [f"# {title}", "", "Written by `python -m tests.faults`; held against what the tests see.", ""]
    lines += ["Cells name what had changed, at the next start, against the time before the scenario.", ""]
    for scenario, rows in tables.items():
        lines += [f"## {scenario}", "", "| step | died before it | died after it |", "|---|---|---|"]
        lines += [f"| {row.step} | {row.before} | {row.after} |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def read(page: str) -> dict[str, list[Row]]:
    """The tables of a page, by scenario."""
    tables: dict[str, list[Row]] = {}
    scenario = ""
    for line in (PAGES / page).read_text().splitlines():
        if line.startswith("## "):
            scenario = line[3:]
            tables[scenario] = []
        elif line.startswith("| ") and not line.startswith("| step"):
            step, before, after = (cell.strip() for cell in line.strip("|").split("|"))
            tables[scenario].append(Row(step, before, after))
    return tables


def words(changed: Sequence[str]) -> str:
    """A cell."""
    return ", ".join(changed) or NOTHING
