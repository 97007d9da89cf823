"""What people said, kept by hand: the promises' own reading of the switches, written without looking at the node's.

    said = Said(private={"zqx…"})
    said.answer("warn_others", "yes", at=noon)
    said.answer("warn_others", "no", at=evening)
    said.may_stand("others")  # False, whatever anybody dates back afterwards

Source: DESIGN §2 (promises 1 to 3), §5; PEOPLE 1.9, 2.6, 6.5, 4.10, *Under 18*.
"""

import dataclasses
import datetime as dt
from typing import Final

from node.core.permissions import Condition
from node.core.report import Facts

KEPT_BY_A_MACHINE: Final = {"warn_others": {"not_region", "no_town"}, "warn_own": {"no_town"}}
"""Conditions that a program can keep by itself; any other waits for a person, and is a no until then."""

SWITCH_OF: Final = {"own": "warn_own", "others": "warn_others"}


@dataclasses.dataclass(frozen=True)
class Answer:
    """One answer, as it was given."""

    answer: str
    at: dt.datetime
    conditions: tuple[Condition, ...] = ()
    from_sheet: bool = False


@dataclasses.dataclass
class Said:
    """One report as the person who told it would remember it."""

    facts: Facts
    private: set[str]
    imported: bool = False
    opened: bool = True
    held: bool = False
    erased: bool = False
    statutory: str | None = None
    switches: dict[str, Answer] = dataclasses.field(default_factory=dict)

    def answer(self, switch: str, given: Answer) -> None:
        """The last one given stands; a no, or a narrower yes, ends all that was written down before it."""
        before = self.switches.get(switch)
        if given.answer != "yes" or given.conditions or before is None or given.at >= before.at:
            self.switches[switch] = given

    def conditions(self, *switches: str) -> list[Condition]:
        """What was said beside a yes to these that stands."""
        return [one for switch in switches if self.says_yes(switch) for one in self.switches[switch].conditions]

    def says_yes(self, switch: str) -> bool:
        """Whether that may be done now because they said so."""
        given = self.switches.get(switch)
        if given is None or given.answer != "yes" or (given.from_sheet and switch != "record"):
            return False
        kept = KEPT_BY_A_MACHINE.get(switch, set())
        return all(one.kind in kept for one in given.conditions)

    def says_no(self, switch: str) -> bool:
        """An express no."""
        given = self.switches.get(switch)
        return given is not None and given.answer == "no"

    @property
    def has_reporter(self) -> bool:
        """Warnings from elsewhere name who authorised them instead of a permission."""
        return self.facts.source == "report"

    @property
    def perhaps_a_child(self) -> bool:
        """No permission counts: the statutory agency is asked instead, and what goes out says nothing of them."""
        return self.facts.age_now in ("under_18", "not_sure")

    def may_stand(self, scope: str) -> bool:
        """Whether a warning of this report may be out."""
        facts, wanted = self.facts, ("record", SWITCH_OF[scope])
        if self.erased or self.held or not self.opened or facts.coercive:
            return False
        if self.perhaps_a_child:
            return self.statutory == "may_warn"
        if not self.has_reporter:
            grown = facts.age_now in ("adult", "not_asked")
            return grown and bool(facts.authorised_by) and not any(self.says_no(switch) for switch in wanted)
        told = facts.told_by == "person_harmed"
        return told and facts.age_now == "adult" and all(self.says_yes(switch) for switch in wanted)

    def may_leave(self, scope: str) -> bool:
        """Whether a new one may go out."""
        return self.may_stand(scope) and not self.facts.died

    def own_people_may_read(self, scope: str) -> bool:
        """Those for other projects too, while our own people may be warned."""
        if not self.may_stand(scope):
            return False
        return self.says_yes("warn_own") if self.has_reporter and not self.perhaps_a_child else True

    def police_may_read(self) -> bool:
        """Never where an officer is described."""
        return not (self.facts.officer or self.perhaps_a_child) and (
            not self.has_reporter or self.says_yes("police_anonymous")
        )
