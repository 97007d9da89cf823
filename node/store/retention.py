"""How old each report is, and what was decided about keeping it. What is due is computed, never stored."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from sqlmodel import Session, col, func, select

from node.core.release import dark_at
from node.core.report import is_locked_by_age
from node.core.retention import Age
from node.store.agencies import agencies_that_left
from node.store.case_tables import AttachmentRow, RetentionRow
from node.store.records_tables import PermissionRow, ReportRow, SealedPart
from node.store.releases import list_releases
from node.store.report_parts import has_contact_details
from node.store.reports import list_reports
from protocol.house.store.vault import Vault


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was erased: that it went, and nothing of what it was."""

    report_id: int
    agency: str
    taken_at: datetime
    erased_at: datetime


def ages(session: Session, vault: Vault, now: datetime) -> list[Age]:
    """What decides of each report that is here, the oldest first."""
    activity = last_activity(session)
    left = agencies_that_left(session)
    asked = set(
        session.exec(
            select(PermissionRow.report_id).where(col(PermissionRow.switch) != "record", PermissionRow.answer == "yes")
        )
    )
    released, warned = set(), set()
    for release in list_releases(session):
        if release.approved_at is not None:
            released.add(release.report_id)
            if release.is_out and release.expires is not None and now < dark_at(release.expires):
                warned.add(release.report_id)
    decided = __latest_decisions(session)
    made = []
    for report in list_reports(session, vault):
        last = decided.get(report.id)
        made.append(
            Age(
                report_id=report.id,
                agency=report.agency,
                last_activity=max(report.taken_at, activity.get(report.id, report.taken_at)),
                log_only=report.id not in asked and report.id not in released,
                has_contact=has_contact_details(session, vault, report.id),
                locked_by_age=is_locked_by_age(report.facts),
                held=report.held,
                warnings_out=report.id in warned,
                left=report.agency in left,
                keep_until=None if last is None else last.keep_until,
                reviewed_at=None if last is None else last.at,
            )
        )
    return made


def age_of(session: Session, vault: Vault, report_id: int, now: datetime) -> Age:
    """What decides of one report that is here."""
    return next(age for age in ages(session, vault, now) if age.report_id == report_id)


def last_activity(session: Session) -> dict[int, datetime]:
    """When anything was last put into each report: words, facts, answers, warnings, files.

    A look is none, nor is a hold or that its keeping was decided: those would start the years anew.
    """
    found: dict[int, datetime] = {}
    said = col(SealedPart.owner).in_(("report", "permission", "release", "attachment"))
    queries = (
        select(SealedPart.report_id, func.max(SealedPart.at)).where(said).group_by(col(SealedPart.report_id)),
        select(PermissionRow.report_id, func.max(PermissionRow.recorded_at)).group_by(col(PermissionRow.report_id)),
        select(AttachmentRow.report_id, func.max(AttachmentRow.at)).group_by(col(AttachmentRow.report_id)),
    )
    for query in queries:
        for report_id, at in session.exec(query):
            if report_id is not None:
                found[report_id] = max(at, found.get(report_id, at))
    return found


def insert_decision(
    session: Session,
    *,
    report_id: int,
    decided: str,
    reason: str | None,
    keep_until: datetime | None,
    by: int,
    now: datetime,
) -> None:
    """Somebody looked, and decided."""
    session.add(RetentionRow(report_id=report_id, decided=decided, reason=reason, keep_until=keep_until, at=now, by=by))


def __latest_decisions(session: Session) -> dict[int, RetentionRow]:
    """The last decision about each report."""
    return {row.report_id: row for row in session.exec(select(RetentionRow).order_by(col(RetentionRow.id)))}


def reports_gone(session: Session) -> Iterator[Gone]:
    """Every report that was erased, the last first."""
    rows = select(ReportRow).where(col(ReportRow.erased_at).is_not(None)).order_by(col(ReportRow.erased_at).desc())
    for row in session.exec(rows):
        assert row.id is not None and row.erased_at is not None
        yield Gone(report_id=row.id, agency=row.agency, taken_at=row.taken_at, erased_at=row.erased_at)
