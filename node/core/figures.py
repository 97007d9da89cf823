"""What a project counts of a quarter: from its records to the numbers that leave. Pure.

Only numbers leave, and they leave whole: they are sealed to the figures key of the charter, whose holder masks small
ones before anybody sees them (PEOPLE 3.8). Not counted is what nobody may read: reports on hold, and those of somebody
under 18 or of unsure age; and what was not reported here: imported rows, and warnings from other sources.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from node.core.permissions import SWITCHES, Entry, Switch, standing
from node.core.referrals import Referral
from node.core.report import Report, is_locked_by_age
from protocol.figures_fields import (
    Answers,
    FiguresBody,
    HateFigure,
    OutcomeFigure,
    ReferralFigures,
    SwitchFigures,
    TimeBands,
)
from protocol.house.core.errors import Refused
from protocol.quarters import Quarter, read_quarter
from protocol.vocabulary import HATE_GROUNDS

_BANDS: Final = (
    ("under_1_hour", timedelta(hours=1)),
    ("hours_1_to_6", timedelta(hours=6)),
    ("hours_6_to_24", timedelta(hours=24)),
    ("days_1_to_7", timedelta(days=7)),
)
_LONGEST: Final = "over_7_days"


class Asked(msgspec.Struct, frozen=True):
    """A report of the quarter, and every answer to its switches."""

    report: Report
    entries: tuple[Entry, ...]


class FiguresKept(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one quarter as this node keeps them.

    Attributes:
        quarter: `2026-Q3`.
        digest: SHA-256 of the exact content: what an approver passes.
        identity: of the statement, once approved.
        not_taken: code of why the hub refused it for good, or None.
    """

    id: int
    quarter: str
    digest: str
    prepared_by: str
    prepared_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    identity: str | None
    not_taken: str | None = None


def quarter_to_count(name: str, now: datetime) -> Quarter:
    """The quarter of that name, if it is over: later, one that runs would be another number.

    Raises:
        Refused: `refused.quarter`, `refused.quarter_runs`.
    """
    quarter = read_quarter(name.strip().upper())
    if quarter is None:
        raise Refused("quarter", "a quarter is a year and a number, as 2026-Q3")
    if now < quarter.ends:
        raise Refused("quarter_runs", f"{quarter} is not over: its figures are counted when it is")
    return quarter


def may_be_counted(report: Report) -> bool:
    """Whether a report is one of those that figures speak of."""
    taken_here = not report.imported and report.facts.source == "report"
    return taken_here and not report.held and not is_locked_by_age(report.facts)


def is_counted(report: Report, quarter: Quarter) -> bool:
    """Whether a report is one of those that the figures of a quarter count."""
    return may_be_counted(report) and quarter.has(report.taken_at)


def count_quarter(
    quarter: Quarter,
    asked: Iterable[Asked],
    *,
    referrals: Iterable[Referral],
    event_to_warning: Iterable[timedelta],
    warning_to_opened: Iterable[timedelta],
    registered: str | None,
    salt: str,
) -> FiguresBody:
    """The figures of a quarter.

    Args:
        asked: those of the quarter that `is_counted`.
        referrals: of every report that `may_be_counted`, of whatever quarter.
        event_to_warning: of each warning to other projects that left in it, the time since the event.
        warning_to_opened: of each warning that came in it and was opened, the time until somebody did.
        registered: band of how many workers are registered, or None: not known.
        salt: 64 hex digits.
    """
    reports = tuple(asked)
    to_police = tuple(one for one in referrals if one.to_police)
    return FiguresBody(
        type="figures.v1",
        salt=salt,
        quarter=str(quarter),
        registered=registered,
        reports=len(reports),
        switches=SwitchFigures(**{switch: _answers(reports, switch, quarter) for switch in SWITCHES}),
        referrals=_referrals(to_police, quarter),
        outcomes=_outcomes(to_police, quarter),
        hate=_hate(one.report for one in reports),
        event_to_warning=bands(event_to_warning),
        warning_to_opened=bands(warning_to_opened),
    )


def _answers(reports: Iterable[Asked], switch: Switch, quarter: Quarter) -> Answers:
    """As the switch stood when the quarter ended."""
    answers = Counter(standing(one.entries, switch, quarter.ends).answer for one in reports)
    return Answers(asked=answers["yes"] + answers["no"], yes=answers["yes"])


def _hate(reports: Iterable[Report]) -> tuple[HateFigure, ...]:
    seen = Counter(ground for one in reports if one.facts.hate is not None for ground in set(one.facts.hate.grounds))
    return tuple(HateFigure(ground=ground, count=seen[ground]) for ground in sorted(HATE_GROUNDS) if seen[ground])


def _referrals(to_police: Sequence[Referral], quarter: Quarter) -> ReferralFigures | None:
    """Those of the quarter, as they stand when they are counted.

    None where none was ever written down here: a project that keeps this elsewhere has not passed on nothing.
    """
    if not to_police:
        return None
    sent = [one for one in to_police if quarter.has_day(one.passed_on)]
    return ReferralFigures(
        sent=len(sent),
        acknowledged=sum(one.acknowledged_on is not None for one in sent),
        tasked=sum(one.tasked is True for one in sent),
    )


def _outcomes(to_police: Sequence[Referral], quarter: Quarter) -> tuple[OutcomeFigure, ...] | None:
    """What became known in the quarter, of whatever was passed on before. None: as `_referrals`."""
    if not to_police:
        return None
    known = Counter(known.outcome for one in to_police for known in one.outcomes if quarter.has_day(known.known_on))
    return tuple(OutcomeFigure(outcome=outcome, count=known[outcome]) for outcome in sorted(known))


def bands(times: Iterable[timedelta]) -> TimeBands:
    """How many took how long. A band holds its lower end; less than nothing, by clocks that differ, is no time."""
    names = Counter(next((name for name, below in _BANDS if time < below), _LONGEST) for time in times)
    return TimeBands(**{name: names[name] for name in (*(name for name, _ in _BANDS), _LONGEST)})
