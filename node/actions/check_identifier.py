"""Checks a number, plate, address or username against this project's reports and the warnings that it holds.

Other projects are not asked here: that is a door of its own. The answer says so, in words that are never a no.
"""

from datetime import datetime
from typing import Final

import msgspec

from node.actions.case_desk import CaseDesk
from node.actions.read_inbox import Warned, read_inbox
from node.core import access
from node.core.checking import Fit, fit_of_report, fit_of_warning
from node.core.report import is_locked_by_age
from node.core.scheme_data import IdentifierData
from node.log_view import LogView
from node.store.checks import note_check, people_who_checked
from node.store.inbox import received_body
from node.store.reports import list_reports, read_scheme_data
from protocol.at_rest import Epochs
from protocol.body_fields import AlertBody
from protocol.house.core.errors import Refused
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting

REASONS: Final = frozenset({"somebody_asked", "before_a_meeting", "taking_a_report", "following_up"})
"""Why somebody checks: kept in the trail."""

WEEK: Final = 7


class ReportFit(msgspec.Struct, frozen=True):
    """A report of ours that holds it, or may."""

    report_id: int
    fit: Fit


class WarningFit(msgspec.Struct, frozen=True):
    """A warning of another project that may be about it."""

    warned: Warned
    fit: Fit


class Checked(Unprinted, frozen=True, kw_only=True):
    """What was found.

    Attributes:
        reports: those of this project that are theirs to open; those locked or held are not among them.
        elsewhere: how many more hold it: a colleague may open those.
        warnings: of other projects, in force.
        asked_by: people here who asked about the same within a week, the asker included.
    """

    reports: tuple[ReportFit, ...]
    elsewhere: int
    warnings: tuple[WarningFit, ...]
    asked_by: int


def check_identifier(
    desk: CaseDesk, view: LogView, epochs: Epochs, *, asked: IdentifierData, reason: str, by: str, now: datetime
) -> Checked:
    """Looks, and keeps that somebody looked: the trail has who and why, the check log a keyed hash.

    Raises:
        Refused: `refused.reason`.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    if reason not in REASONS:
        raise Refused("reason", "the reason is one of: " + ", ".join(sorted(REASONS)))
    project = desk.config.name
    in_force = read_inbox(desk.store, view, epochs, now.date())
    with desk.store.begin() as session:
        who = acting(session, by, access.may_check, now)
        audit.note(session, person=who.id, verb="check", subject=f"identifier/{asked.kind}", now=now, reason=reason)
        note_check(session, desk.vault, kind=asked.kind, canonical=asked.canonical, person=who.id, now=now)
        reports = [one for one in list_reports(session, desk.vault) if not one.held and not is_locked_by_age(one.facts)]
        fits = [(one, fit_of_report(asked, read_scheme_data(session, desk.vault, one.id))) for one in reports]
        found = [(one, fit) for one, fit in fits if fit is not None]
        shown = []
        for warned in in_force:
            received = received_body(session, warned.head, epochs)
            if received is not None and isinstance(received.body, AlertBody):
                fit = fit_of_warning(asked, received.body)
                if fit is not None:
                    shown.append(WarningFit(warned, fit))
        return Checked(
            reports=tuple(ReportFit(one.id, fit) for one, fit in found if access.may_find(who, one, project)),
            elsewhere=sum(not access.may_find(who, one, project) for one, _ in found),
            warnings=tuple(shown),
            asked_by=people_who_checked(
                session, desk.vault, kind=asked.kind, canonical=asked.canonical, now=now, days=WEEK
            ),
        )
