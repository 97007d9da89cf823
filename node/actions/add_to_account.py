"""Adds words to a report: to the first account until it locks, afterwards as a dated addition by a named person."""

from datetime import datetime
from typing import Literal

from node.actions.case_desk import CaseDesk
from node.core.errors import Locked, Refused
from node.core.report import Part, Words, account_is_locked, require_may_open
from node.store import audit
from node.store.people import is_safeguarding_lead, person_id
from node.store.reports import get_report, put_report_part


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
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    if not text.strip():
        raise Refused("no_words", "there is nothing to add")
    part: Part = to
    with desk.store.begin() as session:
        person = person_id(session, by)
        report = get_report(session, desk.vault, report_id)
        require_may_open(report, is_lead=is_safeguarding_lead(session, by))
        if to == "account" and account_is_locked(report.taken_at, now):
            raise Locked("account", "the first account locked 24 hours after it was taken: add to it instead")
        put_report_part(session, desk.vault, report_id, part, Words(text=text, by=by, at=now), at=now)
        audit.note(session, person=person, verb=f"add_to_{to}", subject=f"report/{report_id}", now=now)
