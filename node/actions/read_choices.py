"""Reads what was decided of a release, so that an update begins from it; looking is kept in the trail."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.compose import Choices
from node.store.releases import get_release, read_composed
from protocol.house.store import audit
from protocol.house.store.people import acting


def read_choices(desk: CaseDesk, *, release_id: int, by: str, now: datetime) -> Choices:
    """The reviewer's choices.

    Raises:
        Locked: `locked.hold`, `locked.lead_only`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.release`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_draft, now)
        report_for(session, desk, who, get_release(session, release_id).report_id)
        audit.note(session, person=who.id, verb="read_choices", subject=f"release/{release_id}", now=now)
        return read_composed(session, desk.vault, release_id).choices
