"""Everything that this project drafted and let out, grouped by what it waits for; looking is kept in the trail."""

from datetime import datetime
from typing import Literal

import msgspec

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.danger_now import Due, Unreviewed, due
from node.core.release import Release
from node.store.releases import list_releases
from node.store.reports import list_reports
from protocol.house.store import audit
from protocol.house.store.people import acting

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
    """Those that are out, and what else is of reports that are theirs to find; the newest first.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_see_own_warnings, now)
        audit.note(session, person=who.id, verb="list_releases", subject="release/all", now=now)
        theirs = {one.id for one in list_reports(session, desk.vault) if access.may_find(who, one, desk.config.name)}
        found = (one for one in reversed(list_releases(session)) if one.is_out or one.report_id in theirs)
        return tuple(listed(release, now) for release in found)


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
