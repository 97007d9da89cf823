"""What a scheme decides: the never-alert list takes two people, small numbers stop, and both reach what is out."""

import pytest
from msgspec.structs import replace

from node.actions.case_desk import CaseDesk
from node.actions.change_scheme_rules import (
    confirm_never_alert,
    propose_never_alert,
    remove_never_alert,
    remove_small_cell,
    set_inclusion_rule,
    set_small_cell,
)
from node.actions.draft_release import draft_release
from node.core.errors import PrivateWords
from node.core.leak.never_alert import NeverAlert, is_never_alert_number
from node.core.leak.scheme_rules import SchemeRules
from node.core.leak.small_cells import Cell
from node.core.voice import Voice
from node.store.releases import get_release
from node.store.scheme_rules import read_scheme_rules
from protocol.house.core.errors import NotFound, Refused
from tests.node.builders import CHOICES, NOW, a_report, approved, released, rows, scheme_data

HELPLINE = NeverAlert(kind="number", value="07700 900318", organisation="A helpline")
REGION = CHOICES.region


def rules_of(desk: CaseDesk) -> SchemeRules:
    with desk.store.read() as session:
        return read_scheme_rules(session, desk.vault)


def put_on_list(desk: CaseDesk, voice: Voice | None, entry: NeverAlert) -> tuple[int, ...]:
    number = propose_never_alert(desk, entry=entry, by="Asha", now=NOW)
    return confirm_never_alert(desk, voice, number=number, by="Bea", now=NOW)


def test_a_proposal_stops_nothing_and_its_proposer_cannot_confirm_it(desk: CaseDesk, voice: Voice) -> None:
    number = propose_never_alert(desk, entry=HELPLINE, by="Asha", now=NOW)
    assert rules_of(desk).never_alert == ()
    with pytest.raises(Refused) as error:
        confirm_never_alert(desk, voice, number=number, by="Asha", now=NOW)
    assert error.value.code == "refused.second_person"
    draft_release(desk, voice, report_id=a_report(desk), choices=CHOICES, by="Asha", now=NOW)


def test_a_number_on_the_list_stops_with_the_field_to_clear(desk: CaseDesk, voice: Voice) -> None:
    put_on_list(desk, voice, HELPLINE)
    report_id = a_report(desk)
    with pytest.raises(PrivateWords) as error:
        draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    assert error.value.fields == ("identifiers",) and "never alert" in error.value.message
    assert "900318" not in error.value.message
    without = replace(CHOICES, omit=("identifiers",))
    draft_release(desk, voice, report_id=report_id, choices=without, by="Asha", now=NOW)


def test_a_danger_now_is_stopped_by_it_too(desk: CaseDesk, voice: Voice) -> None:
    put_on_list(desk, voice, HELPLINE)
    scheme = scheme_data(incident_types=("rape",), date_min=NOW.date(), date_max=NOW.date())
    with pytest.raises(PrivateWords):
        choices = replace(CHOICES, danger_now=True)
        draft_release(desk, voice, report_id=a_report(desk, scheme=scheme), choices=choices, by="Asha", now=NOW)


def test_what_is_out_is_taken_back_once_its_number_is_on_the_list(desk: CaseDesk, voice: Voice) -> None:
    out = released(desk, voice, a_report(desk))
    assert put_on_list(desk, voice, HELPLINE) == (out.release_id,)
    with desk.store.read() as session:
        assert get_release(session, out.release_id).state == "withdrawn"


def test_a_name_of_an_organisation_in_the_text_stops(desk: CaseDesk, voice: Voice) -> None:
    put_on_list(desk, voice, NeverAlert(kind="name", value="Harbour Lights", organisation="Harbour Lights"))
    with pytest.raises(PrivateWords) as error:
        choices = replace(CHOICES, text="Says he is from harbour-lights")
        draft_release(desk, voice, report_id=a_report(desk), choices=choices, by="Asha", now=NOW)
    assert error.value.fields == ("text",)


def test_an_entry_is_removed_by_one_and_its_number_is_never_given_again(desk: CaseDesk, voice: Voice) -> None:
    put_on_list(desk, voice, HELPLINE)
    remove_never_alert(desk, number=1, by="Bea", now=NOW)
    assert rules_of(desk).never_alert == ()
    assert propose_never_alert(desk, entry=HELPLINE, by="Asha", now=NOW) == 2
    with pytest.raises(NotFound):
        remove_never_alert(desk, number=1, by="Bea", now=NOW)


@pytest.mark.parametrize(
    "entry",
    [
        NeverAlert(kind="number", value="call us", organisation="A helpline"),
        NeverAlert(kind="number", value="12", organisation="A helpline"),
        NeverAlert(kind="name", value="..", organisation="A helpline"),
        NeverAlert(kind="name", value="A helpline", organisation=" "),
    ],
)
def test_an_entry_that_could_never_be_found_is_refused(desk: CaseDesk, entry: NeverAlert) -> None:
    with pytest.raises(Refused):
        propose_never_alert(desk, entry=entry, by="Asha", now=NOW)


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("+447700900318", True),
        ("07700 900 318", True),
        ("0044 7700 900318", True),
        ("07700900319", False),
        ("900318", False),
        ("", False),
    ],
)
def test_whole_numbers_are_compared(number: str, same: bool) -> None:
    assert is_never_alert_number(number, (HELPLINE,)) is same


@pytest.mark.parametrize(("people", "stops"), [(7, True), (8, False), (19, False), (20, False)])
def test_a_small_area_stops_below_eight_and_warns_below_twenty(
    desk: CaseDesk, voice: Voice, people: int, stops: bool
) -> None:
    set_small_cell(desk, voice, cell=Cell(area=REGION, groups=("street",), people=people), by="Bea", now=NOW)
    report_id = a_report(desk)
    if stops:
        with pytest.raises(PrivateWords) as error:
            draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
        assert error.value.fields == ("contact",)
        return
    release_id = draft_release(desk, voice, report_id=report_id, choices=CHOICES, by="Asha", now=NOW)
    if people < 20:
        with pytest.raises(Refused) as refused:
            approved(desk, voice, release_id)
        assert refused.value.code == "refused.flags"
    else:
        approved(desk, voice, release_id)


def test_whom_it_concerns_is_said_only_where_the_table_says_that_enough_could_have_reported(
    desk: CaseDesk, voice: Voice
) -> None:
    report_id = a_report(desk)
    choices = replace(CHOICES, concerns=("women",))
    with pytest.raises(PrivateWords) as error:
        draft_release(desk, voice, report_id=report_id, choices=choices, by="Asha", now=NOW)
    assert error.value.fields == ("concerns",)
    for groups in (("women",), ("street", "women")):
        set_small_cell(desk, voice, cell=Cell(area=REGION, groups=groups, people=200), by="Bea", now=NOW)
    release_id = draft_release(desk, voice, report_id=report_id, choices=choices, by="Asha", now=NOW)
    approved(desk, voice, release_id)


def test_a_smaller_number_takes_back_what_is_out_and_a_row_can_go(desk: CaseDesk, voice: Voice) -> None:
    out = released(desk, voice, a_report(desk))
    cell = Cell(area=REGION, people=5)
    assert set_small_cell(desk, voice, cell=cell, by="Bea", now=NOW) == (out.release_id,)
    remove_small_cell(desk, area=REGION, groups=(), by="Bea", now=NOW)
    assert rules_of(desk).cells == ()
    released(desk, voice, a_report(desk))


@pytest.mark.parametrize(
    "cell",
    [
        Cell(area=REGION, groups=("everyone",), people=50),
        Cell(area=REGION, groups=("women", "street"), people=50),
        Cell(area=REGION, people=-1),
    ],
)
def test_a_row_is_of_known_groups_in_order_and_no_negative_number(desk: CaseDesk, voice: Voice, cell: Cell) -> None:
    with pytest.raises(Refused):
        set_small_cell(desk, voice, cell=cell, by="Bea", now=NOW)


def test_the_rules_are_sealed_and_each_change_is_noted(desk: CaseDesk, voice: Voice) -> None:
    put_on_list(desk, voice, HELPLINE)
    set_inclusion_rule(desk, text="We warn of violence; price is no matter of ours.", by="Bea", now=NOW)
    assert rules_of(desk).inclusion.startswith("We warn")
    sealed = rows(desk, "SELECT * FROM sealed_parts")
    assert sealed and b"helpline" not in str(sealed).encode() and "900318" not in str(sealed)
    verbs = [row.verb for row in rows(desk, "SELECT verb FROM audit_entries WHERE subject = 'scheme_rules/0'")]
    assert verbs == ["propose_never_alert", "confirm_never_alert", "set_inclusion_rule"]
    with pytest.raises(Refused):
        set_inclusion_rule(desk, text="x" * 4_001, by="Bea", now=NOW)
