"""A quarter is counted, looked at by a second person, sealed and sent; and taken back. Source: spec/bodies.md §6."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.actions.approve_figures import approve_figures
from node.actions.case_desk import CaseDesk
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report
from node.actions.prepare_figures import prepare_figures
from node.actions.record_permission import record_permission
from node.actions.show_figures import FiguresShown, list_all_figures, show_figures
from node.actions.take_back_figures import take_back_figures
from node.core.arrival import Arrival
from node.core.figure_words import figure_lines
from node.core.figures import bands, count_quarter
from node.core.permissions import Answer
from node.core.report import Facts, HateFlag
from node.core.voice import Voice
from node.store.inbox import Arrived, erase_bodies, keep_body
from node.store.openings import note_opened
from node.store.outbox import outbox_entry
from node.store.permissions import Given
from protocol import canonical
from protocol.envelope import decode_envelope
from protocol.figures import open_figures
from protocol.figures_fields import Answers, HateFigure, TimeBands
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import HouseError
from protocol.quarters import Quarter, quarter_of, read_quarter
from protocol.statement import parse_statement
from protocol.vectors.named_keys import private_seal_key
from protocol.vectors.scene import Scene
from tests.node.builders import NOW, a_desk, a_report, a_scene, a_voice, outbox, released, scheme_data, waiting_body

QUARTER = "2026-Q4"
OVER = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
NOBODY = TimeBands(days_1_to_7=0, hours_1_to_6=0, hours_6_to_24=0, over_7_days=0, under_1_hour=0)


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def voice(scene: Scene) -> Voice:
    return a_voice(scene)


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    made = a_desk(tmp_path)
    add_person(made, name="Dana", role="coordinator", by="Bea", now=NOW)
    return made


def prepared(desk: CaseDesk, *, now: dt.datetime = OVER, quarter: str = QUARTER) -> FiguresShown:
    prepare_figures(desk, quarter=quarter, registered="50-99", by="Dana", now=now)
    return show_figures(desk, quarter=quarter, by="Bea", now=now)


def sent(desk: CaseDesk, voice: Voice, **over: Any) -> str:
    shown = prepared(desk, **over)
    return approve_figures(
        desk, voice, quarter=shown.kept.quarter, digest=shown.kept.digest, by="Bea", now=over.get("now", OVER)
    )


def refusal(action: Any, *arguments: Any, **over: Any) -> str:
    with pytest.raises(HouseError) as refused:
        action(*arguments, **over)
    return refused.value.code


def test_what_is_counted_is_what_was_taken_here_and_may_be_read(desk: CaseDesk) -> None:
    """Three of seven: the others are held, erased, of a child, and of another source."""
    for facts in (
        Facts(age_now="adult", hate=HateFlag(grounds=("race", "sex_work"))),
        Facts(age_now="adult", hate=HateFlag(grounds=("sex_work",))),
        Facts(age_now="adult"),
    ):
        a_report(desk, facts=facts)
    held, erased = a_report(desk), a_report(desk)
    hold_report(desk, report_id=held, ground="inquest", reference="7", by="Bea", second="Dana", now=NOW)
    erase_report(desk, None, report_id=erased, reason="duplicate", by="Bea", now=NOW)
    a_report(desk, facts=Facts(age_now="under_18"), by="Cleo", answers={"record": "yes"})
    a_report(desk, facts=Facts(source="staff", age_now="not_asked", authorised_by="Bea"), answers={"record": "yes"})
    body = prepared(desk).body
    assert (body.quarter, body.reports, body.registered) == (QUARTER, 3, "50-99")
    assert body.hate == (HateFigure(count=1, ground="race"), HateFigure(count=2, ground="sex_work"))
    assert body.switches.warn_others == Answers(asked=3, yes=3)
    assert body.switches.police_full == Answers(asked=3, yes=0)
    assert body.switches.compare_quietly == Answers(asked=0, yes=0)


def test_what_nobody_counts_here_is_absent_and_not_none(desk: CaseDesk) -> None:
    body = prepared(desk).body
    assert (body.referrals, body.outcomes) == (None, None)
    assert (body.event_to_warning, body.warning_to_opened) == (NOBODY, NOBODY)


def test_a_switch_is_counted_as_it_stood_when_the_quarter_ended(desk: CaseDesk) -> None:
    report = a_report(desk)
    answers: tuple[tuple[Answer, dt.datetime], ...] = (("no", NOW + dt.timedelta(days=1)), ("yes", OVER))
    for answer, at in answers:
        record_permission(
            desk, report_id=report, switch="warn_others", answer=answer, given=Given(), at=at, by="Asha", now=at
        )
    assert prepared(desk, now=OVER + dt.timedelta(days=1)).body.switches.warn_others == Answers(asked=1, yes=0)


def test_reports_of_another_quarter_are_not_among_them(desk: CaseDesk) -> None:
    a_report(desk)
    a_report(desk, now=OVER, scheme=scheme_data())
    assert prepared(desk).body.reports == 1


def test_the_time_to_a_warning_is_from_the_latest_moment_at_which_it_can_have_happened(
    desk: CaseDesk, voice: Voice
) -> None:
    """The event ended on 31 October: the end of that day is two days before the warning."""
    released(desk, voice, a_report(desk), now=NOW + dt.timedelta(hours=20))
    assert prepared(desk).body.event_to_warning == TimeBands(
        days_1_to_7=1, hours_1_to_6=0, hours_6_to_24=0, over_7_days=0, under_1_hour=0
    )


def test_the_time_to_being_opened_is_the_first_time_and_outlasts_the_warning(desk: CaseDesk, scene: Scene) -> None:
    came = {scene.alert("merseyside", 3): NOW, scene.alert("merseyside", 3): OVER}
    with desk.store.begin() as session:
        for identity, at in came.items():
            link = scene.state.links[identity]
            assert link.body is not None
            arrived = Arrived(
                identity=identity,
                digest=link.body.digest,
                type="alert.v1",
                place=link.index,
                stored=scene.bodies[link.body.digest],
                arrival=Arrival(),
            )
            keep_body(session, arrived, received_at=at, epochs=desk.vault.epochs)
    for hours in (5, 30):
        with desk.store.begin() as session:
            note_opened(session, [*came, "ab" * 32], OVER if hours == 30 else NOW + dt.timedelta(hours=hours))
    with desk.store.begin() as session:
        erase_bodies(session, came)
    assert prepared(desk).body.warning_to_opened == TimeBands(
        days_1_to_7=0, hours_1_to_6=1, hours_6_to_24=0, over_7_days=0, under_1_hour=0
    )


def test_a_quarter_that_runs_is_not_counted_and_a_name_must_be_one(desk: CaseDesk) -> None:
    assert refusal(prepared, desk, now=NOW) == "refused.quarter_runs"
    assert refusal(prepared, desk, quarter="Q4 2026") == "refused.quarter"
    over = {"quarter": QUARTER, "registered": "57", "by": "Dana", "now": OVER}
    assert refusal(prepare_figures, desk, **over) == "refused.registered"


def test_a_second_person_lets_out_the_bytes_that_they_were_shown(desk: CaseDesk, voice: Voice) -> None:
    a_report(desk)
    shown = prepared(desk)
    over: dict[str, Any] = {"quarter": QUARTER, "digest": shown.kept.digest, "now": OVER}
    assert refusal(approve_figures, desk, voice, by="Dana", **over) == "refused.second_person"
    assert refusal(approve_figures, desk, voice, by="Asha", **over) == "access.role"
    again = prepared(desk)
    assert again.kept.digest != shown.kept.digest, "another salt"
    assert refusal(approve_figures, desk, voice, by="Bea", **over) == "refused.other_bytes"
    over["digest"] = again.kept.digest
    identity = approve_figures(desk, voice, by="Bea", **over)
    assert refusal(approve_figures, desk, voice, by="Bea", **over) == "refused.decided"
    assert refusal(prepared, desk) == "refused.figures_sent"
    assert show_figures(desk, quarter=QUARTER, by="Dana", now=OVER).kept.identity == identity


def test_what_leaves_is_what_was_shown_under_the_charters_seal(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    a_report(desk)
    identity = sent(desk, voice)
    shown = show_figures(desk, quarter=QUARTER, by="Bea", now=OVER)
    stored = waiting_body(desk, identity)
    assert stored is not None and len(stored) == 16_384
    assert open_figures(stored, bytes(private_seal_key("figures"))) == shown.body
    (entry,) = outbox(desk)
    statement = parse_statement(decode_envelope(entry.envelope).payload)
    assert (statement.kind, statement.audience, statement.about) == ("figures", None, None)
    assert QUARTER.encode() not in entry.envelope
    scene.bodies[statement.body.digest] = stored  # type: ignore[union-attr]
    scene.append(entry.envelope)
    assert scene.outcomes[-1].verdict == "valid"


def test_figures_of_two_quarters_leave_on_two_days(desk: CaseDesk, voice: Voice) -> None:
    sent(desk, voice)
    assert refusal(sent, desk, voice, quarter="2026-Q3") == "refused.one_a_day"
    shown = show_figures(desk, quarter="2026-Q3", by="Bea", now=OVER)
    tomorrow = OVER + dt.timedelta(days=1)
    approve_figures(desk, voice, quarter="2026-Q3", digest=shown.kept.digest, by="Bea", now=tomorrow)
    assert len(outbox(desk)) == 2


def test_taken_back_they_are_forgotten_here_cancelled_there_and_may_be_counted_again(
    desk: CaseDesk, voice: Voice
) -> None:
    identity = sent(desk, voice)
    cancel = take_back_figures(desk, voice, quarter=QUARTER, by="Bea", now=OVER)
    assert cancel is not None
    with desk.store.read() as session:
        said, left = outbox_entry(session, cancel), outbox_entry(session, identity)
    assert said is not None and left is not None
    assert parse_statement(decode_envelope(said.envelope).payload).supersedes == identity
    assert left.state == "refused" and waiting_body(desk, identity) is None
    assert list_all_figures(desk, by="Bea", now=OVER).due == QUARTER
    assert sent(desk, voice)


def test_what_has_not_left_is_forgotten_without_a_word(desk: CaseDesk) -> None:
    prepared(desk)
    assert take_back_figures(desk, None, quarter=QUARTER, by="Bea", now=OVER) is None
    assert refusal(show_figures, desk, quarter=QUARTER, by="Bea", now=OVER) == "not_found.figures"


def test_who_reads_no_figures_counts_none(desk: CaseDesk) -> None:
    add_person(desk, name="Pia", role="coordinator", agency="BLAST", by="Bea", now=NOW)
    for name in ("Asha", "Cleo", "Pia"):
        assert refusal(list_all_figures, desk, by=name, now=OVER) == "access.role"


def test_each_band_holds_its_lower_end() -> None:
    hours = (-1, 0.99, 1, 5.99, 6, 24, 167.99, 168)
    assert bands(dt.timedelta(hours=hour) for hour in hours) == TimeBands(
        under_1_hour=2, hours_1_to_6=2, hours_6_to_24=1, days_1_to_7=2, over_7_days=1
    )


@given(st.dates(dt.date(2001, 1, 1), dt.date(2198, 12, 31)))
def test_every_day_is_in_one_quarter_which_its_name_gives_back(day: dt.date) -> None:
    quarter = quarter_of(day)
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    assert quarter.has(noon) and not quarter.next.has(noon) and not quarter.previous.has(noon)
    assert read_quarter(str(quarter)) == quarter
    assert quarter.next.previous == quarter == quarter.previous.next


def test_what_no_record_holds_is_said_to_be_missing_and_is_no_zero() -> None:
    body = count_quarter(
        Quarter(2026, 4),
        (),
        referrals=(),
        event_to_warning=(),
        warning_to_opened=(),
        registered=None,
        salt="0" * 64,
    )
    assert body.referrals is None and body.outcomes is None
    assert not {b"referrals", b"outcomes"} & set(canonical.encode(body).split(b'"')), "absent in what is sealed, too"
    said = dict(figure_lines(body))
    for what in ("Passed to police, acknowledged, tasked", "What came of it"):
        assert said[what] == "never written down here, so not said: that is not none"
