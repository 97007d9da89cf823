"""`watchword-node import`: reads a project's sheet without a node, and writes a first mapping for it.

Thin: files and output here, everything else in `node.core.sheets`.
"""

import datetime
import json
from pathlib import Path
from typing import TextIO

from node.core.sheets.imported_row import ImportedRow
from node.core.sheets.mapping import read_mapping, write_mapping
from node.core.sheets.reading import read_sheet
from node.core.sheets.report_json import row_json
from node.core.sheets.rows import Import, read_rows
from node.core.sheets.suggesting import suggest


def run_import_dry(
    path: Path, mapping_path: Path | None, *, as_json: bool, out: TextIO, today: datetime.date
) -> Import:
    """Reads a sheet and prints what an import would make of it: one object a row, or a line a row and a summary.

    Args:
        path: the sheet.
        mapping_path: None: as `write_suggested_mapping` would write it.
        as_json: one JSON object a line, in the names of the published test sheets.
        out: where to print.
        today: the day of the import.

    Raises:
        SheetUnreadable: the sheet cannot be read.
        MappingInvalid: the mapping cannot be used; names the field.
    """
    mapping = read_mapping(mapping_path.read_text("utf-8")) if mapping_path else None
    result = read_rows(path.read_bytes(), path.name, mapping, today)
    for row in result.rows:
        print_row(row, as_json=as_json, out=out)
    if not as_json:
        for line in (*result.said, *_summary(result)):
            out.write(line + "\n")
    return result


def print_row(row: ImportedRow, *, as_json: bool, out: TextIO) -> None:
    """One JSON object in the names of the published test sheets, or one line."""
    if as_json:
        out.write(json.dumps(row_json(row), ensure_ascii=False) + "\n")
        return
    where = f"{row.worksheet} {row.number}".strip()
    out.write(f"{where}: {row.status}{': ' + row.reason if row.reason else ''}\n")


def _summary(result: Import) -> list[str]:
    counts: dict[str, int] = {}
    for row in result.rows:
        counts[row.status] = counts.get(row.status, 0) + 1
    lines = [f"{count} {status}" for status, count in counts.items()]
    return [*lines, f"{len(result.aside)} lines beside the tables, kept as text"]


def suggested_mapping(path: Path) -> str:
    """A first mapping for a sheet, as TOML that `read_mapping` takes as it stands.

    Raises:
        SheetUnreadable: the sheet cannot be read.
        MappingInvalid: no line of headings was found in any worksheet.
    """
    source = read_sheet(path.read_bytes(), path.name)
    text = write_mapping(suggest(source, path.name), source.said)
    read_mapping(text)
    return text


def write_suggested_mapping(path: Path, out_path: Path) -> None:
    """Writes `suggested_mapping` of a sheet to a file.

    Raises:
        SheetUnreadable, MappingInvalid: as `suggested_mapping`; nothing is written.
    """
    out_path.write_text(suggested_mapping(path), "utf-8")
