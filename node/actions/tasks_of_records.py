"""What waits in the records: a second person, a permission asked in shock, old contact rules, what is due to go."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.keep_recoverable import recovery_stands
from node.core import access
from node.core.referring import event_ended, to_ask_again
from node.core.report import Report
from node.core.retention import due
from node.core.tasks import Task
from node.store.holds import list_holds
from node.store.permissions import read_entries
from node.store.proposals import list_proposals
from node.store.report_parts import read_known_at
from node.store.reports import list_reports, read_reporter, read_scheme_data
from node.store.retention import ages
from protocol.house.core.staff import Staff


def tasks_of_records(
    session: Session, desk: CaseDesk, reports: Iterable[Report], who: Staff, now: datetime
) -> list[Task]:
    """For those who work on reports; `reports` are theirs to find."""
    if not access.may_record_permission(who):
        return []
    tasks, old, known = [], 0, set()
    for report in reports:
        known.add(report.id)
        ended = event_ended(read_scheme_data(session, desk.vault, report.id).date_max, report.taken_at)
        again = to_ask_again(read_entries(session, desk.vault, report.id), ended=ended, now=now)
        if again:
            days = (min(again.values()) - now).days
            path = f"/reports/{report.id}/permission"
            tasks.append(Task(kind="ask_again", path=path, number=report.id, days=days))
        reporter = read_reporter(session, desk.vault, report.id)
        if reporter.numbers and reporter.contact.ask_again(now, read_known_at(session, desk.vault, report.id)):
            old += 1
    if old:
        tasks.append(Task(kind="contact_old", path="/reports", number=old))
    return tasks + [
        Task(kind="second_wanted", path=f"/reports/{one.report_id}/hold", number=one.report_id)
        for one in list_proposals(session)
        if one.by != who.name and one.report_id in known
    ]


def tasks_of_keeping(desk: CaseDesk, who: Staff, now: datetime) -> list[Task]:
    """For those who answer for the records."""
    with desk.store.read() as session:
        theirs = {one.id for one in list_reports(session, desk.vault) if access.may_open(who, one, desk.config.name)}
        waiting = sum(bool(due(one, now)) for one in ages(session, desk.vault, now) if one.report_id in theirs)
        waiting += sum(one.review_at <= now for one in list_holds(session, desk.vault) if one.report_id in theirs)
    tasks = [Task(kind="keeping_due", path="/keeping", number=waiting)] if waiting else []
    if who.agency is None and recovery_stands(desk, now)[1]:
        tasks.append(Task(kind="recovery_unready", path="/recovery", number=0))
    return tasks
