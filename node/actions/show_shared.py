"""What answers for a report besides its words: holds on it, and what was shared of it without permission."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core import access
from node.store.holds import HoldListed, OverrideListed, list_holds, list_overrides
from node.store.reports import get_report
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting


class SharedShown(Unprinted, frozen=True, kw_only=True):
    """Holds that are on, and records of sharing without permission."""

    holds: tuple[HoldListed, ...]
    shared: tuple[OverrideListed, ...]


def show_shared(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> SharedShown:
    """Also of a held or locked report: nothing of its words is opened.

    Raises:
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        access.require_may_reach(who, get_report(session, desk.vault, report_id), desk.config.name)
        audit.note(session, person=who.id, verb="show_shared", subject=f"report/{report_id}", now=now)
        return SharedShown(
            holds=tuple(list_holds(session, desk.vault, report_id)),
            shared=tuple(list_overrides(session, desk.vault, report_id)),
        )
