"""Reads what was decided of a release, so that an update begins from it; looking is kept in the trail."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.compose import Choices
from node.core.report import require_may_open
from node.store import audit
from node.store.people import is_safeguarding_lead, person_id
from node.store.releases import get_release, read_composed
from node.store.reports import get_report


def read_choices(desk: CaseDesk, *, release_id: int, by: str, now: datetime) -> Choices:
    """The reviewer's choices.

    Raises:
        Locked: `locked.hold`, `locked.lead_only`.
        NotFound: `not_found.release`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = person_id(session, by)
        report = get_report(session, desk.vault, get_release(session, release_id).report_id)
        require_may_open(report, is_lead=is_safeguarding_lead(session, by))
        audit.note(session, person=person, verb="read_choices", subject=f"release/{release_id}", now=now)
        return read_composed(session, desk.vault, release_id).choices
