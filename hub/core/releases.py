"""A release of figures: built from true counts, masked once, frozen for ever. Pure.

A release is of one quarter that is over. With the last quarter of a year come the tables of that year, with the last of
three years those of the three. No window is ever published again, so what is taken back changes later releases only.
Which tables may stand beside which is what `hub.core.masking` asks of whoever publishes:

    rule 2   tables of a quarter hang below a number of that quarter; a year's, where all four quarters are shown;
             forces, below a region that is shown; acknowledged and tasked, each below what is shown above it
    rule 3   incidents are split by panel, police and reporters within quarters, and by nothing of that within years;
             permissions within quarters, and one of them by region over three years, by `mask_lines`
    rule 4   nothing hangs below a part that is not shown

Source: DESIGN §6, PEOPLE 3.2 to 3.5; promise 13.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from hub.core import series_of_figures as series
from hub.core.counting import NOT_LISTED
from hub.core.figure_sums import SWITCHES, YES, FigureSums, registered_range
from hub.core.masking import Shown, mask_alone, mask_lines, mask_table
from hub.core.panel import Projects
from protocol import canonical
from protocol.quarters import Quarter, block_of, quarters_of
from protocol.statement_fields import CharterRegion

LEAST_OF_A_REGION: Final = 100
"""Reports in three years, as shown, for a region to have a line of its own: with fewer, a share of one in twelve would
hide the whole table."""


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number: 0, a multiple of 5 from 10 on, or None: too few to show."""

    value: str
    shown: Shown


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One window of one series.

    Attributes:
        window: `2026-Q3`, `2026`, or `2023-2025`.
        place: a region of the charter, where the series has a table for each; else empty.
    """

    series: str
    window: str
    place: str
    cells: tuple[Cell, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """Series, window and place: no two tables of all releases have the same."""
        return self.series, self.window, self.place

    def shown(self, value: str) -> Shown:
        """A cell's number.

        Raises:
            RuntimeError: it has no such cell.
        """
        for cell in self.cells:
            if cell.value == value:
                return cell.shown
        raise RuntimeError("a table has no such cell")


class Beside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Beside what the figures stand: how many projects, in all and in the panel; how many sent figures.

    Attributes:
        panel_began: the quarter with which the panel began; `panel_at_first`: how many projects it had then.
        registered_from, registered_to: workers registered, between; both None: fewer than three projects say so; the
            latter None: no upper bound is known.
    """

    projects: int
    panel: int
    panel_began: str
    panel_at_first: int
    figures: int
    registered_from: int | None
    registered_to: int | None


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A frozen release.

    Attributes:
        number: 1, 2, …
        as_at: the day on which it was counted, ISO 8601.
        definitions: series → its definition in words, of those that it holds.
        queries: series → the same as a question to the counts of that day.
        method: how small numbers were treated, in words.
    """

    number: int
    quarter: str
    as_at: str
    beside: Beside
    definitions: dict[str, str]
    queries: dict[str, str]
    method: str
    tables: tuple[Table, ...]

    @property
    def content(self) -> bytes:
        """The bytes that are frozen: the one JSON encoding."""
        return canonical.encode(self)


class Incidents(msgspec.Struct, frozen=True):
    """True counts of incidents: split → value → incidents, of one quarter and of its whole year."""

    quarter: Mapping[str, Mapping[str, int]]
    year: Mapping[str, Mapping[str, int]]


class Figures(msgspec.Struct, frozen=True):
    """Sums of projects' figures: of one quarter, of its year, and of its three years by the projects' region."""

    quarter: FigureSums
    year: FigureSums
    block: Mapping[str, FigureSums]


class Frame(msgspec.Struct, frozen=True):
    """What a release is built into.

    Attributes:
        number: of the release.
        quarter: that is over.
        as_at: ISO 8601.
        regions: of the charter.
        earlier: every table published before.
    """

    number: int
    quarter: Quarter
    as_at: str
    regions: Sequence[CharterRegion]
    earlier: Mapping[tuple[str, str, str], Table]


def digest_of(content: bytes) -> str:
    """SHA-256 over a release's bytes, hex: anyone can compute it."""
    return hashlib.sha256(content).hexdigest()


def read_release(content: bytes) -> Release:
    """A release from its bytes.

    Raises:
        RuntimeError: they are none.
    """
    try:
        return msgspec.json.decode(content, type=Release)
    except msgspec.MsgspecError as error:
        raise RuntimeError("a kept release cannot be read") from error


def build_release(frame: Frame, projects: Projects, incidents: Incidents, figures: Figures) -> Release:
    """The release of a quarter.

    Args:
        frame: number, quarter, day and what was published before.
        projects: of the quarter.
        incidents, figures: true counts.

    Raises:
        RuntimeError: a window of it was published before.
    """
    tables = _Tables(frame)
    _incidents_of_quarter(tables, projects, incidents.quarter)
    _figures_of_quarter(tables, figures.quarter)
    if frame.quarter.ends_year:
        _incidents_of_year(tables, incidents.year)
        _figures_of_year(tables, figures.year)
    if frame.quarter.ends_block:
        _figures_of_block(tables, figures.block)
    low, high = registered_range(figures.quarter.registered) or (None, None)
    held = sorted({table.series for table in tables.made})
    return Release(
        number=frame.number,
        quarter=str(frame.quarter),
        as_at=frame.as_at,
        beside=Beside(
            projects=len(projects.present),
            panel=len(projects.panel),
            panel_began=str(projects.panel_began),
            panel_at_first=projects.panel_at_first,
            figures=figures.quarter.statements,
            registered_from=low,
            registered_to=high,
        ),
        definitions={name: series.SERIES[name].means for name in held},
        queries={name: series.SERIES[name].query for name in held},
        method=series.HOW_SMALL_NUMBERS_ARE_TREATED,
        tables=tuple(tables.made),
    )


class _Tables:
    """The tables of one release as they are made."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.made: list[Table] = []
        self._all = dict(frame.earlier)

    def window(self, name: str) -> str:
        quarter = self.frame.quarter
        every = series.SERIES[name].every
        if every == "quarter":
            return str(quarter)
        years = block_of(quarter.year)
        return str(quarter.year) if every == "year" else f"{years[0]}-{years[-1]}"

    def add(self, name: str, values: Sequence[str], shown: Iterable[Shown], place: str = "") -> Table:
        cells = tuple(Cell(value, one) for value, one in zip(values, shown, strict=True))
        table = Table(name, self.window(name), place, cells)
        if table.key in self._all:
            raise RuntimeError("a window is published once")
        self._all[table.key] = table
        self.made.append(table)
        return table

    def alone(self, name: str, count: int) -> Shown:
        """A number that is split no further within its series."""
        return self.add(name, series.ALL, [mask_alone(count)]).cells[0].shown

    def split(self, name: str, counts: Mapping[str, int], values: Sequence[str] = (), place: str = "") -> Table:
        """A table of parts that exclude each other; `values` where they are not the series' own."""
        values = values or series.SERIES[name].values
        return self.add(name, values, mask_table([counts.get(value, 0) for value in values]), place)

    def are_shown(self, name: str, years: Sequence[int], value: str) -> bool:
        """Whether every quarter of these years was published, and none of it was too few."""
        found = (self._all.get((name, str(quarter), "")) for quarter in quarters_of(*years))
        return all(table is not None and table.shown(value) is not None for table in found)


def _incidents_of_quarter(tables: _Tables, projects: Projects, counts: Mapping[str, Mapping[str, int]]) -> None:
    by_origin = counts.get("origin", {})
    if tables.alone(series.INCIDENTS, sum(by_origin.values())) is None:
        return
    panel = sum(count for origin, count in by_origin.items() if int(origin) in projects.panel)
    tables.split(series.PANEL, {"panel": panel, "other_projects": sum(by_origin.values()) - panel})
    tables.split(series.POLICE, counts.get("police", {}))
    tables.split(series.REPORTERS, counts.get("reporters", {}))


def _incidents_of_year(tables: _Tables, counts: Mapping[str, Mapping[str, int]]) -> None:
    if not tables.are_shown(series.INCIDENTS, [tables.frame.quarter.year], "all"):
        return
    for name, split in ((series.KIND, "kind"), (series.CONTACT, "contact"), (series.METHOD, "method")):
        tables.split(name, counts.get(split, {}))
    forces = _forces(tables.frame.regions, counts.get("force", {}))
    by_region = tables.split(
        series.REGION, {region: sum(inside.values()) for region, inside in forces.items()}, list(forces)
    )
    for region, inside in forces.items():
        if by_region.shown(region) is not None and region != NOT_LISTED:
            tables.split(series.FORCE, inside, list(inside), region)


def _forces(regions: Sequence[CharterRegion], counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Region → force area → incidents, in the charter's order; last what the charter does not list, if there is any."""
    forces: dict[str, dict[str, int]] = {}
    for region in sorted(regions, key=lambda region: (region.group, region.code)):
        forces.setdefault(region.group, {})[region.code] = counts.get(region.code, 0)
    listed = {region.code for region in regions}
    forces[NOT_LISTED] = {NOT_LISTED: sum(count for force, count in counts.items() if force not in listed)}
    return forces


def _figures_of_quarter(tables: _Tables, sums: FigureSums) -> None:
    if sums.statements == 0:
        return
    if tables.alone(series.TAKEN, sums.reports) is not None:
        for switch in SWITCHES:
            name = series.switch_series(switch)
            tables.split(name, {answer: sums.switches[switch, answer] for answer in series.SERIES[name].values})
    sent, acknowledged, tasked = (sums.referrals[name] for name in ("sent", "acknowledged", "tasked"))
    if tables.alone(series.SENT, sent) is not None:
        above = tables.split(
            series.ACKNOWLEDGED, {"acknowledged": acknowledged, "not_acknowledged": sent - acknowledged}
        )
        if above.shown("acknowledged") is not None:
            tables.split(series.TASKED, {"tasked": tasked, "not_tasked": acknowledged - tasked})
    tables.split(series.TO_WARNING, sums.event_to_warning)
    tables.split(series.TO_OPENED, sums.warning_to_opened)


def _figures_of_year(tables: _Tables, sums: FigureSums) -> None:
    if sums.statements == 0:
        return
    tables.split(series.OUTCOMES_OF, sums.outcomes)
    if tables.are_shown(series.TAKEN, [tables.frame.quarter.year], "all"):
        for ground, count in sums.hate.items():
            tables.split(series.hate_series(ground), {"seen_as_hate": count, "not": sums.reports - count})


def _figures_of_block(tables: _Tables, sums: Mapping[str, FigureSums]) -> None:
    years = block_of(tables.frame.quarter.year)
    if not tables.are_shown(series.TAKEN, years, "all"):
        return
    places = sorted({region.group for region in tables.frame.regions} | set(sums))
    reports = {place: sums[place].reports if place in sums else 0 for place in places}
    by_region = tables.split(series.TAKEN_BY_REGION, reports, places)
    full = series.switch_series("police_full")
    if not tables.are_shown(full, years, YES):
        return
    lines: dict[str, tuple[int, int]] = {}
    for place in places:
        line = place if (by_region.shown(place) or 0) >= LEAST_OF_A_REGION else series.ALL_OTHERS
        yes = sums[place].switches["police_full", YES] if place in sums else 0
        so_far = lines.get(line, (0, 0))
        lines[line] = (so_far[0] + yes, so_far[1] + reports[place] - yes)
    values = series.SERIES[series.FULL_BY_REGION].values
    for line, shown in zip(lines, mask_lines(list(lines.values())), strict=True):
        tables.add(series.FULL_BY_REGION, values, shown, line)
