"""Everything that was done with a report, and every look at it, as the trail has it."""

from datetime import datetime

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.store.reports import get_report
from protocol.house.store import audit
from protocol.house.store.people import acting, names_by_id


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One look or act.

    Attributes:
        who: by name, or None: the node itself.
        verb: what was done, as a code.
        reason: from a list, or None.
    """

    at: datetime
    who: str | None
    verb: str
    reason: str | None


def show_history(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> tuple[Happened, ...]:
    """The last first; this look is the first of them.

    Raises:
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        access.require_may_reach(who, get_report(session, desk.vault, report_id), desk.config.name)
        subject = f"report/{report_id}"
        audit.note(session, person=who.id, verb="show_history", subject=subject, now=now)
        names = names_by_id(session)
        return tuple(
            Happened(
                at=entry.at,
                who=None if entry.person is None else names[entry.person],
                verb=entry.verb,
                reason=entry.reason,
            )
            for entry in reversed(list(audit.read_trail(session, subject)))
        )
