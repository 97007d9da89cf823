"""Six switches: what the person harmed said yes to, when, in which wording, and under which conditions.

Append-only: an entry is never changed, a later one is added. The answer as at a moment is the last given up to it;
what may be acted on now goes by the order of recording too, so that no clock brings back what she has ended.
Pure; one predicate a rule. Source: DESIGN §5, promise 3, PEOPLE 1.9, 2.6, 6.5.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

import msgspec

from node.core.errors import NoPermission
from node.core.report import Facts, is_locked_by_age, told_by_person_harmed
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted

Switch = Literal["record", "warn_own", "warn_others", "compare_quietly", "police_anonymous", "police_full"]
Answer = Literal["yes", "no", "not_asked"]
ConditionKind = Literal["not_region", "no_town", "ask_first", "other"]

SWITCHES: Final[tuple[Switch, ...]] = (
    "record",
    "warn_own",
    "warn_others",
    "compare_quietly",
    "police_anonymous",
    "police_full",
)
SWITCH_WORDS: Final[dict[Switch, str]] = {
    "record": "Keep a record",
    "warn_own": "Warn our own people",
    "warn_others": "Warn other projects",
    "compare_quietly": "Compare numbers quietly",
    "police_anonymous": "Police, without their name",
    "police_full": "Police, with full details",
}

ANSWERS: Final[tuple[Answer, ...]] = ("yes", "no", "not_asked")

HOW_RESTORED: Final = "restored"
"""No answer of hers: this database came from a backup, and the log says that sharing was stopped or changed since."""

KEPT_BY_MACHINE: Final[dict[Switch, frozenset[ConditionKind]]] = {
    "warn_own": frozenset({"no_town"}),
    "warn_others": frozenset({"not_region", "no_town"}),
}
"""Which conditions each switch can keep by itself. A body cannot keep *not this force* towards police: it says police
yes or no, so there that condition makes it *no*."""


class Condition(Unprinted, frozen=True, kw_only=True):
    """A condition on a yes. `region` for `not_region`; `words` as they were said. Sealed at rest."""

    kind: ConditionKind
    region: str | None = None
    words: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to one switch.

    Attributes:
        at: when it was given, aware UTC.
        recorded_at: when it was typed in.
        wording: version of the permission wording that was read out, `""` if none is known.
        witness: who was there.
        how: in person, phone, text, paper, letter, import, other; or `HOW_RESTORED`.
        as_recorded: read from a sheet: it allows keeping the row and nothing else.
        settles: id of an earlier entry whose condition a person settled by this one.
        waived_with: the second worker with whom they waived the day of cooling off, or `""`.
        wanted_now: asked soon after the event, they wanted police at once: it is not asked again.
    """

    id: int
    switch: Switch
    answer: Answer
    at: datetime
    recorded_at: datetime
    wording: str
    witness: str
    how: str
    conditions: tuple[Condition, ...] = ()
    as_recorded: bool = False
    settles: int | None = None
    waived_with: str = ""
    wanted_now: bool = False


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a switch stands at a moment.

    Attributes:
        answer: as given.
        effective: what may be acted on: *no* where a condition waits for a person, *not_asked* where only recorded.
        conditions: those that apply.
        entry: the entry's id, or None where there is none.
        ask_again: this database was restored from a backup, and the log says that sharing was stopped or changed since.
    """

    answer: Answer
    effective: Answer
    conditions: tuple[Condition, ...] = ()
    entry: int | None = None
    ask_again: bool = False


NOT_ASKED: Final = Standing(answer="not_asked", effective="not_asked")


def is_kept_by_machine(switch: Switch, condition: Condition) -> bool:
    """Whether this program itself can keep the condition on that switch."""
    if condition.kind not in KEPT_BY_MACHINE.get(switch, frozenset()):
        return False
    return condition.kind != "not_region" or condition.region is not None


def waits_for_a_person(entry: Entry) -> bool:
    """A yes under a condition that no machine can keep: *no* until a person settles it."""
    return any(not is_kept_by_machine(entry.switch, condition) for condition in entry.conditions)


def allows_only_keeping(entry: Entry) -> bool:
    """Read from a sheet, not heard by a person."""
    return entry.as_recorded and entry.switch != "record"


def restricts(entry: Entry) -> bool:
    """Anything but a plain yes: it ends what was recorded before it."""
    return entry.answer != "yes" or bool(entry.conditions)


def standing(entries: Iterable[Entry], switch: Switch, as_at: datetime) -> Standing:
    """How a switch stood at a moment: the last answer given up to it.

    A yes that a clock dated after a *no* which was recorded later never stood: the order of recording is sure, a clock
    is not.

    Args:
        entries: of one report, in any order.
        as_at: aware UTC: the report's `taken_at`, say. For now itself: `standing_now`.
    """
    of_switch = [entry for entry in entries if entry.switch == switch]
    return _last(
        entry
        for entry in of_switch
        if entry.at <= as_at
        and not any(later.id > entry.id and later.at <= entry.at and restricts(later) for later in of_switch)
    )


def standing_now(entries: Iterable[Entry], switch: Switch, now: datetime) -> Standing:
    """How a switch stands now: what may be acted on.

    A *no*, or a narrower yes, ends every answer that was recorded before it, whatever their dates; one that a clock
    dated in the future counts at once. A yes so dated counts for nothing yet.
    """
    of_switch = [entry for entry in entries if entry.switch == switch]
    ended = max((entry.id for entry in of_switch if restricts(entry)), default=0)
    return _last(entry for entry in of_switch if entry.id == ended or (entry.id > ended and entry.at <= now))


def _last(given: Iterable[Entry]) -> Standing:
    last = max(given, key=lambda entry: (entry.at, entry.id), default=None)
    if last is None:
        return NOT_ASKED
    return Standing(
        answer=last.answer,
        effective=_effective(last),
        conditions=last.conditions,
        entry=last.id,
        ask_again=last.how == HOW_RESTORED,
    )


def _effective(entry: Entry) -> Answer:
    if entry.answer != "yes":
        return entry.answer
    if waits_for_a_person(entry):
        return "no"
    return "not_asked" if allows_only_keeping(entry) else "yes"


def standings(entries: Iterable[Entry], as_at: datetime) -> dict[Switch, Standing]:
    """All six as at a moment that has passed."""
    entries = tuple(entries)
    return {switch: standing(entries, switch, as_at) for switch in SWITCHES}


def standings_now(entries: Iterable[Entry], now: datetime) -> dict[Switch, Standing]:
    """All six now."""
    entries = tuple(entries)
    return {switch: standing_now(entries, switch, now) for switch in SWITCHES}


def allows(entries: Iterable[Entry], switch: Switch, now: datetime) -> bool:
    """Whether that switch is on, and may be acted on, now."""
    return standing_now(entries, switch, now).effective == "yes"


def require_permission(entries: Iterable[Entry], switch: Switch, now: datetime) -> Standing:
    """The standing of a switch that is on now.

    Raises:
        NoPermission: `permission.<switch>`, saying what it waits for.
    """
    found = standing_now(entries, switch, now)
    if found.effective == "yes":
        return found
    if found.ask_again:
        why = "this node came back from a backup, and a warning was taken back or changed since: ask again first"
    elif found.answer == "yes" and found.conditions:
        why = "the yes has a condition that a person must settle first"
    elif found.answer == "yes":
        why = "the yes is only as recorded in a sheet: a person must confirm it"
    else:
        why = "the answer is no" if found.answer == "no" else "it was not asked"
    raise NoPermission(switch, f"no permission for {switch}: {why}")


def regions_excluded(conditions: Iterable[Condition]) -> frozenset[str]:
    """Force areas that must not receive it."""
    return frozenset(c.region for c in conditions if c.kind == "not_region" and c.region is not None)


def town_is_excluded(conditions: Iterable[Condition]) -> bool:
    """Whether no town may be named."""
    return any(condition.kind == "no_town" for condition in conditions)


def require_may_answer(facts: Facts, switch: Switch, answer: Answer) -> None:
    """Who may say yes to what.

    Raises:
        Refused: `refused.not_person_harmed`: others can say yes to keeping a record, and to nothing else.
        NoPermission: `permission.age`: under 18 or not sure, permissions do not apply.
    """
    if answer != "yes" or switch == "record":
        return
    if not told_by_person_harmed(facts):
        raise Refused("not_person_harmed", "permission comes only from the person it happened to")
    if is_locked_by_age(facts):
        raise NoPermission("age", "under 18 or not sure: permissions do not apply")


def require_entry(switch: str, answer: str, at: datetime, now: datetime) -> None:
    """Refuses an entry outside the lists, or from the future.

    Raises:
        Refused: `refused.switch`, `refused.answer`, `refused.future`.
    """
    if switch not in SWITCHES:
        raise Refused("switch", "the six switches are: " + ", ".join(SWITCHES))
    if answer not in ANSWERS:
        raise Refused("answer", "an answer is yes, no or not_asked")
    if at > now:
        raise Refused("future", "an answer cannot have been given in the future")
