"""After a succession: which warnings stand in a log before this one only, and how they are drafted for this one.

A warning is published anew the way every warning leaves: built from the record as it is now, with the permissions of
now, shown, and approved by a second person. It is an update of its release, so the chain in the old log ends with it.
"""

from datetime import datetime

from msgspec.structs import replace
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.draft_update import draft_update
from node.core.release import Release
from node.core.voice import Voice
from node.store.outbox import log_of
from node.store.releases import get_release, list_releases, read_composed
from protocol.house.core.errors import Refused


def to_be_published_anew(session: Session, log: str, now: datetime) -> list[Release]:
    """Our warnings to others that are in force, and stand in a log before this one only.

    Args:
        log: identity of the log that this node obeys.
    """
    return [one for one in list_releases(session) if one.in_force(now) and _is_of_old(session, one, log)]


def draft_anew(desk: CaseDesk, voice: Voice, *, release_id: int, by: str, now: datetime) -> int:
    """Drafts it for this log, as it was chosen before; the new release's number. Nothing leaves.

    A *danger now* becomes an ordinary one: two people look at it.

    Raises:
        Refused: `refused.stands_here`: it is in this log; else as `draft_update`.
        Locked, NoPermission, PrivateWords, NotFound: as `draft_update`.
    """
    with desk.store.read() as session:
        release = get_release(session, release_id)
        if not _is_of_old(session, release, voice.log):
            raise Refused("stands_here", "this warning is not of a log before this one: update it instead")
        choices = read_composed(session, desk.vault, release_id).choices
    choices = replace(choices, danger_now=False)
    return draft_update(desk, voice, release_id=release_id, choices=choices, by=by, now=now)


def _is_of_old(session: Session, release: Release, log: str) -> bool:
    return release.chain is not None and log_of(session, release.chain) not in (None, log)
