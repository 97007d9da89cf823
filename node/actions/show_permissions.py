"""What somebody who asks for permission needs: how it stands, what must be asked again, who could be the second."""

from datetime import datetime

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.permissions import Entry, Standing, Switch, standings, standings_now
from node.core.referring import REFERRALS, Wait, event_ended, referral_waits, to_ask_again
from node.core.report import Report
from node.store.permissions import read_entries
from node.store.reports import read_scheme_data
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting, colleagues_of


class PermissionsShown(Unprinted, frozen=True, kw_only=True):
    """The permissions of one report.

    Attributes:
        at_the_report: how each switch stood when it was taken.
        today: how each stands now.
        waits: why nothing may go to police by a switch now.
        ask_again: switches that were asked in shock → by when they are asked again.
        colleagues: who could be the second worker of a waiver.
    """

    report: Report
    entries: tuple[Entry, ...]
    at_the_report: dict[Switch, Standing]
    today: dict[Switch, Standing]
    waits: dict[Switch, Wait]
    ask_again: dict[Switch, datetime]
    colleagues: tuple[str, ...]


def show_permissions(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> PermissionsShown:
    """Looks at the answers, and at nothing else of the report.

    Raises:
        Locked: `locked.hold`, `locked.lead_only`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_record_permission, now)
        report = report_for(session, desk, who, report_id)
        entries = read_entries(session, desk.vault, report_id)
        ended = event_ended(read_scheme_data(session, desk.vault, report_id).date_max, report.taken_at)
        waits = {switch: referral_waits(entries, switch, ended=ended, now=now) for switch in REFERRALS}
        colleagues = colleagues_of(session, by, now)
        audit.note(session, person=who.id, verb="show_permissions", subject=f"report/{report_id}", now=now)
    return PermissionsShown(
        report=report,
        entries=entries,
        at_the_report=standings(entries, report.taken_at),
        today=standings_now(entries, now),
        waits={switch: wait for switch, wait in waits.items() if wait is not None},
        ask_again=to_ask_again(entries, ended=ended, now=now),
        colleagues=colleagues,
    )
