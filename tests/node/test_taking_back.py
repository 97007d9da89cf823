"""What takes a warning back: a person, a no, what becomes known later. Promises 3 and 6."""

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.case_desk import CaseDesk
from node.actions.change_permission import change_permission
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.erase_report import erase_report
from node.actions.pause_alert import pause_alert
from node.actions.record_permission import record_permission
from node.actions.warn_own import warn_own
from node.actions.withdraw_alert import withdraw_alert
from node.core.errors import NoPermission
from node.core.permissions import Condition, allows
from node.core.report import Facts
from node.core.voice import Voice
from node.store.alarms import alarms
from node.store.outbox import mark_refused, mark_sent
from node.store.permissions import Given, read_entries
from node.store.releases import get_release, list_releases
from protocol.house.core.errors import Refused
from protocol.vectors.scene import Scene
from tests.node.builders import (
    CHOICES,
    DAY,
    GIVEN,
    NOW,
    a_report,
    approved,
    outbox,
    released,
    rows,
    scheme_data,
)


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
    assert error.value.code == "refused.not_ours"
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
    assert error.value.code == "refused.use_change"


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
