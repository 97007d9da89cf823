"""What stands on screens and in exports for the codes of a release: its series, and the values in each. Pure.

The codes themselves stand in the JSON that was frozen. Source: PEOPLE §4 (words on screens).
"""

from collections.abc import Mapping
from typing import Final

from hub.core import figure_words as words
from hub.core import series_of_figures as series
from hub.core.figure_sums import NO, NOT_ASKED, SWITCHES, YES
from protocol.vocabulary import HATE_GROUNDS

_NAMES: Final[Mapping[str, str]] = {
    series.INCIDENTS: "Incidents",
    series.PANEL: "Incidents, by constant panel",
    series.POLICE: "Incidents, by whether police may read the warning",
    series.REPORTERS: "Incidents, by how many people reported",
    series.REGION: "Incidents, by region",
    series.FORCE: "Incidents, by police-force area",
    series.KIND: "Incidents, by main kind",
    series.CONTACT: "Incidents, by how the person came into contact",
    series.METHOD: "Incidents, by how the person went about it",
    series.TAKEN: "Reports taken",
    series.TAKEN_BY_REGION: "Reports taken, by region",
    series.FULL_BY_REGION: "Police, with full details, by region",
    series.SENT: "Referrals sent to police",
    series.ACKNOWLEDGED: "Referrals, by whether police acknowledged them",
    series.TASKED: "Referrals acknowledged, by whether somebody was given the task",
    series.OUTCOMES_OF: "Outcomes that became known",
    series.TO_WARNING: "From the event to the warning",
    series.TO_OPENED: "From the warning to being opened",
    **{series.switch_series(switch): f"Reports taken: {words.SWITCHES[switch]}" for switch in SWITCHES},
    **{
        series.hate_series(ground): f"Reports in which somebody saw hate: {words.HATE[ground]}"
        for ground in HATE_GROUNDS
    },
}
assert set(_NAMES) == set(series.SERIES)

_ANSWERS: Final = {YES: "Yes", NO: "No", NOT_ASKED: "Not asked", "no_or_not_asked": "No, or not asked"}
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    series.PANEL: {"panel": "Constant panel", "other_projects": "Other projects"},
    series.POLICE: _ANSWERS,
    series.REPORTERS: {"1": "One person", "2+": "Two or more"},
    series.KIND: words.KINDS,
    series.CONTACT: words.CONTACTS,
    series.METHOD: words.METHODS,
    series.FULL_BY_REGION: _ANSWERS,
    series.ACKNOWLEDGED: {"acknowledged": "Acknowledged", "not_acknowledged": "Not acknowledged"},
    series.TASKED: {"tasked": "Tasked", "not_tasked": "Not tasked"},
    series.OUTCOMES_OF: words.OUTCOMES,
    series.TO_WARNING: words.BANDS,
    series.TO_OPENED: words.BANDS,
    **{series.switch_series(switch): _ANSWERS for switch in SWITCHES},
    **{series.hate_series(ground): {"seen_as_hate": "Seen as hate", "not": "Not"} for ground in HATE_GROUNDS},
}


def series_name(name: str) -> str:
    """A series of `series_of_figures.SERIES` in words."""
    return _NAMES[name]


def value_name(name: str, value: str) -> str:
    """A value of a series in words; where a series has no values of its own, a place of the charter."""
    if series.SERIES[name].values == series.ALL:
        return "All"
    return _VALUES[name][value] if name in _VALUES else words.place_name(value)
