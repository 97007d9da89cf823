"""From a report to a warning and back: promises 2 and 3, one path from end to end."""

from datetime import UTC, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk
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
from node.core.scheme_data import TIME_WASTER
from node.core.voice import Voice
from node.store.outbox import due_in_outbox, mark_sent
from node.store.releases import get_release, own_warnings
from protocol.bodies import check_stored, parse_body
from protocol.body_fields import AlertBody
from protocol.envelope import decode_envelope
from protocol.house.core.errors import NotFound, Refused
from protocol.statement import parse_statement
from protocol.statement_fields import Statement
from protocol.vectors.scene import Scene
from tests.node.builders import (
    CHOICES,
    DAY,
    GIVEN,
    NOW,
    YES,
    a_report,
    approved,
    outbox,
    released,
    scheme_data,
    waiting_body,
)


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
    assert error.value.code == "refused.second_person"
    assert outbox(desk) == []


def test_nobody_approves_what_only_another_was_shown(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)
    assert error.value.code == "refused.not_shown"


def test_nobody_approves_other_bytes_than_those_shown(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)
    show_release(desk, release_id=release_id, by="Bea", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest="0" * 64, by="Bea", now=NOW)
    assert error.value.code == "refused.other_bytes"


def test_a_record_that_changed_after_it_was_shown_stops_the_release(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    release_id = draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    amend_scheme_data(desk, report_id=report_id, scheme=scheme_data(number_of_people=2), by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)
    assert error.value.code == "refused.stale"


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
    assert error.value.code == "refused.decided"


@pytest.mark.parametrize("answer", ["no", "not_asked"])
def test_without_the_switch_nothing_is_drafted(desk: CaseDesk, voice: Voice, answer: str) -> None:
    report_id = a_report(desk, answers=YES | {"warn_others": answer})
    with pytest.raises(NoPermission) as error:
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    assert error.value.code == "permission.warn_others"


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
    assert error.value.code == "refused.wider_reason"
    reasoned = replace(wide, audience=AudienceChoice(regions=("merseyside",), reason="pattern_elsewhere"))
    draft_release(desk, voice, report_id=report_id, choices=reasoned, by="Asha", now=NOW)


def test_a_warning_is_dark_from_the_first_moment_of_the_day_on_which_its_lease_ends(
    desk: CaseDesk, voice: Voice
) -> None:
    made = released(desk, voice, a_report(desk))
    with desk.store.read() as session:
        release = get_release(session, made.release_id)
    assert release.expires is not None
    ends = datetime.combine(release.expires, time(), UTC)
    assert release.in_force(ends - timedelta(microseconds=1)) and not release.in_force(ends)


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


def test_wasted_time_is_for_our_own_people_alone_and_named_to_nobody(desk: CaseDesk, voice: Voice) -> None:
    wasted = scheme_data(incident_types=(TIME_WASTER,), weapons=())
    report_id = a_report(desk, scheme=wasted)
    with pytest.raises(Refused) as error:
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    assert error.value.code == "refused.nothing_to_warn_of"
    made = approved(desk, None, warn_own(desk, report_id=report_id, choices=CHOICES, by="Asha", now=NOW))
    assert made.identity is None and outbox(desk) == []
    with desk.store.read() as session:
        ((release, stored),) = own_warnings(session, desk.vault, NOW)
    assert release.expires == NOW.date() + 30 * DAY
    body = parse_body(stored, "alert.v1")
    assert isinstance(body, AlertBody) and body.incidents == ("other",)


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
