"""Somebody who did not draft a warning looks at one soft flag and lets it stand, with a reason from a list."""

from datetime import datetime

from node.actions.build_warning import found_in
from node.actions.case_desk import CaseDesk, require_may_judge
from node.core import access
from node.core.leak.found import Flag
from node.core.leak.resolving import Resolved, require_reason
from node.core.release import require_open, require_second_person, require_shown
from node.store.releases import get_release, keep_resolved, shown_to
from protocol.house.core.errors import NotFound
from protocol.house.store import audit
from protocol.house.store.people import acting


def resolve_flag(
    desk: CaseDesk, *, release_id: int, digest: str, flag: Flag, reason: str, by: str, now: datetime
) -> None:
    """Resolves it.

    Args:
        digest: as `show_release` gave it to this person.
        flag: one of those that it showed.
        reason: of `REASONS`.

    Raises:
        Refused: `refused.flag_reason`, `refused.decided`, `refused.second_person`, `refused.not_shown`,
            `refused.other_bytes`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.flag`, `not_found.release`, `not_found.erased`, `not_found.person`.
    """
    require_reason(reason)
    with desk.store.begin() as session:
        who = acting(session, by, access.may_draft, now)
        release = get_release(session, release_id)
        require_may_judge(session, desk, who, release)
        require_open(release)
        require_second_person(release, by)
        require_shown(release, digest, shown_to(session, release_id), by)
        if flag not in found_in(session, desk, release).soft:
            raise NotFound("flag", "this warning has no such flag: show it again")
        resolved = Resolved(flag=flag, reason=reason, by=by, at=now)
        keep_resolved(session, desk.vault, release_id, resolved, now)
        subject = f"release/{release_id}"
        audit.note(session, person=who.id, verb="resolve_flag", subject=subject, reason=reason, now=now)
