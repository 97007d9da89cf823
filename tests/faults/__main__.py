"""`python -m tests.faults`: walks every durable step, on SQLite, and writes the crash tables anew."""

import sys
import tempfile
from pathlib import Path

from tests.faults import hub_acts, hub_crashes, hub_desk_acts, lead_acts, node_acts, node_crashes
from tests.faults.table import PAGES, render


def main() -> int:
    """Writes the pages."""
    PAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in ("hub", "desk", "node", "speaking", "decided"):
            (folder / name).mkdir()
        hub = hub_crashes.History(folder / "hub", None, desk=False)
        tables = {name: hub.walk(name, folder) for name in hub_acts.ASKED}
        desk = hub_crashes.History(folder / "desk", None, desk=True)
        tables |= {name: desk.walk(name, folder) for name in hub_desk_acts.DESK}
        (PAGES / "hub.md").write_text(render("The hub dies", tables))
        node = node_crashes.History(folder / "node", node_acts.build_history)
        tables = {name: node.walk(name, folder) for name in node_acts.ACTS}
        speaking = node_crashes.History(folder / "speaking", node_acts.build_speaking)
        tables |= {name: speaking.walk(name, folder) for name in node_acts.SPEECH}
        decided = node_crashes.History(folder / "decided", lead_acts.build_decided, dying="lead")
        tables |= {name: decided.walk(name, folder) for name in lead_acts.DECIDED}
        (PAGES / "node.md").write_text(render("A node dies", tables))
    return 0


if __name__ == "__main__":
    sys.exit(main())
