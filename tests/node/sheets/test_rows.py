"""Rows as a whole: status, private words, duplicates, whose number it is, and that nothing is lost."""

import datetime
import io
import json
from pathlib import Path

import pytest

from node.core.sheets.errors import MappingInvalid, SheetUnreadable
from node.core.sheets.mapping import read_mapping, write_mapping
from node.core.sheets.reading import read_sheet
from node.core.sheets.report_json import row_json
from node.core.sheets.rows import read_rows
from node.core.sheets.suggesting import suggest
from node.sheet_command import run_import_dry, write_suggested_mapping
from tests.node.sheets.builders import HEADINGS, TODAY, a_row, a_sheet, csv_bytes, read, read_one

DATA = Path(__file__).parent / "data"


def test_a_row_that_can_be_read_is_a_report() -> None:
    row = read_one()
    assert (row.status, row.reason) == ("report", "")
    assert row.data.incident_types == ("physical_assault",)
    assert row.data.date_min == row.data.date_max == datetime.date(2026, 5, 16)
    assert row.data.area == "Hull"
    person = row.data.persons[0]
    assert (person.age_min, person.age_max, person.height_cm_min, person.build, person.skin) == (
        30,
        35,
        175,
        "slim",
        "ic1",
    )


def test_every_cell_is_kept_as_it_was_written() -> None:
    written = a_row(notes="=1+1", who="Dolly\n07700 900462", share_anon="?")
    row = read(a_sheet(written))[0]
    assert {heading: text for heading, text, _ in row.cells} == {
        heading: text for heading, text in zip(HEADINGS, written, strict=True) if text.strip()
    }


def test_what_cannot_be_read_stays_as_text_with_its_reason() -> None:
    row = read_one(incident="when the clocks changed", what="it was horrible")
    assert row.status == "needs-a-person"
    assert ("incident_date", "when the clocks changed") in [(u.field, u.text) for u in row.unread]
    assert "incident_types" in [u.field for u in row.unread]
    assert row.data.date_min is None


def test_her_stolen_phone_is_never_his_number() -> None:
    row = read_one(phone="NB 07700900013 is HER phone he stole, not his")
    assert row.data.identifiers == ()
    assert "victim_phone_in_perpetrator_column" in row.flags
    assert "07700900013" in row.private_strings


def test_a_number_among_her_contacts_is_hers_wherever_else_it_stands() -> None:
    row = read_one(phone="07700 900462")
    assert row.data.identifiers == ()
    assert "07700 900462" in row.private_strings


def test_a_handle_that_holds_her_alias_tells_who_reported_and_is_withheld() -> None:
    row = read_one(phone="snap: real_jolene_zz / fanclub@example.org", who="Jolene 07700 900464")
    assert row.data.identifiers == ()
    assert "identifier_reveals_reporter" in row.flags
    assert {"real_jolene_zz", "fanclub@example.org"} <= set(row.private_strings)


def test_private_strings_hold_names_numbers_addresses_and_kin_and_nothing_of_the_person_described() -> None:
    row = read_one(
        where="Pewter Door, basement 14 Quarry Hill Terr HU9 7VK",
        what="Grabbed Mia by the hair when Carol from reception came. Said his name was Gary.",
        who="Mia (Mihaela Dobre) 07700 900011",
        notes="Son at Fearnhead Academy. Mam has cancer. no papers",
        description="white, 40s, tall, gold tooth, drives with Nike cap. Goes by Gaz",
    )
    pieces = set(row.private_strings)
    for piece in (
        "Mia",
        "Mihaela Dobre",
        "07700 900011",
        "Carol",
        "Bernice",
        "Fearnhead Academy",
        "HU9 7VK",
        "Pewter Door",
    ):
        assert piece in pieces, piece
    assert any("Mam has cancer" in piece for piece in pieces)
    assert any("no papers" in piece for piece in pieces)
    for piece in ("Gary", "Gaz", "Nike", "white", "gold tooth", "red Astra", "Astra", "07700 900461", "Hull"):
        assert piece not in pieces, piece


def test_an_alias_that_is_an_ordinary_word_is_private_too() -> None:
    assert "April" in read_one(who="April 07700 900462").private_strings
    assert "Ginger" in read_one(who="Ginger").private_strings


@pytest.mark.parametrize(
    ("over", "flag"),
    [
        ({"what": "Held her wrist. SHE IS 17 (18 in Nov)."}, "under_18"),
        ({"who": "Gina (16)"}, "under_18"),
        ({"notes": "Says he's 19 - told Dev he was 17 last month???"}, "under_18_possible"),
        ({"notes": "AGE!! check before anything goes anywhere"}, "under_18_possible"),
    ],
)
def test_somebody_under_18_locks_the_row(over: dict[str, str], flag: str) -> None:
    row = read_one(**over)
    assert flag in row.flags
    assert row.status == "needs-a-person"


def test_an_age_that_was_not_asked_locks_nothing() -> None:
    row = read_one(description="white, 17-20, slim")
    assert row.reporter_age == "not_asked"
    assert row.status == "report"


def test_a_day_of_birth_answers_the_age_question() -> None:
    headings = ["Ref", "Date taken", "When", "What happened", "The man", "Service user", "SU DOB"]
    rows = [
        ["1", "1/6/26", "31/5/26", "Hit her", "white", "Fay", "2009-01-05"],
        ["2", "1/6/26", "31/5/26", "Hit her", "white", "Abby", "12/03/1998"],
    ]
    assert [row.reporter_age for row in read(csv_bytes([headings, *rows]))] == ["under_18", "18_or_over"]


def test_an_exact_copy_and_the_same_event_entered_again_are_duplicates() -> None:
    again = a_row(ref="9", taken="Oonagh", what="punched - see the other entry", date="19/05/26")
    first, copy, retold, other = read(
        a_sheet(a_row(), a_row(), again, a_row(ref="3", incident="1/5/26", what="Robbed her of her bag."))
    )
    assert first.status == "report"
    assert (copy.status, copy.duplicate_of) == ("duplicate", 2)
    assert (retold.status, retold.duplicate_of) == ("duplicate", 2)
    assert other.status == "report"


def test_a_copy_that_permits_less_takes_the_permission_from_the_first() -> None:
    first, copy = read(a_sheet(a_row(), a_row(ref="9", share_with="N", share_anon="?")))
    assert copy.status == "duplicate"
    assert (first.permission.local_alert, first.permission.national_alert) == (True, False)
    assert first.permission.police_anonymous is None
    assert first.status == "needs-a-person"


def test_importing_twice_finds_the_same_fingerprints_whatever_the_order_of_columns() -> None:
    plain = a_sheet(a_row(), a_row(ref="2", what="Robbed her."))
    turned = csv_bytes(
        [list(reversed(HEADINGS)), list(reversed(a_row(ref="2", what="Robbed her."))), list(reversed(a_row()))]
    )
    assert {row.fingerprint for row in read(plain)} == {row.fingerprint for row in read(plain)}
    assert {row.fingerprint for row in read(plain)} == {row.fingerprint for row in read(turned, "other name.csv")}


def test_as_above_is_filled_for_descriptions_and_never_for_permission() -> None:
    first, second = read(a_sheet(a_row(), a_row(ref="2", incident="1/5/26", description="as above", text="as above")))
    assert second.data.persons == first.data.persons
    assert second.permission.local_alert is None


def test_several_people_in_one_row_are_told_apart() -> None:
    row = read_one(
        description="1) 6ft+, skinny, scouse  2) short 5ft 5/6, limp  3) kept watch",
        what="3 lads in balaclavas hit her",
    )
    assert [(p.height_cm_min, p.height_cm_max) for p in row.data.persons] == [(183, None), (165, 168), (None, None)]
    assert row.data.number_of_people == 3
    assert "group" in row.flags


def test_a_row_that_may_hold_two_reports_needs_a_person() -> None:
    row = read_one(what="1) On the 3rd he slapped her outside the shop. 2) Separate incident: another man robbed her")
    assert "two_reports_possible" in row.flags
    assert row.status == "needs-a-person"


def test_a_warning_from_another_scheme_is_relayed_and_permits_nothing() -> None:
    row = read_one(who="NUM alert", notes="fwd from NUM")
    assert row.row_kind == "relayed"
    assert row.told_by == "other_scheme"
    assert row.permission.national_alert is None


def test_html_is_read_as_text_and_runs_nowhere() -> None:
    row = read_one(
        description="<li>white</li><li>30-34</li><li>5&#39;10</li>",
        what="<p>He <b>slapped</b> her</p><script>x</script>",
    )
    assert row.data.persons[0].height_cm_min == 178
    assert row.data.incident_types == ("physical_assault",)
    assert "html" in row.flags


def test_a_day_that_the_spreadsheet_turned_round_is_seen_by_the_lines_around() -> None:
    rows = [a_row(ref=str(i), date=day, incident="") for i, day in enumerate(("1/5/26", "4/5/26", "9/5/26"))]
    assert [row.taken_on.day for row in read(a_sheet(*rows)) if row.taken_on] == [1, 4, 9]


def test_json_uses_the_names_of_the_published_sheets() -> None:
    value = row_json(read_one())
    assert {
        "row",
        "status",
        "reason",
        "ref",
        "perpetrator",
        "vehicles",
        "identifiers",
        "consent",
        "private_strings",
    } <= set(value)
    assert value["perpetrator"]["ic_code"] == "IC1"
    assert value["consent"] == {
        "record": True,
        "local_alert": True,
        "national_alert": True,
        "police_anonymous": True,
        "police_full": False,
    }
    json.dumps(value)


def test_a_suggested_mapping_is_written_read_and_used_as_it_stands(tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "hull.csv", tmp_path / "hull.toml"
    sheet.write_bytes(a_sheet(a_row(), a_row(ref="2", incident="1/5/26", share_anon="?")))
    write_suggested_mapping(sheet, mapping)
    out = io.StringIO()
    run_import_dry(sheet, mapping, as_json=True, out=out, today=TODAY)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["status"] for line in lines] == ["report", "needs-a-person"]
    said = io.StringIO()
    run_import_dry(sheet, mapping, as_json=False, out=said, today=TODAY)
    assert "delimiter comma" in said.getvalue()


def test_a_file_without_headings_gets_no_mapping(tmp_path: Path) -> None:
    sheet = tmp_path / "x.csv"
    sheet.write_bytes(b"1,2,3\n4,5,6\n")
    with pytest.raises(MappingInvalid):
        write_suggested_mapping(sheet, tmp_path / "x.toml")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('means = "ref"', 'means = "reference"', "worksheets[0].columns[0].means"),
        ("heading_row = 1", "heading_row = 0", "worksheets[0].heading_row"),
        ("version = 1", "version = 2", "version"),
        ('date_order = "dmy"', 'date_order = "ymd"', "date_order"),
        ('blank = "not_asked"', 'blank = "yes"', "worksheets[0].permission.blank"),
        ("version = 1", "version = 1\nshare_all = true", "share_all"),
    ],
)
def test_a_wrong_mapping_names_its_field(old: str, new: str, field: str) -> None:
    data = a_sheet(a_row())
    text = write_mapping(suggest(read_sheet(data, "hull.csv"), "hull.csv"))
    assert old in text
    with pytest.raises(MappingInvalid) as caught:
        read_mapping(text.replace(old, new, 1))
    assert caught.value.detail == field


def test_a_column_that_a_person_corrected_is_read_as_corrected() -> None:
    data = a_sheet(a_row(phone="07700 900461"))
    text = write_mapping(suggest(read_sheet(data, "hull.csv"), "hull.csv"))
    before, _, after = text.partition('heading = "Phone or username used"')
    mapping = read_mapping(
        before
        + 'heading = "Phone or username used"'
        + after.replace('means = "identifiers"', 'means = "reporter_contact"', 1)
    )
    row = read_rows(data, "hull.csv", mapping, TODAY).rows[0]
    assert row.data.identifiers == ()
    assert "07700 900461" in row.private_strings


def test_sheets_of_other_projects_are_read_without_a_wrong_permission_or_identifier() -> None:
    gold = [json.loads(line) for line in (DATA / "gold.jsonl").read_text("utf-8").splitlines()]
    found = {}
    for name in {line["sheet"] for line in gold}:
        for row in read((DATA / name).read_bytes(), name):
            found[(name, row.worksheet, row.number)] = row_json(row)
    for line in gold:
        mine = found[(line["sheet"], line.get("worksheet", ""), line["row"])]
        where = (line["sheet"], line["row"])
        assert mine["row_kind"] == line["row_kind"], where
        for switch, value in mine["consent"].items():
            assert value is not True or line["consent"][switch] is True, (where, switch)
        if line["row_kind"] not in ("report", "duplicate"):
            continue
        mine_ids = {(i["kind"], i["canonical"]) for i in mine["identifiers"]}
        assert mine_ids <= {(i["kind"], i["canonical"]) for i in line["identifiers"]}, where
        assert (mine["incident_date_min"], mine["incident_date_max"]) == (
            line["incident_date_min"],
            line["incident_date_max"],
        ), where
        for piece in line["private_strings"]:
            assert any(piece in other for other in mine["private_strings"]), (where, piece)


def test_an_old_workbook_is_named() -> None:
    with pytest.raises(SheetUnreadable) as caught:
        read_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "old.xls")
    assert caught.value.code == "sheet.old_excel"
