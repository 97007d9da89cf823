"""Figures in words, line by line: what a person looks at before they leave. Every number that leaves is in a line."""

from typing import Final

from node.core.permissions import SWITCH_WORDS
from node.core.referrals import OUTCOME_WORDS
from protocol.figures_fields import FiguresBody, TimeBands

WHO_READS: Final = (
    "These numbers are sealed. Only who holds the figures key of this log can open them; no other project can.",
    "There they are added to those of other projects. Nobody is shown a number from 1 to 7: it is masked, and every "
    "other one is rounded to the nearest 5, in the whole nation by quarter and in a police-force area by year.",
    "Not counted: reports on hold, reports of somebody under 18 or of unsure age, rows that came from a sheet, and "
    "warnings that have another source than a report.",
)
HATE_WORDS: Final = {
    "sex_work": "sex work",
    "race": "race",
    "religion": "religion",
    "disability": "disability",
    "sexual_orientation": "sexual orientation",
    "trans": "being trans",
}
_BANDS: Final = {
    "under_1_hour": "under an hour",
    "hours_1_to_6": "1 to 6 hours",
    "hours_6_to_24": "6 to 24 hours",
    "days_1_to_7": "1 to 7 days",
    "over_7_days": "7 days or longer",
}
NOT_COUNTED: Final = "not counted here"
NOT_KEPT: Final = "never written down here, so not said: that is not none"
"""Of what no record of this node holds: absent under the seal, and no zero. The hub counts those who say a number."""


def figure_lines(body: FiguresBody) -> tuple[tuple[str, str], ...]:
    """(what, how many) of everything that the figures say, and of what they do not."""
    lines = [
        ("Quarter", body.quarter),
        ("Workers registered here", body.registered or "not said"),
        ("Reports taken", str(body.reports)),
    ]
    for switch, words in SWITCH_WORDS.items():
        answers = getattr(body.switches, switch)
        lines.append((f"Said yes: {words.lower()}", f"{answers.yes} of {answers.asked} asked"))
    lines += [(f"Seen as hate of {HATE_WORDS[one.ground]}", str(one.count)) for one in body.hate or ()]
    lines += _bands("From the event to the warning", body.event_to_warning)
    lines += _bands("From a warning's arrival to being opened", body.warning_to_opened)
    return (*lines, *_passed_to_police(body))


def _passed_to_police(body: FiguresBody) -> list[tuple[str, str]]:
    if body.referrals is None:
        lines = [("Passed to police, acknowledged, tasked", NOT_KEPT)]
    else:
        lines = [
            ("Passed to police", str(body.referrals.sent)),
            ("Of these: police said that they have it", str(body.referrals.acknowledged)),
            ("Of these: somebody was given the task", str(body.referrals.tasked)),
        ]
    if body.outcomes is None:
        return [*lines, ("What came of it", NOT_KEPT)]
    return [*lines, *((f"Became known: {OUTCOME_WORDS[one.outcome].lower()}", str(one.count)) for one in body.outcomes)]


def _bands(what: str, bands: TimeBands | None) -> list[tuple[str, str]]:
    if bands is None:
        return [(what, NOT_COUNTED)]
    return [(f"{what}: {words}", str(getattr(bands, name))) for name, words in _BANDS.items()]
