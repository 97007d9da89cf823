"""What is told, asked and put right: reports, danger now, rows of a sheet, permissions, an age, a private word."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.ask_statutory import ask_statutory
from node.actions.change_permission import STOP_SHARING, change_permission
from node.actions.draft_danger_now import draft_danger_now
from node.actions.import_rows import import_rows
from node.actions.open_report import open_report
from node.actions.record_permission import record_permission
from node.actions.take_report import take_report
from node.core.compose import Choices
from node.core.danger_questions import Told, answers_of, facts_of
from node.core.permissions import SWITCHES, Condition
from node.core.recorded_row import RecordedRow
from node.core.report import Facts, ReporterPart
from node.core.scheme_data import IdentifierData, PersonData, SchemeData, VehicleData
from node.store.permissions import Given
from tests.builders import some_scheme_data
from tests.federation.project import RELEASER, WRITER
from tests.sequences.at_a_node import AtANode
from tests.sequences.drawn import (
    ALL_YES,
    LEAD,
    MODEL,
    ORDINARY,
    answers,
    conditions,
    facts,
    people,
    readers,
    said_yes_or_no,
    which,
)
from tests.sequences.looks import HOME
from tests.sequences.said import Answer, Said


class WhatIsTold(AtANode):
    """Rules about what is said. Each writes down what was let through."""

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
