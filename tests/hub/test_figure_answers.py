"""Are reports rising, and why: what is concluded from two quarters, and never more than they say."""

from typing import Any

import pytest
from msgspec.structs import replace

from hub.core.figure_answers import Answers, answers
from hub.core.figure_views import Shelf
from hub.core.releases import Cell, Release, Table
from tests.hub.figures_world import World


def release(
    number: int, quarter: str, incidents: int | None, panel: int | None, yes: int | None = 40, **over: Any
) -> Release:
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


FEW = "a number that would have to be compared is not shown"


@pytest.mark.parametrize(
    ("last", "rising", "projects", "trust", "violence"),
    [
        (
            release(5, "2026-Q3", 150, 80, projects=14),
            "are rising: 150 incidents, and 100",
            "speak for it: there are 14 projects",
            "do not speak for it",
            "do not rule it out either",
        ),
        (
            release(5, "2026-Q3", 150, 60),
            "are rising",
            "no more projects",
            "do not speak for it",
            "do not speak for it",
        ),
        (
            release(5, "2026-Q3", 150, 120, yes=80, projects=14),
            "are rising",
            "In part, perhaps",
            "speak for it: projects that were here",
            "cannot be told apart from trust",
        ),
        (release(5, "2026-Q3", 150, 120), "are rising", "no more projects", "does not rule it out", "It may be"),
        (
            release(5, "2026-Q3", 150, 80, yes=80),
            "are rising",
            "no more projects",
            "In part: more",
            "do not rule it out",
        ),
        (
            release(5, "2026-Q3", 105, 80, projects=14),
            "never means that there is less",
            "reports have not risen",
            "do not speak for it",
            "what is not reported is not here",
        ),
        (
            release(5, "2026-Q3", 50, 40, yes=80),
            "Reports are not rising. That never means that there is less",
            "no more projects",
            "but the same projects do not report more",
            "what is not reported is not here",
        ),
        (release(5, "2026-Q3", None, 80, projects=14), FEW, FEW, "do not speak for it", FEW),
        (release(5, "2026-Q3", 150, None, projects=14), "are rising", FEW, FEW, FEW),
        (release(5, "2026-Q3", 150, 120, yes=None), "are rising", "no more projects", FEW, FEW),
        (release(5, "2026-Q3", 150, 120, panel_began="2026-Q1"), "are rising", "no more projects", FEW, FEW),
    ],
)
def test_what_two_quarters_speak_for(last: Release, rising: str, projects: str, trust: str, violence: str) -> None:
    found = compared(BEFORE, last)
    assert rising in found.rising
    assert projects in found.of_projects
    assert trust in found.of_trust
    assert violence in found.of_violence


def test_a_difference_of_the_rounding_is_none() -> None:
    found = compared(BEFORE, release(5, "2026-Q3", 105, 90))
    assert (found.incidents.said, found.panel.said) == ("about the same", "more")


@pytest.mark.parametrize(("now", "may_be_chance"), [(110, True), (125, True), (135, False), (300, False)])
def test_a_difference_that_chance_alone_would_make_is_said_to_be_small(now: int, may_be_chance: bool) -> None:
    """100 and 125 differ by 25; counts that come singly by 30 one time in twenty (twice the root of 225)."""
    assert ("So small a difference may be chance." in compared(BEFORE, release(5, "2026-Q3", now, 80)).rising) == (
        may_be_chance
    )


def test_without_the_same_quarter_of_the_year_before_nothing_is_compared() -> None:
    assert answers(Shelf([])) is None
    assert answers(Shelf([release(1, "2025-Q4", 100, 80), release(2, "2026-Q3", 100, 80)])) is None
