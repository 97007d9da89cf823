"""A person says no to a draft, with a reason from the list. Its drafter may do so too."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, require_may_judge
from node.core import access
from node.core.release import REFUSAL_REASONS, require_open
from node.store.releases import get_release, mark_refused
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def refuse_release(desk: CaseDesk, *, release_id: int, reason: str, by: str, now: datetime) -> None:
    """Refuses it for good; another draft can follow.

    Raises:
        Refused: `refused.decided`, `refused.reason`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.release`, `not_found.person`.
    """
    if reason not in REFUSAL_REASONS:
        raise Refused("reason", "the reason is one of: " + ", ".join(sorted(REFUSAL_REASONS)))
    with desk.store.begin() as session:
        release = get_release(session, release_id)
        own = release.drafted_by == by
        who = acting(session, by, access.may_see_own_warnings if own else access.may_release, now)
        require_may_judge(session, desk, who, release)
        require_open(release)
        mark_refused(session, release_id, reason)
        audit.note(
            session, person=who.id, verb="refuse_release", subject=f"release/{release_id}", now=now, reason=reason
        )
