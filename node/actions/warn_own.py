"""Drafts a warning to this project's own people and member agencies (switch 2): kept here, no statement."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.actions.draft_release import draft
from node.core import access
from node.core.compose import Choices
from protocol.house.store import audit
from protocol.house.store.people import acting


def warn_own(desk: CaseDesk, *, report_id: int, choices: Choices, by: str, now: datetime) -> int:
    """Drafts it; the release's number. It is shown and approved like any other: the same body, the same rule.

    Raises:
        NoPermission: `permission.warn_own`, `permission.record`.
        NotYours: `access.role`, `access.report`.
        Locked, PrivateWords, Refused, NotFound: as `draft_release`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_draft, now)
        report_for(session, desk, who, report_id)
        release_id = draft(
            session, desk, None, report_id=report_id, scope="own", choices=choices, drafter=who.id, now=now
        )
        audit.note(session, person=who.id, verb="warn_own", subject=f"release/{release_id}", now=now)
        return release_id
