"""Releases together: for whatever any of them does not show there is another country that gives the very same releases.

That is promise 13 over space, time and successive releases, with what was taken back between them.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from hub.core import series_of_figures as series
from hub.core.figure_sums import BANDS, NO, SWITCHES, registered_range, sum_figures
from hub.core.masking import MOST_MASKED
from hub.core.panel import Membership, panel_begins
from hub.core.releases import Cell, Frame, Release, Table, build_release, digest_of, read_release
from protocol.figures_fields import HateFigure
from protocol.quarters import Quarter, block_of, quarter_of, quarters_of, read_quarter
from protocol.vectors.plausible_bodies import figures_body
from tests.hub.figures_world import GROUP, REGIONS, VALUES, YEARS, World
from tests.hub.test_masking import alike

CELLS_LOOKED_AT = 25
"""Of each country: for each, whole other countries are built until one gives the same releases."""

SPLIT_OF = {
    series.PANEL: "origin",
    series.POLICE: "police",
    series.REPORTERS: "reporters",
    series.KIND: "kind",
    series.CONTACT: "contact",
    series.METHOD: "method",
    series.REGION: "force",
    series.FORCE: "force",
}


def true_counts(world: World, table: Table) -> list[int]:
    """What stands behind a table's cells."""
    values = [cell.value for cell in table.cells]
    if table.series == series.INCIDENTS:
        return [world.incidents[quarter(table)]["origin"].total()]
    if table.series in SPLIT_OF:
        counts = incident_counts(world, table)
        return [sum(counts[one] for one in members(table, value)) for value in values]
    sums = world.sums(window(table))
    if table.series == series.TAKEN:
        return [sums.reports]
    if table.series.startswith("reports.") and table.series[8:] in SWITCHES:
        return [sums.switches[table.series[8:], value] for value in values]
    if table.series == series.TAKEN_BY_REGION:
        return [world.sums(window(table), value).reports for value in values]
    if table.series.startswith("hate."):
        count = sums.hate[table.series[5:]]
        return [count, sums.reports - count]
    referrals = sums.referrals
    return {
        series.SENT: [referrals["sent"]],
        series.ACKNOWLEDGED: [referrals["acknowledged"], referrals["sent"] - referrals["acknowledged"]],
        series.TASKED: [referrals["tasked"], referrals["acknowledged"] - referrals["tasked"]],
        series.OUTCOMES_OF: [sums.outcomes[value] for value in values],
        series.TO_WARNING: [sums.event_to_warning[band] for band in BANDS],
        series.TO_OPENED: [sums.warning_to_opened[band] for band in BANDS],
    }[table.series]


def quarter(table: Table) -> Quarter:
    found = read_quarter(table.window)
    assert found is not None
    return found


def window(table: Table) -> tuple[Quarter, ...]:
    """The quarters of a table's window."""
    if "Q" in table.window:
        return (quarter(table),)
    return quarters_of(*(YEARS if "-" in table.window else [int(table.window)]))


def incident_counts(world: World, table: Table) -> Counter[str]:
    split = SPLIT_OF[table.series]
    if "Q" in table.window:
        return world.incidents[quarter(table)][split]
    return world.of_year(int(table.window), split)


def members(table: Table, value: str) -> list[str]:
    """The values of the split that a cell adds up."""
    if table.series == series.PANEL:
        return ["1", "2", "3"] if value == "panel" else ["4"]
    if table.series == series.REGION:
        return [force for force, group in GROUP.items() if group == value]
    return [value]


def others(world: World, table: Table, cell: int) -> Iterator[World]:
    """Worlds in which that cell is another, as the proof of `hub.core.masking` finds them."""
    true = true_counts(world, table)
    if len(true) == 1:
        for by in (-1, 1):
            yield from changed(world, table, [by])
        return
    for counts in alike(tuple(true), cell):
        if min(counts) >= 0 and sum(counts) == sum(true) and counts[cell] != true[cell]:
            yield from changed(world, table, [new - old for new, old in zip(counts, true, strict=True)])


def changed(world: World, table: Table, by: list[int]) -> Iterator[World]:
    """The world with a table's true counts changed by that much, where that can be."""
    other = world.copy()
    if table.series in SPLIT_OF or table.series == series.INCIDENTS:
        move_incidents(other, table, by)
        if all(min(one.values(), default=0) >= 0 for splits in other.incidents.values() for one in splits.values()):
            yield other
    elif table.series in (series.TAKEN, series.TAKEN_BY_REGION):
        for one, change in zip(table.cells, by, strict=True):
            where = next(at for at in other.figures if at[0] in window(table) and one.value in ("all", at[1]))
            old = other.figures[where]
            answers = old.switches + Counter({(switch, NO): change for switch in SWITCHES})
            other.figures[where] = replace(old, reports=old.reports + change, switches=answers)
        if all(one.reports >= 0 for one in other.figures.values()):
            yield other
    else:
        for one, change in zip(table.cells, by, strict=True):
            for _ in range(abs(change)):
                move_figure(other, table, one.value, 1 if change > 0 else -1)
        yield other


def move_figure(world: World, table: Table, value: str, step: int) -> None:
    """One more of a figure in any place, or one less where there is one."""
    for at in (at for at in world.figures if at[0] in window(table)):
        sums = world.figures[at]
        counts: Counter[Any] = {
            series.SENT: sums.referrals,
            series.ACKNOWLEDGED: sums.referrals,
            series.TASKED: sums.referrals,
            series.OUTCOMES_OF: sums.outcomes,
            series.TO_WARNING: sums.event_to_warning,
            series.TO_OPENED: sums.warning_to_opened,
        }.get(table.series, sums.hate if table.series.startswith("hate.") else sums.switches)
        key: Any = value
        if counts is sums.switches:
            key = (table.series.removeprefix("reports."), value)
        elif counts is sums.hate:
            key = table.series.removeprefix("hate.") if value == "seen_as_hate" else ""
        elif table.series == series.SENT:
            key = "sent"
        if key and not str(key).startswith("not_") and counts[key] + step >= 0:
            counts[key] += step
            return
        if not key or str(key).startswith("not_"):
            return  # what is left of the others


def move_incidents(world: World, table: Table, by: list[int]) -> None:
    splits = [SPLIT_OF[table.series]] if table.series in SPLIT_OF else list(VALUES)
    for one, change in zip(table.cells, by, strict=True):
        for split in splits:
            values = members(table, one.value) if table.series in SPLIT_OF else VALUES[split]
            for _ in range(abs(change)):
                move_one(world, window(table), split, values, 1 if change > 0 else -1)


def move_one(world: World, quarters: Sequence[Quarter], split: str, values: Sequence[str], step: int) -> None:
    """One more, or one less where one stands that was not taken back."""
    for at in quarters:
        counts, back = world.incidents[at][split], world.taken_back[at][split]
        found = next((value for value in values if step > 0 or counts[value] > back[value]), None)
        if found is not None:
            counts[found] += step
            return
    world.incidents[quarters[0]][split][values[0]] += step  # below 0: there is no such world


def bytes_of(releases: list[Release]) -> list[bytes]:
    return [release.content for release in releases]


def gives(world: World, frozen: list[bytes]) -> bool:
    """Whether there is such a country, and it gives these releases."""
    try:
        return bytes_of(world.releases()) == frozen
    except RuntimeError:  # fewer than none of something
        return False


@pytest.mark.parametrize(("seed", "scale"), [(1, 4), (2, 9), (3, 9), (4, 20), (5, 20), (6, 60), (7, 60), (8, 200)])
def test_what_is_not_shown_may_be_otherwise_and_every_release_the_same(seed: int, scale: int) -> None:
    world = World(seed, scale)
    releases = world.releases()
    frozen, small = bytes_of(releases), []
    for table in (table for release in releases for table in release.tables):
        if table.series == series.FULL_BY_REGION:
            continue  # `mask_lines`, proved in test_masking
        for cell, count in enumerate(true_counts(world, table)):
            if 1 <= count <= MOST_MASKED:
                assert table.cells[cell].shown is None, (table, count)
                small.append((table, cell))
    assert len(small) > 10
    for table, cell in world.random.sample(small, min(len(small), CELLS_LOOKED_AT)):
        assert any(gives(other, frozen) for other in others(world, table, cell)), (table, cell)


def tables_of(releases: list[Release], name: str) -> list[Table]:
    return [table for release in releases for table in release.tables if table.series == name]


def test_every_window_is_published_once_and_those_of_one_series_never_overlap() -> None:
    releases = World(1, 200).releases()
    keys = [table.key for release in releases for table in release.tables]
    assert len(keys) == len(set(keys))
    for name in series.SERIES:
        found = tables_of(releases, name)
        assert found, name
        covered = Counter((table.place, at) for table in found for at in window(table))
        assert set(covered.values()) == {1}, name


def test_a_release_that_would_publish_a_window_again_is_not_built() -> None:
    world = World(1, 60)
    first = world.releases()[0]
    frame = Frame(2, Quarter(2023, 1), "2023-06-01", REGIONS, {table.key: table for table in first.tables})
    with pytest.raises(RuntimeError, match="published once"):
        build_release(frame, world.projects(Quarter(2023, 1)), *world.counts(Quarter(2023, 1)))


def test_what_is_taken_back_changes_later_releases_only() -> None:
    world = World(3, 60)
    before = world.releases()
    for splits in world.taken_back.values():
        for counts in splits.values():
            counts.clear()
    for old, new in zip(before, world.releases(), strict=True):
        of_quarter = [table for table in old.tables if table.window == old.quarter]
        assert of_quarter == [table for table in new.tables if table.window == new.quarter]


def test_tables_of_a_year_stand_only_where_each_of_its_quarters_is_shown() -> None:
    for seed in range(20):
        world = World(seed, 30)
        world.incidents[Quarter(2024, 2)] = world.splits(5)
        world.taken_back[Quarter(2024, 2)] = world.splits(0)
        releases = world.releases()
        assert {table.window for table in tables_of(releases, series.KIND)} <= {"2023", "2025"}
        assert not [table for table in tables_of(releases, series.POLICE) if table.window == "2024-Q2"]


def test_forces_are_shown_only_of_regions_that_are() -> None:
    for seed in range(20):
        releases = World(seed, 60).releases()
        regions = {table.window: table for table in tables_of(releases, series.REGION)}
        for table in tables_of(releases, series.FORCE):
            assert regions[table.window].shown(table.place) is not None


def test_who_gives_full_details_is_shown_by_region_wholly_or_not_at_all() -> None:
    (table, *rest) = tables_of(World(1, 200).releases(), series.FULL_BY_REGION)
    lines = [table, *rest]
    assert {line.place for line in lines} <= {"east", "wales", "west", series.ALL_OTHERS}
    assert len({line.cells[0].shown is None for line in lines}) == 1


@pytest.mark.parametrize(("reports", "line"), [(8, series.ALL_OTHERS), (9, "wales")])
def test_a_region_of_fewer_than_100_reports_in_three_years_has_no_line_of_its_own(reports: int, line: str) -> None:
    """12 quarters of 8 are 96, shown as 95; of 9, 108."""
    world = World(1, 200)
    for quarter, group in world.figures:
        if group == "wales":
            world.figures[quarter, group] = world.figures_of(reports)
    places = [table.place for table in tables_of(world.releases(), series.FULL_BY_REGION)]
    assert sorted(places) == sorted(("east", "west", line))


def test_what_was_seen_as_hate_is_summed_only_where_every_project_counts_it() -> None:
    counted, silent = figures_body(hate=(HateFigure(count=3, ground="race"),)), figures_body(hate=None)
    assert sum_figures([counted, counted]).hate["race"] == 6
    assert sum_figures([counted, silent]).hate == Counter()


def test_the_panel_is_who_was_there_from_its_beginning() -> None:
    release = World(2, 60).releases()[-1]
    assert (release.beside.projects, release.beside.panel, release.beside.panel_at_first) == (4, 3, 3)
    assert release.beside.panel_began == "2023-Q1"


def test_a_release_is_its_bytes_and_anyone_can_compute_their_digest() -> None:
    release = World(2, 60).releases()[3]
    assert read_release(release.content) == release
    assert digest_of(release.content) == hashlib.sha256(release.content).hexdigest()
    assert set(release.definitions) == set(release.queries) == {table.series for table in release.tables}
    assert release.queries["incidents"] == "SELECT COUNT(*) FROM incidents WHERE quarter IN :window"
    with pytest.raises(RuntimeError):
        read_release(release.content[:-1])


def test_workers_registered_are_between_the_ends_of_the_projects_bands() -> None:
    assert registered_range(Counter({"0": 2, "1-9": 1, "10-49": 2})) == (21, 107)
    assert registered_range(Counter({"100-249": 1, "250+": 2})) == (600, None)


@pytest.mark.parametrize("told", [Counter(), Counter({"50-99": 1}), Counter({"0": 1, "50-99": 1})])
def test_of_fewer_than_three_projects_nobody_reads_how_many_workers_are_registered(told: Counter[str]) -> None:
    assert registered_range(told) is None


@pytest.mark.parametrize(
    ("day", "written"), [("2026-01-01", "2026-Q1"), ("2026-09-30", "2026-Q3"), ("2026-12-31", "2026-Q4")]
)
def test_a_day_is_in_one_quarter(day: str, written: str) -> None:
    found = quarter_of(dt.date.fromisoformat(day))
    assert str(found) == written and read_quarter(written) == found
    assert found.first_day <= dt.date.fromisoformat(day) <= found.last_day < found.next.first_day


def test_three_years_never_overlap() -> None:
    assert block_of(2023) == block_of(2024) == block_of(2025) == (2023, 2024, 2025)
    assert block_of(2026) == (2026, 2027, 2028)
    assert Quarter(2025, 4).ends_block and not Quarter(2026, 4).ends_block
    assert read_quarter("2026-Q5") is None and read_quarter("2026-q1") is None


def test_tasks_are_not_shown_where_they_would_tell_how_many_were_acknowledged() -> None:
    world = World(1, 60)
    for (_, group), sums in world.figures.items():
        counted = {"sent": 40, "acknowledged": 37, "tasked": 17} if group == "east" else {}
        sums.referrals.clear()
        sums.referrals.update(counted)
    releases = world.releases()
    assert {table.cells for table in tables_of(releases, series.ACKNOWLEDGED)} == {
        (Cell("acknowledged", None), Cell("not_acknowledged", None))
    }
    assert not tables_of(releases, series.TASKED)


def test_the_panel_begins_anew_with_a_year_once_it_holds_less_than_half_of_the_projects() -> None:
    began = Quarter(2023, 1)
    assert panel_begins(Quarter(2023, 1), None, 0, 0) == began
    assert panel_begins(Quarter(2026, 1), began, 6, 12) == began
    assert panel_begins(Quarter(2026, 1), began, 6, 13) == Quarter(2026, 1)
    assert panel_begins(Quarter(2026, 2), began, 1, 13) == began


def test_memberships_count_projects_from_their_first_admission_to_their_removal() -> None:
    one = Membership(7, dt.date(2024, 2, 1), dt.date(2025, 2, 1))
    assert [one.is_present(dt.date(2024, 1, 31)), one.is_present(dt.date(2024, 2, 1))] == [False, True]
    assert [one.is_present(dt.date(2025, 1, 31)), one.is_present(dt.date(2025, 2, 1))] == [True, False]
