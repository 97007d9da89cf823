"""From the bytes of an XLSX to worksheets: comments, merged cells, struck text, formulas and hidden lines are kept."""

import datetime
import io
import warnings
import zipfile
from typing import Any, Final

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from node.core.sheets.cells import MAX_COLUMNS, MAX_RECORDS, Cell, Record, Worksheet, friendly_text, text_cell
from node.core.sheets.errors import SheetUnreadable

MAX_UNPACKED_BYTES: Final = 300 * 2**20


def read_workbook(data: bytes) -> tuple[Worksheet, ...]:
    """All worksheets, hidden ones too.

    Raises:
        SheetUnreadable: no workbook, a broken one, or one that unpacks to more than `MAX_UNPACKED_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MAX_UNPACKED_BYTES:
                raise SheetUnreadable("too_large", "file")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            written = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
            shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except SheetUnreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its XML held
        raise SheetUnreadable("broken", "workbook") from error
    try:
        return tuple(_worksheet(sheet, shown[sheet.title]) for sheet in written.worksheets)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise SheetUnreadable("broken", "workbook") from error


def _worksheet(sheet: Any, shown: Any) -> Worksheet:
    if sheet.max_row > MAX_RECORDS or sheet.max_column > MAX_COLUMNS:
        raise SheetUnreadable("too_large", "worksheet")
    across: dict[int, int] = {}
    below: dict[tuple[int, int], tuple[int, int]] = {}
    for span in sheet.merged_cells.ranges:
        if span.min_row == span.max_row:
            across[span.min_row] = max(across.get(span.min_row, 0), span.max_col - span.min_col + 1)
        elif span.max_row - span.min_row < 50:
            for row in range(span.min_row + 1, span.max_row + 1):
                below[(row, span.min_col)] = (span.min_row, span.min_col)
    records = []
    for row in sheet.iter_rows():
        number = row[0].row
        cells = []
        for cell in row:
            source = below.get((number, cell.column))
            if source is None:
                cells.append(_cell(cell, shown.cell(number, cell.column).value))
            else:
                cells.append(_cell(sheet.cell(*source), shown.cell(*source).value))
        hidden = bool(sheet.row_dimensions[number].hidden)
        records.append(
            Record(
                number=number,
                cells=tuple(cells),
                hidden=hidden,
                merged_across=across.get(number, 0) > max(2, sheet.max_column // 2),
            )
        )
    return Worksheet(name=sheet.title, records=tuple(records), hidden=sheet.sheet_state != "visible")


def _cell(cell: Any, shown: object) -> Cell:
    comment = cell.comment.text.strip() if getattr(cell, "comment", None) else ""
    value = cell.value
    if value is None:
        return Cell(comment=comment)
    struck = bool(cell.font and cell.font.strike)
    if isinstance(value, CellRichText):
        return _rich_cell(value, comment, struck)
    if not isinstance(value, str | int | float | bool | datetime.date | datetime.time | datetime.timedelta):
        value = getattr(value, "text", None) or str(value)  # array and data-table formulas
        return Cell(text=_shown_text(shown), raw=str(value), comment=comment, formula=True, struck=struck)
    if isinstance(value, str) and cell.data_type == "f":
        day = _day(shown)
        text = friendly_text(value) or _shown_text(shown)
        return Cell(text="" if struck else text, raw=value, comment=comment, formula=True, struck=struck, day=day)
    if isinstance(value, str):
        plain = text_cell(value, comment=comment)
        if struck:
            return Cell(raw=plain.raw, comment=comment, struck=True, formula=plain.formula)
        return plain
    text = _shown_text(value)
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Cell(
        text="" if struck else text,
        raw=text,
        comment=comment,
        struck=struck,
        day=None if struck else _day(value),
        number=None if struck else number,
        form=str(cell.number_format or ""),
    )


def _rich_cell(value: CellRichText, comment: str, struck: bool) -> Cell:
    kept, everything = [], []
    any_struck = struck
    for part in value:
        text = part.text if isinstance(part, TextBlock) else str(part)
        part_struck = struck or (isinstance(part, TextBlock) and bool(part.font and part.font.strike))
        any_struck = any_struck or part_struck
        everything.append(text)
        if not part_struck:
            kept.append(text)
    plain = text_cell("".join(kept))
    return Cell(text=plain.text, raw="".join(everything), comment=comment, struck=any_struck, formula=plain.formula)


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


def _shown_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value).strip()
