"""Drafts an update with a body: it goes the way of an alert, and replaces one that is out, live or paused.

It is also how a paused warning comes back, and how a *danger now* gets its second look: an update with a longer lease.
"""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.actions.draft_release import draft
from node.core import access
from node.core.compose import Choices
from node.core.voice import Voice
from node.store.releases import get_release
from protocol.house.core.errors import Refused
from protocol.house.store.people import acting


def draft_update(
    desk: CaseDesk, voice: Voice | None, *, release_id: int, choices: Choices, by: str, now: datetime
) -> int:
    """Drafts what replaces that release; the new release's number.

    Args:
        voice: None will do where the release is to our own people.

    Raises:
        Refused: `refused.not_out` (never left, or taken back), `refused.status`; else as `draft_release`.
        NotYours: `access.role`, `access.report`.
        Locked, NoPermission, PrivateWords, NotFound: as `draft_release`.
    """
    with desk.store.begin() as session:
        replaced = get_release(session, release_id)
        if not replaced.is_out:
            raise Refused("not_out", "only a warning that is out, and not replaced or taken back, can be updated")
        if choices.status != replaced.status:
            raise Refused("status", "practice stays practice, and what is real stays real")
        who = acting(session, by, access.may_draft, now)
        report_for(session, desk, who, replaced.report_id)
        return draft(
            session,
            desk,
            voice,
            report_id=replaced.report_id,
            scope=replaced.scope,
            choices=choices,
            drafter=who.id,
            now=now,
            replaced=replaced,
        )
