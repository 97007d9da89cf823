"""What is due to be erased or looked at again: listed, kept with a reason, or gone. A person decides each.

What is due is a query at the moment of asking; nothing is erased by a job. Source: PEOPLE 4.10, 4.11, §5.
"""

from datetime import datetime

import msgspec
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.report import require_not_held
from node.core.retention import Age, Due, due, require_keep
from node.store.holds import HoldListed, list_holds
from node.store.report_parts import erase_contact_details
from node.store.reports import get_report, list_reports
from node.store.retention import Gone, age_of, ages, insert_decision, reports_gone
from protocol.house.core.errors import Refused
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting


class DueReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report, and what is due for it."""

    age: Age
    due: tuple[Due, ...]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to decide, and what went.

    Attributes:
        holds: all that are on, the first to be looked at again first.
        gone: reports that were erased: that they went, and nothing else.
    """

    due: tuple[DueReport, ...]
    holds: tuple[HoldListed, ...]
    gone: tuple[Gone, ...]


def review_retention(desk: CaseDesk, *, by: str, now: datetime) -> Review:
    """What is due, of the reports that `by` answers for.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_keep_records, now)
        audit.note(session, person=who.id, verb="review_retention", subject="report/all", now=now)
        theirs = {one.id for one in list_reports(session, desk.vault) if access.may_open(who, one, desk.config.name)}
        known = [age for age in ages(session, desk.vault, now) if age.report_id in theirs]
        found = [DueReport(age=age, due=due(age, now)) for age in known]
        return Review(
            due=tuple(one for one in found if one.due),
            holds=tuple(hold for hold in list_holds(session, desk.vault) if hold.report_id in theirs),
            gone=tuple(one for one in reports_gone(session) if who.agency is None or access.is_of(who, one.agency, "")),
        )


def keep_longer(desk: CaseDesk, *, report_id: int, reason: str, until: datetime, by: str, now: datetime) -> None:
    """Keeps a report that is due, with a reason, for a year at most.

    Raises:
        Refused: `refused.keep`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    require_keep(reason, until, now)
    with desk.store.begin() as session:
        who = _keeper(session, desk, report_id, by, now)
        insert_decision(
            session, report_id=report_id, decided="keep", reason=reason, keep_until=until, by=who.id, now=now
        )
        subject = f"report/{report_id}"
        audit.note(session, person=who.id, verb="keep_longer", subject=subject, now=now, reason=reason)


def forget_contact(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> None:
    """Erases numbers, addresses and rules for contact whose time has come.

    Raises:
        Locked: `locked.hold`.
        Refused: `refused.not_due`: somebody added to the report, a warning of it is out, or it is kept with a reason.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = _keeper(session, desk, report_id, by, now)
        require_not_held(get_report(session, desk.vault, report_id))
        if "erase_contact" not in due(age_of(session, desk.vault, report_id, now), now):
            raise Refused("not_due", "contact details go a year after the last contact, and never from an open case")
        erase_contact_details(session, desk.vault, report_id)
        insert_decision(
            session, report_id=report_id, decided="erase_contact", reason=None, keep_until=None, by=who.id, now=now
        )
        audit.note(session, person=who.id, verb="erase_contact", subject=f"report/{report_id}", now=now)
    desk.store.checkpoint_wal()


def _keeper(session: Session, desk: CaseDesk, report_id: int, by: str, now: datetime) -> Staff:
    who = acting(session, by, access.may_keep_records, now)
    access.require_may_reach(who, get_report(session, desk.vault, report_id), desk.config.name)
    return who
