"""A row as it was read, with its status and the reasons for it."""

import datetime
from typing import Final

import msgspec

from node.core.scheme_data import SchemeData
from node.core.sheets.consent import Permission
from node.core.sheets.identifying import Identified
from node.core.sheets.legend import SHARING
from node.core.sheets.people import Person
from node.core.sheets.vehicles import Vehicle


class Unread(msgspec.Struct, frozen=True):
    """Something that could not be read: the field, why, and the text as written."""

    field: str
    reason: str
    text: str


class ImportedRow(msgspec.Struct, frozen=True):
    """A line as read. Codes and ranges in `data`; everything as written in `cells`, heading, text and comment.

    `status`: report, needs-a-person, duplicate, empty or not-a-report. `row_kind`: one of `layout.ROW_KINDS`.
    `fingerprint`: SHA-256 of what the cells say, whatever the sheet, the order of columns or the place of the line.
    `reporter_age`: 18_or_over, under_18, not_sure or not_asked; the middle two lock the row.
    `permission`: as recorded; it releases nothing until a person has opened the row.
    """

    worksheet: str
    number: int
    row_kind: str
    status: str
    reason: str
    fingerprint: str
    cells: tuple[tuple[str, str, str], ...]
    ref: str | None = None
    taken_on: datetime.date | None = None
    taken_by: str = ""
    agency: str = ""
    told_by: str = "person_harmed"
    reporter_age: str = "not_asked"
    data: SchemeData = SchemeData()
    people: tuple[Person, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    identified: tuple[Identified, ...] = ()
    permission: Permission = Permission(record=None)
    first_account: str = ""
    support_notes: str = ""
    reporter_text: str = ""
    private_strings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    duplicate_of: int | None = None
    reporter_marks: frozenset[str] = frozenset()


_LABELS: Final = {
    "local_alert": "warning our own people",
    "national_alert": "warning other projects",
    "police_anonymous": "police without a name",
    "police_full": "police with the name",
}


def with_status(row: ImportedRow) -> ImportedRow:
    """The row with its status and a reason in words: what a person has to look at."""
    reasons = []
    if row.permission.erase:
        reasons.append("asked that nothing is kept: make no record")
    if not row.data.incident_types:
        reasons.append("the kind of incident could not be read")
    if row.data.date_min is None and row.data.date_max is None:
        reasons.append("the day could not be read")
    reasons += [
        unread.reason for unread in row.unread if unread.field == "incident_date" and row.data.date_max is not None
    ]
    open_switches = [_LABELS[switch] for switch in SHARING if getattr(row.permission, switch) is None]
    if open_switches:
        reasons.append("permission not read or not asked: " + ", ".join(open_switches))
    if "under_18" in row.flags:
        reasons.append("the person who reported is under 18: locked, whatever is ticked")
    if "under_18_possible" in row.flags:
        reasons.append("the person who reported may be under 18: locked until known")
    if "two_reports_possible" in row.flags:
        reasons.append("this row may hold two reports")
    if "taken_day_swapped" in row.flags:
        reasons.append("day and month of the day taken were swapped")
    status = "needs-a-person" if reasons else "report"
    if reasons and row.permission.erase and len(reasons) == 1:
        status = "report"
    return msgspec.structs.replace(row, status=status, reason="; ".join(reasons))
