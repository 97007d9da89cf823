"""What was passed on of a report, with a yes: to police, or to somebody who supports them; and what came of it. Pure.

A plain record of what people did, by telephone or face to face: nothing is sent from here. It is put down for the day
on which it was done, and judged by what was allowed on that day. Source: DESIGN §5, PEOPLE 1.11, 3.10.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, cast

import msgspec

from node.core.errors import NoPermission
from node.core.permissions import Entry, Switch
from node.core.referring import REFERRALS, Waits, referral_waits
from protocol.house.core.errors import NotFound, Refused
from protocol.house.core.unprinted import Unprinted
from protocol.vocabulary import OUTCOMES

TO_POLICE: Final[tuple[str, ...]] = REFERRALS
"""By the permission that it takes."""

TO_SUPPORT: Final = ("isva", "sarc", "health", "housing", "modern_slavery", "other_support")
"""With their word, and no switch: whoever supports them asks them again."""

SAFEGUARDING: Final = "safeguarding"
"""The referral of somebody under 18, or perhaps under 18: no permission stands before it. Source: PEOPLE *Under 18*."""

REFERRED_WITHIN: Final = timedelta(days=1)
"""From when it was told: the referral does not wait for the next meeting."""

PASSED_TO: Final = (SAFEGUARDING, *TO_POLICE, *TO_SUPPORT)

PASSED_TO_WORDS: Final[dict[str, str]] = {
    SAFEGUARDING: "Children's services, or another body that safeguards",
    "police_anonymous": "Police, without their name",
    "police_full": "Police, with full details",
    "isva": "An independent sexual violence adviser (ISVA)",
    "sarc": "A sexual assault referral centre (SARC)",
    "health": "Health",
    "housing": "Housing",
    "modern_slavery": "A first responder, as a modern slavery referral",
    "other_support": "Other support",
}
OUTCOME_WORDS: Final[dict[str, str]] = {
    "recorded_as_crime": "Police recorded it as a crime",
    "arrest": "Somebody was arrested",
    "charged": "Somebody was charged",
    "convicted": "Somebody was convicted",
    "acquitted": "Somebody was acquitted",
    "closed_by_police": "Police closed it; nobody was charged",
    "person_withdrew": "They stopped it",
    "not_known": "It cannot be found out",
}
LONGEST_REFERENCE: Final = 40
"""Characters of a crime or incident number."""

MOST_KEPT: Final = 50
"""Of one report: a year of weekly calls."""

WAITS_WORDS: Final[dict[Waits, str]] = {
    "permission": "there was no yes to it on that day: if it was shared without permission, that has a page of its own",
    "asked_in_crisis": "the yes of that day was given within a day of the event: ask again first",
    "cooling_off": "the yes had not rested for a day by then",
}


class Known(Unprinted, frozen=True):
    """What came of it, of `OUTCOMES`, and the day on which that became known here."""

    outcome: str
    known_on: date


class Referral(Unprinted, frozen=True, kw_only=True):
    """One passing on.

    Attributes:
        number: within its report, from 1.
        passed_to: of `PASSED_TO`.
        passed_on: the day.
        by: who wrote it down.
        reference: theirs, in their form; empty: none is known.
        acknowledged_on: the day on which they said that they have it.
        tasked: whether police gave somebody the task; None: not known.
        outcomes: what came of it, in the order in which it became known.
    """

    number: int
    passed_to: str
    passed_on: date
    by: str
    reference: str = ""
    acknowledged_on: date | None = None
    tasked: bool | None = None
    outcomes: tuple[Known, ...] = ()

    @property
    def to_police(self) -> bool:
        """Whether it went to police."""
        return self.passed_to in TO_POLICE

    @property
    def to_support(self) -> bool:
        """Whether it went to somebody who supports them."""
        return self.passed_to in TO_SUPPORT


def safeguarded_on(kept: Iterable[Referral]) -> date | None:
    """The first day on which somebody made the safeguarding referral; None: none is written down."""
    return min((one.passed_on for one in kept if one.passed_to == SAFEGUARDING), default=None)


def with_one_more(kept: Sequence[Referral], passed_to: str, passed_on: date, by: str, today: date) -> Referral:
    """A further one of a report.

    Raises:
        Refused: `refused.passed_to`, `refused.future`, `refused.too_many`.
    """
    if passed_to not in PASSED_TO:
        raise Refused("passed_to", "it was passed to one of: " + ", ".join(PASSED_TO))
    if passed_on > today:
        raise Refused("future", "a day in the future cannot be right")
    if len(kept) >= MOST_KEPT:
        raise Refused("too_many", f"one report keeps {MOST_KEPT} of these at most")
    number = 1 + max((one.number for one in kept), default=0)
    return Referral(number=number, passed_to=passed_to, passed_on=passed_on, by=by)


def require_yes(entries: Iterable[Entry], passed_to: str, *, moment: datetime, ended: datetime) -> None:
    """That police might have it by what was said up to a moment.

    Args:
        passed_to: of `PASSED_TO`.
        moment: aware: the end of the day on which it was passed on, or now.
        ended: of `event_ended`.

    Raises:
        NoPermission: `permission.<switch>`.
    """
    if passed_to not in TO_POLICE:
        return
    switch = cast(Switch, passed_to)
    wait = referral_waits([one for one in entries if one.at <= moment], switch, ended=ended, now=moment)
    if wait is not None:
        raise NoPermission(switch, WAITS_WORDS[wait.why])


def answered(
    one: Referral,
    *,
    reference: str,
    acknowledged_on: date | None,
    tasked: bool | None,
    known: Known | None,
    today: date,
) -> Referral:
    """With what is known of it now.

    Args:
        known: what came of it besides what is kept already; None: nothing new.

    Raises:
        Refused: `refused.acknowledged`, `refused.tasked`, `refused.outcome`, `refused.reference`.
    """
    if len(reference) > LONGEST_REFERENCE:
        raise Refused("reference", f"a reference has at most {LONGEST_REFERENCE} characters")
    if acknowledged_on is not None and not one.passed_on <= acknowledged_on <= today:
        raise Refused("acknowledged", "they can have said so from the day on which it was passed on until today")
    if tasked is not None and (not one.to_police or acknowledged_on is None):
        raise Refused("tasked", "police give somebody the task once they have said that they have it")
    if known is not None and not one.to_police:
        raise Refused("outcome", "what came of it is kept of what went to police")
    if known is not None and (known.outcome not in OUTCOMES or not one.passed_on <= known.known_on <= today):
        raise Refused("outcome", "what came of it has a word of the list, and a day since it was passed on")
    outcomes = one.outcomes if known is None or known in one.outcomes else (*one.outcomes, known)
    return msgspec.structs.replace(
        one, reference=reference, acknowledged_on=acknowledged_on, tasked=tasked, outcomes=outcomes
    )


def numbered(kept: Iterable[Referral], number: int) -> Referral:
    """The one of that number.

    Raises:
        NotFound: `not_found.referral`.
    """
    for one in kept:
        if one.number == number:
            return one
    raise NotFound("referral", "nothing of that number was passed on of this report")
