"""`make demo`: a hub and three nodes on this machine, from spreadsheets to a warning taken back everywhere.

Tells as it goes, then serves until Ctrl-C. `--exit` ends by itself; `--json` prints one object as the last line.
"""

import argparse
import asyncio
import shutil
import signal
import sys
import time
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.table import Table

from deploy.demo import later
from deploy.demo.hub_house import open_hub_pages
from deploy.demo.network import ASKS_TO_JOIN, PROJECTS, SWITCHED_OFF, DemoFailed, Network
from deploy.demo.sign_ins import PASSWORD
from deploy.demo.story import Story

FOLDER: Final = Path(".demo")
"""Where the demo keeps its databases, keys and logs; made anew at each run."""


class Teller:
    """Says what happens. With `--json`, to standard error, so that standard output ends with the object."""

    def __init__(self, *, to_stderr: bool) -> None:
        self.console = Console(stderr=to_stderr, highlight=False, soft_wrap=True)

    def step(self, text: str) -> None:
        """A new part of the story."""
        self.console.print(f"\n[bold cyan]{text}[/bold cyan]")

    def say(self, text: str) -> None:
        """One thing that happened."""
        self.console.print(f"  {text}")


async def tell(network: Network, teller: Teller, began: float) -> Story:
    """The whole demo, once."""
    teller.step("A hub and three nodes")
    network.set_up()
    await network.admit_all()
    story = Story(network)
    teller.step("Each project imports its own spreadsheet")
    imported = story.import_sheets()
    for project, sheet in imported:
        needing = f"{sheet.needing_a_person} rows need a person"
        teller.say(f"{project.name}: {len(sheet.new)} reports, {needing}; nothing has left the node.")
    teller.step("People open rows, ask what the sheet leaves open, and warn: one drafts, another releases")
    warnings = story.warn(imported)
    for name, count in Counter(warning.project.name for warning in warnings).items():
        teller.say(f"{name}: {count} warnings")
    teller.step("This is all that leaves, of the first one")
    for line in warnings[0].lines:
        teller.say(line)
    teller.step("Verified, checked on arrival, in the inbox")
    arrived = await story.wait_until_received()
    for (origin, receiver), count in Counter((a.name, b.name) for a, b, _ in arrived).items():
        teller.say(f"{origin} → {receiver}: {count}")
    teller.step("Genesis corrects a warning; then she does not want it shared any more")
    await story.correct_one()
    teller.say("The update replaced it everywhere; the first body is erased.")
    _, needed = await story.take_back_one()
    figures = story.figures
    teller.say(f"Taken back. Confirmed deleted by {figures.acks} of {needed} projects, each by its signed word.")
    size, witnesses = await story.wait_for_witnesses()
    teller.say(f"The log has {size} entries; its last checkpoint was seen by {witnesses} of {len(PROJECTS)} witnesses.")
    figures.seconds = round(time.monotonic() - began, 1)
    teller.step("What waits for somebody at the hub")
    await later.say_that_two_are_alike(story)
    teller.say("Bradford says that a warning of its own and one of Genesis may be about one person; Genesis agrees.")
    await later.leave_one_unconfirmed(story)
    teller.say(f"{SWITCHED_OFF.name} is switched off: it has not confirmed that it deleted what Merseyside took back.")
    await network.ask_to_join()
    teller.say(f"{ASKS_TO_JOIN.name} asks to join.")
    teller.step("The hub's own people")
    releases, at_the_hub = open_hub_pages(network)
    teller.say(f"{releases} releases of figures, of years in which none of this was: fictional, and said to be.")
    story.sign_ins = (*story.open_the_pages(), *at_the_hub)
    await story.close()
    return story


def show(story: Story, console: Console) -> None:
    """The figures, and where to look next."""
    table = Table(title="What came of it", show_header=False)
    for name, value in msgspec.structs.asdict(story.figures).items():
        table.add_row(name.replace("_", " "), str(value))
    console.print()
    console.print(table)
    console.print(
        "\n[bold]Open the pages[/bold], each person in a browser window of their own (a private one will do)."
    )
    console.print(f"The password is the same for all: [bold]{PASSWORD}[/bold]. Each code opens once.")
    for (house, url), people in groupby(story.sign_ins, key=lambda one: (one.house, one.url)):
        console.print(f"\n  [bold]{house}[/bold]   {url}/sign-in")
        for one in people:
            console.print(f"    {one.role}: your name [bold]{one.name}[/bold]   codes {'  '.join(one.codes)}")
    settings = FOLDER / "merseyside" / "node.toml"
    console.print("\nOr look from another terminal:")
    for line in (
        f".venv/bin/watchword-node inbox --settings {settings}",
        f".venv/bin/watchword-node status --settings {settings}",
        f".venv/bin/watchword-hub status --settings {FOLDER / 'hub' / 'hub.toml'}",
        f".venv/bin/watchword-hub doctor --settings {FOLDER / 'hub' / 'hub.toml'}",
        f"{FOLDER}/*.log",
    ):
        console.print(f"  {line}")


def serve_until_interrupted(network: Network, console: Console) -> None:
    """Goes on until Ctrl-C."""
    console.print("\nServing until Ctrl-C.")
    try:
        while True:
            network.require_running()
            time.sleep(1)
    except KeyboardInterrupt:
        console.print("Stopped.")


def main() -> int:
    """Runs the demo; its exit status."""
    arguments = argparse.ArgumentParser(prog="make demo", description=__doc__)
    arguments.add_argument("--exit", action="store_true", help="end when the story is told")
    arguments.add_argument("--json", action="store_true", help="print the figures as one object on the last line")
    wanted = arguments.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it is ended, its processes end with it
    began = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    teller = Teller(to_stderr=wanted.json)
    network = Network(FOLDER.resolve(), teller.say)
    try:
        story = asyncio.run(tell(network, teller, began))
        show(story, teller.console)
        if wanted.json:
            print(msgspec.json.encode(story.figures).decode(), flush=True)
        if not wanted.exit:
            serve_until_interrupted(network, teller.console)
    except DemoFailed as failed:
        teller.console.print(f"[red]The demo failed.[/red] {failed}\nSee {FOLDER}/*.log")
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        network.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
