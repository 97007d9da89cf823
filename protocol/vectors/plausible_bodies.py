"""Bodies about fictional people, whole and plausible; whoever calls changes what a test is about."""

import hashlib
from typing import Any

from protocol.body_fields import (
    AlertBody,
    Period,
    PersonDescribed,
    Range,
    SeriesBody,
    SeriesReason,
)
from protocol.figures_fields import Answers, FiguresBody, SwitchFigures


def salt(text: str) -> str:
    """64 hex digits that stand for 32 random bytes."""
    return hashlib.sha256(f"salt:{text}".encode()).hexdigest()


def alert_body(**over: Any) -> AlertBody:
    """A plausible alert about a fictional person."""
    fields: dict[str, Any] = {
        "type": "alert.v1",
        "salt": salt("alert"),
        "police": "yes",
        "source": "report",
        "told_by": "person_harmed",
        "incidents": ("robbery",),
        "severity": "severe",
        "urgency": "past",
        "certainty": "likely",
        "period": Period(from_="2026-10", to="2026-10"),
        "region": "west-yorkshire",
        "direction": ("merseyside",),
        "persons": (PersonDescribed(age=Range(min=45, max=49), build="stocky", names_used=("Gaz",), skin="ic1"),),
        "reporters": "1",
        "advice": ("do_not_get_in_vehicle",),
    }
    return AlertBody(**(fields | over))


def series_body(**over: Any) -> SeriesBody:
    """That two alerts may be about one person."""
    fields: dict[str, Any] = {
        "type": "series.v1",
        "salt": salt("series"),
        "relation": "same_person",
        "reasons": (
            SeriesReason(field="build", speaks="for", weight="some"),
            SeriesReason(field="skin", speaks="for", weight="weak"),
        ),
    }
    return SeriesBody(**(fields | over))


def figures_body(**over: Any) -> FiguresBody:
    """A quarter of a small project."""
    fields: dict[str, Any] = {
        "type": "figures.v1",
        "salt": salt("figures"),
        "quarter": "2026-Q3",
        "reports": 12,
        "switches": SwitchFigures(
            compare_quietly=Answers(asked=0, yes=0),
            police_anonymous=Answers(asked=11, yes=5),
            police_full=Answers(asked=11, yes=1),
            record=Answers(asked=12, yes=12),
            warn_others=Answers(asked=12, yes=8),
            warn_own=Answers(asked=12, yes=11),
        ),
    }
    return FiguresBody(**(fields | over))
