"""From a report to a warning and back: promises 2 and 3, one path from end to end."""

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk
from node.actions.change_permission import change_permission
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.erase_report import erase_report
from node.actions.pause_alert import pause_alert
from node.actions.record_permission import record_permission
from node.actions.refuse_release import refuse_release
from node.actions.show_release import show_release
from node.actions.warn_own import warn_own
from node.actions.withdraw_alert import withdraw_alert
from node.core.audience import AudienceChoice
from node.core.errors import NoPermission, PrivateWords
from node.core.permissions import Condition, allows
from node.core.report import Facts
from node.core.voice import Voice
from node.store.alarms import alarms
from node.store.outbox import due_in_outbox, mark_refused, mark_sent
from node.store.permissions import Given, read_entries
from node.store.releases import get_release, list_releases, own_warnings
from protocol.bodies import check_stored, parse_body
from protocol.body_fields import AlertBody
from protocol.envelope import decode_envelope
from protocol.house.core.errors import HouseError, NotFound, Refused
from protocol.statement import parse_statement
from protocol.statement_fields import Statement
from protocol.vectors.scene import Scene
from tests.node.builders import (
    CHOICES,
    DAY,
    NOW,
    YES,
    a_report,
    approved,
    outbox,
    released,
    rows,
    scheme_data,
    waiting_body,
)

GIVEN = Given(witness="Asha")


def refused(error: pytest.ExceptionInfo[HouseError]) -> str:
    return error.value.code


def statement_of(envelope: bytes) -> Statement:
    return parse_statement(decode_envelope(envelope).payload)


def test_a_report_becomes_a_warning_is_taken_back_and_erased(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    alert = outbox(desk)[0]
    assert scene.append(alert.envelope) == made.identity
    assert scene.outcomes[-1].verdict == "valid"
    cancel_id = withdraw_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW + DAY)
    cancel = outbox(desk)[-1]
    assert (cancel.identity, cancel.kind) == (cancel_id, "cancel")
    scene.append(cancel.envelope)
    assert made.chain is not None
    assert scene.state.chains[made.chain].cancelled is not None
    erase_report(desk, voice, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW + DAY)
    with pytest.raises(NotFound):
        show_release(desk, release_id=made.release_id, by="Bea", now=NOW + DAY)


def test_what_was_shown_is_what_goes_out_byte_for_byte(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    made = approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)
    assert made.identity is not None
    assert waiting_body(desk, made.identity) == shown.stored
    statement = statement_of(outbox(desk)[0].envelope)
    assert statement.body is not None and statement.log is not None
    check_stored(shown.stored, statement.body, statement.log, 1, statement.nonce)
    assert statement.audience == shown.audience


def test_the_drafter_cannot_approve(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Asha", now=NOW)
    assert refused(error) == "refused.second_person"
    assert outbox(desk) == []


def test_nobody_approves_what_only_another_was_shown(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)
    assert refused(error) == "refused.not_shown"


def test_nobody_approves_other_bytes_than_those_shown(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    show_release(desk, release_id=release_id, by="Bea", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest="0" * 64, by="Bea", now=NOW)
    assert refused(error) == "refused.other_bytes"


def test_a_record_that_changed_after_it_was_shown_stops_the_release(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    release_id = draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    amend_scheme_data(desk, report_id=report_id, scheme=scheme_data(number_of_people=2), by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)
    assert refused(error) == "refused.stale"


def test_a_word_that_became_private_after_it_was_shown_stops_the_release(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    release_id = draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    amend_scheme_data(desk, report_id=report_id, private_words=("Gaz",), by="Asha", now=NOW)
    with pytest.raises(PrivateWords):
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)


def test_a_permission_taken_back_after_it_was_shown_stops_the_release(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    release_id = draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    record_permission(desk, report_id=report_id, switch="warn_others", answer="no", given=GIVEN, by="Asha", now=NOW)
    with pytest.raises(NoPermission):
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)
    assert outbox(desk) == []


def test_a_refused_draft_cannot_be_approved(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    refuse_release(desk, release_id=release_id, reason="too_telling", by="Bea", now=NOW)
    with pytest.raises(Refused) as error:
        approved(desk, voice, release_id)
    assert refused(error) == "refused.decided"


@pytest.mark.parametrize("answer", ["no", "not_asked"])
def test_without_the_switch_nothing_is_drafted(desk: CaseDesk, voice: Voice, answer: str) -> None:
    report_id = a_report(desk, answers=YES | {"warn_others": answer})
    with pytest.raises(NoPermission) as error:
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    assert refused(error) == "permission.warn_others"


def test_police_may_read_only_by_their_switch(desk: CaseDesk, voice: Voice) -> None:
    with_police = a_report(desk)
    without = a_report(desk, answers=YES | {"police_anonymous": "no"})
    assert [_body(desk, released(desk, voice, one).identity).police for one in (with_police, without)] == ["yes", "no"]


def _body(desk: CaseDesk, identity: str | None) -> AlertBody:
    assert identity is not None
    stored = waiting_body(desk, identity)
    assert stored is not None
    body = parse_body(stored, "alert.v1")
    assert isinstance(body, AlertBody)
    return body


def test_the_audience_is_region_neighbours_and_direction(desk: CaseDesk, voice: Voice) -> None:
    released(desk, voice, a_report(desk))
    audience = statement_of(outbox(desk)[0].envelope).audience
    assert audience is not None
    assert audience.regions == ("greater-manchester", "merseyside", "west-yorkshire")


def test_other_projects_without_our_own_leaves_the_home_region_out(desk: CaseDesk, voice: Voice) -> None:
    released(desk, voice, a_report(desk, answers=YES | {"warn_own": "no"}))
    audience = statement_of(outbox(desk)[0].envelope).audience
    assert audience is not None
    assert "west-yorkshire" not in audience.regions


def test_a_wider_audience_needs_a_reason(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    wide = replace(CHOICES, direction=(), audience=AudienceChoice(regions=("merseyside",)))
    with pytest.raises(Refused) as error:
        draft_release(desk, voice, report_id=report_id, choices=wide, by="Asha", now=NOW)
    assert refused(error) == "refused.wider_reason"
    reasoned = replace(wide, audience=AudienceChoice(regions=("merseyside",), reason="pattern_elsewhere"))
    draft_release(desk, voice, report_id=report_id, choices=reasoned, by="Asha", now=NOW)


def test_an_update_replaces_what_is_out(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    made = released(desk, voice, a_report(desk))
    update = draft_update(
        desk, voice, release_id=made.release_id, choices=replace(CHOICES, reporters="2+"), by="Asha", now=NOW
    )
    again = approved(desk, voice, update)
    for entry in outbox(desk):
        scene.append(entry.envelope)
    assert made.chain is not None and again.chain == made.chain
    assert scene.state.chains[made.chain].head == again.identity
    with desk.store.read() as session:
        assert get_release(session, made.release_id).state == "superseded"


def test_a_pause_takes_one_person_and_its_return_two(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    made = released(desk, voice, a_report(desk))
    assert made.identity is not None
    scene.append(outbox(desk)[0].envelope)
    with desk.store.begin() as session:
        mark_sent(session, made.identity, index=scene.state.statements[made.identity], receipt=None, now=NOW)
    first = pause_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW)
    assert pause_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW) == first
    back = draft_update(desk, voice, release_id=made.release_id, choices=CHOICES, by="Asha", now=NOW)
    with pytest.raises(Refused):
        shown = show_release(desk, release_id=back, by="Asha", now=NOW)
        approve_release(desk, voice, release_id=back, digest=shown.digest, by="Asha", now=NOW)
    approved(desk, voice, back)
    for entry in outbox(desk):
        scene.append(entry.envelope)
    assert [outcome.verdict for outcome in scene.outcomes[-3:]] == ["valid", "valid", "valid"]


def test_a_warning_paused_before_it_left_never_leaves_and_comes_back_as_a_new_one(
    desk: CaseDesk, voice: Voice, scene: Scene
) -> None:
    made = released(desk, voice, a_report(desk))
    pause_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW)
    with desk.store.read() as session:
        assert due_in_outbox(session, NOW + DAY) == []
    back = approved(
        desk, voice, draft_update(desk, voice, release_id=made.release_id, choices=CHOICES, by="Asha", now=NOW)
    )
    assert back.chain == back.identity != made.chain
    with desk.store.read() as session:
        leaving = due_in_outbox(session, NOW + DAY)
    assert [(one.kind, statement_of(one.envelope).supersedes) for one in leaving] == [
        ("cancel", made.chain),
        ("alert", None),
    ]
    for one in leaving:
        scene.append(one.envelope)
    assert [outcome.verdict for outcome in scene.outcomes[-2:]] == ["valid", "valid"]
    withdraw_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW)
    assert statement_of(outbox(desk)[-1].envelope).supersedes == back.identity


def test_pausing_an_update_that_waits_for_its_batch_pauses_what_is_in_the_log(
    desk: CaseDesk, voice: Voice, scene: Scene
) -> None:
    made = released(desk, voice, a_report(desk))
    assert made.identity is not None
    scene.append(outbox(desk)[0].envelope)
    with desk.store.begin() as session:
        mark_sent(session, made.identity, index=scene.state.statements[made.identity], receipt=None, now=NOW)
    update = approved(
        desk, voice, draft_update(desk, voice, release_id=made.release_id, choices=CHOICES, by="Asha", now=NOW)
    )
    pause_alert(desk, voice, release_id=update.release_id, by="Asha", now=NOW)
    with desk.store.read() as session:
        (leaving,) = due_in_outbox(session, NOW + DAY)
    paused = statement_of(leaving.envelope)
    assert (paused.state, paused.supersedes) == ("paused", made.identity)


def test_withdrawing_twice_is_withdrawing_once(desk: CaseDesk, voice: Voice) -> None:
    made = released(desk, voice, a_report(desk))
    first = withdraw_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW)
    assert withdraw_alert(desk, voice, release_id=made.release_id, by="Bea", now=NOW + DAY) == first
    assert [entry.kind for entry in outbox(desk)] == ["cancel"], "what had not left yet is kept back"


def test_a_successor_takes_back_and_replaces_what_its_predecessor_published(
    desk: CaseDesk, voice: Voice, scene: Scene
) -> None:
    made = [released(desk, voice, a_report(desk)) for _ in range(2)]
    for index, entry in enumerate(outbox(desk), len(scene.entries)):
        scene.append(entry.envelope)
        with desk.store.begin() as session:
            mark_sent(session, entry.identity, index=index, receipt=None, now=NOW)
    scene.officers("revoke", 1, reason="compromised", from_=len(scene.entries))
    scene.admit("genesis2", 4, endorsed_by={"bradford": 2, "merseyside": 3}, predecessor=1)
    successor = replace(
        voice, member_id=4, seen=scene.seen(), sign=lambda statement: scene.sign(statement, "genesis2/sign0")
    )
    with pytest.raises(Refused) as error:
        pause_alert(desk, successor, release_id=made[0].release_id, by="Asha", now=NOW)
    assert refused(error) == "refused.not_ours"
    withdraw_alert(desk, successor, release_id=made[0].release_id, by="Asha", now=NOW)
    again = draft_update(desk, successor, release_id=made[1].release_id, choices=CHOICES, by="Asha", now=NOW)
    approved(desk, successor, again)
    for entry in outbox(desk):
        scene.append(entry.envelope)
    assert [outcome.verdict for outcome in scene.outcomes[-3:]] == ["valid", "valid", "valid"]
    assert all(one.chain and scene.state.chains[one.chain].cancelled is not None for one in made)


def test_a_warning_is_taken_back_without_the_key(desk: CaseDesk, voice: Voice, scene: Scene) -> None:
    made = released(desk, voice, a_report(desk))
    scene.append(outbox(desk)[0].envelope)
    withdraw_alert(desk, None, release_id=made.release_id, by="Asha", now=NOW + DAY)
    scene.append(outbox(desk)[-1].envelope)
    assert made.chain is not None
    assert scene.state.chains[made.chain].cancelled is not None


def test_stopping_takes_back_and_says_what_had_left(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    draft_update(desk, voice, release_id=made.release_id, choices=CHOICES, by="Asha", now=NOW)
    summary = change_permission(desk, voice, report_id=report_id, given=GIVEN, by="Asha", now=NOW + DAY)
    assert [left.release_id for left in summary.had_left if left.withdrawn_now] == [made.release_id]
    assert summary.drafts_refused == 1
    assert summary.remains == ("police_may_have_read", "phones_and_paper", "statement_in_log")
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]
    with pytest.raises(NoPermission):
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW + DAY)


def test_a_no_takes_back_what_depends_on_that_switch_and_leaves_the_rest(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    own = approved(desk, None, warn_own(desk, report_id=report_id, choices=CHOICES, by="Asha", now=NOW))
    change_permission(desk, voice, report_id=report_id, switches=("police_full",), given=GIVEN, by="Asha", now=NOW)
    with desk.store.read() as session:
        assert get_release(session, made.release_id).is_out
    change_permission(desk, voice, report_id=report_id, switches=("warn_others",), given=GIVEN, by="Asha", now=NOW)
    with desk.store.read() as session:
        assert get_release(session, made.release_id).state == "withdrawn"
        assert get_release(session, own.release_id).is_out


def test_turning_a_switch_off_while_a_warning_is_out_is_never_only_recorded(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    released(desk, voice, report_id)
    with pytest.raises(Refused) as error:
        record_permission(desk, report_id=report_id, switch="warn_others", answer="no", given=GIVEN, by="Asha", now=NOW)
    assert refused(error) == "refused.use_change"


def test_a_warning_to_our_own_people_makes_no_statement(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk, answers=YES | {"warn_others": "no"})
    made = approved(desk, None, warn_own(desk, report_id=report_id, choices=CHOICES, by="Asha", now=NOW))
    assert made.identity is None and outbox(desk) == []
    with desk.store.read() as session:
        assert [release.id for release, _ in own_warnings(session, desk.vault, NOW)] == [made.release_id]
        assert own_warnings(session, desk.vault, NOW + 400 * DAY) == []
    withdraw_alert(desk, None, release_id=made.release_id, by="Asha", now=NOW)
    with desk.store.read() as session:
        assert own_warnings(session, desk.vault, NOW) == []


def test_erasing_takes_back_what_is_out(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    released(desk, voice, report_id)
    erase_report(desk, voice, report_id=report_id, reason="asked_by_person_harmed", by="Bea", now=NOW)
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]
    with desk.store.read() as session:
        assert [release.state for release in list_releases(session)] == ["withdrawn"]
    assert rows(desk, "SELECT count(*) FROM permission_entries")[0][0] == 0


def test_a_no_to_police_takes_back_what_police_can_read(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    change_permission(desk, voice, report_id=report_id, switches=("police_anonymous",), given=GIVEN, by="Asha", now=NOW)
    with desk.store.read() as session:
        assert get_release(session, made.release_id).state == "withdrawn"


KNOWN = Facts(age_now="adult", age_at_event="adult")


@pytest.mark.parametrize(
    "facts",
    [
        replace(KNOWN, age_now="not_sure"),
        replace(KNOWN, coercive=True),
        replace(KNOWN, officer=True),
        replace(KNOWN, told_by="witness"),
    ],
)
def test_what_becomes_known_later_takes_back_what_may_not_stand(desk: CaseDesk, voice: Voice, facts: Facts) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    assert amend_scheme_data(desk, report_id=report_id, facts=facts, by="Asha", now=NOW) == (made.release_id,)
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]


def test_a_word_that_becomes_private_takes_back_the_warning_that_holds_it(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    assert amend_scheme_data(desk, report_id=report_id, private_words=("Ilya",), by="Asha", now=NOW) == ()
    taken = amend_scheme_data(desk, report_id=report_id, private_words=("Gaz",), by="Asha", now=NOW)
    assert taken == (made.release_id,)
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]


def test_a_name_that_leaves_the_record_takes_back_what_was_said_of_them(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    still = scheme_data(number_of_people=2)
    assert amend_scheme_data(desk, report_id=report_id, scheme=still, by="Asha", now=NOW) == ()
    coercive = scheme_data(incident_types=("coercive_other",))
    taken = amend_scheme_data(desk, report_id=report_id, scheme=coercive, by="Asha", now=NOW)
    assert taken == (made.release_id,)


@pytest.mark.parametrize(
    "condition",
    [
        Condition(kind="not_region", region="merseyside"),
        Condition(kind="ask_first"),
        Condition(kind="other", words="not when he is about"),
    ],
)
def test_a_yes_that_is_narrowed_takes_back_what_it_does_not_allow(
    desk: CaseDesk, voice: Voice, condition: Condition
) -> None:
    report_id = a_report(desk)
    out = released(desk, voice, report_id)
    narrower = Given(witness="Asha", conditions=(condition,))
    made = record_permission(
        desk, report_id=report_id, switch="warn_others", answer="yes", given=narrower, by="Asha", now=NOW + DAY
    )
    assert made.taken_back == (out.release_id,), "who records it is told"
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]


def test_what_the_hub_refused_for_good_is_out_nowhere_and_can_be_taken_back(desk: CaseDesk, voice: Voice) -> None:
    out = released(desk, voice, a_report(desk))
    assert out.identity is not None
    with desk.store.begin() as session:
        mark_refused(session, out.identity, "alert.lease")
    with desk.store.read() as session:
        release = get_release(session, out.release_id)
    assert release.not_taken == "alert.lease" and release.is_out and not release.in_force(NOW)
    withdraw_alert(desk, voice, release_id=out.release_id, by="Asha", now=NOW)
    with desk.store.read() as session:
        release = get_release(session, out.release_id)
    assert release.state == "withdrawn" and release.not_taken is not None


def test_a_region_that_it_never_reached_leaves_it_standing(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    released(desk, voice, report_id)
    narrower = Given(conditions=(Condition(kind="not_region", region="kent"),))
    record_permission(desk, report_id=report_id, switch="warn_others", answer="yes", given=narrower, by="Asha", now=NOW)
    assert [entry.kind for entry in outbox(desk)] == ["alert"]


def test_her_no_stands_also_where_no_cancel_can_be_made(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    made = released(desk, voice, report_id)
    draft_update(desk, voice, release_id=made.release_id, choices=CHOICES, by="Asha", now=NOW)
    with desk.store.begin() as session:
        session.connection().execute(text("DELETE FROM sealed_parts WHERE part = 'cancel'"))
    back = change_permission(desk, None, report_id=report_id, given=GIVEN, by="Asha", now=NOW)
    assert [left.cancel_owed for left in back.had_left] == [True]
    assert back.drafts_refused == 1
    with desk.store.read() as session:
        assert not allows(read_entries(session, desk.vault, report_id), "warn_others", NOW)
        assert [alarm.code for alarm in alarms(session)] == ["own.cancel_owed"]
    withdraw_alert(desk, voice, release_id=made.release_id, by="Asha", now=NOW)
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]


def test_her_no_stands_also_where_a_body_or_the_record_does_not_open(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    released(desk, voice, report_id)
    with desk.store.begin() as session:
        broken = "UPDATE sealed_parts SET wrapped_key = x'00' WHERE part IN ('composed', 'facts', 'cancel')"
        session.connection().execute(text(broken))
    back = change_permission(desk, voice, report_id=report_id, given=GIVEN, by="Asha", now=NOW)
    assert [(left.withdrawn_now, left.cancel_owed) for left in back.had_left] == [(True, False)]
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]
