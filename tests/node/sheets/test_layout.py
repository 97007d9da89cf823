"""Headings are understood by meaning; lines that are no reports are known."""

import datetime

import pytest

from node.core.sheets.headings import understand
from node.core.sheets.layout import find_table
from node.core.sheets.reading import read_sheet
from tests.node.sheets.builders import HEADINGS, a_row, csv_bytes, read, workbook


@pytest.mark.parametrize(
    ("heading", "group", "meaning"),
    [
        ("Share with other projects? Y/N", "", "consent_national"),
        ("Weitergabe an andere Projekte", "", "consent_national"),
        ("¿Compartir con otros proyectos?", "", "consent_national"),
        ("Other projects", "Permission given?", "consent_national"),
        ("Own", "Consent", "consent_local"),
        ("Police (no name)", "", "consent_police_anonymous"),
        ("Heddlu - manylion llawn", "", "consent_police_full"),
        ("Alert sent?", "", "outcome"),
        ("Shared with police?", "", "police_ref"),
        ("Do NOT share with other projects?", "", "consent_unclear"),
        ("Known to other projects?", "", "outcome"),
        ("Consent: L=log only, A=alert our own. Not written = no", "", "consent"),
        ("Notes (not to share)", "", "notes"),
        ("Police ref", "", "police_ref"),
        ("Share with partner agencies", "", "consent_unclear"),
        ("Contact", "LAD - NOT TO LEAVE OFFICE", "reporter_contact"),
        ("Other contact", "HOW TO REACH HIM", "identifiers"),
        ("Täterbeschreibung", "", "description"),
        ("Height/build", "", "height+build"),
        ("Kennzeichen", "", "plate"),
        ("Data zdarzenia", "", "incident_date"),
        ("Gemeldet am", "", "taken_on"),
        ("Age of woman", "", "reporter_age"),
    ],
)
def test_a_heading_is_understood_by_its_meaning(heading: str, group: str, meaning: str) -> None:
    found = understand(heading, group)
    assert found is not None
    assert found.meaning == meaning


def test_what_was_done_is_never_taken_for_a_permission() -> None:
    for heading in ("Circulated Y/N", "Passed to NUM", "Sent to other projects?", "Police informed"):
        found = understand(heading)
        assert found is None or not found.meaning.startswith("consent"), heading


def test_a_telephone_between_two_minds_is_the_reporters() -> None:
    data = csv_bytes([["Ref", "Date taken", "Reporter", "Tel", "What happened", "Consent"], ["1", "", "", "", "", ""]])
    table = find_table(read_sheet(data, "x.csv").worksheets[0])
    assert table is not None
    assert table.columns[3].meaning == "reporter_contact"


def test_a_client_with_a_car_is_the_person_described_and_else_the_reporter() -> None:
    ours = csv_bytes(
        [["Ref", "When", "What happened", "Suspect age", "Client contact", "Client age"], ["1"] + [""] * 5]
    )
    table = find_table(read_sheet(ours, "x.csv").worksheets[0])
    assert table is not None
    assert [column.meaning for column in table.columns[4:]] == ["reporter_contact", "reporter_age"]
    theirs = csv_bytes(
        [["Ref", "When", "What happened", "Client description", "Client car", "Worker"], ["1"] + [""] * 5]
    )
    table = find_table(read_sheet(theirs, "x.csv").worksheets[0])
    assert table is not None
    assert table.columns[3].meaning == "description"


def test_lines_that_are_no_reports_are_known_and_kept() -> None:
    data = csv_bytes(
        [
            ["Lighthouse book 2026, keep locked"],
            list(HEADINGS),
            ["MAY"],
            a_row(),
            list(HEADINGS),
            ["--- JUNE ---"],
            a_row(ref="2", incident="1/5/26"),
            [""] * 15,
            ["Total", "2", "", "", "", "", "", "", "", "Y=2"],
            ["Y = she said yes, N = she said no"],
        ]
    )
    kinds = [(row.number, row.row_kind) for row in read(data)]
    assert kinds == [
        (3, "divider"),
        (4, "report"),
        (5, "repeated_header"),
        (6, "divider"),
        (7, "report"),
        (8, "empty"),
        (9, "totals"),
        (10, "footer"),
    ]


def test_a_heading_of_two_lines_with_merged_groups_is_put_together() -> None:
    def fill(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet.append(["LOG 2026"])
        sheet.append(["#", "Taken", "Incident", "", "Him", "", "Permission", "", "", ""])
        sheet.append(["", "", "When", "Story", "Looks", "Age", "Own", "Other projects", "Police anon", "Police full"])
        sheet.append([1, datetime.date(2026, 1, 12), "10/1", "Slapped her", "white, tall", "20s", "✓", "✗", "✓", ""])
        for cells in ("A1:J1", "C2:D2", "E2:F2", "G2:J2"):
            sheet.merge_cells(cells)

    (row,) = read(workbook(fill), "log.xlsx")
    assert row.ref == "1"
    assert row.taken_on == datetime.date(2026, 1, 12)
    assert row.permission.local_alert is True
    assert row.permission.national_alert is False
    assert row.permission.police_full is None


def test_each_worksheet_with_headings_is_read_and_the_others_are_kept_beside() -> None:
    def fill(book: object) -> None:
        first = book.active  # type: ignore[attr-defined]
        first.title = "Street"
        first.append(list(HEADINGS))
        first.append(a_row())
        second = book.create_sheet("Indoor")  # type: ignore[attr-defined]
        second.append(["Case", "Reported on", "When", "What happened", "The man", "Share with other projects?"])
        second.append(["I1", "1/6/26", "31/5/26", "Raped her", "tall, bald", "no"])
        book.create_sheet("Old codes").append(["x", "y"])  # type: ignore[attr-defined]

    rows = read(workbook(fill), "x.xlsx")
    assert [(row.worksheet, row.number, row.ref) for row in rows] == [("Street", 2, "1"), ("Indoor", 2, "I1")]
