"""What a project counts of one quarter: bounded numbers and codes, nothing that could hold words.

Shapes only; how they are sealed, opened and checked is `figures`. What a node does not count is absent, never 0
(promise 9). Source: spec/bodies.md §6.
"""

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

from protocol import vocabulary
from protocol.body_fields import Salt, one_of

MOST_COUNTED: Final = 100_000
"""A thousand times what a large project takes in a quarter: more is a mistake, or no count."""

Number = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNTED)]
Quarter = Annotated[str, msgspec.Meta(pattern=r"^2[01][0-9]{2}-Q[1-4]\Z")]

if TYPE_CHECKING:
    Registered = str
    HateGround = str
    Outcome = str
else:
    Registered, HateGround = one_of(vocabulary.REGISTERED_BANDS), one_of(vocabulary.HATE_GROUNDS)
    Outcome = one_of(vocabulary.OUTCOMES)


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One object of figures: closed, frozen, absent fields not written."""


class Answers(_Part, frozen=True, kw_only=True):
    """One switch: of how many reports it was asked, and how many said yes."""

    asked: Number
    yes: Number


class SwitchFigures(_Part, frozen=True, kw_only=True):
    """The six switches, as they stood at the end of the quarter."""

    compare_quietly: Answers
    police_anonymous: Answers
    police_full: Answers
    record: Answers
    warn_others: Answers
    warn_own: Answers


class ReferralFigures(_Part, frozen=True, kw_only=True):
    """Referrals to police: sent, of these acknowledged, of these tasked to somebody."""

    acknowledged: Number
    sent: Number
    tasked: Number


class OutcomeFigure(_Part, frozen=True, kw_only=True):
    """How many of one outcome became known in the quarter."""

    count: Number
    outcome: Outcome


class HateFigure(_Part, frozen=True, kw_only=True):
    """How many reports were seen as hate of one ground. A report may have several."""

    count: Number
    ground: HateGround


class TimeBands(_Part, frozen=True, kw_only=True):
    """How many took that long; each band holds its lower end, not its upper one."""

    days_1_to_7: Number
    hours_1_to_6: Number
    hours_6_to_24: Number
    over_7_days: Number
    under_1_hour: Number


class FiguresBody(_Part, frozen=True, kw_only=True):
    """One quarter of one project.

    Attributes:
        event_to_warning: warnings published in the quarter, by the time from the end of the event.
        hate: ascending by ground, none twice.
        outcomes: ascending by outcome, none twice.
        registered: how many workers are registered with the project.
        reports: reports taken in the quarter; imported ones are not among them.
        warning_to_opened: warnings received, by the time from arrival to the first person who opened them.
    """

    event_to_warning: TimeBands | None = None
    hate: Annotated[tuple[HateFigure, ...], msgspec.Meta(max_length=16)] | None = None
    outcomes: Annotated[tuple[OutcomeFigure, ...], msgspec.Meta(max_length=16)] | None = None
    quarter: Quarter
    referrals: ReferralFigures | None = None
    registered: Registered | None = None
    reports: Number
    salt: Salt
    switches: SwitchFigures
    type: Literal["figures.v1"]
    warning_to_opened: TimeBands | None = None
