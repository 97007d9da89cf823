"""Counts a quarter that is over, and keeps the result for a second person. Nothing leaves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.figures import Asked, count_quarter, is_counted, may_be_counted, quarter_to_count
from node.core.referring import event_ended
from node.core.release import digest_shown
from node.core.report import Report
from node.store.figures import end_figures, figures_of, insert_figures
from node.store.openings import times_to_opening
from node.store.permissions import read_entries
from node.store.releases import list_releases
from node.store.report_parts import read_referrals
from node.store.reports import list_reports, read_scheme_data
from protocol import canonical
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.quarters import Quarter
from protocol.vocabulary import REGISTERED_BANDS


def prepare_figures(desk: CaseDesk, *, quarter: str, registered: str | None, by: str, now: datetime) -> int:
    """Counts it; the number under which it is kept. What was prepared before for that quarter, and not sent, goes.

    Args:
        quarter: `2026-Q3`.
        registered: of `REGISTERED_BANDS`: how many workers are registered here; None: not known.

    Raises:
        Refused: `refused.quarter`, `refused.quarter_runs`, `refused.registered`, `refused.figures_sent`.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
        SealBroken: something of a report cannot be opened: a number that leaves it out would be wrong.
    """
    wanted = quarter_to_count(quarter, now)
    if registered is not None and registered not in REGISTERED_BANDS:
        raise Refused("registered", "how many workers are registered is one of: " + ", ".join(REGISTERED_BANDS))
    with desk.store.begin() as session:
        who = acting(session, by, access.may_prepare_figures, now)
        kept = figures_of(session, str(wanted))
        if kept is not None and kept.approved_at is not None:
            raise Refused("figures_sent", f"figures of {wanted} have left: take them back first")
        end_figures(session, str(wanted))
        content = canonical.encode(_counted(session, desk, wanted, registered))
        number = insert_figures(
            session,
            desk.vault,
            quarter=str(wanted),
            content=content,
            digest=digest_shown(content),
            by=who.id,
            now=now,
        )
        audit.note(session, person=who.id, verb="prepare_figures", subject=f"figures/{wanted}", now=now)
        return number


def _counted(session: Session, desk: CaseDesk, quarter: Quarter, registered: str | None) -> object:
    reports = list_reports(session, desk.vault)
    return count_quarter(
        quarter,
        (Asked(one, read_entries(session, desk.vault, one.id)) for one in reports if is_counted(one, quarter)),
        referrals=(
            referral
            for one in reports
            if may_be_counted(one)
            for referral in read_referrals(session, desk.vault, one.id)
        ),
        event_to_warning=_times_to_warning(session, desk, reports, quarter),
        warning_to_opened=times_to_opening(session, quarter.begins, quarter.ends),
        registered=registered,
        salt=desk.vault.new_salt(),
    )


def _times_to_warning(session: Session, desk: CaseDesk, reports: list[Report], quarter: Quarter) -> Iterator[timedelta]:
    """Of each chain that began in the quarter: from the latest moment at which the event can have happened."""
    known = {one.id: one for one in reports if not one.held and not one.imported}
    for release in list_releases(session):
        began = release.approved_at
        report = known.get(release.report_id)
        if release.scope != "others" or release.replaces is not None or release.status != "actual":
            continue
        if began is None or report is None or not quarter.has(began):
            continue
        last_day = read_scheme_data(session, desk.vault, report.id).date_max
        yield began - event_ended(last_day, report.taken_at)
