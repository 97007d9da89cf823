"""The record beside its account: contact rules, a translation, legal names, files, links, a death."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.keep_beside import change_reporter, mark_he_knows, set_contact_rules, translate
from node.actions.keep_file import attach_file, look_at_file, take_file_away
from node.actions.link_reports import link_same_event
from node.actions.rewrap_keys import rewrap_keys
from node.actions.show_report import show_legal_names, show_report
from node.core.attachments import MAX_FILE_BYTES, MAX_FILES, saved_as
from node.core.errors import Locked
from node.core.report import CONTACT_ASKED_AGAIN_AFTER, ContactRules, Facts, ReporterPart
from protocol.house.core.errors import NotFound, NotYours, Refused
from protocol.house.store.audit import read_trail
from tests.node.builders import (
    CHOICES,
    DAY,
    NOW,
    a_desk,
    a_report,
    a_scene,
    a_voice,
    later_desk,
    outbox,
    released,
    rows,
)

SHE = ReporterPart(names=("Mia Dobre",), numbers=("07700 900011",), legal_names=("Ion Dobre",), ethnicity="W9")
RULES = ContactRules(ways=("text",), times="10 to 12", words_not_to_use="police", who_else_answers="a man: ring off")


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return a_desk(tmp_path)


def test_a_second_person_of_the_same_event_has_a_report_of_their_own(desk: CaseDesk) -> None:
    first, second = a_report(desk), a_report(desk)
    link_same_event(desk, report_id=second, other_id=first, by="Asha", now=NOW)
    link_same_event(desk, report_id=first, other_id=second, by="Asha", now=NOW)
    assert show_report(desk, report_id=first, by="Asha", now=NOW).linked == (second,)
    link_same_event(desk, report_id=second, other_id=first, linked=False, by="Asha", now=NOW)
    assert show_report(desk, report_id=first, by="Asha", now=NOW).linked == ()
    with pytest.raises(Refused):
        link_same_event(desk, report_id=first, other_id=first, by="Asha", now=NOW)
    with pytest.raises(NotYours):
        link_same_event(desk, report_id=first, other_id=a_report(desk, agency="BLAST", by="Bea"), by="Asha", now=NOW)


def test_contact_rules_are_asked_again_after_90_days_and_once_he_knows(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW).ask_contact == "never_asked"
    set_contact_rules(desk, report_id=report_id, rules=RULES, by="Asha", now=NOW)
    for later, why in ((CONTACT_ASKED_AGAIN_AFTER - DAY, None), (CONTACT_ASKED_AGAIN_AFTER, "old")):
        assert show_report(desk, report_id=report_id, by="Asha", now=NOW + later).ask_contact == why
    mark_he_knows(desk, report_id=report_id, by="Asha", now=NOW + DAY)
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW + DAY).ask_contact == "he_knows"
    again = msgspec.structs.replace(RULES, ways=(), never=True)
    set_contact_rules(desk, report_id=report_id, rules=again, by="Asha", now=NOW + 2 * DAY)
    assert show_report(desk, report_id=report_id, by="Asha", now=NOW + 2 * DAY).ask_contact is None
    for wrong in (ContactRules(), ContactRules(never=True, ways=("text",))):
        with pytest.raises(Refused):
            set_contact_rules(desk, report_id=report_id, rules=wrong, by="Asha", now=NOW)


def test_legal_names_are_shown_for_a_reason_alone_and_stay_when_the_rest_is_changed(desk: CaseDesk) -> None:
    report_id = a_report(desk, reporter=SHE)
    shown = show_report(desk, report_id=report_id, by="Asha", now=NOW)
    assert shown.has_legal_names and "Ion" not in repr(msgspec.to_builtins(shown.reporter))
    with pytest.raises(Refused):
        show_legal_names(desk, report_id=report_id, reason="curious", by="Asha", now=NOW)
    assert show_legal_names(desk, report_id=report_id, reason="emergency", by="Asha", now=NOW) == ("Ion Dobre",)
    with desk.store.read() as session:
        last = list(read_trail(session, f"report/{report_id}"))[-1]
    assert (last.verb, last.reason) == ("show_legal_names", "emergency")
    change_reporter(desk, report_id=report_id, reporter=ReporterPart(names=("Mia",)), by="Asha", now=NOW)
    assert show_legal_names(desk, report_id=report_id, reason="put_right", by="Asha", now=NOW) == ("Ion Dobre",)


def test_a_name_learnt_later_takes_back_the_warning_that_says_it(desk: CaseDesk) -> None:
    voice = a_voice(a_scene())
    report_id = a_report(desk)
    release = released(desk, voice, report_id, choices=msgspec.structs.replace(CHOICES, names=("Gaz",)))
    same = ReporterPart(names=("Gaz",))
    assert change_reporter(desk, report_id=report_id, reporter=same, by="Asha", now=NOW) == (release.release_id,)
    assert [entry.kind for entry in outbox(desk)][-1] == "cancel"


def test_a_translation_names_its_translator_and_stands_beside_the_words(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    said: dict[str, Any] = {"report_id": report_id, "text": "It was silver.", "language": "en", "now": NOW}
    with pytest.raises(Refused, match="who translated"):
        translate(desk, translator=" ", by="Asha", **said)
    translate(desk, translator="Ioana", by="Asha", **said)
    shown = show_report(desk, report_id=report_id, by="Asha", now=NOW)
    assert shown.account and (shown.translations[0].text, shown.translations[0].by) == ("It was silver.", "Ioana")


def test_a_file_is_kept_as_it_came_sealed_within_limits_and_survives_new_keys(desk: CaseDesk) -> None:
    report_id = a_report(desk)
    rewrap_keys(desk, now=NOW)
    content = b"\xff\xd8 GPS 53.79 " * 40_000
    kept: dict[str, Any] = {"report_id": report_id, "by": "Asha", "now": NOW}
    number = attach_file(desk, filename="C:\\pics\\plate.jpg", content=content, described="his plate", **kept)
    assert not [row for row in rows(desk, "SELECT content FROM attachments") if b"GPS" in row.content]
    rewrap_keys(desk, now=NOW + 8 * DAY)
    rewrap_keys(later_desk(desk), now=NOW + 16 * DAY)
    again = later_desk(desk)
    assert look_at_file(again, number=number, **kept) == ("plate.jpg", content)
    about = show_report(again, report_id=report_id, by="Asha", now=NOW).attachments[0].about
    assert about.size == len(content) and len(about.sha256) == 64
    for wrong in (b"", b"x" * (MAX_FILE_BYTES + 1)):
        with pytest.raises(Refused):
            attach_file(again, filename="a", content=wrong, described="", **kept)
    for _ in range(MAX_FILES - 1):
        attach_file(again, filename="a", content=b"x", described="", **kept)
    with pytest.raises(Refused, match="at most"):
        attach_file(again, filename="a", content=b"x", described="", **kept)
    take_file_away(again, number=number, **kept)
    with pytest.raises(NotFound):
        look_at_file(again, number=number, **kept)
    other = a_report(again)
    with pytest.raises(NotFound):
        look_at_file(again, number=number + 1, report_id=other, by="Asha", now=NOW)


def test_after_a_death_nothing_new_goes_out_and_what_is_out_stands(desk: CaseDesk) -> None:
    voice = a_voice(a_scene())
    report_id = a_report(desk)
    released(desk, voice, report_id)
    facts = Facts(age_now="adult", age_at_event="adult", died=True)
    assert amend_scheme_data(desk, report_id=report_id, facts=facts, by="Bea", now=NOW) == ()
    with pytest.raises(Locked) as refused:
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    assert refused.value.code == "locked.died"


@pytest.mark.parametrize(
    ("filename", "ending"),
    [
        ("Anna Smith.PDF", ".pdf"),
        ("statement", ""),
        ("a.jpeg", ".jpeg"),
        ("a.AnnaSmith", ""),
        ('a.p"f', ""),
        ("a.пдф", ""),
    ],
)
def test_a_copy_that_is_saved_has_a_name_that_says_nothing(filename: str, ending: str) -> None:
    assert saved_as(3, 2, filename) == f"report-3-file-2{ending}"
