"""Are reports rising, and why: what is concluded from two quarters, and never more than they say."""

from typing import Any

import pytest
from msgspec.structs import replace

from hub.core.figure_answers import Answers, answers
from hub.core.figure_views import Shelf
from hub.core.releases import Cell, Release, Table
from tests.hub.figures_world import World


def release(number: int, quarter: str, incidents: int | None, panel: int | None, yes: int = 40, **over: Any) -> Release:
    made = World(1, 60).releases()[0]
    tables = (
        Table("incidents", quarter, "", (Cell("all", incidents),)),
        Table("incidents.panel", quarter, "", (Cell("panel", panel), Cell("other_projects", 20))),
        Table("reports.police_full", quarter, "", (Cell("yes", yes), Cell("no", 60), Cell("not_asked", 10))),
    )
    return replace(made, number=number, quarter=quarter, tables=tables, beside=replace(made.beside, **over))


def compared(first: Release, last: Release) -> Answers:
    found = answers(Shelf([first, last]))
    assert found is not None
    return found


BEFORE = release(1, "2025-Q3", 100, 80)


@pytest.mark.parametrize(
    ("last", "says"),
    [
        (release(5, "2026-Q3", 150, 80), "more projects"),
        (release(5, "2026-Q3", 150, 60), "more projects"),
        (release(5, "2026-Q3", 150, 120, yes=80), "more trust"),
        (release(5, "2026-Q3", 150, 120), "Look at what kinds have grown"),
        (release(5, "2026-Q3", 105, 120), "not rising. That never means that there is less violence"),
        (release(5, "2026-Q3", 60, 60), "not rising"),
        (release(5, "2026-Q3", None, 80), "cannot be said yet"),
        (release(5, "2026-Q3", 150, None), "cannot be said yet"),
        (release(5, "2026-Q3", 150, 120, panel_began="2026-Q1"), "cannot be said yet"),
    ],
)
def test_what_two_quarters_speak_for(last: Release, says: str) -> None:
    assert says in compared(BEFORE, last).conclusion


def test_a_difference_of_the_rounding_is_none() -> None:
    found = compared(BEFORE, release(5, "2026-Q3", 105, 90))
    assert (found.incidents.said, found.panel.said) == ("about the same", "more")


def test_without_the_same_quarter_of_the_year_before_nothing_is_compared() -> None:
    assert answers(Shelf([])) is None
    assert answers(Shelf([release(1, "2025-Q4", 100, 80), release(2, "2026-Q3", 100, 80)])) is None
