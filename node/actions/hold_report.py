"""Places a legal hold on a report, and lifts it. Two people; a hold beats erasure and retention."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.overrides import HOLD_GROUNDS, require_ground, require_two
from node.store import audit
from node.store.holds import insert_hold, lift_holds
from node.store.people import person_id
from node.store.reports import get_report


def hold_report(
    desk: CaseDesk, *, report_id: int, ground: str, reference: str, by: str, second: str, now: datetime
) -> int:
    """Places it; its number. To be looked at again within six months.

    Raises:
        Refused: `refused.second_person`, `refused.ground`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    require_two(by, second)
    require_ground(ground, HOLD_GROUNDS)
    with desk.store.begin() as session:
        person, other = person_id(session, by), person_id(session, second)
        get_report(session, desk.vault, report_id)
        hold_id = insert_hold(
            session,
            desk.vault,
            report_id=report_id,
            ground=ground,
            reference=reference,
            by=person,
            second=other,
            now=now,
        )
        subject = f"report/{report_id}"
        audit.note(session, person=person, verb="hold_report", subject=subject, now=now, reason=ground)
        audit.note(session, person=other, verb="second_hold", subject=subject, now=now, reason=ground)
        return hold_id


def lift_hold(desk: CaseDesk, *, report_id: int, by: str, second: str, now: datetime) -> int:
    """Lifts every hold of the report; how many there were.

    Raises:
        Refused: `refused.second_person`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    require_two(by, second)
    with desk.store.begin() as session:
        person, other = person_id(session, by), person_id(session, second)
        get_report(session, desk.vault, report_id)
        subject = f"report/{report_id}"
        audit.note(session, person=person, verb="lift_hold", subject=subject, now=now)
        audit.note(session, person=other, verb="second_lift", subject=subject, now=now)
        return lift_holds(session, report_id, now)
