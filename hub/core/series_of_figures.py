"""The series of figures that releases hold: what each counts, over which windows, in which values. Pure.

A definition is frozen into each release that uses it. Change the words only where the counting changes.
"""

from typing import Final, Literal

import msgspec

from hub.core.counting import MAIN_CONTACTS, MAIN_KINDS, MAIN_METHODS, values_of
from hub.core.figure_sums import BANDS, NO, NOT_ASKED, SWITCHES, YES
from protocol.vocabulary import HATE_GROUNDS, OUTCOMES

Every = Literal["quarter", "year", "three_years"]

INCIDENTS: Final = "incidents"
PANEL: Final = "incidents.panel"
POLICE: Final = "incidents.police"
REPORTERS: Final = "incidents.reporters"
REGION: Final = "incidents.region"
FORCE: Final = "incidents.force"
KIND: Final = "incidents.kind"
CONTACT: Final = "incidents.contact"
METHOD: Final = "incidents.method"
TAKEN: Final = "reports"
TAKEN_BY_REGION: Final = "reports.region"
FULL_BY_REGION: Final = "reports.region.police_full"
SENT: Final = "referrals"
ACKNOWLEDGED: Final = "referrals.acknowledged"
TASKED: Final = "referrals.tasked"
OUTCOMES_OF: Final = "outcomes"
TO_WARNING: Final = "time.event_to_warning"
TO_OPENED: Final = "time.warning_to_opened"


def switch_series(switch: str) -> str:
    """The series of one of the six permissions."""
    return f"reports.{switch}"


def hate_series(ground: str) -> str:
    """The series of what was seen as hate of one ground."""
    return f"hate.{ground}"


ALL: Final = ("all",)
"""The one value of a series that is not split."""

ALL_OTHERS: Final = "all_others"
"""The line of the places that are too small for one of their own."""


class Series(msgspec.Struct, frozen=True):
    """One series.

    Attributes:
        every: its windows; they never overlap.
        values: in the order in which they are shown; empty where they are places of the charter.
        means: its definition, in words.
        query: the same as a question to two tables, `incidents` and `figures`, as they stood on the release's day.
    """

    every: Every
    values: tuple[str, ...]
    means: str
    query: str


_INCIDENT: Final = (
    "Incidents: warnings made from reports, each counted once, in the quarter in which it was first made. A warning "
    "that says it tells of the same event as an earlier one is left out. Taken back before this day: left out. Lapsed: "
    "counted."
)
_OF_FIGURES: Final = "Counted by the projects that sent figures for the window."


def _incidents(by: str = "", where: str = "") -> str:
    """One row of `incidents` for each incident that counts, in the quarter in which it was first made."""
    columns, grouped = (f"{by}, ", f" GROUP BY {by}") if by else ("", "")
    return f"SELECT {columns}COUNT(*) FROM incidents WHERE quarter IN :window{where}{grouped}"  # noqa: S608 - read by people; a test runs it


def _figures(sums: str, by: str = "") -> str:
    """One row of `figures` for each project and quarter: the latest that it sent and that is not gone."""
    columns, grouped = (f"{by}, ", f" GROUP BY {by}") if by else ("", "")
    return f"SELECT {columns}{sums} FROM figures WHERE quarter IN :window{grouped}"  # noqa: S608 - the same


def _each(*columns: str) -> str:
    return ", ".join(f"SUM({column})" for column in columns)


def _switch(switch: str, what: str) -> Series:
    answers = _each(f"{switch}_yes", f"{switch}_asked - {switch}_yes", f"reports - {switch}_asked")
    return Series(
        "quarter",
        (YES, NO, NOT_ASKED),
        f"Reports taken in the quarter, by the answer to: {what} {_OF_FIGURES}",
        _figures(answers),
    )


_SWITCHES: Final = {
    "record": "may we keep a record?",
    "warn_own": "may we warn our own people?",
    "warn_others": "may we warn other projects?",
    "compare_quietly": "may we compare numbers quietly?",
    "police_anonymous": "may police have it without your name?",
    "police_full": "may police have it with your name?",
}
assert set(_SWITCHES) == set(SWITCHES)

SERIES: Final[dict[str, Series]] = {
    INCIDENTS: Series("quarter", ALL, _INCIDENT, _incidents()),
    PANEL: Series(
        "quarter",
        ("panel", "other_projects"),
        "Incidents, by whether the project belongs to the constant panel: the projects present at the end of the "
        "quarter with which the panel began, and in every quarter since.",
        _incidents("project IN :panel"),
    ),
    POLICE: Series("quarter", (YES, NO), "Incidents, by whether police may read the warning.", _incidents("police")),
    REPORTERS: Series(
        "quarter",
        ("1", "2+"),
        "Incidents, by whether one person reported, or two or more who do not know each other.",
        _incidents("reporters"),
    ),
    REGION: Series("year", (), "Incidents of the year, by region of the event.", _incidents("region")),
    FORCE: Series(
        "year",
        (),
        "Incidents of the year in one region, by police-force area of the event.",
        _incidents("force", " AND region = :place"),
    ),
    KIND: Series(
        "year",
        values_of(MAIN_KINDS)[:-1],
        "Incidents of the year, by main kind: the first in this order.",
        _incidents("kind"),
    ),
    CONTACT: Series(
        "year",
        values_of(MAIN_CONTACTS),
        "Incidents of the year, by how the person came into contact.",
        _incidents("contact"),
    ),
    METHOD: Series(
        "year",
        values_of(MAIN_METHODS),
        "Incidents of the year, by main way of working: the first in this order.",
        _incidents("method"),
    ),
    TAKEN: Series(
        "quarter",
        ALL,
        f"Reports taken in the quarter, warned about or not. {_OF_FIGURES}",
        _figures(_each("reports")),
    ),
    **{switch_series(switch): _switch(switch, _SWITCHES[switch]) for switch in SWITCHES},
    TAKEN_BY_REGION: Series(
        "three_years",
        (),
        f"Reports taken in three years, by the project's region. {_OF_FIGURES}",
        _figures(_each("reports"), "region"),
    ),
    FULL_BY_REGION: Series(
        "three_years",
        (YES, "no_or_not_asked"),
        "Reports taken in three years in one region, by the answer to: may police have it with your name? Regions with "
        f"fewer than 100 reports stand together. {_OF_FIGURES}",
        _figures(_each("police_full_yes", "reports - police_full_yes"), "region"),
    ),
    SENT: Series(
        "quarter", ALL, f"Referrals sent to police in the quarter. {_OF_FIGURES}", _figures(_each("referrals_sent"))
    ),
    ACKNOWLEDGED: Series(
        "quarter",
        ("acknowledged", "not_acknowledged"),
        "Referrals sent, by whether police acknowledged them.",
        _figures(_each("referrals_acknowledged", "referrals_sent - referrals_acknowledged")),
    ),
    TASKED: Series(
        "quarter",
        ("tasked", "not_tasked"),
        "Referrals acknowledged, by whether somebody was given the task.",
        _figures(_each("referrals_tasked", "referrals_acknowledged - referrals_tasked")),
    ),
    OUTCOMES_OF: Series(
        "year", OUTCOMES, f"Outcomes that became known in the year. {_OF_FIGURES}", _figures(_each(*OUTCOMES))
    ),
    **{
        hate_series(ground): Series(
            "year",
            ("seen_as_hate", "not"),
            f"Reports taken in the year, by whether anybody saw the event as hate: {ground.replace('_', ' ')}. Shown "
            f"only if every project counts it. {_OF_FIGURES}",
            _figures(_each(f"hate_{ground}", f"reports - hate_{ground}")),
        )
        for ground in HATE_GROUNDS
    },
    TO_WARNING: Series(
        "quarter",
        BANDS,
        f"Warnings published in the quarter, by the time since the event. {_OF_FIGURES}",
        _figures(_each(*(f"to_warning_{band}" for band in BANDS))),
    ),
    TO_OPENED: Series(
        "quarter",
        BANDS,
        f"Warnings received in the quarter, by the time until a person opened them. {_OF_FIGURES}",
        _figures(_each(*(f"to_opened_{band}" for band in BANDS))),
    ),
}

HOW_SMALL_NUMBERS_ARE_TREATED: Final = (
    "A count of 1 to 7 is not shown, and all others are rounded to the nearest 5, totals too. Where one count that is "
    "not shown could be worked out from the others, a second one is not shown, or none is. Shares are computed from "
    "what is shown, and only where the whole is at least 30. How many workers are registered is said only where three "
    "projects or more tell it."
)
