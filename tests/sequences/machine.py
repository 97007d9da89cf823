"""A node, its people and two receivers; each rule is something that somebody does, or that happens.

What a rule of the node refuses is no matter: it changes nothing, here or there. What is let through is written down in
`Said`, and after each step `looks.broken` must be empty.
"""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from node.actions.draft_review import draft_review
from node.actions.draft_update import draft_update
from node.actions.erase_report import erase_report
from node.actions.hand_over_report import hand_over_report
from node.actions.hold_report import hold_report, lift_hold
from node.actions.pause_alert import pause_alert
from node.actions.refuse_release import refuse_release
from node.actions.withdraw_alert import withdraw_alert
from node.core.compose import Choices
from node.core.permissions import Condition
from node.core.report import Facts
from protocol.house.actions.add_person import add_person
from tests.federation.project import RELEASER, WRITER
from tests.sequences.drawn import (
    ALL_YES,
    DEPUTY,
    LEAD,
    ORDINARY,
    PEOPLE,
    RELEASERS,
    VOLUNTEER,
    answers,
    choices,
    conditions,
    drafters,
    facts,
    mostly,
    people,
    readers,
    which,
)
from tests.sequences.looks import HOME, broken
from tests.sequences.told import WhatIsTold


class Sequences(WhatIsTold):
    """What is told, what is done with it, and what happens meanwhile."""

    @initialize()
    def people_come(self) -> None:
        roles = {LEAD: "safeguarding_lead", VOLUNTEER: "outreach", DEPUTY: "coordinator"}
        for name, role in roles.items():
            add_person(self.node.cases, name=name, role=role, by=RELEASER, now=self.now)
        self.take(ORDINARY, ALL_YES, (), WRITER)

    @precondition(lambda self: self._kept())
    @rule(number=which, own=st.booleans(), choices=choices, by=drafters, at_once=st.sampled_from((None, *RELEASERS)))
    def draft(self, number: int, own: bool, choices: Choices, by: str, at_once: str | None) -> None:
        self._draft(self._of(self._kept(), number), own, choices, by, at_once)

    @precondition(lambda self: self._kept())
    @rule(number=which, own=mostly.map(lambda yes: not yes), by=st.sampled_from(RELEASERS))
    def warn(self, number: int, own: bool, by: str) -> None:
        """As it is done on most days."""
        self.draft(number, own, Choices(region=HOME), WRITER, by)

    @rule(
        switch=st.sampled_from(("warn_own", "warn_others", "police_anonymous")),
        answer=answers,
        over=conditions,
        facts=facts,
        ask=st.booleans(),
        own=st.booleans(),
    )
    def warn_and_learn_better(
        self, switch: Any, answer: str, over: tuple[Condition, ...], facts: Facts, ask: bool, own: bool
    ) -> None:
        """A warning goes out, and then they answer otherwise, or the facts turn out to be others."""
        self.take(ORDINARY, ALL_YES, (), WRITER)
        self.draft(0, own, Choices(region=HOME), WRITER, RELEASER)
        if ask:
            self.ask_again(0, switch, answer, over, 0, RELEASER)
        else:
            self.amend(0, facts, False, LEAD)

    @precondition(lambda self: self._releases("draft", "shown"))
    @rule(number=which, by=st.sampled_from((RELEASER, RELEASER, *PEOPLE)), alone=st.booleans())
    def let_out(self, number: int, by: str, alone: bool) -> None:
        self._let_out(self._of([one.id for one in self._releases("draft", "shown")], number), by, alone=alone)

    @precondition(lambda self: self._releases("approved", "paused"))
    @rule(number=which, choices=choices, review=st.booleans(), by=readers)
    def replace(self, number: int, choices: Choices, review: bool, by: str) -> None:
        """An update, a second look, or the way back from a pause."""
        release = self._of([one.id for one in self._releases("approved", "paused")], number)
        voice = self.node.voice()
        if review:
            made = self._done(
                "second look",
                lambda: draft_review(self.node.cases, voice, release_id=release, by=by, now=self.now),
            )
            if made is not None:
                self._let_out(made, by, alone=False)
        else:
            self._done(
                "update",
                lambda: draft_update(self.node.cases, voice, release_id=release, choices=choices, by=by, now=self.now),
            )

    @precondition(lambda self: self._releases("draft", "shown"))
    @rule(number=which, by=people)
    def refuse(self, number: int, by: str) -> None:
        release = self._of([one.id for one in self._releases("draft", "shown")], number)
        self._did(
            "refused",
            lambda: refuse_release(self.node.cases, release_id=release, reason="other", by=by, now=self.now),
        )

    @precondition(lambda self: self._releases("approved", "paused"))
    @rule(number=which, by=readers)
    def pause(self, number: int, by: str) -> None:
        release, voice = self._of([one.id for one in self._releases("approved", "paused")], number), self.node.voice()
        self._did("paused", lambda: pause_alert(self.node.cases, voice, release_id=release, by=by, now=self.now))

    @precondition(lambda self: self._releases("approved", "paused"))
    @rule(number=which, by=people, with_key=st.booleans())
    def take_back(self, number: int, by: str, with_key: bool) -> None:
        """One person, any hour, no reason, with or without the key."""
        release = self._of([one.id for one in self._releases("approved", "paused")], number)
        voice = self.node.voice() if with_key else None
        done = self._did(
            "taken back",
            lambda: withdraw_alert(self.node.cases, voice, release_id=release, by=by, now=self.now),
        )
        assert done, "6: a warning could not be taken back"
        assert release not in [one.id for one in self._releases("approved", "paused")]

    @precondition(lambda self: len(self._kept()) > 2)
    @rule(number=which)
    def erase(self, number: int) -> None:
        report, voice = self._changing(number), self.node.voice()
        if self._did(
            "erased",
            lambda: erase_report(
                self.node.cases, voice, report_id=report, reason="asked_by_person_harmed", by=RELEASER, now=self.now
            ),
        ):
            self.reports[report].erased = True

    @precondition(lambda self: self._kept())
    @rule(number=which, lift=st.booleans())
    def hold(self, number: int, lift: bool) -> None:
        report = self._changing(number)
        two: dict[str, Any] = {"report_id": report, "by": RELEASER, "second": LEAD, "now": self.now}
        if lift and self._did("lifted", lambda: lift_hold(self.node.cases, **two)):
            self.reports[report].held = False
        if not lift and self._did(
            "held", lambda: hold_report(self.node.cases, ground="inquest", reference="a letter", **two)
        ):
            self.reports[report].held = True

    @precondition(lambda self: self._kept())
    @rule(number=which, by=people)
    def hand_over(self, number: int, by: str) -> None:
        report = self._of(self._kept(), number)
        self._did("handed over", lambda: hand_over_report(self.node.cases, report_id=report, by=by, now=self.now))

    @rule(hours=st.sampled_from((1, 24, 72, 24 * 31)))
    def time_passes(self, hours: int) -> None:
        self.fed.clock.forward(hours=hours)
        if self._waits():
            self._all_exchange()

    @rule()
    def the_node_starts_again(self) -> None:
        self.node.restart()

    @precondition(lambda self: self._waits())
    @rule()
    def all_exchange(self) -> None:
        self._all_exchange()

    @invariant()
    def the_promises_hold(self) -> None:
        assert not (found := broken(self.node, self.reports)), found
