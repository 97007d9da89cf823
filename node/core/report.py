"""A report: its parts, the facts that decide what may be done with it, and one predicate a rule.

No I/O and no clock: `now` comes in, aware UTC. Every part is sealed on its own by `store`; what stands here is open
only in memory. Source: DESIGN §5, PEOPLE 1.9, 4.3, *Under 18*, *Coercive others*.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from node.core.errors import Locked
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted
from protocol.vocabulary import HATE_GROUNDS, SOURCES, TOLD_BY

Age = Literal["adult", "under_18", "not_sure", "not_asked"]

ACCOUNT_LOCKS_AFTER: Final = timedelta(hours=24)
OFFERED_FOR: Final = timedelta(days=365)
"""Imported rows of events longer ago are not offered for release. Source: PEOPLE 2.6."""

Part = Literal[
    "facts",
    "account",
    "addition",
    "translation",
    "support",
    "scheme",
    "reporter",
    "he_knows",
    "raw",
    "private",
    "statutory",
    "referrals",
]
"""Names of the sealed parts; `support` is in no export. A translation stands beside the account, never in its place."""

ETHNICITIES: Final = tuple(
    "W1 W2 W3 W9 M1 M2 M3 M9 A1 A2 A3 A4 A9 B1 B2 B9 O2 O9 NS".split()  # noqa: SIM905
)
"""Self-defined, 18+1: what the person who reported says of themselves; never compared with skin as seen."""

CONTACT_WAYS: Final = ("text", "call", "messaging_app", "e_mail", "letter", "in_person")
CONTACT_ASKED_AGAIN_AFTER: Final = timedelta(days=90)
"""Source: PEOPLE 1.3."""

AskAgain = Literal["never_asked", "he_knows", "old"]

HISTORIC_AFTER: Final = timedelta(days=365)
"""An event longer ago is shown as *happened some time ago*."""


class ContactRules(Unprinted, frozen=True, kw_only=True):
    """How somebody may be reached: shown before any number is. The product itself never writes to them.

    Attributes:
        never: not at all.
        ways: of `CONTACT_WAYS`; empty: not asked.
        times: when, in words.
        words_not_to_use: what must not be said or written.
        who_else_answers: who may be at the other end.
        asked_at: aware UTC; asked again after 90 days, or when the person described has found out.
    """

    never: bool = False
    ways: tuple[str, ...] = ()
    times: str = ""
    words_not_to_use: str = ""
    who_else_answers: str = ""
    asked_at: datetime | None = None

    def ask_again(self, now: datetime, he_knows_at: datetime | None) -> AskAgain | None:
        """Why they are not to be gone by any more, or None.

        Args:
            he_knows_at: when somebody last wrote down that the person described knows of the report.
        """
        if self.asked_at is None:
            return "never_asked"
        if he_knows_at is not None and he_knows_at > self.asked_at:
            return "he_knows"
        return "old" if now >= self.asked_at + CONTACT_ASKED_AGAIN_AFTER else None


class HateFlag(Unprinted, frozen=True, kw_only=True):
    """Seen as a hate crime: by whom, and of what. Whether a force records it as one is the force's affair."""

    grounds: tuple[str, ...] = ()
    seen_by: Literal["person_harmed", "other"] = "person_harmed"


class Facts(Unprinted, frozen=True, kw_only=True):
    """What decides, sealed like the rest: even that a reporter is young is nobody's to read in a stolen file.

    Attributes:
        source: where the warning would come from; only `report` counts as a report.
        told_by: who told it.
        age_at_event: of the person harmed.
        age_now: of the person harmed.
        officer: an officer is described.
        coercive: the person described controls, profits from or lives with the person harmed.
        authorised_by: who authorised a warning that has no reporter: a person's name here, or None.
        hate: perceived as a hate crime; None: not said.
        seen_warning: whether they had seen or heard a warning about this person before they described them; None: not
            asked. Which one stands in `seen_which` in their words, in `seen_listed` by its reference.
        told_of: references of warnings that our own people could be told of when the report was taken.
        died: the person harmed has died: permissions stay as last given, and nothing new goes out.
    """

    source: str = "report"
    told_by: str = "person_harmed"
    age_at_event: Age = "not_asked"
    age_now: Age = "not_asked"
    officer: bool = False
    coercive: bool = False
    authorised_by: str | None = None
    hate: HateFlag | None = None
    seen_warning: bool | None = None
    seen_which: str = ""
    seen_listed: tuple[str, ...] = ()
    told_of: tuple[str, ...] = ()
    died: bool = False


class ReporterPart(Unprinted, frozen=True, kw_only=True):
    """Who reported and how to reach them: names, numbers and addresses, and the rules for contact.

    All but `contact_rules` are private words: no warning may hold one.

    Attributes:
        names: by which they are known here.
        also_known_as: working names, short names, names of adverts.
        legal_names: legal and former names: never said from the start, and shown only to who gives a reason.
        never_say: what else they asked never to be said: words or phrases.
        contact: how they may be reached; `contact_rules` is what was written of it in words before.
        ethnicity: self-defined, of `ETHNICITIES`, or None.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contact_rules: str = ""
    also_known_as: tuple[str, ...] = ()
    legal_names: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
    contact: ContactRules = ContactRules()
    ethnicity: str | None = None


class Words(Unprinted, frozen=True, kw_only=True):
    """Something said or written, by whom it was put down, and when: the account, an addition, a support note.

    Attributes:
        by: who put it down; of a translation, who translated.
        language: of the text, as an ISO 639-1 code.
    """

    text: str
    by: str
    at: datetime
    language: str = "en"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report as `store` gives it: what stands in clear, and its facts.

    Attributes:
        id: counts up in this node; known nowhere else.
        agency: the member agency that owns it.
        taken_by: number of the person who took or imported it.
        handed_over: whoever took it without reading reports has handed it over, and sees it no more.
        taken_at: aware UTC: when it was taken, or imported.
        opened: False until a person has opened an imported row.
        held: a hold is on it.
    """

    id: int
    agency: str
    taken_at: datetime
    taken_by: int
    handed_over: bool
    imported: bool
    opened: bool
    held: bool
    facts: Facts


def account_is_locked(taken_at: datetime, now: datetime) -> bool:
    """The first account locks 24 hours after it was taken; later words are dated additions."""
    return now >= taken_at + ACCOUNT_LOCKS_AFTER


def require_facts(facts: Facts) -> None:
    """Refuses facts outside their lists.

    Raises:
        Refused: `refused.source`, `refused.told_by`, `refused.hate`.
    """
    if facts.source not in SOURCES:
        raise Refused("source", "source is one of: " + ", ".join(sorted(SOURCES)))
    if facts.told_by not in TOLD_BY:
        raise Refused("told_by", "told_by is one of: " + ", ".join(sorted(TOLD_BY)))
    if facts.hate is not None and not frozenset(HATE_GROUNDS).issuperset(facts.hate.grounds):
        raise Refused("hate", "hate is of: " + ", ".join(HATE_GROUNDS))


def require_authoriser(facts: Facts) -> None:
    """A warning without a reporter names who authorised it, instead of a permission.

    Raises:
        Refused: `refused.authoriser`.
    """
    if facts.source != "report" and not (facts.authorised_by or "").strip():
        raise Refused("authoriser", "a warning that is not from a report names the person who authorised it")


def require_facts_may_change(earlier: Sequence[Facts], new: Facts, *, was_asked: bool) -> None:
    """What no edit does: make a person's report into one without her, or un-answer the age question.

    Args:
        earlier: every version so far, the first first.
        was_asked: there is an answer to a switch, or somebody who reported is named.

    Raises:
        Refused: `refused.source_kept`, `refused.age_kept`.
    """
    old = earlier[-1]
    has_person_harmed = was_asked or any(told_by_person_harmed(facts) for facts in (*earlier, new))
    if old.source == "report" != new.source and has_person_harmed:
        raise Refused("source_kept", "this is a report by somebody whose permission counts: it stays one")
    for before, after in ((old.age_now, new.age_now), (old.age_at_event, new.age_at_event)):
        if before != "not_asked" == after:
            raise Refused("age_kept", "the age question was answered: another answer can follow, but not none")


def is_locked_by_age(facts: Facts) -> bool:
    """Under 18, or not sure: locked to the safeguarding lead."""
    return facts.age_now in ("under_18", "not_sure")


def age_is_answered(facts: Facts) -> bool:
    """Whether somebody asked; without that nothing is released. Without a reporter there is nobody to ask."""
    return facts.age_now == "adult" or facts.source != "report"


def is_coercive(facts: Facts, incident_types: tuple[str, ...]) -> bool:
    """Someone who controls or lives with the person harmed: any warning would name them."""
    return facts.coercive or "coercive_other" in incident_types


def require_alive(facts: Facts) -> None:
    """After a death nothing new goes out but to police or a coroner, by two people. What is out may stand.

    Raises:
        Locked: `locked.died`. Source: PEOPLE 6.9.
    """
    if facts.died:
        raise Locked("died", "the person it happened to has died: nothing new goes out as a warning")


def require_contact(rules: ContactRules) -> None:
    """Refuses contact rules that nobody could keep.

    Raises:
        Refused: `refused.contact`.
    """
    if not set(rules.ways) <= set(CONTACT_WAYS):
        raise Refused("contact", "a way is one of: " + ", ".join(CONTACT_WAYS))
    if rules.never and rules.ways:
        raise Refused("contact", "either never contact them, or by the ways that are ticked")
    if not rules.never and not rules.ways:
        raise Refused("contact", "tick at least one way, or that they are never contacted")


def require_self_defined(ethnicity: str | None) -> None:
    """Refuses a code outside the list; None: not asked.

    Raises:
        Refused: `refused.ethnicity`.
    """
    if ethnicity is not None and ethnicity not in ETHNICITIES:
        raise Refused("ethnicity", "self-defined ethnicity is one of: " + ", ".join(ETHNICITIES))


def told_by_person_harmed(facts: Facts) -> bool:
    """Permission comes only from the person harmed."""
    return facts.told_by == "person_harmed"


def safeguarding_referral_is_due(facts: Facts) -> bool:
    """Adult now, a child then: ordinary permissions, and the referral prompt."""
    return facts.age_at_event in ("under_18", "not_sure")


def require_not_held(report: Report) -> None:
    """Held data is unread, unshared, unmatched.

    Raises:
        Locked: `locked.hold`.
    """
    if report.held:
        raise Locked("hold", "a legal hold is on this report: nothing is done with it until the hold is lifted")


def require_releasable(report: Report, incident_types: tuple[str, ...]) -> None:
    """Whether anything at all may be released from this report, whatever was said yes to.

    Raises:
        Locked: `locked.hold`, `locked.unopened`.
        Refused: `refused.coercive_other`.
    """
    require_not_held(report)
    if not report.opened:
        raise Locked("unopened", "nobody has opened this imported row yet")
    if is_coercive(report.facts, incident_types):
        raise Refused(
            "coercive_other", "someone who controls or lives with them is described: a warning would name them"
        )


def require_permission_counts(facts: Facts) -> None:
    """Whether a permission, or who authorises it instead, can let anything out: of an adult, from them.

    Raises:
        Locked: `locked.age_not_asked`.
        Refused: `refused.not_person_harmed`, `refused.authoriser`.
    """
    require_authoriser(facts)
    if not age_is_answered(facts):
        raise Locked("age_not_asked", "ask first whether the person it happened to is 18 or over")
    if facts.source == "report" and not told_by_person_harmed(facts):
        raise Refused("not_person_harmed", "permission comes only from the person it happened to")


def is_offered(report: Report, event_last_day: datetime | None, now: datetime) -> bool:
    """Whether lists offer it for release: imported rows of events longer ago than 12 months are not."""
    return not report.imported or (event_last_day is not None and now - event_last_day <= OFFERED_FOR)
