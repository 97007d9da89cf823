"""Who may do what to which record: roles, agencies, deputies, handing over; the same at the command line and the pages.

Source: PEOPLE 1.12, 2.4, 2.7.
"""

import pytest

from node.actions.add_to_account import add_to_account
from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.draft_review import draft_review
from node.actions.hand_over_report import hand_over_report
from node.actions.list_own_releases import list_own_releases
from node.actions.show_release import show_release
from node.actions.show_report import list_all_reports, show_report
from node.core.errors import Locked
from node.core.report import Facts
from node.core.voice import Voice
from protocol.house.actions.add_person import add_person
from protocol.house.actions.change_roles import appoint_deputy, change_roles
from protocol.house.actions.invite_person import invite_again
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.staffing import DEPUTY_AT_MOST
from protocol.house.store.people import get_person, person_id
from tests.node.builders import CHOICES, DAY, NOW, a_report, released
from tests.node.test_danger_now import alone

ADULT = Facts(age_now="adult", age_at_event="adult")


def number_of(desk: CaseDesk, name: str) -> int:
    with desk.store.read() as session:
        return person_id(session, name)


def roles_of(desk: CaseDesk, name: str, now: object = NOW) -> tuple[str, ...]:
    with desk.store.read() as session:
        return get_person(session, person_id(session, name), now).roles  # type: ignore[arg-type]


@pytest.fixture
def staffed(desk: CaseDesk) -> CaseDesk:
    """Bea (coordinator), Asha (caseworker), Cleo (safeguarding lead); and these."""
    for name, role, agency in (
        ("Dot", "outreach", None),
        ("Eve", "caseworker", "BLAST"),
        ("Fay", "coordinator", "BLAST"),
        ("Gil", "administrator", None),
        ("Hal", "auditor", None),
        ("Ida", "police_contact_worker", None),
    ):
        add_person(desk, name=name, role=role, agency=agency, by="Bea", now=NOW)
    return desk


def may_open(desk: CaseDesk, report_id: int, by: str) -> bool:
    try:
        show_report(desk, report_id=report_id, by=by, now=NOW)
    except (NotYours, Locked):
        return False
    return True


EVERYBODY = ("Asha", "Bea", "Cleo", "Dot", "Eve", "Fay", "Gil", "Hal", "Ida")


@pytest.mark.parametrize(
    ("agency", "by", "readers"),
    [
        ("Genesis", "Asha", {"Asha", "Bea", "Cleo"}),
        ("Genesis", "Dot", {"Asha", "Bea", "Cleo", "Dot"}),
        ("BLAST", "Eve", {"Eve", "Fay", "Bea", "Cleo"}),
    ],
)
def test_a_report_opens_for_its_agency_the_project_s_coordinators_and_whoever_took_it(
    staffed: CaseDesk, agency: str, by: str, readers: set[str]
) -> None:
    report_id = a_report(staffed, agency=agency, by=by)
    assert {name for name in EVERYBODY if may_open(staffed, report_id, name)} == readers
    for name in EVERYBODY:
        try:
            listed = [one.id for one in list_all_reports(staffed, by=name, now=NOW)]
        except NotYours:
            listed = []
        assert (report_id in listed) == (name in readers), name


def test_under_18_opens_for_a_safeguarding_lead_alone_and_no_list_of_others_has_it(staffed: CaseDesk) -> None:
    report_id = a_report(staffed, facts=Facts(age_now="under_18"), answers={"record": "yes"}, by="Dot")
    assert {name for name in EVERYBODY if may_open(staffed, report_id, name)} == {"Cleo"}
    assert list_all_reports(staffed, by="Bea", now=NOW) == []
    assert [one.id for one in list_all_reports(staffed, by="Cleo", now=NOW)] == [report_id]


def test_an_agency_s_support_notes_stay_with_it(staffed: CaseDesk) -> None:
    report_id = a_report(staffed, agency="BLAST", by="Eve")
    assert show_report(staffed, report_id=report_id, by="Fay", now=NOW, with_support_notes=True).support_notes
    for attempt in (
        lambda: show_report(staffed, report_id=report_id, by="Bea", now=NOW, with_support_notes=True),
        lambda: add_to_account(staffed, report_id=report_id, text="A note.", to="support", by="Bea", now=NOW),
    ):
        with pytest.raises(NotYours) as error:
            attempt()
        assert error.value.code == "access.support_notes"


def test_an_agency_s_coordinator_invites_its_own_people_again_and_nobody_else(staffed: CaseDesk) -> None:
    for name in ("Asha", "Gil"):
        with pytest.raises(NotYours):
            invite_again(staffed, person=number_of(staffed, name), by="Fay", now=NOW)
    assert invite_again(staffed, person=number_of(staffed, "Eve"), by="Fay", now=NOW).code


def test_an_agency_s_people_take_reports_for_that_agency(staffed: CaseDesk) -> None:
    with pytest.raises(NotYours) as error:
        a_report(staffed, agency="Genesis", by="Eve")
    assert error.value.code == "access.agency"


def test_whoever_handed_a_report_over_sees_it_no_more(staffed: CaseDesk, voice: Voice) -> None:
    report_id = a_report(staffed, by="Dot")
    with pytest.raises(Refused):
        hand_over_report(staffed, report_id=report_id, by="Bea", now=NOW)
    draft = draft_release(staffed, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    assert show_release(staffed, release_id=draft, by="Dot", now=NOW).lines
    hand_over_report(staffed, report_id=report_id, by="Dot", now=NOW)
    assert not may_open(staffed, report_id, "Dot")
    with pytest.raises(NotYours):
        show_release(staffed, release_id=draft, by="Dot", now=NOW)
    with pytest.raises(NotYours):
        hand_over_report(staffed, report_id=report_id, by="Dot", now=NOW)
    assert list_own_releases(staffed, by="Dot", now=NOW) == ()


def test_what_is_out_is_seen_by_all_who_meet_sex_workers_and_by_nobody_else(staffed: CaseDesk, voice: Voice) -> None:
    out = released(staffed, voice, a_report(staffed)).release_id
    for name in ("Dot", "Eve"):
        assert show_release(staffed, release_id=out, by=name, now=NOW).lines
        assert [one.release.id for one in list_own_releases(staffed, by=name, now=NOW)] == [out]
    for name in ("Gil", "Hal", "Ida"):
        with pytest.raises(NotYours):
            show_release(staffed, release_id=out, by=name, now=NOW)


def test_a_caseworker_gives_the_second_look_and_releases_nothing_else(staffed: CaseDesk, voice: Voice) -> None:
    add_person(staffed, name="Jo", role="caseworker", by="Bea", now=NOW)
    first = alone(staffed, voice, by="Asha").release_id
    review = draft_review(staffed, voice, release_id=first, by="Jo", now=NOW)
    shown = show_release(staffed, release_id=review, by="Jo", now=NOW)
    assert shown.second_look
    approve_release(staffed, voice, release_id=review, digest=shown.digest, by="Jo", now=NOW)
    plain = draft_release(staffed, voice, report_id=a_report(staffed), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(staffed, release_id=plain, by="Jo", now=NOW)
    with pytest.raises(NotYours):
        approve_release(staffed, voice, release_id=plain, digest=shown.digest, by="Jo", now=NOW)


def test_several_roles_are_their_union_and_change_from_one_moment_to_the_next(staffed: CaseDesk) -> None:
    report_id, dot = a_report(staffed), number_of(staffed, "Dot")
    assert not may_open(staffed, report_id, "Dot")
    change_roles(staffed, person=dot, give=("caseworker", "auditor"), by="Bea", now=NOW)
    assert roles_of(staffed, "Dot") == ("outreach", "caseworker", "auditor")
    assert may_open(staffed, report_id, "Dot")
    change_roles(staffed, person=dot, take=("caseworker",), by="Bea", now=NOW)
    assert not may_open(staffed, report_id, "Dot")


def test_who_holds_both_roles_still_does_not_release_what_they_drafted(staffed: CaseDesk, voice: Voice) -> None:
    change_roles(staffed, person=number_of(staffed, "Asha"), give=("coordinator",), by="Bea", now=NOW)
    draft = draft_release(staffed, voice, report_id=a_report(staffed), choices=CHOICES, by="Asha", now=NOW)
    shown = show_release(staffed, release_id=draft, by="Asha", now=NOW)
    with pytest.raises(Refused) as error:
        approve_release(staffed, voice, release_id=draft, digest=shown.digest, by="Asha", now=NOW)
    assert error.value.code == "refused.second_person"


def test_a_deputy_stands_in_and_is_none_any_more_by_itself(staffed: CaseDesk) -> None:
    asha = number_of(staffed, "Asha")
    for until in (NOW, NOW + DEPUTY_AT_MOST + DAY):
        with pytest.raises(Refused) as error:
            appoint_deputy(staffed, person=asha, role="coordinator", until=until, by="Bea", now=NOW)
        assert error.value.code == "refused.deputy_until"
    appoint_deputy(staffed, person=asha, role="coordinator", until=NOW + DAY, by="Bea", now=NOW)
    assert "coordinator" in roles_of(staffed, "Asha")
    assert "coordinator" not in roles_of(staffed, "Asha", NOW + DAY)
    with pytest.raises(Refused) as error:
        appoint_deputy(staffed, person=asha, role="caseworker", until=NOW + DAY, by="Bea", now=NOW)
    assert error.value.code == "refused.deputy"


def test_an_administrator_gives_no_role_that_sees_a_record(staffed: CaseDesk) -> None:
    gil, hal = number_of(staffed, "Gil"), number_of(staffed, "Hal")
    with pytest.raises(NotYours) as error:
        change_roles(staffed, person=gil, give=("coordinator",), by="Gil", now=NOW)
    assert error.value.code == "access.give_role"
    with pytest.raises(NotYours):
        change_roles(staffed, person=number_of(staffed, "Asha"), give=("auditor",), by="Gil", now=NOW)
    with pytest.raises(NotYours):
        add_person(staffed, name="Jo", role="outreach", by="Gil", now=NOW)
    change_roles(staffed, person=hal, give=("administrator",), by="Gil", now=NOW)


def test_an_agency_s_coordinator_looks_after_that_agency_s_people(staffed: CaseDesk) -> None:
    add_person(staffed, name="Jo", role="outreach", agency="BLAST", by="Fay", now=NOW)
    for attempt in (
        lambda: add_person(staffed, name="Kit", role="outreach", by="Fay", now=NOW),
        lambda: change_roles(staffed, person=number_of(staffed, "Asha"), give=("auditor",), by="Fay", now=NOW),
    ):
        with pytest.raises(NotYours):
            attempt()


def test_the_project_keeps_a_coordinator_who_is_no_deputy(staffed: CaseDesk) -> None:
    bea = number_of(staffed, "Bea")
    change_roles(staffed, person=bea, give=("caseworker",), by="Bea", now=NOW)
    appoint_deputy(staffed, person=number_of(staffed, "Asha"), role="coordinator", until=NOW + DAY, by="Bea", now=NOW)
    with pytest.raises(Refused) as error:
        change_roles(staffed, person=bea, take=("coordinator",), by="Bea", now=NOW)
    assert error.value.code == "refused.last_keeper"
    assert "coordinator" in roles_of(staffed, "Bea")
