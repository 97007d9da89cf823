"""A node, its people and two receivers; each rule is something that somebody does, or that happens.

What a rule of the node refuses is no matter: it changes nothing, here or there. What is let through is written down in
`Said`, and after each step `looks.broken` must be empty.
"""

import asyncio
import contextlib
import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.approve_release import approve_release
from node.actions.ask_statutory import ask_statutory
from node.actions.change_permission import STOP_SHARING, change_permission
from node.actions.draft_danger_now import draft_danger_now
from node.actions.draft_release import draft_release
from node.actions.draft_review import draft_review
from node.actions.draft_update import draft_update
from node.actions.erase_report import erase_report
from node.actions.hand_over_report import hand_over_report
from node.actions.hold_report import hold_report, lift_hold
from node.actions.import_rows import import_rows
from node.actions.open_report import open_report
from node.actions.pause_alert import pause_alert
from node.actions.record_permission import record_permission
from node.actions.refuse_release import refuse_release
from node.actions.release_danger_now import release_danger_now
from node.actions.show_release import show_release
from node.actions.take_report import take_report
from node.actions.warn_own import warn_own
from node.actions.withdraw_alert import withdraw_alert
from node.core.compose import Choices
from node.core.danger_questions import Told, answers_of, facts_of
from node.core.permissions import SWITCHES, Condition
from node.core.recorded_row import RecordedRow
from node.core.release import Release
from node.core.report import Facts, ReporterPart
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from node.store.outbox import due_in_outbox
from node.store.permissions import Given
from node.store.releases import list_releases
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import HouseError
from tests.builders import some_scheme_data
from tests.federation.canary import Canaries
from tests.federation.network import RELEASER, WRITER, Federation, copied_federation
from tests.sequences.looks import HOME, broken, held_elsewhere
from tests.sequences.said import Answer, Said

T = TypeVar("T")

LEAD, VOLUNTEER, DEPUTY = "Cleo", "Dee", "Edda"
RELEASERS: Final = (RELEASER, "Edda")
PEOPLE: Final = (WRITER, RELEASER, DEPUTY, LEAD, VOLUNTEER)
MODEL: Final = "Fiesta"
"""A word that a warning says, and that may turn out to be private afterwards."""

answers = st.sampled_from(("yes", "yes", "yes", "yes", "no", "not_asked"))
people = st.sampled_from(PEOPLE)
drafters = st.sampled_from((WRITER, WRITER, *PEOPLE))
readers = st.sampled_from((RELEASER, LEAD, LEAD, *PEOPLE))
which = st.integers(0, 2)
conditions = st.sampled_from(
    (
        (),
        (),
        (),
        (Condition(kind="no_town"),),
        (Condition(kind="not_region", region="merseyside"),),
        (Condition(kind="not_region", region="west-yorkshire"), Condition(kind="no_town")),
        (Condition(kind="ask_first"),),
        (Condition(kind="other", words="not before the court"),),
    )
)
mostly = st.sampled_from((True, True, True, True, False))
ORDINARY: Final = Facts(age_now="adult", age_at_event="adult")
ALL_YES: Final[dict[Any, Any]] = dict.fromkeys(SWITCHES, "yes")
facts = st.one_of(
    st.just(ORDINARY),
    st.builds(
        Facts,
        source=st.sampled_from(("report", "report", "report", "report", "report", "staff")),
        told_by=st.sampled_from(("person_harmed", "person_harmed", "person_harmed", "person_harmed", "witness")),
        age_now=st.sampled_from(("adult", "adult", "adult", "adult", "under_18", "not_sure", "not_asked")),
        age_at_event=st.just("adult"),
        officer=mostly.map(lambda yes: not yes),
        coercive=mostly.map(lambda yes: not yes),
        authorised_by=st.sampled_from((None, RELEASER)),
        died=st.sampled_from((False,) * 7 + (True,)),
    ),
)
said_yes_or_no = st.one_of(st.just(ALL_YES), st.fixed_dictionaries(dict.fromkeys(SWITCHES, answers)))
choices = st.builds(
    Choices,
    region=st.just("west-yorkshire"),
    direction=st.sampled_from(((), ("merseyside",))),
    town=st.sampled_from((None, None, "Leeds")),
    names=st.sampled_from((None, ("Gaz",))),
    police=st.booleans(),
    lease_days=st.sampled_from((None, 3, 30)),
    danger_now=mostly.map(lambda yes: not yes),
)


class Sequences(RuleBasedStateMachine):
    """`template`: a closed federation, to be copied. `happened`: what has come about in all sequences so far."""

    template: ClassVar[Path]
    happened: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._closing = contextlib.ExitStack()
        folder = Path(self._closing.enter_context(tempfile.TemporaryDirectory()))
        self._opened = copied_federation(self.template, folder / "copy", 1)
        self.fed: Federation = self._runner.run(self._opened.__aenter__())
        self.node = self.fed.genesis
        self.words = Canaries(1)
        self.reports: dict[int, Said] = {}

    @initialize()
    def people_come(self) -> None:
        roles = {LEAD: "safeguarding_lead", VOLUNTEER: "outreach", DEPUTY: "coordinator"}
        for name, role in roles.items():
            add_person(self.node.cases, name=name, role=role, by=RELEASER, now=self.now)
        self.take(ORDINARY, ALL_YES, (), WRITER)

    def teardown(self) -> None:
        try:
            self.all_exchange()
        finally:
            self._close()

    def _close(self) -> None:
        self._runner.run(self._opened.__aexit__(None, None, None))
        self._runner.close()
        self._closing.close()

    @property
    def now(self) -> dt.datetime:
        return self.fed.clock()

    # What is told

    @rule(facts=facts, said=said_yes_or_no, over=conditions, by=people)
    def take(self, facts: Facts, said: dict[str, Any], over: tuple[Condition, ...], by: str) -> None:
        private = {self.words.word() for _ in range(4)}
        given = Given(conditions=over, witness=by)
        number = self._done("took", lambda: self._keep(facts, {**said, "record": "yes"}, given, private, by))
        if number is not None:
            self.reports[number] = Said(facts, private)
            self._answered(number, {**said, "record": "yes"}, over)

    @rule(slip=st.sampled_from(("name", "model")), by=people)
    def take_with_a_slip(self, slip: str, by: str) -> None:
        """A private word stands in what describes the person."""
        word = self.words.word()
        man = PersonData(age_min=30, sex="man", names_used=(word.title(),) if slip == "name" else ())
        scheme = some_scheme_data(
            persons=(man,), vehicles=(VehicleData(make="ford", model=word.title() if slip == "model" else None),)
        )
        number = self._done("took", lambda: self._keep(ORDINARY, ALL_YES, Given(), {word}, by, scheme))
        if number is not None:
            self.reports[number] = Said(ORDINARY, {word})
            self._answered(number, ALL_YES, ())

    def _keep(
        self,
        known: Facts,
        said: Mapping[Any, Any],
        given: Given,
        private: set[str],
        by: str,
        scheme: SchemeData | None = None,
    ) -> int:
        name, *others = sorted(private)
        return take_report(
            self.node.cases,
            agency=self.node.name,
            facts=known,
            scheme=scheme or self._scheme(),
            answers=said,
            given=given,
            by=by,
            now=self.now,
            account=f"{name} said what happened.",
            reporter=ReporterPart(names=(name.title(),), numbers=tuple(others[:1]), never_say=tuple(others[1:2])),
            private_words=tuple(others[2:]),
        )

    def _scheme(self) -> SchemeData:
        today = self.now.date()
        return some_scheme_data(
            incident_types=("rape", "robbery"),
            date_min=today,
            date_max=today,
            persons=(PersonData(age_min=40, age_max=49, sex="man", build="stocky", names_used=("Gaz",)),),
            vehicles=(VehicleData(make="ford", model=MODEL, colour="silver"),),
            identifiers=(IdentifierData(kind="phone", canonical="+447700900318"),),
        )

    @rule(
        age=st.sampled_from(("adult", "adult", "adult", "not_sure")),
        warn=st.sampled_from(("both", "both", "others", "own", "nobody")),
        police=answers,
        by=people,
    )
    def danger_now(self, age: Any, warn: Any, police: Any, by: str) -> None:
        """The twelve questions, and out at once."""
        told = Told(
            age=age,
            told_by="person_harmed",
            warn=warn,
            police=police,
            what=("rape",),
            when="today",
            region="west-yorkshire",
            people=1,
            person=PersonData(age_min=30, age_max=39, sex="man", build="slim"),
            vehicle=None,
            identifier=None,
        )
        voice = self.node.voice()
        made = self._done(
            "told in danger",
            lambda: draft_danger_now(self.node.cases, voice, told=told, agency=self.node.name, by=by, now=self.now),
        )
        if made is None:
            return
        self.reports[made.report_id] = Said(facts_of(told), set())
        self._answered(made.report_id, answers_of(told), ())
        if made.release_id is not None:
            self._let_out(made.release_id, by, alone=True)

    @rule(facts=facts, said=said_yes_or_no, words=st.booleans(), opened_by=st.sampled_from((None, LEAD, RELEASER)))
    def import_a_row(self, facts: Facts, said: dict[str, Any], words: bool, opened_by: str | None) -> None:
        private = {self.words.word() for _ in range(2)}
        name, word = sorted(private)
        row = RecordedRow(
            fingerprint=name,
            facts=facts,
            scheme=self._scheme(),
            answers={**said, "record": "yes"},  # type: ignore[dict-item]
            raw_cells=(("What", f"{name} {word}", ""),),
            conditions=("not the police",) if words else (),
            reporter=ReporterPart(names=(name.title(),)),
            private_words=(word,),
        )
        made = self._done(
            "imported", lambda: import_rows(self.node.cases, rows=(row,), by=WRITER, now=self.now).reports[0]
        )
        if made is not None:
            self.reports[made] = Said(facts, private, imported=True, opened=False)
            held = (Condition(kind="other"),) if words else ()
            for switch, answer in row.answers.items():
                beside = () if switch == "record" else held
                self.reports[made].answer(switch, Answer(answer, self.now, beside, from_sheet=True))
            if opened_by is not None:
                self._open(made, True, None, opened_by)

    @precondition(lambda self: self._kept(imported=True))
    @rule(number=which, confirm=st.booleans(), age=st.sampled_from((None, "adult", "not_sure")), by=readers)
    def open_a_row(self, number: int, confirm: bool, age: Any, by: str) -> None:
        self._open(self._of(self._kept(imported=True), number), confirm, age, by)

    def _open(self, report: int, confirm: bool, age: Any, by: str) -> None:
        said = self.reports[report]
        yes = tuple(s for s, given in said.switches.items() if confirm and given.answer == "yes" and s != "record")
        if self._did(
            "opened",
            lambda: open_report(
                self.node.cases,
                report_id=report,
                by=by,
                now=self.now,
                age_now=age,
                confirm=yes,  # type: ignore[arg-type]
            ),
        ):
            said.opened = True
            said.facts = msgspec.structs.replace(said.facts, age_now=age or said.facts.age_now)
            for switch in yes:
                said.answer(switch, Answer("yes", self.now))

    @precondition(lambda self: self._kept())
    @rule(
        number=which,
        switch=st.sampled_from(SWITCHES),
        answer=answers,
        over=conditions,
        earlier=st.sampled_from((0, 0, 0, 1, 100)),
        by=readers,
    )
    def ask_again(
        self, number: int, switch: Any, answer: Any, over: tuple[Condition, ...], earlier: int, by: str
    ) -> None:
        report, at, voice = self._changing(number), self.now - dt.timedelta(hours=earlier), self.node.voice()
        if self._did(
            f"asked again: {answer}",
            lambda: record_permission(
                self.node.cases,
                report_id=report,
                switch=switch,
                answer=answer,
                given=Given(conditions=over),
                by=by,
                now=self.now,
                at=at,
                voice=voice,
            ),
        ):
            self.reports[report].answer(switch, Answer(answer, at, over))

    @precondition(lambda self: self._kept())
    @rule(
        number=which, switches=st.sampled_from((STOP_SHARING, ("warn_own",), ("warn_others",), ("record",))), by=people
    )
    def stop_sharing(self, number: int, switches: Any, by: str) -> None:
        """It only ever stops, so no rule may refuse it to anybody who meets sex workers."""
        report = self._changing(number)
        stopped = self._did(
            "stopped sharing",
            lambda: change_permission(
                self.node.cases,
                self.node.voice(),
                report_id=report,
                switches=switches,
                given=Given(),
                by=by,
                now=self.now,
            ),
        )
        assert stopped, "3: sharing could not be stopped"
        for switch in switches if stopped else ():
            self.reports[report].answer(switch, Answer("no", self.now))

    @precondition(lambda self: self._kept())
    @rule(number=which, reply=st.sampled_from(("may_warn", "may_warn", "must_wait")))
    def ask_the_agency(self, number: int, reply: Any) -> None:
        """The lead asks about somebody under 18, and a coordinator lets out what may go then."""
        young = [one for one in self._kept() if self.reports[one].perhaps_a_child]
        report = self._of(young or self._kept(), number)
        if self._did(
            "asked the agency",
            lambda: ask_statutory(
                self.node.cases,
                report_id=report,
                agency="Children's services",
                asked_on=self.now.date(),
                reply=reply,
                by=LEAD,
                now=self.now,
            ),
        ):
            self.reports[report].statutory = reply
            self._draft(report, False, Choices(region=HOME), LEAD, RELEASER)

    @precondition(lambda self: self._kept())
    @rule(number=which, facts=facts, private=st.booleans(), by=readers)
    def amend(self, number: int, facts: Facts, private: bool, by: str) -> None:
        report = self._changing(number)
        if self._did(
            "amended",
            lambda: amend_scheme_data(
                self.node.cases,
                report_id=report,
                by=by,
                now=self.now,
                facts=None if private else facts,
                private_words=(MODEL,) if private else (),
            ),
        ):
            said = self.reports[report]
            said.facts = said.facts if private else facts
            said.private |= {MODEL} if private else set()

    # What is done with it

    @precondition(lambda self: self._kept())
    @rule(number=which, own=st.booleans(), choices=choices, by=drafters, at_once=st.sampled_from((None, *RELEASERS)))
    def draft(self, number: int, own: bool, choices: Choices, by: str, at_once: str | None) -> None:
        self._draft(self._of(self._kept(), number), own, choices, by, at_once)

    def _draft(self, report: int, own: bool, choices: Choices, by: str, at_once: str | None) -> None:
        voice = self.node.voice()
        asked: dict[str, Any] = {"report_id": report, "choices": choices, "by": by, "now": self.now}
        if own:
            release = self._done("drafted", lambda: warn_own(self.node.cases, **asked))
        else:
            release = self._done("drafted", lambda: draft_release(self.node.cases, voice, **asked))
        if release is not None and at_once is not None:
            self._let_out(release, at_once, alone=choices.danger_now)

    @precondition(lambda self: self._kept())
    @rule(number=which, own=mostly.map(lambda yes: not yes), by=st.sampled_from(RELEASERS))
    def warn(self, number: int, own: bool, by: str) -> None:
        """As it is done on most days."""
        self.draft(number, own, Choices(region=HOME), WRITER, by)

    @precondition(lambda self: self._releases("draft", "shown"))
    @rule(number=which, by=st.sampled_from((RELEASER, RELEASER, *PEOPLE)), alone=st.booleans())
    def let_out(self, number: int, by: str, alone: bool) -> None:
        self._let_out(self._of([one.id for one in self._releases("draft", "shown")], number), by, alone=alone)

    def _let_out(self, release: int, by: str, *, alone: bool) -> None:
        shown = self._done("looked", lambda: show_release(self.node.cases, release_id=release, by=by, now=self.now))
        if shown is None:
            return
        let = release_danger_now if alone else approve_release
        voice, scope = self.node.voice(), shown.release.scope
        said = self.reports[shown.release.report_id]
        if self._did(
            f"released alone ({scope})" if alone else f"released ({scope})",
            lambda: let(self.node.cases, voice, release_id=release, digest=shown.digest, by=by, now=self.now),
        ):
            assert said.may_leave(scope), f"3: warning {release} ({scope}) left without a yes"

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

    # What happens

    @rule(hours=st.sampled_from((1, 24, 72, 24 * 31)))
    def time_passes(self, hours: int) -> None:
        self.fed.clock.forward(hours=hours)
        if self._waits():
            self.all_exchange()

    @rule()
    def the_node_starts_again(self) -> None:
        self.node.restart()

    @precondition(lambda self: self._waits())
    @rule()
    def all_exchange(self) -> None:
        self._runner.run(self._exchange())
        self.happened["exchanged"] += 1
        released = {one.identity: one for one in self._releases() if one.identity is not None}
        for receiver in (self.fed.bradford, self.fed.merseyside):
            assert not (found := held_elsewhere(receiver, released, self.reports)), found
            self.happened["received"] += len(receiver.reads())

    async def _exchange(self) -> None:
        await self.node.publish()
        for receiver in (self.fed.bradford, self.fed.merseyside):
            await receiver.sync()

    @invariant()
    def the_promises_hold(self) -> None:
        assert not (found := broken(self.node, self.reports)), found

    # How it is done

    def _answered(self, report: int, said: Mapping[Any, str], over: tuple[Condition, ...]) -> None:
        for switch, answer in said.items():
            self.reports[report].answer(switch, Answer(answer, self.now, over))

    def _releases(self, *states: str) -> list[Release]:
        with self.node.store.read() as session:
            return [one for one in list_releases(session) if not states or one.state in states]

    def _kept(self, *, imported: bool = False) -> list[int]:
        """Reports that are not erased."""
        return [number for number, said in self.reports.items() if not said.erased and said.imported >= imported]

    def _changing(self, number: int) -> int:
        """One of which something is out, if there is any: what changes there matters most."""
        out = {one.report_id for one in self._releases() if one.is_out}
        return self._of([one for one in self._kept() if one in out] or self._kept(), number)

    def _waits(self) -> bool:
        """Whether there is anything to send."""
        with self.node.store.read() as session:
            return bool(due_in_outbox(session, self.now))

    def _of(self, numbers: Any, number: int) -> int:
        """The latest come first: most of what is done is done to them."""
        latest = sorted(numbers, reverse=True)
        return int(latest[number % len(latest)])

    def _done(self, what: str, act: Callable[[], T]) -> T | None:
        try:
            made = act()
        except HouseError as refused:
            self.happened[f"not {what}: {refused.code}"] += 1
            return None
        self.happened[what] += 1
        return made

    def _did(self, what: str, act: Callable[[], object]) -> bool:
        """Whether it was let through."""
        before = self.happened[what]
        self._done(what, act)
        return self.happened[what] > before
