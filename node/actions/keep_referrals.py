"""Writes down what was passed on of a report, and what came of it. Nothing is sent."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.audit_week import LOCAL
from node.core.referrals import Known, Referral, answered, numbered, require_yes, with_one_more
from node.core.referring import event_ended
from node.core.report import Report, is_locked_by_age
from node.store.permissions import read_entries
from node.store.report_parts import read_referrals
from node.store.reports import put_report_part, read_scheme_data
from protocol.house.core.errors import NotYours
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting


def show_referrals(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> tuple[Referral, ...]:
    """All of a report that are theirs to see: who supports somebody stays with the agency, as its support notes do.

    Raises:
        Locked, NotYours, NotFound: as `report_for`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        report = report_for(session, desk, who, report_id)
        audit.note(session, person=who.id, verb="show_referrals", subject=f"report/{report_id}", now=now)
        kept = read_referrals(session, desk.vault, report_id)
        return tuple(one for one in kept if _is_theirs(desk, who, report, one))


def add_referral(desk: CaseDesk, *, report_id: int, passed_to: str, passed_on: date, by: str, now: datetime) -> int:
    """Keeps that it was passed on; its number within the report.

    To police it takes the permission of that day; of somebody under 18 the safeguarding lead decides.

    Raises:
        NoPermission: police might not have it on that day.
        Refused: `refused.passed_to`, `refused.future`, `refused.too_many`.
        NotYours: `access.role`, `access.report`, `access.support_notes`.
        Locked, NotFound: as `report_for`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        report = report_for(session, desk, who, report_id)
        kept = read_referrals(session, desk.vault, report_id)
        new = with_one_more(kept, passed_to, passed_on, by, now.astimezone(LOCAL).date())
        _require_theirs(desk, who, report, new)
        if not is_locked_by_age(report.facts):
            ended = event_ended(read_scheme_data(session, desk.vault, report_id).date_max, report.taken_at)
            moment = min(now, datetime.combine(passed_on + timedelta(days=1), time(), LOCAL))
            require_yes(read_entries(session, desk.vault, report_id), passed_to, moment=moment, ended=ended)
        _keep(session, desk, report_id, (*kept, new), verb="add_referral", person=who.id, now=now)
        return new.number


def answer_referral(
    desk: CaseDesk,
    *,
    report_id: int,
    number: int,
    reference: str,
    acknowledged_on: date | None,
    tasked: bool | None,
    known: Known | None,
    by: str,
    now: datetime,
) -> None:
    """Keeps what is known of it by now.

    Args:
        known: what came of it besides what is kept; None: nothing new.

    Raises:
        Refused: `refused.acknowledged`, `refused.tasked`, `refused.outcome`, `refused.reference`.
        NotFound: `not_found.referral`; as `report_for`.
        Locked, NotYours: as `add_referral`.
    """
    with desk.store.begin() as session:
        who, kept, one = _one_of(session, desk, report_id, number, by, now)
        new = answered(
            one,
            reference=reference,
            acknowledged_on=acknowledged_on,
            tasked=tasked,
            known=known,
            today=now.astimezone(LOCAL).date(),
        )
        changed = (new if other.number == number else other for other in kept)
        _keep(session, desk, report_id, changed, verb="answer_referral", person=who.id, now=now)


def take_out_referral(desk: CaseDesk, *, report_id: int, number: int, by: str, now: datetime) -> None:
    """It was written down wrongly: it counts no more. The version that had it stays until the report is erased.

    Raises:
        NotFound: `not_found.referral`; as `report_for`.
        Locked, NotYours: as `add_referral`.
    """
    with desk.store.begin() as session:
        who, kept, _ = _one_of(session, desk, report_id, number, by, now)
        left = (other for other in kept if other.number != number)
        _keep(session, desk, report_id, left, verb="take_out_referral", person=who.id, now=now)


def _one_of(
    session: Session, desk: CaseDesk, report_id: int, number: int, by: str, now: datetime
) -> tuple[Staff, tuple[Referral, ...], Referral]:
    who = acting(session, by, access.may_read_reports, now)
    report = report_for(session, desk, who, report_id)
    kept = read_referrals(session, desk.vault, report_id)
    one = numbered(kept, number)
    _require_theirs(desk, who, report, one)
    return who, kept, one


def _is_theirs(desk: CaseDesk, who: Staff, report: Report, one: Referral) -> bool:
    return not one.to_support or access.may_read_support_notes(who, report, desk.config.name)


def _require_theirs(desk: CaseDesk, who: Staff, report: Report, one: Referral) -> None:
    if not _is_theirs(desk, who, report, one):
        raise NotYours("support_notes", "who supports somebody of an agency stays with that agency")


def _keep(
    session: Session,
    desk: CaseDesk,
    report_id: int,
    referrals: Iterable[Referral],
    *,
    verb: str,
    person: int,
    now: datetime,
) -> None:
    put_report_part(session, desk.vault, report_id, "referrals", tuple(referrals), at=now)
    audit.note(session, person=person, verb=verb, subject=f"report/{report_id}", now=now)
