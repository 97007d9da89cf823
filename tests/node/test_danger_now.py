"""Danger now: listed kinds, 72 hours, one person, coarse; then a second look or dark."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.draft_update import draft_update
from node.actions.release_danger_now import release_danger_now
from node.actions.send_out import Released
from node.actions.show_release import show_release
from node.core.audience import AudienceChoice
from node.core.danger_now import due
from node.core.errors import Locked
from node.core.report import Facts
from node.core.voice import Voice
from node.store.releases import get_release, unreviewed_danger_now
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.actions.add_person import add_person
from protocol.house.core.errors import HouseError, Refused
from tests.node.builders import CHOICES, DAY, NOW, a_report, approved, outbox, scheme_data

DANGER = replace(CHOICES, danger_now=True)
GRAVE = scheme_data(incident_types=("rape",), date_min=date(2026, 11, 1), date_max=date(2026, 11, 1))


def alone(desk: CaseDesk, voice: Voice, *, by: str = "Asha", now: datetime = NOW, **over: object) -> Released:
    report_id = a_report(desk, **({"scheme": GRAVE, "now": now} | over))
    release_id = draft_release(desk, voice, report_id=report_id, choices=DANGER, by=by, now=now)
    shown = show_release(desk, release_id=release_id, by=by, now=now)
    return release_danger_now(desk, voice, release_id=release_id, digest=shown.digest, by=by, now=now)


def test_one_person_lets_it_out_at_once_for_three_days(desk: CaseDesk, voice: Voice) -> None:
    made = alone(desk, voice)
    assert outbox(desk)[0].not_before == NOW
    with desk.store.read() as session:
        release = get_release(session, made.release_id)
    assert release.expires == date(2026, 11, 5)
    assert release.in_force(NOW + 2 * DAY) and not release.in_force(NOW + timedelta(hours=72))


def test_it_names_nobody_and_no_town(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk, scheme=GRAVE)
    release_id = draft_release(desk, voice, report_id=report_id, choices=DANGER, by="Asha", now=NOW)
    body = parse_body(show_release(desk, release_id=release_id, by="Asha", now=NOW).stored, "alert.v1")
    assert isinstance(body, AlertBody)
    assert [person.names_used for person in body.persons] == [()]
    assert body.urgency == "immediate" and body.period.recent
    with pytest.raises(Refused):
        draft_release(desk, voice, report_id=report_id, choices=replace(DANGER, town="Leeds"), by="Asha", now=NOW)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (scheme_data(incident_types=("robbery",)), "refused.danger_now_kind"),
        (scheme_data(incident_types=("rape",), date_min=date(2026, 10, 20)), "refused.danger_now_late"),
        (scheme_data(incident_types=("rape",), date_min=None), "refused.danger_now_late"),
    ],
)
def test_other_kinds_and_older_events_take_two_people(desk: CaseDesk, voice: Voice, data: object, code: str) -> None:
    with pytest.raises(HouseError) as error:
        alone(desk, voice, scheme=data)
    assert error.value.code == code


def test_it_goes_no_wider_even_with_a_reason(desk: CaseDesk, voice: Voice) -> None:
    wider = replace(DANGER, audience=AudienceChoice(regions=("merseyside",), reason="severe"))
    with pytest.raises(Refused) as error:
        draft_release(desk, voice, report_id=a_report(desk, scheme=GRAVE), choices=wider, by="Asha", now=NOW)
    assert error.value.code == "refused.danger_now_wider"


def test_an_age_that_nobody_asked_stops_it_too(desk: CaseDesk, voice: Voice) -> None:
    with pytest.raises(Locked):
        alone(desk, voice, facts=Facts())


def test_one_for_each_person_three_for_a_node(desk: CaseDesk, voice: Voice) -> None:
    alone(desk, voice, by="Asha")
    with pytest.raises(HouseError) as error:
        alone(desk, voice, by="Asha")
    assert error.value.code == "refused.danger_now_person"
    alone(desk, voice, by="Bea")
    alone(desk, voice, by="Cleo")
    add_person(desk, name="Dot", role="caseworker", by="Bea", now=NOW)
    with pytest.raises(HouseError) as error:
        alone(desk, voice, by="Dot")
    assert error.value.code == "refused.danger_now_node"


def test_one_that_went_dark_unreviewed_locks_nobody_out(desk: CaseDesk, voice: Voice) -> None:
    alone(desk, voice)
    recent = scheme_data(incident_types=("rape",), date_min=date(2026, 11, 5), date_max=date(2026, 11, 5))
    alone(desk, voice, now=NOW + 3 * DAY, scheme=recent)
    with desk.store.read() as session:
        assert len(unreviewed_danger_now(session, NOW + 3 * DAY)) == 1


def test_an_ordinary_draft_cannot_be_let_out_alone(desk: CaseDesk, voice: Voice) -> None:
    release_id = draft_release(desk, voice, report_id=a_report(desk, scheme=GRAVE), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        release_danger_now(desk, voice, release_id=release_id, digest=shown.digest, by="Asha", now=NOW)
    assert error.value.code == "refused.not_danger_now"


def test_chased_at_24_hours_dark_by_72_and_done_by_an_update(desk: CaseDesk, voice: Voice) -> None:
    made = alone(desk, voice)
    with desk.store.read() as session:
        (waiting,) = unreviewed_danger_now(session, NOW)
    assert [due(waiting, NOW + timedelta(hours=hours)) for hours in (1, 24, 71, 72)] == [
        "waiting",
        "chase",
        "chase",
        "dark",
    ]
    update = draft_update(desk, voice, release_id=made.release_id, choices=CHOICES, by="Asha", now=NOW + DAY)
    approved(desk, voice, update, now=NOW + DAY)
    with desk.store.read() as session:
        assert unreviewed_danger_now(session, NOW + DAY) == []
        assert get_release(session, update).expires == date(2027, 11, 3)
