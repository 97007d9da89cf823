"""From a file and its mapping to rows: each line below a heading exactly once, nothing dropped, nothing guessed.

Does not store and does not release. What was read is beside the text it was read from; the rest is in `unread`.
"""

import datetime
from typing import Final

import msgspec

from node.core.sheets import interpreting, row_lines
from node.core.sheets.cells import Record, Source, Worksheet
from node.core.sheets.duplicates import mark_duplicates
from node.core.sheets.imported_row import ImportedRow
from node.core.sheets.layout import Table, find_table
from node.core.sheets.mapping import Mapping, TableMapping
from node.core.sheets.reading import read_sheet
from node.core.sheets.row_kinds import row_kind
from node.core.sheets.row_lines import RowContext
from node.core.sheets.suggesting import apply, same_headings, suggest
from node.core.sheets.taken_days import taken_days
from node.core.sheets.words import fold

_SEARCH: Final = 60


class SetAside(msgspec.Struct, frozen=True):
    """A line that is no row of a table: above a heading, or on a worksheet without one. Kept as text."""

    worksheet: str
    number: int
    reason: str
    texts: tuple[str, ...]


class Import(msgspec.Struct, frozen=True):
    """All lines of a file, each once: `rows` below a heading, `aside` the others. `said`: what was found out."""

    rows: tuple[ImportedRow, ...]
    aside: tuple[SetAside, ...]
    said: tuple[str, ...] = ()


def read_rows(data: bytes, filename: str, mapping: Mapping | None, today: datetime.date) -> Import:
    """Reads a file.

    Args:
        data: the file's bytes.
        filename: its name, which may tell the town and the year.
        mapping: None: the one that `suggest` finds.
        today: no report was taken later.

    Raises:
        SheetUnreadable: no sheet, too large, or broken.
    """
    source = read_sheet(data, filename)
    suggested = suggest(source, filename)
    used = mapping or suggested
    rows: list[ImportedRow] = []
    aside: list[SetAside] = []
    for worksheet in source.worksheets:
        mapped = _mapping_for(worksheet, used, suggested)
        table = _table(worksheet, mapped)
        if table is None or mapped is None:
            aside += [_aside(worksheet, record, "no line of headings was found") for record in worksheet.records]
            continue
        aside += [_aside(worksheet, record, "above the headings") for record in table.above]
        aside += [_aside(worksheet, r, "the headings") for r in worksheet.records if r.number in table.heading_rows]
        rows += _rows(table, mapped, used, today)
    return Import(tuple(mark_duplicates(rows)), tuple(aside), _said(source, rows))


def _mapping_for(worksheet: Worksheet, mapping: Mapping, suggested: Mapping) -> TableMapping | None:
    """The mapping's table of that name; of a CSV its only one; else what reading alone finds."""
    for tables in (mapping.tables, suggested.tables):
        for mapped in tables:
            if mapped.worksheet == worksheet.name:
                return mapped
        if len(tables) == 1 and (not worksheet.name or not tables[0].worksheet):
            return tables[0]
    return None


def _table(worksheet: Worksheet, mapped: TableMapping | None) -> Table | None:
    if mapped is None:
        return None
    said = find_table(worksheet, mapped.heading_row)
    if said is None or same_headings(mapped, said) * 2 < len([c for c in mapped.columns if c.heading]):
        candidates = [find_table(worksheet, record.number) for record in worksheet.records[:_SEARCH]]
        best = max(
            (table for table in candidates if table), key=lambda table: same_headings(mapped, table), default=None
        )
        if best is not None and same_headings(mapped, best) * 2 >= len([c for c in mapped.columns if c.heading]):
            said = best
    return apply(mapped, said) if said is not None else find_table(worksheet)


def _aside(worksheet: Worksheet, record: Record, reason: str) -> SetAside:
    return SetAside(worksheet.name, record.number, reason, tuple(cell.raw for cell in record.cells if cell.raw))


def _rows(table: Table, mapped: TableMapping, mapping: Mapping, today: datetime.date) -> list[ImportedRow]:
    kinds = _kinds(table)
    reports = [record for record, kind in zip(table.below, kinds, strict=True) if kind == "report"]
    taken = taken_days(table, reports, mapping, today)
    staff = row_lines.staff_names(table, reports, mapped)
    rows: list[ImportedRow] = []
    above: Record | None = None
    for record, kind in zip(table.below, kinds, strict=True):
        context = RowContext(
            table=table,
            mapped=mapped,
            home_area=mapping.home_area,
            year=mapping.year,
            date_order=mapping.date_order,
            taken=taken.get(record.number),
            staff=staff,
            above=above,
            today=today,
        )
        if kind == "report":
            row = interpreting.interpret(record, context)
            above = record
        else:
            row = interpreting.not_a_report(record, kind, context)
        rows.append(row)
    return rows


def _kinds(table: Table) -> list[str]:
    kinds: list[str] = []
    last = True
    for record in reversed(table.below):
        kind = row_kind(record, table, last=last)
        if kind == "report":
            last = False
        kinds.append(kind)
    return kinds[::-1]


def _said(source: Source, rows: list[ImportedRow]) -> tuple[str, ...]:
    hidden = [w.name for w in source.worksheets if w.hidden]
    more = [f"hidden worksheet {fold(name)}: read like the others" for name in hidden]
    return (*source.said, *more, f"{len(rows)} lines below headings")
