"""Records that something was shared without permission: on a listed ground, with one named recipient, by two people.

It opens nothing here and sends nothing: never an alert. It keeps that it happened, so that it can be answered for.
"""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.overrides import OVERRIDE_GROUNDS, require_ground, require_shared, require_two
from node.store.holds import Opened, insert_override
from node.store.reports import get_report
from protocol.house.store import audit
from protocol.house.store.people import acting


def record_override(
    desk: CaseDesk,
    *,
    report_id: int,
    ground: str,
    recipient: str,
    told_what: str,
    told: str,
    by: str,
    second: str,
    now: datetime,
) -> int:
    """Keeps the record; its number.

    Args:
        recipient: one, by name and body. Sealed.
        told_what: what they were told. Sealed.
        told: of `TOLD_HER`: whether the person it happened to was told.

    Raises:
        Refused: `refused.second_person`, `refused.ground`, `refused.recipient`, `refused.told`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    require_two(by, second)
    require_ground(ground, OVERRIDE_GROUNDS)
    require_shared(recipient, told)
    with desk.store.begin() as session:
        who = acting(session, by, access.may_record_permission, now)
        access.require_may_reach(who, get_report(session, desk.vault, report_id), desk.config.name)
        person, other = who.id, acting(session, second, access.may_record_permission, now).id
        override_id = insert_override(
            session,
            desk.vault,
            report_id=report_id,
            ground=ground,
            told=told,
            opened=Opened(recipient=recipient, told_what=told_what),
            by=person,
            second=other,
            now=now,
        )
        subject = f"report/{report_id}"
        audit.note(session, person=person, verb="share_without_permission", subject=subject, now=now, reason=ground)
        audit.note(session, person=other, verb="second_override", subject=subject, now=now, reason=ground)
        return override_id
