"""A second person lets a release out: the exact bytes that they were shown."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.actions.send_out import Released, send_out
from node.core.release import require_open, require_second_person, require_shown
from node.core.voice import Voice
from node.store import audit
from node.store.people import person_id
from node.store.releases import get_release, shown_to


def approve_release(
    desk: CaseDesk, voice: Voice | None, *, release_id: int, digest: str, by: str, now: datetime
) -> Released:
    """Releases it.

    Args:
        voice: None will do where the release is to our own people.
        digest: as `show_release` gave it to this person.

    Raises:
        Refused: `refused.decided`, `refused.second_person`, `refused.not_shown`, `refused.other_bytes`, and what
            `send_out` refuses.
        Locked, NoPermission, PrivateWords, NotFound: as `send_out`.
    """
    with desk.store.begin() as session:
        person = person_id(session, by)
        release = get_release(session, release_id)
        require_open(release)
        require_second_person(release, by)
        require_shown(release, digest, shown_to(session, release_id), by)
        made = send_out(session, desk, voice, release, person=person, now=now, unreviewed=False)
        audit.note(session, person=person, verb="approve_release", subject=f"release/{release_id}", now=now)
        return made
