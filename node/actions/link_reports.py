"""Links two reports of one event, told by two people; each keeps its own permissions, account and contact rules."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.store import report_parts as parts
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def link_same_event(
    desk: CaseDesk, *, report_id: int, other_id: int, by: str, now: datetime, linked: bool = True
) -> None:
    """Says that two reports are of one event, told by two people; or that they are not after all.

    Each keeps its own permissions, account and contact rules: nothing of one is shown with the other.

    Raises:
        Refused: `refused.same_report`.
        Locked, NotYours, NotFound: as `report_for`, of either.
    """
    if report_id == other_id:
        raise Refused("same_report", "a report is not linked to itself: name another one")
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        report_for(session, desk, who, report_id)
        report_for(session, desk, who, other_id)
        if linked:
            parts.link_reports(session, report_id, other_id, by=who.id, now=now)
        else:
            parts.unlink_reports(session, report_id, other_id)
        verb = "link_reports" if linked else "unlink_reports"
        for one in (report_id, other_id):
            audit.note(session, person=who.id, verb=verb, subject=f"report/{one}", now=now)
