"""A text is written by a reviewer, checked, looked at flag by flag, and shown where it arrives."""

from typing import Any

import pytest
from msgspec.structs import replace

from node.actions.amend_scheme_data import amend_scheme_data
from node.actions.approve_release import approve_release
from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft_release
from node.actions.resolve_flag import resolve_flag
from node.actions.show_release import show_release
from node.core.errors import PrivateWords
from node.core.report import ReporterPart
from node.core.voice import Voice
from protocol.bodies import parse_body
from protocol.house.core.errors import NotFound, Refused
from tests.node.builders import CHOICES, NOW, a_report, approved, rows, scheme_data, waiting_body

PLAIN = "Polite at first, then locks the doors and shouts."
FLAGGED = "Polite at first, then says Agnieszka sent him. Keeps alpacas."


def drafted(desk: CaseDesk, voice: Voice, text: str, **report: Any) -> int:
    choices = replace(CHOICES, text=text)
    return draft_release(desk, voice, report_id=a_report(desk, **report), choices=choices, by="Asha", now=NOW)


def resolve(desk: CaseDesk, release_id: int, number: int, by: str = "Bea", reason: str = "ordinary_word") -> None:
    shown = show_release(desk, release_id=release_id, by=by, now=NOW)
    flag = shown.flags[number].flag
    resolve_flag(desk, release_id=release_id, digest=shown.digest, flag=flag, reason=reason, by=by, now=NOW)


def test_a_text_without_flags_leaves_as_it_was_written(desk: CaseDesk, voice: Voice) -> None:
    release_id = drafted(desk, voice, PLAIN)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    assert shown.flags == () and any(PLAIN in line for line in shown.lines)
    made = approved(desk, voice, release_id)
    assert made.identity is not None
    body = waiting_body(desk, made.identity)
    assert body is not None and parse_body(body, "alert.v1").text == PLAIN  # type: ignore[union-attr]


def test_it_is_released_only_after_each_flag_was_looked_at(desk: CaseDesk, voice: Voice) -> None:
    release_id = drafted(desk, voice, FLAGGED)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    assert [flag.words for flag in shown.flags] == ["Agnieszka", "alpacas"]
    with pytest.raises(Refused) as error:
        approved(desk, voice, release_id)
    assert error.value.code == "refused.flags"
    resolve(desk, release_id, 0, reason="name_they_used")
    with pytest.raises(Refused):
        approved(desk, voice, release_id)
    resolve(desk, release_id, 1, reason="about_person_described")
    reasons = [flag.resolved and flag.resolved.reason for flag in
               show_release(desk, release_id=release_id, by="Bea", now=NOW).flags]  # fmt: skip
    assert reasons == ["name_they_used", "about_person_described"]
    approved(desk, voice, release_id)


def test_who_drafted_it_resolves_nothing_and_nobody_resolves_unseen(desk: CaseDesk, voice: Voice) -> None:
    release_id = drafted(desk, voice, FLAGGED)
    with pytest.raises(Refused) as error:
        resolve(desk, release_id, 0, by="Asha")
    assert error.value.code == "refused.second_person"
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    one: dict[str, Any] = {"release_id": release_id, "flag": shown.flags[0].flag, "now": NOW}
    with pytest.raises(Refused) as error:
        resolve_flag(desk, digest=shown.digest, reason="ordinary_word", by="Cleo", **one)
    assert error.value.code == "refused.not_shown"
    with pytest.raises(Refused) as error:
        resolve_flag(desk, digest=shown.digest, reason="because", by="Bea", **one)
    assert error.value.code == "refused.flag_reason"
    with pytest.raises(NotFound):
        flag = replace(shown.flags[0].flag, start=0, end=3)
        resolve_flag(desk, digest=shown.digest, reason="ordinary_word", by="Bea", **(one | {"flag": flag}))


def test_what_was_looked_at_is_sealed_and_noted_without_words(desk: CaseDesk, voice: Voice) -> None:
    release_id = drafted(desk, voice, FLAGGED)
    resolve(desk, release_id, 0)
    noted = rows(desk, "SELECT subject, reason FROM audit_entries WHERE verb = 'resolve_flag'")
    assert [(row.subject, row.reason) for row in noted] == [(f"release/{release_id}", "ordinary_word")]
    assert "Agnieszka" not in str(rows(desk, "SELECT * FROM sealed_parts"))


@pytest.mark.parametrize(
    "text",
    [
        "Mia told everyone",
        "knows Pewter Door",
        "rings from 07700900011",
        "14 Quarry Hill Terr",
        "met at the Premier Inn",
    ],
)
def test_a_hard_stop_is_no_flag_and_nothing_is_drafted(desk: CaseDesk, voice: Voice, text: str) -> None:
    with pytest.raises(PrivateWords) as error:
        drafted(desk, voice, text)
    assert error.value.fields == ("text",)
    assert not any(word in error.value.message for word in text.split() if len(word) > 3)


def test_a_word_that_became_private_stops_what_was_resolved(desk: CaseDesk, voice: Voice) -> None:
    report_id = a_report(desk)
    choices = replace(CHOICES, text=FLAGGED)
    release_id = draft_release(desk, voice, report_id=report_id, choices=choices, by="Asha", now=NOW)
    for number in (0, 1):
        resolve(desk, release_id, number)
    amend_scheme_data(desk, report_id=report_id, private_words=("Agnieszka",), by="Asha", now=NOW)
    shown = show_release(desk, release_id=release_id, by="Bea", now=NOW)
    assert shown.stops == ("text",)
    with pytest.raises(PrivateWords):
        approve_release(desk, voice, release_id=release_id, digest=shown.digest, by="Bea", now=NOW)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"also_known_as": ("Jonquil",)}, "asks for Jonquil"),
        ({"legal_names": ("Stanislaw Dobre",)}, "says stanislaw"),
        ({"never_say": ("no papers",)}, "says they have no papers"),
    ],
)
def test_other_names_and_what_must_never_be_said_stop(
    desk: CaseDesk, voice: Voice, part: dict[str, tuple[str, ...]], text: str
) -> None:
    with pytest.raises(PrivateWords):
        drafted(desk, voice, text, reporter=ReporterPart(names=("Mia",), **part))  # type: ignore[arg-type]


def test_a_danger_now_has_no_words_of_its_own(desk: CaseDesk, voice: Voice) -> None:
    scheme = scheme_data(incident_types=("rape",), date_min=NOW.date(), date_max=NOW.date())
    choices = replace(CHOICES, text=PLAIN, danger_now=True)
    with pytest.raises(Refused) as error:
        draft_release(desk, voice, report_id=a_report(desk, scheme=scheme), choices=choices, by="Asha", now=NOW)
    assert error.value.code == "refused.danger_now_coded"


@pytest.mark.parametrize("text", ["", " tall", "tall\nman", "x" * 161, "tall\u202eman"])
def test_a_text_is_one_short_line(desk: CaseDesk, voice: Voice, text: str) -> None:
    with pytest.raises(Refused) as error:
        drafted(desk, voice, text)
    assert error.value.code == "refused.text"
