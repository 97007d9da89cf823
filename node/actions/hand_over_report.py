"""Hands a report over to the caseworkers: whoever only takes reports sees it no more. Source: PEOPLE 1.12."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.store.reports import mark_handed_over
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def hand_over_report(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> None:
    """Hands it over, once.

    Raises:
        Refused: `refused.not_taker`: only the person who took it hands it over.
        Locked: `locked.hold`, `locked.lead_only`.
        NotYours: `access.role`, `access.report`: they have handed it over already.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report = report_for(session, desk, who, report_id)
        if report.taken_by != who.id:
            raise Refused("not_taker", "whoever took the report hands it over")
        mark_handed_over(session, report_id, now)
        audit.note(session, person=who.id, verb="hand_over_report", subject=f"report/{report_id}", now=now)
