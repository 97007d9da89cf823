"""Shows a report to a person who works here, part by part; looking is kept in the trail."""

from datetime import UTC, date, datetime, time
from typing import Final

from msgspec.structs import replace
from sqlmodel import Session

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.permissions import Entry, Standing, Switch, standings, standings_now
from node.core.referrals import safeguarded_on
from node.core.report import (
    AskAgain,
    Report,
    ReporterPart,
    Words,
    is_locked_by_age,
    is_offered,
    safeguarding_referral_is_due,
)
from node.core.scheme_data import SchemeData
from node.store.permissions import read_entries
from node.store.releases import list_releases
from node.store.report_parts import Attachment, linked_reports, list_attachments, read_known_at, read_referrals
from node.store.reports import (
    list_reports,
    read_raw_cells,
    read_reporter,
    read_scheme_data,
    read_words,
)
from protocol.house.core.errors import NotYours, Refused
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting

LEGAL_NAME_REASONS: Final = frozenset(
    {"official_form", "emergency", "asked_by_person_harmed", "put_right", "safeguarding_referral"}
)
"""Why somebody looks at a legal or former name. Source: PEOPLE 1.15."""


class ReportShown(Unprinted, frozen=True, kw_only=True):
    """A report, opened for one person.

    Attributes:
        support_notes: empty unless they were asked for.
        may_read_support_notes: whether this person may ask for them.
        reporter: without legal and former names: those are `show_legal_names`'s.
        has_legal_names: whether there are any.
        ask_contact: why the rules for contact must be asked for again, or None.
        linked: reports of the same event, by other people.
        at_the_report: how each switch stood when the report was taken.
        today: how each stands now.
        referral_due: adult now, a child then: the safeguarding referral is to be thought of.
        safeguarded_on: the day on which the safeguarding referral was made, or None.
    """

    report: Report
    account: tuple[Words, ...]
    translations: tuple[Words, ...]
    additions: tuple[Words, ...]
    support_notes: tuple[Words, ...]
    may_read_support_notes: bool
    scheme: SchemeData
    reporter: ReporterPart
    has_legal_names: bool
    ask_contact: AskAgain | None
    attachments: tuple[Attachment, ...]
    linked: tuple[int, ...]
    raw_cells: tuple[tuple[str, str, str], ...]
    entries: tuple[Entry, ...]
    at_the_report: dict[Switch, Standing]
    today: dict[Switch, Standing]
    releases: tuple[int, ...]
    referral_due: bool
    safeguarded_on: date | None


def show_report(
    desk: CaseDesk, *, report_id: int, by: str, now: datetime, with_support_notes: bool = False
) -> ReportShown:
    """Opens a report for `by`.

    Raises:
        Locked: `locked.hold`: what is held is not read; `locked.lead_only`.
        NotYours: `access.role`, `access.report`, `access.support_notes`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        vault = desk.vault
        report = report_for(session, desk, who, report_id)
        may_read_notes = access.may_read_support_notes(who, report, desk.config.name)
        if with_support_notes and not may_read_notes:
            raise NotYours("support_notes", "an agency's support notes stay with that agency")
        verb = "show_support_notes" if with_support_notes else "show_report"
        audit.note(session, person=who.id, verb=verb, subject=f"report/{report_id}", now=now)
        entries = read_entries(session, vault, report_id)
        reporter = read_reporter(session, vault, report_id)
        notes = read_words(session, vault, report_id, "support") if with_support_notes else ()
        return ReportShown(
            report=report,
            account=tuple(read_words(session, vault, report_id, "account")),
            translations=tuple(read_words(session, vault, report_id, "translation")),
            additions=tuple(read_words(session, vault, report_id, "addition")),
            support_notes=tuple(notes),
            may_read_support_notes=may_read_notes,
            scheme=read_scheme_data(session, vault, report_id),
            reporter=replace(reporter, legal_names=()),
            has_legal_names=bool(reporter.legal_names),
            ask_contact=reporter.contact.ask_again(now, read_known_at(session, vault, report_id)),
            attachments=tuple(list_attachments(session, vault, report_id)),
            linked=tuple(linked_reports(session, report_id)),
            raw_cells=read_raw_cells(session, vault, report_id),
            entries=entries,
            at_the_report=standings(entries, report.taken_at),
            today=standings_now(entries, now),
            releases=tuple(release.id for release in list_releases(session, report_id)),
            referral_due=safeguarding_referral_is_due(report.facts),
            safeguarded_on=safeguarded_on(read_referrals(session, vault, report_id)),
        )


def show_legal_names(desk: CaseDesk, *, report_id: int, reason: str, by: str, now: datetime) -> tuple[str, ...]:
    """Legal and former names, which are never said: for a reason, which is kept in the trail.

    Args:
        reason: of `LEGAL_NAME_REASONS`.

    Raises:
        Refused: `refused.reason`.
        Locked, NotYours, NotFound: as `show_report`.
    """
    if reason not in LEGAL_NAME_REASONS:
        raise Refused("reason", "the reason is one of: " + ", ".join(sorted(LEGAL_NAME_REASONS)))
    with desk.store.begin() as session:
        who = acting(session, by, access.may_read_reports, now)
        report_for(session, desk, who, report_id)
        subject = f"report/{report_id}"
        audit.note(session, person=who.id, verb="show_legal_names", subject=subject, now=now, reason=reason)
        return read_reporter(session, desk.vault, report_id).legal_names


def list_all_reports(desk: CaseDesk, *, by: str, now: datetime, to_release: bool = False) -> list[Report]:
    """The reports that are theirs to find and not erased, without their words; looking is kept in the trail.

    Args:
        to_release: only those that are offered for release: none that is held or locked by age, and no imported row of
            an event more than 12 months ago.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        audit.note(session, person=who.id, verb="list_reports", subject="report/all", now=now)
        found = [one for one in list_reports(session, desk.vault) if access.may_find(who, one, desk.config.name)]
        if to_release:
            found = [one for one in found if _is_offered(session, desk, one, now)]
        return found


def _is_offered(session: Session, desk: CaseDesk, report: Report, now: datetime) -> bool:
    if report.held or is_locked_by_age(report.facts):
        return False
    data = read_scheme_data(session, desk.vault, report.id)
    last = data.date_max or data.date_min
    return is_offered(report, None if last is None else datetime.combine(last, time(), UTC), now)
