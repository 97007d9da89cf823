"""Everything that this project drafted and let out, grouped by what it waits for; looking is kept in the trail."""

from datetime import datetime
from typing import Literal

import msgspec

from node.actions.case_desk import CaseDesk
from node.core.danger_now import Due, Unreviewed, due
from node.core.release import Release
from node.store import audit
from node.store.people import person_id
from node.store.releases import list_releases

Stands = Literal["draft", "in_force", "paused", "ended", "taken_back", "refused", "replaced"]


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A release and how it stands now.

    Attributes:
        second_look: of a danger now that nobody has looked at: `waiting`, `chase` or `dark`; else None.
    """

    release: Release
    stands: Stands
    second_look: Due | None


def list_own_releases(desk: CaseDesk, *, by: str, now: datetime) -> tuple[Listed, ...]:
    """All of them, the newest first.

    Raises:
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        audit.note(session, person=person_id(session, by), verb="list_releases", subject="release/all", now=now)
        return tuple(listed(release, now) for release in reversed(list_releases(session)))


def listed(release: Release, now: datetime) -> Listed:
    """How one stands."""
    look = None
    if release.unreviewed and release.is_out:
        assert release.approved_by is not None and release.approved_at is not None
        waiting = Unreviewed(release_id=release.id, released_by=release.approved_by, released_at=release.approved_at)
        look = due(waiting, now)
    return Listed(release=release, stands=stands(release, now), second_look=look)


def stands(release: Release, now: datetime) -> Stands:
    """How a release stands, in one word."""
    if release.state == "approved":
        return "in_force" if release.in_force(now) else "ended"
    return {
        "draft": "draft",
        "shown": "draft",
        "refused": "refused",
        "paused": "paused",
        "superseded": "replaced",
        "withdrawn": "taken_back",
    }[release.state]  # type: ignore[return-value]
