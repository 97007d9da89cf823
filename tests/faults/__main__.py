"""`python -m tests.faults`: walks every durable step, on SQLite, and writes the crash tables anew."""

import sys
import tempfile
from pathlib import Path

from tests.faults.hub_crashes import ASKED, History
from tests.faults.table import PAGES, render


def main() -> int:
    """Writes the pages."""
    PAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "history").mkdir()
        history = History(folder / "history", None)
        tables = {name: history.walk(name, folder) for name in ASKED}
        (PAGES / "hub.md").write_text(render("The hub dies", tables))
    return 0


if __name__ == "__main__":
    sys.exit(main())
