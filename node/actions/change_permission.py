"""Stops sharing: switches off, drafts refused, warnings that depend on them taken back; in one transaction.

A crash before the commit changes nothing; after it, the Cancels are in the outbox.
"""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.withdraw_alert import take_back_or_owe
from node.core import access
from node.core.permissions import Switch, require_entry
from node.core.release import Composed, Release
from node.core.taken_back import LeftAlert, TakenBack, depends_on, what_remains
from node.core.voice import Voice
from node.store.permissions import Given, append_entry
from node.store.releases import list_releases, mark_refused, open_drafts, read_composed, releases_out
from node.store.report_parts import read_referrals
from node.store.reports import require_report
from protocol.at_rest import SealBroken
from protocol.house.core.errors import NotFound, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting

STOP_SHARING: Final[tuple[Switch, ...]] = (
    "warn_own",
    "warn_others",
    "compare_quietly",
    "police_anonymous",
    "police_full",
)
"""One button: everything but keeping the record."""


def change_permission(
    desk: CaseDesk,
    voice: Voice | None,
    *,
    report_id: int,
    switches: tuple[Switch, ...] = STOP_SHARING,
    given: Given,
    by: str,
    now: datetime,
) -> TakenBack:
    """Turns switches off and says what had left and what cannot be called back.

    It asks for no reason, and works on a held or locked report too: it only ever stops. Neither a record that does not
    open nor a Cancel that cannot be made undoes it: what is owed is said (`cancel_owed`).

    Args:
        voice: None where the key or the log is not at hand: Cancels that were signed beforehand go.

    Raises:
        Refused: `refused.switch`.
        NotYours: `access.role`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    for switch in switches:
        require_entry(switch, "no", now, now)
    if not switches:
        raise Refused("switch", "name at least one switch")
    with desk.store.begin() as session:
        person = acting(session, by, access.may_take_down, now).id
        require_report(session, report_id)
        for switch in switches:
            append_entry(
                session,
                desk.vault,
                report_id=report_id,
                switch=switch,
                answer="no",
                given=given,
                at=now,
                now=now,
            )
        drafts = open_drafts(session, report_id)
        for draft in drafts:
            mark_refused(session, draft.id, "permission_changed")
        stopped = [one for one in releases_out(session, report_id) if _depends(session, desk, one, switches)]
        owed = {
            release.id
            for release in stopped
            if not take_back_or_owe(session, desk, voice, release, person=person, now=now)
        }
        left = had_left(session, desk, report_id, {release.id for release in stopped}, owed)
        police_told = was_passed_to_police(session, desk, report_id)
        audit.note(session, person=person, verb="stop_sharing", subject=f"report/{report_id}", now=now)
    return TakenBack(
        had_left=left, drafts_refused=len(drafts), remains=what_remains(left, passed_to_police=police_told)
    )


def _depends(session: Session, desk: CaseDesk, release: Release, switches: tuple[Switch, ...]) -> bool:
    composed = _composed(session, desk, release)
    if composed is None:
        return True
    home = desk.config.region
    return any(
        depends_on(release, switch, home_region=home, composed=composed, police=release.police) for switch in switches
    )


def _composed(session: Session, desk: CaseDesk, release: Release) -> Composed | None:
    """None: it does not open. Nobody can say on what it depends, so it depends on every switch."""
    try:
        return read_composed(session, desk.vault, release.id)
    except (NotFound, SealBroken):
        return None


def was_passed_to_police(session: Session, desk: CaseDesk, report_id: int) -> bool:
    """Whether something of it was; where the record of that does not open, it may have been."""
    try:
        return any(one.to_police for one in read_referrals(session, desk.vault, report_id))
    except SealBroken:
        return True


def had_left(
    session: Session, desk: CaseDesk, report_id: int, stopped: set[int], owed: set[int]
) -> tuple[LeftAlert, ...]:
    """Every warning of a report that ever left.

    Args:
        stopped: releases that are taken back with this.
        owed: those of them whose Cancel could not be made.
    """
    made = []
    for release in list_releases(session, report_id):
        if release.approved_at is None:
            continue
        composed = _composed(session, desk, release)
        audience = None if composed is None else composed.audience
        made.append(
            LeftAlert(
                release_id=release.id,
                scope=release.scope,
                left_at=release.approved_at,
                regions=() if audience is None else audience.regions,
                members=() if audience is None else audience.members,
                police=release.police,
                withdrawn_now=release.id in stopped,
                cancel_owed=release.id in owed,
            )
        )
    return tuple(made)
