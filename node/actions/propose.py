"""Two people in two sessions: one proposes a hold, its end, or what was shared without permission; another seconds it.

Until then nothing happens, but that a report for which a hold is proposed is not erased.
"""

from datetime import datetime

import msgspec
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.hold_report import hold_report, lift_hold
from node.actions.record_override import record_override
from node.core import access
from node.core.overrides import HOLD_GROUNDS, OVERRIDE_GROUNDS, require_ground, require_shared
from node.core.proposals import HoldWanted, LiftWanted, OverrideWanted, Wanted, kind_of
from node.store.proposals import Proposal, end_proposal, get_proposal, insert_proposal, list_proposals, read_wanted
from node.store.reports import get_report
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with what it says."""

    proposal: Proposal
    wanted: Wanted


def propose(desk: CaseDesk, *, report_id: int, wanted: Wanted, by: str, now: datetime) -> int:
    """Keeps it for a second person; its number.

    Raises:
        Refused: `refused.ground`, `refused.recipient`, `refused.told`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    if isinstance(wanted, HoldWanted):
        require_ground(wanted.ground, HOLD_GROUNDS)
    elif isinstance(wanted, OverrideWanted):
        require_ground(wanted.ground, OVERRIDE_GROUNDS)
        require_shared(wanted.recipient, wanted.told)
    with desk.store.begin() as session:
        who = _reaching(session, desk, report_id, by, now)
        number = insert_proposal(session, desk.vault, report_id=report_id, wanted=wanted, by=who.id, now=now)
        verb = f"propose_{kind_of(wanted)}"
        audit.note(session, person=who.id, verb=verb, subject=f"report/{report_id}", now=now)
        return number


def second(desk: CaseDesk, *, number: int, by: str, now: datetime) -> int:
    """Does what was proposed, in the names of both; the report's number.

    Doing it and forgetting the proposal are two transactions: a crash between them leaves a proposal of something that
    is done, and seconding it again adds a second hold or record, which says so by its date.

    Raises:
        Refused: `refused.second_person`: the one who proposed it.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.proposal`, `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.read() as session:
        found = get_proposal(session, number)
        wanted = read_wanted(session, desk.vault, found)
    report_id, first = found.report_id, found.by
    if isinstance(wanted, HoldWanted):
        hold_report(
            desk, report_id=report_id, ground=wanted.ground, reference=wanted.reference, by=first, second=by, now=now
        )
    elif isinstance(wanted, LiftWanted):
        lift_hold(desk, report_id=report_id, by=first, second=by, now=now)
    else:
        record_override(
            desk,
            report_id=report_id,
            ground=wanted.ground,
            recipient=wanted.recipient,
            told_what=wanted.told_what,
            told=wanted.told,
            by=first,
            second=by,
            now=now,
        )
    with desk.store.begin() as session:
        end_proposal(session, number)
    return report_id


def take_proposal_away(desk: CaseDesk, *, number: int, by: str, now: datetime) -> int:
    """Ends it without doing it; the report's number.

    Raises:
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.proposal`, `not_found.person`.
    """
    with desk.store.begin() as session:
        found = get_proposal(session, number)
        who = _reaching(session, desk, found.report_id, by, now)
        end_proposal(session, number)
        subject = f"report/{found.report_id}"
        audit.note(session, person=who.id, verb=f"refuse_{found.kind}", subject=subject, now=now)
        return found.report_id


def waiting_for(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> tuple[Waiting, ...]:
    """What waits for a second person about this report.

    Raises:
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = _reaching(session, desk, report_id, by, now)
        found = list_proposals(session, report_id)
        audit.note(session, person=who.id, verb="look_at_proposals", subject=f"report/{report_id}", now=now)
        return tuple(Waiting(proposal=one, wanted=read_wanted(session, desk.vault, one)) for one in found)


def _reaching(session: Session, desk: CaseDesk, report_id: int, by: str, now: datetime) -> Staff:
    who = acting(session, by, access.may_read_reports, now)
    access.require_may_reach(who, get_report(session, desk.vault, report_id), desk.config.name)
    return who
