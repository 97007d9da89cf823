"""What keeps a report in: age, coercion, second-hand telling, unopened rows, holds; and when an account locks."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from node.actions.add_to_account import add_to_account
from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.erase_report import erase_report
from node.actions.hold_report import hold_report, lift_hold
from node.actions.import_rows import import_rows
from node.actions.open_report import open_report
from node.actions.record_override import record_override
from node.actions.record_permission import record_permission
from node.actions.show_release import show_release
from node.actions.show_report import list_all_reports, show_report
from node.core.errors import Locked, NoPermission
from node.core.permissions import SWITCHES, Answer, Condition, Entry, Switch, allows, standing, standing_now
from node.core.recorded_row import RecordedRow
from node.core.report import Age, Facts, ReporterPart
from node.core.voice import Voice
from node.store.permissions import Given
from node.store.releases import releases_out
from protocol.envelope import decode_envelope
from protocol.house.core.errors import HouseError, Refused
from tests.node.builders import CHOICES, DAY, NOW, YES, a_report, outbox, released, rows, scheme_data

ADULT = Facts(age_now="adult", age_at_event="adult")


def draft(desk: CaseDesk, voice: Voice, report_id: int) -> int:
    return draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)


def a_row(**over: object) -> RecordedRow:
    fields: dict[str, object] = {
        "fingerprint": "genesis/2",
        "facts": Facts(),
        "scheme": scheme_data(),
        "answers": YES,
        "raw_cells": (("Name", "Mia Dobre", ""), ("What happened", "=SUM(A1:A9)", "sic")),
        "reporter": ReporterPart(names=("Mia Dobre",)),
        "taken_at": NOW - 2 * DAY,
    }
    return RecordedRow(**(fields | over))  # type: ignore[arg-type]


@pytest.mark.parametrize("age", ["not_sure", "not_asked"])
def test_without_an_adult_answer_nothing_goes_out(desk: CaseDesk, voice: Voice, age: Age) -> None:
    given: dict[Switch, Answer] = YES if age == "not_asked" else {"record": "yes"}
    report_id = a_report(desk, facts=replace(ADULT, age_now=age), answers=given)
    with pytest.raises(Locked):
        draft(desk, voice, report_id)


def test_under_18_permissions_do_not_apply(desk: CaseDesk) -> None:
    with pytest.raises(NoPermission):
        a_report(desk, facts=Facts(age_now="under_18"))
    report_id = a_report(desk, facts=Facts(age_now="under_18"), answers={"record": "yes"})
    with pytest.raises(NoPermission):
        record_permission(
            desk, report_id=report_id, switch="warn_others", answer="yes", given=Given(), by="Cleo", now=NOW
        )


def test_only_the_safeguarding_lead_unlocks_an_age(desk: CaseDesk) -> None:
    report_id = a_report(desk, facts=Facts(age_now="not_sure"), answers={"record": "yes"})
    with pytest.raises(Locked):
        amend_scheme_data(desk, report_id=report_id, facts=ADULT, by="Bea", now=NOW)
    amend_scheme_data(desk, report_id=report_id, facts=ADULT, by="Cleo", now=NOW)


@pytest.mark.parametrize("facts", [replace(ADULT, age_now="not_asked"), replace(ADULT, age_at_event="not_asked")])
def test_an_age_that_was_answered_is_never_made_unasked(desk: CaseDesk, facts: Facts) -> None:
    report_id = a_report(desk)
    with pytest.raises(Refused) as error:
        amend_scheme_data(desk, report_id=report_id, facts=facts, by="Cleo", now=NOW)
    assert error.value.code == "refused.age_kept"


def test_a_report_never_becomes_a_warning_without_its_reporter(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk, answers={"record": "yes", "warn_others": "no"})
    staff = replace(ADULT, source="staff", told_by="police", authorised_by="Bea")
    with pytest.raises(Refused) as error:
        amend_scheme_data(desk, report_id=report_id, facts=staff, by="Asha", now=NOW)
    assert error.value.code == "refused.source_kept"
    with pytest.raises(NoPermission):
        draft(desk, voice, report_id)


@pytest.mark.parametrize(("name", "code"), [(" ", "refused.authoriser"), ("Zoe", "not_found.person")])
def test_who_authorises_is_somebody_who_works_here(desk: CaseDesk, name: str, code: str) -> None:
    facts = Facts(source="police_request", told_by="police", authorised_by=name)
    with pytest.raises(HouseError) as error:
        a_report(desk, facts=facts, answers={})
    assert error.value.code == code


def test_a_no_counts_also_where_somebody_else_authorised(desk: CaseDesk, voice: Voice) -> None:
    facts = Facts(source="police_request", told_by="police", authorised_by="Bea")
    report_id = a_report(desk, facts=facts, answers={"warn_others": "no"})
    with pytest.raises(NoPermission):
        draft(desk, voice, report_id)


def test_a_record_that_age_locks_is_the_safeguarding_leads_alone(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    release_id = draft(desk, voice, report_id)
    amend_scheme_data(desk, report_id=report_id, facts=replace(ADULT, age_now="not_sure"), by="Asha", now=NOW)
    for attempt in (
        lambda: show_report(desk, report_id=report_id, by="Asha", now=NOW),
        lambda: add_to_account(desk, report_id=report_id, text="And a knife.", by="Asha", now=NOW),
        lambda: show_release(desk, release_id=release_id, by="Bea", now=NOW),
        lambda: draft(desk, voice, report_id),
        lambda: amend_scheme_data(desk, report_id=report_id, private_words=("x",), by="Bea", now=NOW),
    ):
        with pytest.raises(Locked) as error:
            attempt()
        assert error.value.code == "locked.lead_only"
    show_release(desk, release_id=release_id, by="Cleo", now=NOW)
    add_to_account(desk, report_id=report_id, text="Rang her.", by="Cleo", now=NOW)
    assert show_report(desk, report_id=report_id, by="Cleo", now=NOW).additions


def test_a_held_report_is_unread_and_so_are_its_drafts(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    release_id = draft(desk, voice, report_id)
    hold_report(desk, report_id=report_id, ground="inquest", reference="12", by="Asha", second="Bea", now=NOW)
    with pytest.raises(Locked) as error:
        show_release(desk, release_id=release_id, by="Cleo", now=NOW)
    assert error.value.code == "locked.hold"


def test_a_hold_takes_its_warnings_back_and_its_end_brings_none_back(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    released(desk, voice, report_id)
    two: dict[str, Any] = {"report_id": report_id, "by": "Asha", "second": "Bea", "now": NOW}
    hold_report(desk, ground="inquest", reference="12", **two)
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]
    lift_hold(desk, **two)
    with desk.store.read() as session:
        assert not releases_out(session, report_id)


def test_an_adult_now_who_was_a_child_then_keeps_ordinary_permissions(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk, facts=Facts(age_now="adult", age_at_event="under_18"))
    draft(desk, voice, report_id)
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW).referral_due


@pytest.mark.parametrize(
    ("facts", "incidents"),
    [(Facts(age_now="adult", coercive=True), ("robbery",)), (ADULT, ("coercive_other", "robbery"))],
)
def test_someone_who_controls_them_is_never_warned_about(
    desk: CaseDesk, voice: Voice, facts: Facts, incidents: tuple[str, ...]
) -> None:
    report_id = a_report(desk, facts=facts, scheme=scheme_data(incident_types=incidents))
    with pytest.raises(Refused) as error:
        draft(desk, voice, report_id)
    assert error.value.code == "refused.coercive_other"


@pytest.mark.parametrize("told_by", ["witness", "family", "worker_or_boss", "other_agency"])
def test_nobody_else_can_give_permission(desk: CaseDesk, voice: Voice, told_by: str) -> None:
    facts = Facts(age_now="adult", told_by=told_by)
    with pytest.raises(Refused):
        a_report(desk, facts=facts)
    report_id = a_report(desk, facts=facts, answers={"record": "yes"})
    with pytest.raises(Refused) as error:
        draft(desk, voice, report_id)
    assert error.value.code == "refused.not_person_harmed"


def test_a_warning_without_a_reporter_names_who_authorised_it(desk: CaseDesk, voice: Voice) -> None:
    with pytest.raises(Refused):
        a_report(desk, facts=Facts(source="police_request", told_by="police"), answers={})
    facts = Facts(source="police_request", told_by="police", authorised_by="Bea")
    draft(desk, voice, a_report(desk, facts=facts, answers={}))


def test_listening_only_keeps_nothing(desk: CaseDesk) -> None:
    with pytest.raises(Refused):
        a_report(desk, answers={"record": "no"})
    assert list_all_reports(desk, by="Asha", now=NOW) == []


def test_the_first_account_locks_after_24_hours(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    almost = NOW + timedelta(hours=24) - timedelta(seconds=1)
    add_to_account(desk, report_id=report_id, text="It was the arches.", to="account", by="Asha", now=almost)
    with pytest.raises(Locked):
        add_to_account(desk, report_id=report_id, text="No.", to="account", by="Asha", now=NOW + DAY)
    add_to_account(desk, report_id=report_id, text="And a knife.", by="Bea", now=NOW + DAY)
    shown = show_report(desk, report_id=report_id, by="Asha", now=NOW + DAY)
    assert len(shown.account) == 2, "both versions are kept"
    assert [(words.text, words.by) for words in shown.additions] == [("And a knife.", "Bea")]
    assert shown.support_notes == ()


def test_an_imported_yes_releases_nothing_until_a_person_opened_the_row(desk: CaseDesk, voice: Voice) -> None:
    (report_id,) = import_rows(desk, rows=[a_row()], by="Asha", now=NOW).new
    with pytest.raises(Locked) as error:
        draft(desk, voice, report_id)
    assert error.value.code == "locked.unopened"
    open_report(desk, report_id=report_id, by="Asha", now=NOW, age_now="adult")
    with pytest.raises(NoPermission):
        draft(desk, voice, report_id)
    open_report(desk, report_id=report_id, by="Asha", now=NOW, confirm=("warn_others",))
    released(desk, voice, report_id)
    assert [entry.kind for entry in outbox(desk)] == ["alert"]


def test_opening_without_the_age_question_releases_nothing(desk: CaseDesk, voice: Voice) -> None:
    (report_id,) = import_rows(desk, rows=[a_row()], by="Asha", now=NOW).new
    open_report(desk, report_id=report_id, by="Asha", now=NOW, confirm=("warn_others",))
    with pytest.raises(Locked) as error:
        draft(desk, voice, report_id)
    assert error.value.code == "locked.age_not_asked"


def test_only_a_plain_recorded_yes_can_be_confirmed(desk: CaseDesk) -> None:
    (asked,) = import_rows(desk, rows=[a_row(answers=YES | {"warn_others": "no"})], by="Asha", now=NOW).new
    conditional = a_row(fingerprint="genesis/3", conditions=("ask me first",))
    (waits,) = import_rows(desk, rows=[conditional], by="Asha", now=NOW).new
    for report_id in (asked, waits):
        with pytest.raises(Refused) as error:
            open_report(desk, report_id=report_id, by="Asha", now=NOW, age_now="adult", confirm=("warn_others",))
        assert error.value.code == "refused.not_recorded_yes"


def test_importing_twice_changes_nothing_also_after_erasure(desk: CaseDesk) -> None:
    (report_id,) = import_rows(desk, rows=[a_row()], by="Asha", now=NOW).new
    assert import_rows(desk, rows=[a_row()], by="Asha", now=NOW).reports == (None,)
    erase_report(desk, None, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW)
    assert import_rows(desk, rows=[a_row()], by="Asha", now=NOW).reports == (None,)
    assert "genesis/2" not in str(rows(desk, "SELECT * FROM imported_rows"))


def test_an_import_that_fails_keeps_no_row(desk: CaseDesk) -> None:
    with pytest.raises(HouseError):
        import_rows(desk, rows=[a_row(), a_row(fingerprint="x", agency="Nobody")], by="Asha", now=NOW)
    assert list_all_reports(desk, by="Asha", now=NOW) == []


def test_a_hold_beats_erasure_and_takes_two(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    over: dict[str, str] = {"ground": "inquest", "reference": "Coroner 12"}
    with pytest.raises(Refused):
        hold_report(desk, report_id=report_id, by="Asha", second="Asha", now=NOW, **over)
    hold_report(desk, report_id=report_id, by="Asha", second="Bea", now=NOW, **over)
    with pytest.raises(Locked):
        erase_report(desk, voice, report_id=report_id, reason="order", by="Bea", now=NOW)
    with pytest.raises(Locked):
        draft(desk, voice, report_id)
    with pytest.raises(Locked):
        show_report(desk, report_id=report_id, by="Asha", now=NOW)
    assert lift_hold(desk, report_id=report_id, by="Asha", second="Bea", now=NOW) == 1
    erase_report(desk, voice, report_id=report_id, reason="order", by="Bea", now=NOW)


def test_sharing_without_permission_is_recorded_and_opens_no_alert(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk, answers={"record": "yes"})
    fields = {"recipient": "DS Lee, West Yorkshire Police", "told_what": "where they are", "told": "told"}
    with pytest.raises(Refused):
        record_override(desk, report_id=report_id, ground="useful", by="Asha", second="Bea", now=NOW, **fields)
    with pytest.raises(Refused):
        record_override(desk, report_id=report_id, ground="child", by="Asha", second="Asha", now=NOW, **fields)
    for field, said, code in (("told", "", "refused.told"), ("recipient", " ", "refused.recipient")):
        with pytest.raises(Refused) as refused:
            record_override(
                desk, report_id=report_id, ground="child", by="Asha", second="Bea", now=NOW, **fields | {field: said}
            )
        assert refused.value.code == code
    record_override(desk, report_id=report_id, ground="life_in_danger", by="Asha", second="Bea", now=NOW, **fields)
    assert outbox(desk) == []
    with pytest.raises(NoPermission):
        draft(desk, voice, report_id)


def entry(number: int, answer: str, *, switch: Switch = "warn_others", days: int = 0, **over: object) -> Entry:
    fields: dict[str, object] = {
        "id": number,
        "switch": switch,
        "answer": answer,
        "at": NOW + days * DAY,
        "recorded_at": NOW + days * DAY,
        "wording": "2026-1",
        "witness": "Asha",
        "how": "in_person",
    }
    return Entry(**(fields | over))  # type: ignore[arg-type]


def test_the_answer_as_at_the_report_and_as_at_today_may_differ() -> None:
    entries = (entry(1, "yes"), entry(2, "no", days=3))
    assert standing(entries, "warn_others", NOW).answer == "yes"
    assert standing(entries, "warn_others", NOW + 4 * DAY).answer == "no"


@pytest.mark.parametrize("ends", ["no", "not_asked"])
def test_a_clock_that_was_fast_does_not_bring_a_yes_back_after_her_no(ends: str) -> None:
    entries = (entry(1, "yes", days=2), entry(2, ends, days=1))
    for days in (1, 2, 30):
        assert not allows(entries, "warn_others", NOW + days * DAY)
        assert standing(entries, "warn_others", NOW + days * DAY).answer == ends
    asked_again = (*entries, entry(3, "yes", days=3))
    assert allows(asked_again, "warn_others", NOW + 3 * DAY)


def test_a_no_that_a_fast_clock_dated_counts_at_once() -> None:
    entries = (entry(1, "yes"), entry(2, "no", days=5))
    assert not allows(entries, "warn_others", NOW + DAY)
    assert standing(entries, "warn_others", NOW + DAY).answer == "yes", "looking back goes by what was given when"


def test_a_yes_of_before_her_no_that_is_typed_in_later_changes_nothing() -> None:
    entries = (entry(1, "no", days=2), entry(2, "yes", days=1))
    assert not allows(entries, "warn_others", NOW + 3 * DAY)


def test_a_narrower_yes_recorded_later_ends_the_wider_one() -> None:
    condition = Condition(kind="not_region", region="merseyside")
    entries = (entry(1, "yes", days=2), entry(2, "yes", days=1, conditions=(condition,)))
    assert standing_now(entries, "warn_others", NOW + 3 * DAY).conditions == (condition,)


@pytest.mark.parametrize("kind", ["ask_first", "other"])
@pytest.mark.parametrize("switch", SWITCHES[1:])
def test_a_condition_that_no_machine_keeps_makes_it_no_until_settled(switch: Switch, kind: str) -> None:
    condition = Condition(kind=kind, words="not when he is about")  # type: ignore[arg-type]
    asked = entry(1, "yes", switch=switch, conditions=(condition,))
    assert not allows((asked,), switch, NOW)
    settled = entry(2, "yes", switch=switch, days=1, settles=1)
    assert allows((asked, settled), switch, NOW + DAY)


def test_not_this_force_is_kept_for_projects_and_not_for_police() -> None:
    condition = Condition(kind="not_region", region="merseyside")
    assert allows((entry(1, "yes", conditions=(condition,)),), "warn_others", NOW)
    assert not allows((entry(1, "yes", switch="police_anonymous", conditions=(condition,)),), "police_anonymous", NOW)


def test_conditions_that_are_kept_narrow_what_leaves(desk: CaseDesk, voice: Voice) -> None:
    given = Given(conditions=(Condition(kind="not_region", region="merseyside"), Condition(kind="no_town")))
    report_id = a_report(desk, answers={"record": "yes"})
    record_permission(desk, report_id=report_id, switch="warn_others", answer="yes", given=given, by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        choices = replace(CHOICES, town="Leeds")
        draft_release(desk, voice, report_id=report_id, choices=choices, by="Asha", now=NOW)
    assert error.value.code == "refused.town_forbidden"
    released(desk, voice, report_id)
    assert b"merseyside" not in _statement(outbox(desk)[0].envelope)


def _statement(envelope: bytes) -> bytes:
    return decode_envelope(envelope).payload


@pytest.mark.parametrize(
    "statement", ["UPDATE permission_entries SET answer = 'yes'", "DELETE FROM permission_entries"]
)
def test_the_database_itself_keeps_permissions_append_only(desk: CaseDesk, statement: str) -> None:
    a_report(desk)
    with pytest.raises(IntegrityError, match="append-only"), desk.store.begin() as session:
        session.connection().execute(text(statement))


def test_a_yes_dated_ahead_counts_for_nothing_before_its_time_and_a_no_counts_at_once() -> None:
    yes_ahead = entry(1, "yes", days=1)
    assert not allows([yes_ahead], "warn_others", NOW)
    assert allows([yes_ahead], "warn_others", NOW + DAY)
    assert not allows([entry(1, "yes"), entry(2, "no", days=1)], "warn_others", NOW)
