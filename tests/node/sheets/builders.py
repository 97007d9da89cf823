"""Small fictional sheets for the tests of reading. Plain functions."""

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl

from node.core.sheets.imported_row import ImportedRow
from node.core.sheets.mapping import read_mapping, write_mapping
from node.core.sheets.reading import read_sheet
from node.core.sheets.rows import read_rows
from node.core.sheets.suggesting import suggest

TODAY = datetime.date(2026, 11, 23)

HEADINGS = (
    "Ref",
    "Date taken",
    "Taken by",
    "Incident date",
    "Where",
    "What happened",
    "Description of man",
    "Vehicle / reg",
    "Phone or username used",
    "Text our ladies?",
    "Share with other projects?",
    "Share anon with police?",
    "Full details to police?",
    "Who reported",
    "Notes (not to share)",
)
DEFAULTS = {
    "Ref": "1",
    "Date taken": "18/05/26",
    "Taken by": "Bernice",
    "Incident date": "16/5/26",
    "Where": "Hull",
    "What happened": "Punched her when she said no.",
    "Description of man": "white, 30-35, 5ft 9, slim",
    "Vehicle / reg": "red Astra",
    "Phone or username used": "07700 900461",
    "Text our ladies?": "Y",
    "Share with other projects?": "Y",
    "Share anon with police?": "Y",
    "Full details to police?": "N",
    "Who reported": "Dolly 07700 900462",
    "Notes (not to share)": "",
}


def a_row(**over: str) -> list[str]:
    """A row that can be read whole; `over` by the beginning of a heading, `_` for a blank."""
    values = dict(DEFAULTS)
    for key, value in over.items():
        heading = next(h for h in HEADINGS if h.casefold().startswith(key.replace("_", " ").casefold()))
        values[heading] = value
    return [values[heading] for heading in HEADINGS]


def csv_bytes(rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as a CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode(encoding)


def a_sheet(*rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV with the headings above."""
    return csv_bytes([list(HEADINGS), *rows], delimiter=delimiter, encoding=encoding)


def read(data: bytes, name: str = "hull.csv") -> tuple[ImportedRow, ...]:
    """Its rows, with the mapping suggested for it, written and read again."""
    mapping = read_mapping(write_mapping(suggest(read_sheet(data, name), name)))
    return read_rows(data, name, mapping, TODAY).rows


def read_one(**over: str) -> ImportedRow:
    """One row with some cells changed."""
    return read(a_sheet(a_row(**over)))[0]


def switches(row: ImportedRow) -> tuple[bool | None, ...]:
    """Local, national, police anonymous, police full."""
    permission = row.permission
    return (
        permission.local_alert,
        permission.national_alert,
        permission.police_anonymous,
        permission.police_full,
    )


def workbook(fill: Callable[[Any], None]) -> bytes:
    """A workbook that a function fills."""
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
