"""What has to be known of a row before its cells can be read: when, who told it, how old they are, who is described."""

import datetime
import re
from typing import Final

import msgspec

from node.core.sheets import tellers
from node.core.sheets.cells import Cell
from node.core.sheets.date_values import Context, When
from node.core.sheets.dates import from_serial, read_day, read_when
from node.core.sheets.imported_row import Unread
from node.core.sheets.meanings import PERMISSION
from node.core.sheets.row_lines import Line, RowContext
from node.core.sheets.tellers import Teller
from node.core.sheets.words import fold, without_markup


class Circumstances(msgspec.Struct, frozen=True):
    """`account`: what happened, without markup. `officer`: a real officer is described. Days are local days."""

    account: str
    comments: tuple[str, ...]
    taken: datetime.date | None
    when: When | None
    teller: Teller
    officer: bool
    reporter_age: str


def read_circumstances(line: Line, context: RowContext, unread: list[Unread]) -> Circumstances:
    """Reads them; what cannot be read is added to `unread`."""
    account = without_markup(line.text("what_happened"))
    taken = context.taken.day if context.taken else None
    comments = tuple(cell.comment for _, _, cell in line.everything if cell.comment)
    notes = line.text("notes", "outcome", "police_ref", "reporter", "reporter_contact", "told_by")
    told = line.text("description", "vehicle", "notes", "outcome", "names", "contact_means", *PERMISSION)
    return Circumstances(
        account=account,
        comments=comments,
        taken=taken,
        when=_when(line, Context(taken=taken, order=context.date_order, year=context.year), unread),
        teller=tellers.read_teller(line.text("told_by"), line.text("reporter"), account),
        officer=tellers.describes_officer((account, told)),
        reporter_age=tellers.read_reporter_age(
            line.text("reporter_age"), line.text("reporter"), account, (notes, *comments), born=_born(line), taken=taken
        ),
    )


_NIGHT_TIME: Final = re.compile(
    r"^(?:at |during the |late |all )?(?:nights?|overnight|o/n|nacht|nachts|noite|noaptea|nos)(?: ?time)?$"
)


def _when(line: Line, context: Context, unread: list[Unread]) -> When | None:
    cells = [cell for cell in line.cells("incident_date") if not cell.blank]
    if not cells:
        unread.append(Unread("incident_date", "no day is given", ""))
        return None
    cell = cells[0]
    when = _typed_day(cell, context) or read_when(cell.text, context)
    if when is None and cell.comment:
        when = read_when(cell.comment, context)
    if when is None:
        unread.append(Unread("incident_date", "not a day or a time that can be read", cell.raw))
        return None
    if when.doubts:
        unread.append(Unread("incident_date", _DATE_DOUBTS.get(when.doubts[0], when.doubts[0]), cell.raw))
    if when.min == when.max and when.max is not None and _NIGHT_TIME.match(fold(line.text("incident_time"))):
        later = when.max + datetime.timedelta(days=1)
        when = msgspec.structs.replace(when, max=min(later, context.taken) if context.taken else later)
    return when


def _born(line: Line) -> datetime.date | None:
    for cell in line.cells("reporter_age"):
        day = cell.day or read_day(cell.text, Context())
        if day is not None:
            return day
    return None


_DATE_DOUBTS: Final = {
    "weekday_differs": "the day of the week is not that of the date",
    "day_and_month_swapped": "the spreadsheet took the day for the month",
}


def _typed_day(cell: Cell, context: Context) -> When | None:
    day = cell.day or from_serial(cell.number)
    if day is None:
        return None
    if context.taken is None or day <= context.taken:
        return When(day, day)
    if day.day <= 12:
        other = datetime.date(day.year, day.day, day.month)
        if datetime.timedelta() <= context.taken - other <= datetime.timedelta(days=60):
            return When(other, other, ("day_and_month_swapped",))
    return None
