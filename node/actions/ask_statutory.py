"""What the statutory agency said about a warning for somebody under 18: written down, and read again."""

from datetime import date, datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk, report_for
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.audit_week import LOCAL
from node.core.report import is_locked_by_age
from node.core.safeguarding import Asked, Reply, require_question
from node.core.voice import Voice
from node.store.releases import get_release
from node.store.report_parts import list_statutory
from node.store.reports import put_report_part
from protocol.house.core.errors import Refused
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting


def ask_statutory(
    desk: CaseDesk,
    *,
    report_id: int,
    agency: str,
    asked_on: date,
    reply: Reply,
    by: str,
    now: datetime,
    voice: Voice | None = None,
) -> tuple[int, ...]:
    """Keeps it beside the report, sealed; numbers of the warnings that it takes back, where they were told to wait.

    Args:
        voice: None: their Cancels that were signed beforehand go.

    Raises:
        Refused: `refused.not_under_18`; `refused.agency`, `refused.reply`, `refused.future`.
        Locked: `locked.hold`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    asked = Asked(agency=agency.strip(), asked_on=asked_on, reply=reply, by=by)
    require_question(asked, now.astimezone(LOCAL).date())
    with desk.store.begin() as session:
        who = _lead_of(session, desk, report_id, by, now)
        put_report_part(session, desk.vault, report_id, "statutory", asked, at=now)
        subject = f"report/{report_id}"
        audit.note(session, person=who.id, verb="ask_statutory", subject=subject, reason=reply, now=now)
        return recheck_warnings(session, desk, voice, report_id, person=who.id, now=now)


def show_statutory(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> tuple[Asked, ...]:
    """All that was asked so far, the first first.

    Raises:
        Refused: `refused.not_under_18`.
        Locked, NotYours, NotFound: as `ask_statutory`.
    """
    with desk.store.begin() as session:
        who = _lead_of(session, desk, report_id, by, now)
        audit.note(session, person=who.id, verb="show_statutory", subject=f"report/{report_id}", now=now)
        return tuple(list_statutory(session, desk.vault, report_id))


def _lead_of(session: Session, desk: CaseDesk, report_id: int, by: str, now: datetime) -> Staff:
    who = acting(session, by, access.may_safeguard, now)
    if not is_locked_by_age(report_for(session, desk, who, report_id).facts):
        raise Refused("not_under_18", "this is for somebody under 18, or perhaps under 18: here permissions count")
    return who


def is_for_under_18(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> bool:
    """Whether a warning of this report would be one that no permission stands behind.

    Raises:
        Locked, NotYours, NotFound: as `report_for`.
    """
    with desk.store.read() as session:
        who = acting(session, by, access.may_draft, now)
        return is_locked_by_age(report_for(session, desk, who, report_id).facts)


def updates_for_under_18(desk: CaseDesk, *, release_id: int, by: str, now: datetime) -> bool:
    """As `is_for_under_18`, for what replaces this warning.

    Raises:
        Locked, NotYours: as `report_for`.
        NotFound: `not_found.release`, `not_found.person`; as `report_for`.
    """
    with desk.store.read() as session:
        who = acting(session, by, access.may_draft, now)
        report_id = get_release(session, release_id).report_id
        return is_locked_by_age(report_for(session, desk, who, report_id).facts)
