"""Under 18, or not sure: a warning by the safeguarding lead and a coordinator together, after asking; with no hint."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.approve_release import approve_release
from node.actions.ask_statutory import ask_statutory, is_for_under_18, show_statutory, updates_for_under_18
from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.show_release import show_release
from node.actions.show_report import show_report
from node.core.compose import Choices
from node.core.errors import Locked
from node.core.report import Age, Facts
from node.core.safeguarding import Asked, require_question
from node.core.voice import Voice
from node.store.releases import get_release, read_composed, releases_out
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.core.errors import HouseError, NotYours, Refused
from tests.node.builders import CHOICES, DAY, NOW, YES, a_report, outbox, released, scheme_data

ADULT = Facts(age_now="adult", age_at_event="adult")
YOUNG = Facts(age_now="under_18", age_at_event="under_18")
TOLD = scheme_data(methods=("drove_elsewhere",), contact_means=("social_media",), place_kind="venue")
ASKED: dict[str, Any] = {"agency": "Children's services, Ms Reed", "asked_on": NOW.date(), "reply": "may_warn"}


def young(desk: CaseDesk, age: Age = "under_18") -> int:
    return a_report(desk, facts=replace(YOUNG, age_now=age), answers={"record": "yes"}, scheme=TOLD)


def ask(desk: CaseDesk, report_id: int, **over: Any) -> tuple[int, ...]:
    return ask_statutory(desk, report_id=report_id, **(ASKED | {"by": "Cleo", "now": NOW} | over))


def draft(desk: CaseDesk, voice: Voice, report_id: int, choices: Choices = CHOICES, by: str = "Cleo") -> int:
    return draft_release(desk, voice, report_id=report_id, choices=choices, by=by, now=NOW)


def let_out(desk: CaseDesk, voice: Voice, release_id: int, by: str = "Bea") -> None:
    shown = show_release(desk, release_id=release_id, by=by, now=NOW)
    approve_release(desk, voice, release_id=release_id, digest=shown.digest, by=by, now=NOW)


def body_of(desk: CaseDesk, release_id: int) -> AlertBody:
    with desk.store.read() as session:
        body = parse_body(read_composed(session, desk.vault, release_id).stored, "alert.v1")
    assert isinstance(body, AlertBody)
    return body


@pytest.mark.parametrize("age", ["under_18", "not_sure"])
def test_lead_and_coordinator_warn_together_with_no_hint(desk: CaseDesk, voice: Voice, age: Age) -> None:
    report_id = young(desk, age)
    ask(desk, report_id)
    release_id = draft(desk, voice, report_id)
    let_out(desk, voice, release_id)
    body = body_of(desk, release_id)
    assert (body.source, body.told_by, body.police) == ("staff", "staff", "no")
    assert not (body.methods or body.contact or body.place or body.town or body.text or body.concerns)
    assert body.persons and [entry.kind for entry in outbox(desk)] == ["alert"]


def test_it_reads_as_one_of_the_projects_own(desk: CaseDesk, voice: Voice) -> None:
    """Field by field the same as a warning that never had anybody behind it."""
    report_id = young(desk)
    ask(desk, report_id)
    plain = replace(TOLD, methods=(), contact_means=(), place_kind=None)
    staff = Facts(source="staff", told_by="staff", authorised_by="Cleo")
    own = a_report(desk, facts=staff, answers={}, scheme=plain)
    bodies = [body_of(desk, draft(desk, voice, one)) for one in (report_id, own)]
    assert replace(bodies[0], salt="") == replace(bodies[1], salt="")


@pytest.mark.parametrize(
    ("replies", "code"),
    [((), "locked.age"), (("no_answer",), "locked.statutory"), (("may_warn", "must_wait"), "locked.statutory")],
)
def test_before_the_agency_agrees_nothing_goes_out(
    desk: CaseDesk, voice: Voice, replies: tuple[str, ...], code: str
) -> None:
    report_id = young(desk)
    for reply in replies:
        ask(desk, report_id, reply=reply)
    with pytest.raises(Locked) as error:
        draft(desk, voice, report_id)
    assert error.value.code == code
    assert [one.reply for one in show_statutory(desk, report_id=report_id, by="Cleo", now=NOW)] == list(replies)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"town": "Leeds"}, "a town"),
        ({"text": "Drives slowly"}, "words of your own"),
        ({"concerns": ("women",)}, "whom it concerns"),
        ({"ruses": ("police",)}, "ruse"),
        ({"reporters": "2+"}, "how many"),
        ({"danger_now": True}, "danger now"),
    ],
)
def test_what_could_tell_of_them_cannot_be_chosen(
    desk: CaseDesk, voice: Voice, chosen: dict[str, Any], words: str
) -> None:
    report_id = young(desk)
    ask(desk, report_id)
    with pytest.raises(Refused, match=words) as error:
        draft(desk, voice, report_id, replace(CHOICES, **chosen))
    assert error.value.code == "refused.safeguarded"


def test_the_coordinator_sees_what_would_leave_and_nothing_of_the_record(desk: CaseDesk, voice: Voice) -> None:
    report_id = young(desk)
    ask(desk, report_id)
    release_id = draft(desk, voice, report_id)
    assert show_release(desk, release_id=release_id, by="Bea", now=NOW).lines
    for look in (
        lambda: show_report(desk, report_id=report_id, by="Bea", now=NOW),
        lambda: is_for_under_18(desk, report_id=report_id, by="Bea", now=NOW),
        lambda: draft(desk, voice, report_id, by="Bea"),
        lambda: show_release(desk, release_id=release_id, by="Asha", now=NOW),
    ):
        with pytest.raises(Locked) as error:
            look()
        assert error.value.code == "locked.lead_only"


def test_what_replaces_it_is_asked_for_without_what_could_tell(desk: CaseDesk, voice: Voice) -> None:
    report_id = young(desk)
    ask(desk, report_id)
    of_the_young = draft(desk, voice, report_id)
    of_an_adult = draft(desk, voice, a_report(desk, facts=ADULT, answers=YES, scheme=TOLD))
    for release_id, is_young in ((of_the_young, True), (of_an_adult, False)):
        let_out(desk, voice, release_id)
        assert updates_for_under_18(desk, release_id=release_id, by="Cleo", now=NOW) is is_young
    with pytest.raises(Locked) as error:
        updates_for_under_18(desk, release_id=of_the_young, by="Asha", now=NOW)
    assert error.value.code == "locked.lead_only"


def test_neither_of_the_two_does_it_alone(desk: CaseDesk, voice: Voice) -> None:
    report_id = young(desk)
    ask(desk, report_id)
    release_id = draft(desk, voice, report_id)
    shown = show_release(desk, release_id=release_id, by="Cleo", now=NOW)
    with pytest.raises((Refused, NotYours)):
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Cleo", now=NOW)
    with pytest.raises(NotYours):
        ask(desk, report_id, by="Bea")


def test_told_to_wait_takes_it_back(desk: CaseDesk, voice: Voice) -> None:
    report_id = young(desk)
    ask(desk, report_id)
    release_id = draft(desk, voice, report_id)
    let_out(desk, voice, release_id)
    assert ask(desk, report_id, reply="must_wait", now=NOW + DAY) == (release_id,)
    assert [entry.kind for entry in outbox(desk)] == ["cancel"]


def test_an_adult_after_all_is_asked_as_one(desk: CaseDesk, voice: Voice) -> None:
    report_id = young(desk)
    ask(desk, report_id)
    let_out(desk, voice, draft(desk, voice, report_id))
    facts = replace(YOUNG, age_now="adult")
    assert len(amend_scheme_data(desk, report_id=report_id, facts=facts, by="Cleo", now=NOW)) == 1
    with pytest.raises(Refused) as error:
        ask(desk, report_id)
    assert error.value.code == "refused.not_under_18"


def test_a_warning_from_before_says_too_much_and_its_drafts_are_refused(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk, facts=ADULT, answers=YES, scheme=TOLD)
    out, waiting = released(desk, voice, report_id), draft(desk, voice, report_id, by="Asha")
    assert out.identity
    young_after_all = replace(ADULT, age_now="not_sure")
    amend_scheme_data(desk, report_id=report_id, facts=young_after_all, by="Asha", now=NOW)
    ask(desk, report_id)
    with desk.store.read() as session:
        assert not releases_out(session, report_id) and get_release(session, waiting).state == "refused"
    with pytest.raises(HouseError):
        show_release(desk, release_id=waiting, by="Bea", now=NOW)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"agency": "  "}, "refused.agency"),
        ({"reply": "maybe"}, "refused.reply"),
        ({"asked_on": NOW.date() + timedelta(days=1)}, "refused.future"),
    ],
)
def test_what_was_asked_is_said_in_full(over: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as error:
        require_question(Asked(**(ASKED | {"by": "Cleo"} | over)), NOW.date())
    assert error.value.code == code
