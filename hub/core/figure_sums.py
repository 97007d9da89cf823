"""Sums of what projects count of their quarters. What a project does not count is not 0: it is left out.

Source: spec/bodies.md §6, promise 9.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from protocol.figures_fields import FiguresBody, SwitchFigures, TimeBands
from protocol.vocabulary import HATE_GROUNDS, REGISTERED_BANDS

SWITCHES: Final = SwitchFigures.__struct_fields__
BANDS: Final = ("under_1_hour", "hours_1_to_6", "hours_6_to_24", "days_1_to_7", "over_7_days")
LEAST_TELLING: Final = 3
"""Projects that say how many workers they have registered, for the sum to be shown: of one it is its own band, and of
two either reads the other's."""

YES, NO, NOT_ASKED = "yes", "no", "not_asked"


class FigureSums(msgspec.Struct, frozen=True):
    """What several projects counted together.

    Attributes:
        statements: how many figures were added: one of each project and quarter.
        reports: reports taken.
        switches: (switch, answer) → reports.
        referrals: sent, acknowledged, tasked.
        outcomes: outcome → how many.
        hate: ground → reports; empty if one of the projects did not count them.
        event_to_warning: band → warnings.
        warning_to_opened: band → warnings.
        registered: band → projects that say so.
    """

    statements: int
    reports: int
    switches: Counter[tuple[str, str]]
    referrals: Counter[str]
    outcomes: Counter[str]
    hate: Counter[str]
    event_to_warning: Counter[str]
    warning_to_opened: Counter[str]
    registered: Counter[str]


def sum_figures(bodies: Iterable[FiguresBody]) -> FigureSums:
    """Adds figures up."""
    each = list(bodies)
    hate = Counter(dict.fromkeys(HATE_GROUNDS, 0)) if all(one.hate is not None for one in each) else Counter()
    sums = FigureSums(
        statements=len(each),
        reports=sum(one.reports for one in each),
        switches=Counter(),
        referrals=Counter(),
        outcomes=Counter(),
        hate=hate,
        event_to_warning=Counter(),
        warning_to_opened=Counter(),
        registered=Counter(one.registered for one in each if one.registered is not None),
    )
    for one in each:
        _add(sums, one)
    return sums


def _add(sums: FigureSums, one: FiguresBody) -> None:
    for switch in SWITCHES:
        answers = getattr(one.switches, switch)
        sums.switches[switch, YES] += answers.yes
        sums.switches[switch, NO] += answers.asked - answers.yes
        sums.switches[switch, NOT_ASKED] += one.reports - answers.asked
    if one.referrals is not None:
        sums.referrals.update(msgspec.structs.asdict(one.referrals))
    sums.outcomes.update({outcome.outcome: outcome.count for outcome in one.outcomes or ()})
    if sums.hate:
        sums.hate.update({flagged.ground: flagged.count for flagged in one.hate or ()})
    for bands, told in ((sums.event_to_warning, one.event_to_warning), (sums.warning_to_opened, one.warning_to_opened)):
        if told is not None:
            bands.update(_bands(told))


def _bands(told: TimeBands) -> dict[str, int]:
    return {band: getattr(told, band) for band in BANDS}


def registered_range(registered: Counter[str]) -> tuple[int, int | None] | None:
    """Between how many and how many workers the projects have registered; the latter None: no upper bound is known.

    None: too few projects say so (`LEAST_TELLING`).
    """
    if registered.total() < LEAST_TELLING:
        return None
    low, high = 0, 0
    unbounded = False
    for band, projects in registered.items():
        assert band in REGISTERED_BANDS
        first, _, last = band.rstrip("+").partition("-")
        low += int(first) * projects
        high += int(last or first) * projects
        unbounded = unbounded or band.endswith("+")
    return low, None if unbounded else high
