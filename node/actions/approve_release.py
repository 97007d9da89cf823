"""A second person lets a release out: the exact bytes that they were shown."""

from datetime import datetime

from node.actions.build_warning import found_in
from node.actions.case_desk import CaseDesk, require_may_judge
from node.actions.send_out import Released, send_out
from node.core import access
from node.core.leak.resolving import require_all_resolved
from node.core.release import READ_TO, require_open, require_second_person, require_shown
from node.core.voice import Voice
from node.store.releases import get_release, is_second_look, read_resolved, shown_to
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def approve_release(
    desk: CaseDesk,
    voice: Voice | None,
    *,
    release_id: int,
    digest: str,
    by: str,
    now: datetime,
    read_to: str | None = None,
) -> Released:
    """Releases it.

    Args:
        voice: None will do where the release is to our own people.
        digest: as `show_release` gave it to this person.
        read_to: of `READ_TO`: whether it was read to the person it happened to; None: not asked.

    Raises:
        Refused: `refused.read_to`, `refused.decided`, `refused.second_person`, `refused.not_shown`,
            `refused.other_bytes`, `refused.flags`, and what `send_out` refuses.
        NotYours: `access.role`, `access.report`.
        Locked, NoPermission, PrivateWords, NotFound: as `send_out`.
    """
    if read_to is not None and read_to not in READ_TO:
        raise Refused("read_to", "it was read to them: yes, not possible, or they did not want to")
    with desk.store.begin() as session:
        release = get_release(session, release_id)
        require_open(release)
        require_second_person(release, by)
        rule = access.may_review_danger_now if is_second_look(session, release) else access.may_release
        who = acting(session, by, rule, now)
        require_may_judge(session, desk, who, release)
        require_shown(release, digest, shown_to(session, release_id), by)
        resolved = read_resolved(session, desk.vault, release_id)
        require_all_resolved(found_in(session, desk, release), resolved, release.drafted_by)
        made = send_out(session, desk, voice, release, person=who.id, now=now, unreviewed=False, read_to=read_to)
        audit.note(session, person=who.id, verb="approve_release", subject=f"release/{release_id}", now=now)
        return made
