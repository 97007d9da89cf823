"""Adds words to a report: to the first account until it locks, afterwards as a dated addition by a named person."""

from datetime import datetime
from typing import Literal

from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.errors import Locked
from node.core.report import Part, Words, account_is_locked
from node.store.reports import put_report_part
from protocol.house.core.errors import NotYours, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def add_to_account(
    desk: CaseDesk,
    *,
    report_id: int,
    text: str,
    by: str,
    now: datetime,
    to: Literal["account", "addition", "support"] = "addition",
) -> None:
    """Keeps further words. Nothing is overwritten: every version stays until the report is erased.

    Args:
        to: `account` writes the first account anew, within 24 hours of its taking; `addition` and `support` add.

    Raises:
        Locked: `locked.account`: 24 hours are over, add to it instead; `locked.hold`, `locked.lead_only`.
        Refused: `refused.no_words`.
        NotYours: `access.role`, `access.report`, `access.support_notes`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    if not text.strip():
        raise Refused("no_words", "there is nothing to add")
    part: Part = to
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report = report_for(session, desk, who, report_id)
        if to == "support" and not access.may_read_support_notes(who, report, desk.config.name):
            raise NotYours("support_notes", "an agency's support notes stay with that agency")
        if to == "account" and account_is_locked(report.taken_at, now):
            raise Locked("account", "the first account locked 24 hours after it was taken: add to it instead")
        put_report_part(session, desk.vault, report_id, part, Words(text=text, by=by, at=now), at=now)
        audit.note(session, person=who.id, verb=f"add_to_{to}", subject=f"report/{report_id}", now=now)
