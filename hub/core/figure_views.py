"""What pages show of the releases: each view a chart and the table that says the same. Pure.

Only what was frozen comes in: a view holds nothing that a release does not. Shares are computed from what is shown.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from hub.core import figure_words as words
from hub.core import series_of_figures as series
from hub.core.charts import Line, Tile, bar_chart, line_chart, tile_map
from hub.core.declared import DeclaredTotal
from hub.core.figure_sums import NO, YES
from hub.core.masking import Shown, share
from hub.core.releases import Release, Table
from protocol.vocabulary import HATE_GROUNDS

Entry = str | int | None
"""An entry of a table: words, a number, or None: too few to show."""


class View(msgspec.Struct, frozen=True):
    """A chart with its table.

    Attributes:
        name: of the view, as exports have it.
        window: of which window it is, or empty: of all quarters.
        title: what it shows.
        headings: of the columns; the first is what a row is of.
    """

    name: str
    window: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    svg: str


class TilePlace(msgspec.Struct, frozen=True):
    """Where an area stands on the map, and what is written in its square."""

    column: int
    row: int
    short: str


class Shelf:
    """Every release, in order, and every table in it."""

    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = tuple(releases)
        self._tables = {table.key: table for release in releases for table in release.tables}

    def table(self, name: str, window: str, place: str = "") -> Table | None:
        """A table, or None: it was not published."""
        return self._tables.get((name, window, place))

    def shown(self, name: str, window: str, value: str = "all", place: str = "") -> Shown:
        """One cell; None: too few to show, or not published."""
        table = self.table(name, window, place)
        return None if table is None else table.shown(value)

    def entry(self, name: str, window: str, value: str = "all", place: str = "") -> Entry:
        """One cell as a table shows it."""
        return words.NOT_THERE if self.table(name, window, place) is None else self.shown(name, window, value, place)

    def places(self, name: str, window: str) -> list[Table]:
        """The tables of one window, one for each place, in the order of the release."""
        return [table for table in self._tables.values() if table.series == name and table.window == window]

    def windows(self, name: str) -> list[str]:
        """The windows of a series that were published, the latest first."""
        return sorted({table.window for table in self._tables.values() if table.series == name}, reverse=True)


def incidents_view(shelf: Shelf) -> View:
    """Incidents by quarter: all projects and the constant panel, and how many were told of by several people."""
    rows = [
        (
            release.quarter,
            shelf.entry(series.INCIDENTS, release.quarter),
            shelf.entry(series.PANEL, release.quarter, "panel"),
            shelf.entry(series.REPORTERS, release.quarter, "2+"),
            release.beside.projects,
            f"{release.beside.panel} of {release.beside.panel_at_first}",
            _registered(release),
        )
        for release in shelf.releases
    ]
    began = [release.beside.panel_began for release in shelf.releases]
    anew = frozenset(at for at in range(1, len(began)) if began[at] != began[at - 1])
    lines = [
        Line("All projects", "all", tuple(shelf.shown(series.INCIDENTS, one.quarter) for one in shelf.releases)),
        Line(
            "Constant panel",
            "panel",
            tuple(shelf.shown(series.PANEL, one.quarter, "panel") for one in shelf.releases),
            anew,
        ),
    ]
    title = "Incidents by quarter"
    headings = (
        "Quarter",
        "All projects",
        "Constant panel",
        "Told by two or more",
        "Projects",
        "Projects in the panel",
        "Workers registered",
    )
    return View("incidents", "", title, headings, tuple(rows), line_chart(title, _years(shelf), lines))


def _registered(release: Release) -> str:
    beside = release.beside
    if beside.registered_from is None:
        return words.NOT_THERE
    if beside.registered_to is None:
        return f"{beside.registered_from:,} or more"
    return f"{beside.registered_from:,} to {beside.registered_to:,}"


def _years(shelf: Shelf) -> list[str]:
    """Labels of the time axis: each year at its first quarter."""
    return [one.quarter[:4] if at == 0 or one.quarter.endswith("Q1") else "" for at, one in enumerate(shelf.releases)]


def taken_view(shelf: Shelf) -> View:
    """Reports taken, warned about or not, as projects count them."""
    values = [(release, shelf.entry(series.TAKEN, release.quarter)) for release in shelf.releases]
    title = "Reports taken by quarter"
    line = Line("Reports taken", "all", tuple(shelf.shown(series.TAKEN, one.quarter) for one in shelf.releases))
    rows = tuple((one.quarter, entry, f"{one.beside.figures} of {one.beside.projects}") for one, entry in values)
    headings = ("Quarter", "Reports taken", "Projects that sent figures")
    return View("taken", "", title, headings, rows, line_chart(title, _years(shelf), [line]))


def permission_view(shelf: Shelf) -> View:
    """Of those who were asked, how many in a hundred said yes; and of incidents, what police may read."""

    def yes(switch: str, quarter: str) -> Shown:
        name = series.switch_series(switch)
        return share(shelf.shown(name, quarter, YES), [shelf.shown(name, quarter, NO)])

    rows = []
    for release in shelf.releases:
        may_read = share(
            shelf.shown(series.POLICE, release.quarter, YES), [shelf.shown(series.POLICE, release.quarter, NO)]
        )
        answers = [_percent(yes(switch, release.quarter)) for switch in words.SWITCHES]
        rows.append((release.quarter, *answers, _percent(may_read)))
    anonymous = tuple(yes("police_anonymous", one.quarter) for one in shelf.releases)
    full = tuple(yes("police_full", one.quarter) for one in shelf.releases)
    lines = [
        Line(words.SWITCHES["police_anonymous"], "all", anonymous),
        Line(words.SWITCHES["police_full"], "panel", full),
    ]
    title = "Of 100 who were asked, how many said yes"
    headings = ("Quarter", *words.SWITCHES.values(), "Warnings that police may read")
    return View("permission", "", title, headings, tuple(rows), line_chart(title, _years(shelf), lines))


def _percent(value: Shown) -> Entry:
    return None if value is None else f"{value}%"


def full_by_region_view(shelf: Shelf, window: str) -> View:
    """Who gives police full details, by region over three years."""
    rows: list[tuple[Entry, ...]] = []
    bars = []
    for table in shelf.places(series.FULL_BY_REGION, window):
        said, not_said = (cell.shown for cell in table.cells)
        found = share(said, [not_said])
        name = words.place_name(table.place)
        rows.append((name, said, not_said, _percent(found)))
        bars.append((name, found))
    title = f"Of 100 reports, how many let police have full details, {window}"
    headings = ("Region", "Yes", "No, or not asked", "Share")
    return View("full_by_region", window, title, headings, tuple(rows), bar_chart(title, bars))


def _parts_view(
    name: str, title: str, heading: str, table: Table | None, window: str, said: Callable[[str], str]
) -> View:
    """A table of parts as bars, with shares where all of it is shown."""
    cells = () if table is None else table.cells
    rows: list[tuple[Entry, ...]] = []
    for at, cell in enumerate(cells):
        others = [other.shown for place, other in enumerate(cells) if place != at]
        part = share(cell.shown, others)
        rows.append((said(cell.value), cell.shown, words.NOT_THERE if part is None else f"{part}%"))
    bars = [(said(cell.value), cell.shown) for cell in cells]
    return View(name, window, title, (heading, "Number", "Share"), tuple(rows), bar_chart(title, bars))


def kinds_view(shelf: Shelf, window: str) -> View:
    """Main kinds of a year."""
    table = shelf.table(series.KIND, window)
    return _parts_view("kinds", f"Incidents by main kind, {window}", "Kind", table, window, words.KINDS.__getitem__)


def contacts_view(shelf: Shelf, window: str) -> View:
    """How contact was made, of a year."""
    table = shelf.table(series.CONTACT, window)
    title = f"How the person came into contact, {window}"
    return _parts_view("contacts", title, "Contact", table, window, words.CONTACTS.__getitem__)


def methods_view(shelf: Shelf, window: str) -> View:
    """Main ways of working of a year."""
    table = shelf.table(series.METHOD, window)
    title = f"How the person went about it, {window}"
    return _parts_view("methods", title, "Way of working", table, window, words.METHODS.__getitem__)


def outcomes_view(shelf: Shelf, window: str) -> View:
    """Outcomes of a year."""
    table = shelf.table(series.OUTCOMES_OF, window)
    title = f"Outcomes that became known, {window}"
    return _parts_view("outcomes", title, "Outcome", table, window, words.OUTCOMES.__getitem__)


def hate_view(shelf: Shelf, window: str) -> View:
    """What anybody saw as hate, by ground."""
    found = [(ground, shelf.table(series.hate_series(ground), window)) for ground in HATE_GROUNDS]
    each = [(words.HATE[ground], table.shown("seen_as_hate"), table.shown("not")) for ground, table in found if table]
    rows: list[tuple[Entry, ...]] = [(name, seen, _percent(share(seen, [rest]))) for name, seen, rest in each]
    title = f"Reports in which somebody saw hate, {window}"
    bars = [(name, seen) for name, seen, _ in each]
    return View("hate", window, title, ("Of what", "Reports", "Share"), tuple(rows), bar_chart(title, bars))


def to_warning_view(shelf: Shelf, window: str) -> View:
    """From the event to the warning."""
    table = shelf.table(series.TO_WARNING, window)
    title = f"From the event to the warning, {window}"
    return _parts_view("to_warning", title, "Time", table, window, words.BANDS.__getitem__)


def to_opened_view(shelf: Shelf, window: str) -> View:
    """From the warning to the first person who opened it."""
    table = shelf.table(series.TO_OPENED, window)
    title = f"From the warning to being opened, {window}"
    return _parts_view("to_opened", title, "Time", table, window, words.BANDS.__getitem__)


def referrals_view(shelf: Shelf) -> View:
    """What police did with what they were sent."""

    def of(name: str, value: str, rest: str, quarter: str) -> Shown:
        return share(shelf.shown(name, quarter, value), [shelf.shown(name, quarter, rest)])

    acknowledged, tasked, rows = [], [], []
    for release in shelf.releases:
        quarter = release.quarter
        acknowledged.append(of(series.ACKNOWLEDGED, "acknowledged", "not_acknowledged", quarter))
        tasked.append(of(series.TASKED, "tasked", "not_tasked", quarter))
        rows.append((quarter, shelf.entry(series.SENT, quarter), _percent(acknowledged[-1]), _percent(tasked[-1])))
    title = "Of 100 referrals, how many were acknowledged, and of these tasked"
    lines = [Line("Acknowledged", "all", tuple(acknowledged)), Line("Tasked", "panel", tuple(tasked))]
    headings = ("Quarter", "Referrals sent", "Acknowledged", "Of these, tasked")
    return View("referrals", "", title, headings, tuple(rows), line_chart(title, _years(shelf), lines))


def map_view(shelf: Shelf, window: str, places: Mapping[str, TilePlace]) -> View:
    """Incidents of a year by area: a square each. The table has the regions, with their areas below them."""
    by_force = {cell.value: cell.shown for table in shelf.places(series.FORCE, window) for cell in table.cells}
    regions = shelf.table(series.REGION, window)
    rows: list[tuple[Entry, ...]] = []
    for region in () if regions is None else regions.cells:
        rows.append((words.place_name(region.value), "All", region.shown))
        inside = shelf.table(series.FORCE, window, region.value)
        if inside is not None and len(inside.cells) > 1:
            rows += [(words.place_name(region.value), words.place_name(one.value), one.shown) for one in inside.cells]
    tiles = [
        Tile(place.column, place.row, place.short, words.place_name(code), by_force.get(code))
        for code, place in places.items()
    ]
    title = f"Incidents by police-force area, {window}"
    return View("map", window, title, ("Region", "Area", "Incidents"), tuple(rows), tile_map(title, tiles))


def declared_view(scheme: str, declared: Sequence[DeclaredTotal]) -> View:
    """What one scheme declares of years before: dashed, and never beside what is computed."""
    labels = [str(one.year) if at % 4 == 0 else "" for at, one in enumerate(declared)]
    line = Line("Declared by the scheme", "declared", tuple(one.shown for one in declared))
    rows = tuple((str(one.year), one.shown, one.definition, one.source) for one in declared)
    title = f"Declared by {scheme}: reports by year"
    return View(
        "declared", "", title, ("Year", "Total", "What it counted", "Source"), rows, line_chart(title, labels, [line])
    )
