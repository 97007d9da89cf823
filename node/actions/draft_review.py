"""The second look at a danger now, where it stands: the same warning, drafted again for longer, for a second person.

It is still the text of the one who let it out, so they are its drafter; whoever looks now is who releases it.
"""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from node.actions.case_desk import CaseDesk, report_for
from node.actions.draft_release import draft
from node.core import access
from node.core.release import require_second_person
from node.core.voice import Voice
from node.store.releases import get_release, read_composed
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting, person_id

REVIEWED_DAYS: Final = 30
"""In force from the second look on. Source: PEOPLE §5."""


def draft_review(desk: CaseDesk, voice: Voice | None, *, release_id: int, by: str, now: datetime) -> int:
    """Drafts it, to be shown to `by` and released by them; the new release's number.

    Raises:
        Refused: `refused.reviewed`, `refused.second_person`; else as `draft_release`.
        NotYours: `access.role`, `access.report`.
        Locked, NoPermission, PrivateWords, NotFound: as `draft_release`.
    """
    with desk.store.begin() as session:
        reviewer = acting(session, by, access.may_review_danger_now, now)
        release = get_release(session, release_id)
        report_for(session, desk, reviewer, release.report_id)
        if not (release.unreviewed and release.is_out):
            raise Refused("reviewed", "this does not wait for a second look")
        require_second_person(release, by)
        choices = read_composed(session, desk.vault, release_id).choices
        made = draft(
            session,
            desk,
            voice if release.scope == "others" else None,
            report_id=release.report_id,
            scope=release.scope,
            choices=replace(choices, danger_now=False, lease_days=REVIEWED_DAYS),
            drafter=person_id(session, release.drafted_by),
            now=now,
            replaced=release,
        )
        audit.note(session, person=reviewer.id, verb="draft_review", subject=f"release/{made}", now=now)
        return made
