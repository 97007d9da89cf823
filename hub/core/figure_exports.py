"""Figures as CSV: what a page shows, and a whole release. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

from hub.core.figure_views import Entry, View
from hub.core.figure_words import TOO_FEW
from hub.core.releases import Release

_FORMULA = ("=", "+", "-", "@")
"""A spreadsheet computes what begins so; words that somebody typed must not."""


def view_csv(view: View) -> str:
    """One view: its headings, then its rows."""
    return _csv([view.headings, *view.rows])


def release_csv(release: Release) -> str:
    """One release: a line for each cell of each table, under its number, quarter and day."""
    rows: list[Sequence[Entry]] = [("release", "as_at", "series", "window", "place", "value", "number")]
    for table in release.tables:
        for cell in table.cells:
            where = (str(release.number), release.as_at, table.series, table.window, table.place)
            rows.append((*where, cell.value, cell.shown))
    return _csv(rows)


def _csv(rows: Iterable[Sequence[Entry]]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([_said(entry) for entry in row] for row in rows)
    return made.getvalue()


def _said(entry: Entry) -> str:
    if entry is None:
        return TOO_FEW
    text = str(entry)
    return f"'{text}" if text.startswith(_FORMULA) else text
