"""Imports a project's own sheet: every row that is a report is kept, as recorded; nothing leaves by it."""

from datetime import datetime
from pathlib import Path

import msgspec

from node.actions.case_desk import CaseDesk
from node.actions.import_rows import import_rows
from node.core.sheet_rows import recorded_rows
from node.core.sheets.errors import MappingInvalid, SheetUnreadable
from node.core.sheets.imported_row import ImportedRow
from node.core.sheets.mapping import read_mapping
from node.core.sheets.rows import read_rows
from protocol.house.core.errors import Refused


class SheetImported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a sheet.

    Attributes:
        new: numbers of the reports that were not here before, in the sheet's order.
        rows: every row of the sheet, with its status and why.
        said: encoding, delimiter and what else the reader settled.
    """

    new: tuple[int, ...]
    rows: tuple[ImportedRow, ...]
    said: tuple[str, ...]

    @property
    def needing_a_person(self) -> int:
        """How many rows could not be read far enough without one."""
        return sum(row.status == "needs-a-person" for row in self.rows)


def import_sheet(desk: CaseDesk, *, path: Path, mapping_path: Path | None, by: str, now: datetime) -> SheetImported:
    """Reads the sheet and keeps its reports; importing it again changes nothing.

    Args:
        mapping_path: None: as `--suggest-mapping` would write it.

    Raises:
        Refused: `refused.sheet`, `refused.mapping`: cannot be read, naming what would be right; as `import_rows`.
        NotFound: `not_found.person`.
    """
    try:
        mapping = None if mapping_path is None else read_mapping(mapping_path.read_text("utf-8"))
        read = read_rows(path.read_bytes(), path.name, mapping, now.date())
    except OSError as error:
        raise Refused("sheet", "the sheet or its mapping cannot be read: no such file, or not allowed") from error
    except SheetUnreadable as error:
        raise Refused("sheet", str(error)) from error
    except MappingInvalid as error:
        raise Refused("mapping", str(error)) from error
    imported = import_rows(desk, rows=recorded_rows(read.rows, desk.config.agencies), by=by, now=now)
    return SheetImported(new=imported.new, rows=tuple(read.rows), said=read.said)
