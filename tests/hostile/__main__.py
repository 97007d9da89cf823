"""`python -m tests.hostile [--node "COMMAND"]`: a hostile hub before any node that has this one's command line.

The node is driven only from outside: `init`, `join`, `sync [--wait]`, `publish`, `status`, `doctor`, `inbox --json`,
`compare`, `rotate-seal`, `evidence`. Exit status 1 if any attack succeeded.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from tests.hostile.attacks import all_attacks, chosen
from tests.hostile.node_under_test import as_process, in_process
from tests.hostile.outcomes import write
from tests.hostile.play import Outcome, play
from tests.hostile.server import HostileServer
from tests.hostile.stage import build_stage


def main() -> int:
    """Plays the attacks and prints what came of each."""
    arguments = argparse.ArgumentParser(prog="python -m tests.hostile")
    arguments.add_argument("--node", default="", help="another node's command line; else this project's, in process")
    arguments.add_argument("--attack", action="append", default=[], metavar="NAME")
    arguments.add_argument("--list", action="store_true", help="print the attacks' names")
    arguments.add_argument("--keep", type=Path, help="a new folder for the evidence that was exported")
    arguments.add_argument("--write", action="store_true", help="write the page of outcomes anew; this node's own")
    arguments.add_argument("--json", action="store_true", help="print one object as the last line")
    wanted = arguments.parse_args()
    if wanted.list:
        print("\n".join(one.name for one in all_attacks()))
        return 0
    console, outcomes = Console(width=160), []
    with tempfile.TemporaryDirectory() as made, HostileServer() as server:
        folder = Path(made)
        evidence = wanted.keep or folder / "evidence"
        stage = build_stage(server, folder, as_process(wanted.node) if wanted.node else in_process)
        for one in chosen(wanted.attack):
            slug = one.name.replace(" ", "-")
            outcomes.append(play(one, stage.copy(folder / slug), evidence / slug))
            console.print(
                f"{'held' if outcomes[-1].held else '[bold red]FAILED[/bold red]'}  {one.name}", highlight=False
            )
    console.print(_table(outcomes))
    failed = [one.attack for one in outcomes if not one.held]
    console.print(f"{len(outcomes)} attacks, {len(failed)} succeeded")
    if wanted.write and not (failed or wanted.attack or wanted.node):
        write(outcomes)
    if wanted.json:
        print(json.dumps({"attacks": msgspec.to_builtins(outcomes), "succeeded": failed}))
    return 1 if failed else 0


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("attack", "what the node said", "evidence")
    for one in outcomes:
        table.add_row(one.attack, one.said, one.evidence)
    return table


if __name__ == "__main__":
    sys.exit(main())
