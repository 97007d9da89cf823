"""Figures as CSV: what a page shows, and a whole release. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

from hub.core.figure_views import Entry, View
from hub.core.figure_words import TOO_FEW, place_name
from hub.core.releases import Release
from hub.core.series_words import series_name, value_name

_FORMULA = ("=", "+", "-", "@")
"""A spreadsheet computes what begins so; words that somebody typed must not."""


def view_csv(view: View) -> str:
    """One view: its headings, then its rows."""
    return _csv([view.headings, *view.rows])


def release_csv(release: Release) -> str:
    """One release: a line for each cell of each table, under its number and day, in words; codes are in the JSON."""
    rows: list[Sequence[Entry]] = [("Release", "As at", "What it counts", "Window", "Place", "Of these", "Number")]
    for table in release.tables:
        place = place_name(table.place) if table.place else ""
        where = (str(release.number), release.as_at, series_name(table.series), table.window, place)
        rows += [(*where, value_name(table.series, cell.value), cell.shown) for cell in table.cells]
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
