"""`python -m tests.faults`: walks every durable step, on SQLite, and writes the crash tables anew."""

import sys
import tempfile
from pathlib import Path

from tests.faults import hub_crashes, node_acts, node_crashes
from tests.faults.table import PAGES, render


def main() -> int:
    """Writes the pages."""
    PAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in ("hub", "node", "speaking"):
            (folder / name).mkdir()
        hub = hub_crashes.History(folder / "hub", None)
        tables = {name: hub.walk(name, folder) for name in hub_crashes.ASKED}
        (PAGES / "hub.md").write_text(render("The hub dies", tables))
        node = node_crashes.History(folder / "node", speaking=False)
        tables = {name: node.walk(name, folder) for name in node_acts.ACTS}
        speaking = node_crashes.History(folder / "speaking", speaking=True)
        tables |= {name: speaking.walk(name, folder) for name in node_acts.SPEECH}
        (PAGES / "node.md").write_text(render("A node dies", tables))
    return 0


if __name__ == "__main__":
    sys.exit(main())
