"""Places a legal hold on a report, and lifts it. Two people; a hold beats erasure and retention.

What is held is unread and unshared: its warnings that are out are taken back, with the Cancels signed beforehand, and
its drafts wait. Source: PEOPLE 4.10.
"""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.overrides import HOLD_GROUNDS, require_ground, require_two
from node.store.holds import insert_hold, lift_holds
from node.store.reports import get_report
from protocol.house.core.errors import NotYours
from protocol.house.store import audit
from protocol.house.store.people import acting


def hold_report(
    desk: CaseDesk, *, report_id: int, ground: str, reference: str, by: str, second: str, now: datetime
) -> int:
    """Places it, and takes back its warnings that are out; its number. To be looked at again within six months.

    Raises:
        Refused: `refused.second_person`, `refused.ground`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    require_two(by, second)
    require_ground(ground, HOLD_GROUNDS)
    with desk.store.begin() as session:
        person, other = _two(session, desk, report_id, by, second, now)
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
        recheck_warnings(session, desk, None, report_id, person=person, now=now)
        return hold_id


def lift_hold(desk: CaseDesk, *, report_id: int, by: str, second: str, now: datetime) -> int:
    """Lifts every hold of the report; how many there were.

    Raises:
        Refused: `refused.second_person`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    require_two(by, second)
    with desk.store.begin() as session:
        person, other = _two(session, desk, report_id, by, second, now)
        subject = f"report/{report_id}"
        audit.note(session, person=person, verb="lift_hold", subject=subject, now=now)
        audit.note(session, person=other, verb="second_lift", subject=subject, now=now)
        return lift_holds(session, report_id, now)


def _two(session: Session, desk: CaseDesk, report_id: int, by: str, second: str, now: datetime) -> tuple[int, int]:
    """Two who read reports, one of them a coordinator; which of the two began it does not matter."""
    both = tuple(acting(session, name, access.may_read_reports, now) for name in (by, second))
    if not any(access.may_keep_records(one) for one in both):
        raise NotYours("role", "one of the two is a coordinator")
    report = get_report(session, desk.vault, report_id)
    for one in both:
        access.require_may_reach(one, report, desk.config.name)
    return both[0].id, both[1].id
