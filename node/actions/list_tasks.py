"""Gathers what needs somebody now, by what they may do."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from node.actions.back_up import backups_stand
from node.actions.case_desk import CaseDesk
from node.actions.read_inbox import read_inbox
from node.actions.read_status import read_status
from node.actions.read_week import READ_WEEK, week_subject
from node.actions.tasks_of_records import tasks_of_keeping, tasks_of_records
from node.core import access
from node.core.audit_week import last_whole_week
from node.core.backups import unready
from node.core.referrals import REFERRED_WITHIN, safeguarded_on
from node.core.release import OPEN_STATES, Release
from node.core.report import Report, is_locked_by_age
from node.core.series import days_left, series_for
from node.core.tasks import SECOND_LOOK_AT_TAKEN_BACK, Kind, Task, in_order, of_drafts, of_lapses, of_second_looks
from node.log_view import LogView
from node.store.figures import figures_of
from node.store.releases import list_releases, unreviewed_danger_now
from node.store.report_parts import read_referrals
from node.store.reports import list_reports
from node.store.told import open_reminder
from protocol.at_rest import Epochs
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.quarters import quarter_of


def list_tasks(desk: CaseDesk, view: LogView, epochs: Epochs, *, who: Staff, now: datetime) -> tuple[Task, ...]:
    """The most urgent first. Numbers only: nothing of a record is opened for its reader.

    In practice only what is practised: what waits at the real node is behind pages that are closed then.
    """
    with desk.store.read() as session:
        releases = list_releases(session)
        tasks = of_second_looks(unreviewed_danger_now(session, now), who, now)
        tasks += of_drafts((one for one in releases if one.state in OPEN_STATES), who)
        tasks += of_lapses((one for one in releases if one.in_force(now)), who, now.date())
        tasks += _of_taken_back(session, desk, releases, who, now)
        tasks += _of_reports(session, desk, who, now)
        if desk.is_practice:
            return in_order(tasks)
        tasks += _of_the_week(session, who, now)
    if who.is_any("coordinator", "administrator"):
        tasks += _of_the_node(desk, view, epochs, now)
    if access.may_answer_hub(who):
        tasks += _of_the_hub(desk)
    tasks += _of_series(view, who, now)
    tasks += _of_figures(desk, view, who, now)
    if access.may_keep_records(who):
        tasks += tasks_of_keeping(desk, who, now)
    if who.is_any("coordinator"):
        flagged = sum(bool(one.flags or one.hidden) for one in read_inbox(desk.store, view, epochs, now.date()))
        tasks += _counted("arrival_flagged", "/inbox", flagged)
    return in_order(tasks)


def _of_taken_back(
    session: Session, desk: CaseDesk, releases: Iterable[Release], who: Staff, now: datetime
) -> list[Task]:
    """What another took back, until a second person has looked at it: of reports that are theirs to find."""
    if not access.may_review_danger_now(who):
        return []
    unseen = [one for one in releases if one.state == "withdrawn" and _waits_for_another(session, one, who, now)]
    if not unseen:
        return []
    reports = list_reports(session, desk.vault)
    theirs = {one.id for one in reports if not one.held and access.may_find(who, one, desk.config.name)}
    return [
        Task(kind="taken_back", path=f"/releases/{one.id}", number=one.id) for one in unseen if one.report_id in theirs
    ]


def _waits_for_another(session: Session, release: Release, who: Staff, now: datetime) -> bool:
    taken = audit.last_done(session, "withdraw_alert", f"release/{release.id}")
    if taken is None or taken.person == who.id or now - taken.at > SECOND_LOOK_AT_TAKEN_BACK:
        return False
    return not audit.done_since_by_another(session, "show_release", taken)


def _of_reports(session: Session, desk: CaseDesk, who: Staff, now: datetime) -> list[Task]:
    if not (access.may_import(who) or who.is_any("safeguarding_lead")):
        return []
    reports = [one for one in list_reports(session, desk.vault) if access.may_find(who, one, desk.config.name)]
    tasks = []
    if access.may_import(who):
        tasks += _counted("row_unopened", "/import/rows", sum(not one.opened for one in reports))
    tasks += tasks_of_records(session, desk, [one for one in reports if one.opened and not one.held], who, now)
    if who.is_any("safeguarding_lead"):
        tasks += [_of_age(session, desk, one, now) for one in reports if is_locked_by_age(one.facts)]
    return tasks


def _of_age(session: Session, desk: CaseDesk, report: Report, now: datetime) -> Task:
    """With its clock until somebody has written down the safeguarding referral."""
    if not report.held and safeguarded_on(read_referrals(session, desk.vault, report.id)) is None:
        left = (report.taken_at + REFERRED_WITHIN - now).days
        return Task(kind="referral_missing", path=f"/reports/{report.id}", number=report.id, days=left)
    return Task(kind="locked_by_age", path=f"/reports/{report.id}", number=report.id)


def _of_series(view: LogView, who: Staff, now: datetime) -> list[Task]:
    """What others say of our warnings, and waits for our word; the lead's by a clock."""
    member = view.member_id
    if member is None or not access.may_speak_of_series(who):
        return []
    waiting = [one for one in series_for(view.state, member, now.date()) if one.stands == "waits_for_us"]
    if not waiting:
        return []
    return [Task(kind="series_waits", path="/series", number=len(waiting), days=days_left(waiting, now.date()))]


def _of_figures(desk: CaseDesk, view: LogView, who: Staff, now: datetime) -> list[Task]:
    """A quarter that is over, in a project that had joined before it ended; then a second person's look."""
    if view.member is None or view.member.role != "project" or not access.may_prepare_figures(who):
        return []
    quarter = quarter_of(now.date()).previous
    with desk.store.read() as session:
        kept = figures_of(session, str(quarter))
    if kept is None:
        due = view.pin.pinned_at < quarter.ends
        return [Task(kind="figures_due", path="/figures", number=0)] if due else []
    if kept.approved_at is not None or kept.prepared_by == who.name or not access.may_let_out_figures(who):
        return []
    return [Task(kind="figures_wait", path=f"/figures/{quarter}", number=0)]


def _of_the_week(session: Session, who: Staff, now: datetime) -> list[Task]:
    """Monday's summary, until somebody has read it."""
    monday = last_whole_week(now)
    if not access.may_read_week(who) or audit.was_done(session, READ_WEEK, week_subject(monday)):
        return []
    return [Task(kind="week_unread", path=f"/audit/week?of={monday.isoformat()}", number=0)]


def _of_the_node(desk: CaseDesk, view: LogView, epochs: Epochs, now: datetime) -> list[Task]:
    status = read_status(desk.store, view, epochs, now)
    backups = unready(backups_stand(desk.config, desk.store), now)
    return [
        *_counted("backups_unready", "/status", len(backups)),
        *_counted("alarm", "/status", len(status.alarms)),
        *_counted("late_job", "/status", sum(job.late for job in status.jobs)),
        *_counted("orphan", "/status", len(status.orphans)),
        *_counted("deletion_overdue", "/status", len(status.overdue)),
    ]


def _of_the_hub(desk: CaseDesk) -> list[Task]:
    """What the hub's operator asks for."""
    with desk.store.read() as session:
        return [] if open_reminder(session) is None else [Task(kind="hub_reminds", path="/reminder", number=0)]


def _counted(kind: Kind, path: str, number: int) -> list[Task]:
    return [Task(kind=kind, path=path, number=number)] if number else []
