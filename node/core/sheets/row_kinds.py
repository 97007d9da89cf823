"""What kind of line each line below a heading is."""

import re
from typing import Final

from node.core.sheets.cells import Record
from node.core.sheets.layout import Table
from node.core.sheets.words import fold

ROW_KINDS: Final = ("report", "duplicate", "relayed", "empty", "totals", "divider", "repeated_header", "footer")

_TOTAL: Final = re.compile(
    r"^(grand |sub-?|\w+ )?(totals?|tot|sum|count|summe|gesamt\w*|anzahl|total[e]?s?|suma|razem|cyfanswm|celkem|"
    r"osszes\w*|insgesamt|"
    r"no\.? of reports|number of reports|reports? (this|in)|subtotal|totaal)\b"
)

_FOOT: Final = re.compile(
    r"^(y ?=|key\b|legend|nb\b|note:|please|remember|updated|last (updated|checked)|page \d|end of|printed|signed|"
    r"checked by|confidential|\*|stand\b|legende|do not|don't|keep |version|v\d|template|diwedd|ende\b|fim\b|fin\b)"
)


def row_kind(record: Record, table: Table, *, last: bool) -> str:
    """One of `ROW_KINDS`, but never `duplicate` or `relayed`, which need the row's meaning.

    Args:
        record: the line.
        table: where it stands.
        last: no report follows it.
    """
    filled = [cell for cell in record.cells if not cell.blank]
    if not filled:
        return "empty"
    if _repeats_heading(record, table):
        return "repeated_header"
    first = fold(filled[0].text or filled[0].raw)
    if _TOTAL.match(first.lstrip("= ")) and not _has_account(record, table):
        return "totals"
    if _only_counts(record, table):
        return "totals"
    if len(filled) == 1:
        return _single_cell_kind(record, table, first, last=last)
    if len(filled) <= 3 and last and not _has_account(record, table) and _FOOT.match(first):
        return "footer"
    return "report"


def _single_cell_kind(record: Record, table: Table, first: str, *, last: bool) -> str:
    index = next(i for i, cell in enumerate(record.cells) if not cell.blank)
    meaning = table.columns[index].meaning if index < len(table.columns) else ""
    if not any(c.isalnum() for c in first):
        return "divider"
    if meaning == "what_happened" and len(first) > 25 and not record.merged_across and not _FOOT.match(first):
        return "report"
    if last:
        return "footer"
    if index == 0 or record.merged_across or len(first) <= 60:
        return "divider"
    return "report"


def _repeats_heading(record: Record, table: Table) -> bool:
    headings = [fold(column.heading) for column in table.columns]
    texts = [fold(cell.raw) for cell in record.cells]
    both = [(a, b) for a, b in zip(headings, texts, strict=False) if b]
    same = sum(a == b for a, b in both)
    return same >= 2 and same * 10 >= len(both) * 6


def _has_account(record: Record, table: Table) -> bool:
    for column, cell in zip(table.columns, record.cells, strict=False):
        if column.meaning in ("what_happened", "description") and len(cell.text) > 25:
            return True
    return False


def _only_counts(record: Record, table: Table) -> bool:
    """A line of counts: formulas that sum, or `Y=21`, and no account."""
    filled = [cell for cell in record.cells if not cell.blank]
    counts = [
        cell
        for cell in filled
        if re.match(r"=\s*(SUM|COUNT|SUBTOTAL|AVERAGE|MAX|MIN)", cell.raw, re.I)
        or re.fullmatch(r"[\w ]{0,14}\s*[=:]\s*\d+", cell.raw.strip())
    ]
    return bool(counts) and len(counts) * 2 >= len(filled) and not _has_account(record, table)
