"""The query that a release names for a series gives what the release shows, once small numbers are treated."""

import random
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import pytest

from hub.core import series_of_figures as series
from hub.core.counting import SPLITS
from hub.core.figure_sums import BANDS, SWITCHES, sum_figures
from hub.core.masking import Shown, mask_alone, mask_lines, mask_table
from hub.core.releases import Figures, Frame, Incidents, Release, Table, build_release
from protocol.figures_fields import (
    Answers,
    FiguresBody,
    HateFigure,
    OutcomeFigure,
    ReferralFigures,
    SwitchFigures,
    TimeBands,
)
from protocol.quarters import Quarter, block_of, quarters_of
from protocol.vocabulary import HATE_GROUNDS, OUTCOMES
from tests.hub.figures_world import GROUP, REGIONS, VALUES, YEARS, World

PROJECTS: Final = {1: "east", 2: "west", 3: "wales", 4: "west"}
"""Project → its region."""

Row = dict[str, Any]


class Ledger:
    """Incidents and figures one by one, as the two tables that the queries ask."""

    def __init__(self) -> None:
        self.random = random.Random(3)
        quarters = quarters_of(*YEARS)
        self.incidents = [self._incident(quarter) for quarter in quarters for _ in range(self.random.randint(300, 500))]
        self.figures = {(quarter, project): self._figures(quarter) for quarter in quarters for project in PROJECTS}
        self.database = sqlite3.connect(":memory:")
        self._keep("incidents", self.incidents)
        self._keep("figures", [_columns(body, PROJECTS[of]) for (_, of), body in self.figures.items()])

    def _incident(self, quarter: Quarter) -> Row:
        row: Row = {split: self.random.choice(values) for split, values in VALUES.items()}
        return row | {"quarter": str(quarter), "project": int(row["origin"]), "region": GROUP[row["force"]]}

    def _figures(self, quarter: Quarter) -> FiguresBody:
        pick, reports = self.random.randint, self.random.randint(80, 200)
        asked = {switch: pick(60, reports) for switch in SWITCHES}
        sent = pick(60, 80)
        acknowledged = pick(40, sent)
        referrals = ReferralFigures(sent=sent, acknowledged=acknowledged, tasked=pick(20, acknowledged))
        return FiguresBody(
            quarter=str(quarter),
            reports=reports,
            switches=SwitchFigures(**{switch: Answers(asked=of, yes=pick(20, of)) for switch, of in asked.items()}),
            referrals=referrals,
            outcomes=tuple(OutcomeFigure(outcome=one, count=pick(5, 20)) for one in OUTCOMES),
            hate=tuple(HateFigure(ground=one, count=pick(10, 60)) for one in HATE_GROUNDS),
            event_to_warning=TimeBands(**{band: pick(5, 30) for band in BANDS}),
            warning_to_opened=TimeBands(**{band: pick(5, 30) for band in BANDS}),
            salt="0" * 64,
            type="figures.v1",
        )

    def _keep(self, table: str, rows: Sequence[Row]) -> None:
        names = list(rows[0])
        self.database.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        values = ", ".join(f":{name}" for name in names)
        self.database.executemany(f"INSERT INTO {table} VALUES ({values})", rows)

    def counted(self, quarters: Sequence[Quarter]) -> dict[str, Mapping[str, int]]:
        """Split → value → incidents of these quarters, as the hub's tallies have them."""
        names = {str(quarter) for quarter in quarters}
        rows = [row for row in self.incidents if row["quarter"] in names]
        return {split: Counter(row[split] for row in rows) for split in SPLITS}

    def sums(self, quarters: Sequence[Quarter], region: str | None = None) -> list[FiguresBody]:
        """Figures of these quarters."""
        return [
            body
            for (quarter, project), body in self.figures.items()
            if quarter in quarters and region in (None, PROJECTS[project])
        ]

    def answer(self, release: Release, name: str, place: str, panel: frozenset[int]) -> list[tuple[Any, ...]]:
        """What the query of a series gives for the release's window."""
        quarter = next(one for one in quarters_of(*YEARS) if str(one) == release.quarter)
        every = series.SERIES[name].every
        years = (quarter.year,) if every == "year" else block_of(quarter.year)
        window = [quarter] if every == "quarter" else quarters_of(*years)
        query = release.queries[name].replace(":window", _listed(f"'{one}'" for one in window))
        query = query.replace(":panel", _listed(str(one) for one in sorted(panel)))
        return self.database.execute(query, {"place": place} if ":place" in query else {}).fetchall()


def _listed(values: Any) -> str:
    return f"({', '.join(values)})"


def _columns(body: FiguresBody, region: str) -> Row:
    row: Row = {"quarter": body.quarter, "region": region, "reports": body.reports}
    for switch in SWITCHES:
        answers = getattr(body.switches, switch)
        row |= {f"{switch}_asked": answers.asked, f"{switch}_yes": answers.yes}
    assert body.referrals and body.outcomes and body.hate and body.event_to_warning and body.warning_to_opened
    row |= {f"referrals_{name}": count for name, count in msgspec.structs.asdict(body.referrals).items()}
    row |= {one.outcome: one.count for one in body.outcomes}
    row |= {f"hate_{one.ground}": one.count for one in body.hate}
    for name, told in (("to_warning", body.event_to_warning), ("to_opened", body.warning_to_opened)):
        row |= {f"{name}_{band}": getattr(told, band) for band in BANDS}
    return row


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger()


def releases_of(ledger: Ledger) -> list[tuple[Release, frozenset[int]]]:
    """Each with its panel, built as the hub builds them."""
    world, made = World(1, 1), []
    earlier: dict[tuple[str, str, str], Table] = {}
    for number, quarter in enumerate(quarters_of(*YEARS), 1):
        year, block = quarters_of(quarter.year), quarters_of(*block_of(quarter.year))
        projects = world.projects(quarter)
        release = build_release(
            Frame(number, quarter, quarter.next.last_day.isoformat(), REGIONS, earlier),
            projects,
            Incidents(ledger.counted([quarter]), ledger.counted(year)),
            Figures(
                sum_figures(ledger.sums([quarter])),
                sum_figures(ledger.sums(year)),
                {region: sum_figures(ledger.sums(block, region)) for region in set(GROUP.values())},
            ),
        )
        earlier |= {table.key: table for table in release.tables}
        made.append((release, frozenset(projects.panel)))
    return made


def asked(name: str, values: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """A count for each value: from one row with a column each, or from a row for each."""
    if " GROUP BY " not in series.SERIES[name].query:
        return list(rows[0])
    if name == series.PANEL:
        rows = [("panel" if is_panel else "other_projects", count) for is_panel, count in rows]
    found = dict(rows)
    assert set(found) <= set(values), name
    return [found.get(value, 0) for value in values]


def treated(table: Table, counts: Sequence[int]) -> tuple[Shown, ...]:
    return (mask_alone(counts[0]),) if len(table.cells) == 1 else mask_table(counts)


def test_every_query_gives_what_the_release_shows(ledger: Ledger) -> None:
    seen = set()
    for release, panel in releases_of(ledger):
        assert set(release.queries) == {table.series for table in release.tables}
        for table in release.tables:
            seen.add(table.series)
            if table.series == series.FULL_BY_REGION:
                continue
            rows = ledger.answer(release, table.series, table.place, panel)
            counts = asked(table.series, [cell.value for cell in table.cells], rows)
            assert tuple(cell.shown for cell in table.cells) == treated(table, counts), table.key
            assert sum(counts) > 0, table.key
    assert seen == set(series.SERIES)


def test_the_query_of_permission_by_region_gives_each_region(ledger: Ledger) -> None:
    release, panel = releases_of(ledger)[-1]
    tables = [table for table in release.tables if table.series == series.FULL_BY_REGION]
    rows = {region: counts for region, *counts in ledger.answer(release, series.FULL_BY_REGION, "", panel)}
    assert sorted(rows) == sorted(table.place for table in tables) == sorted(set(PROJECTS.values()))
    shown = mask_lines([(rows[table.place][0], rows[table.place][1]) for table in tables])
    assert [tuple(cell.shown for cell in table.cells) for table in tables] == list(shown)
