"""Danger now: one person lets it out unreviewed, having been shown the bytes. A second looks within 24 hours."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.actions.send_out import Released, send_out
from node.core import access
from node.core.danger_now import require_within_limits
from node.core.release import require_open, require_shown
from node.core.voice import Voice
from node.store.releases import get_release, shown_to, unreviewed_danger_now
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def release_danger_now(
    desk: CaseDesk, voice: Voice | None, *, release_id: int, digest: str, by: str, now: datetime
) -> Released:
    """Releases a draft whose choices say *danger now*, for three days; the second look is an update.

    Raises:
        Refused: `refused.not_danger_now`, `refused.danger_now_person`, `refused.danger_now_node`,
            `refused.danger_now_update` (the second look takes a second person), and as `approve_release`.
        NotYours: `access.role`, `access.report`.
        Locked, NoPermission, PrivateWords, NotFound: as `approve_release`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        release = get_release(session, release_id)
        report_for(session, desk, who, release.report_id)
        require_open(release)
        if not release.danger_now:
            raise Refused("not_danger_now", "this draft is not for danger now: a second person releases it")
        if release.replaces is not None:
            raise Refused("danger_now_update", "an update takes a second person")
        require_shown(release, digest, shown_to(session, release_id), by)
        require_within_limits(unreviewed_danger_now(session, now), by)
        made = send_out(session, desk, voice, release, person=who.id, now=now, unreviewed=True)
        audit.note(session, person=who.id, verb="release_danger_now", subject=f"release/{release_id}", now=now)
        return made
