"""Warnings of which our own people can be told: what a report that is taken now may have been coloured by."""

from datetime import date, datetime

import msgspec

from node.actions.case_desk import CaseDesk
from node.actions.print_van_sheet import sheet_of
from node.core import access
from node.log_view import LogView
from protocol.at_rest import Epochs
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.wording.catalogue import ENGLISH


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One of them, without what it says; `day`: None where it ended and nobody knows any more when it began."""

    reference: str
    project: str
    day: date | None


def list_told(desk: CaseDesk, view: LogView, epochs: Epochs, *, by: str, now: datetime) -> tuple[Told, ...]:
    """Those in force, and those that ended within the week: danger now first, then the newest.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_take_reports, now)
        audit.note(session, person=person.id, verb="list_told", subject="sheet/van", now=now)
        sheet = sheet_of(session, desk, view, epochs, ENGLISH, now)
    stands = [Told(reference=one.reference, project=one.project, day=one.day) for one in (*sheet.new, *sheet.before)]
    return (*stands, *(Told(reference=one.reference, project=one.project, day=None) for one in sheet.ended))
