"""Puts right what alerts are built from: a new version of the scheme data, of the private words, or of the facts."""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk, report_for
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.errors import Locked
from node.core.report import Facts, is_locked_by_age, require_facts, require_facts_may_change
from node.core.scheme_data import SchemeData
from node.core.voice import Voice
from node.store.authorisers import require_known_authoriser
from node.store.permissions import read_entries
from node.store.releases import mark_refused, open_drafts
from node.store.reports import put_report_part, read_facts, read_reporter
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting


def amend_scheme_data(
    desk: CaseDesk,
    *,
    report_id: int,
    by: str,
    now: datetime,
    scheme: SchemeData | None = None,
    facts: Facts | None = None,
    private_words: tuple[str, ...] = (),
    voice: Voice | None = None,
) -> tuple[int, ...]:
    """Keeps a new version of what is given; earlier ones stay until the report is erased.

    Drafts built from the old version cannot be approved any more (`refused.stale`). Warnings that a rule
    refuses by what is known now are taken back in the same transaction (`recheck_warnings`).

    Args:
        voice: None: their Cancels that were signed beforehand go.
        private_words: added to those known already; a word once private stays so.

    Returns:
        Numbers of the releases taken back.

    Raises:
        Locked: `locked.hold`; `locked.lead_only`: only a safeguarding lead changes what is recorded as under 18 or not
            sure, also that they are an adult.
        NotYours: `access.role`, `access.report`.
        Refused: what `require_facts`, `require_facts_may_change` and `require_known_authoriser` refuse.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report_for(session, desk, who, report_id)
        if facts is not None:
            put_facts(session, desk, report_id, facts, who=who, now=now)
        if scheme is not None:
            put_report_part(session, desk.vault, report_id, "scheme", scheme, at=now)
        if private_words:
            put_report_part(session, desk.vault, report_id, "private", private_words, at=now)
        audit.note(session, person=who.id, verb="amend_report", subject=f"report/{report_id}", now=now)
        return recheck_warnings(session, desk, voice, report_id, person=who.id, now=now)


def put_facts(session: Session, desk: CaseDesk, report_id: int, facts: Facts, *, who: Staff, now: datetime) -> None:
    """Keeps a new version of the facts within the caller's transaction, if that change may be.

    Drafts made while age locked the report, or before it did, are refused: others may see them than made them.

    Raises:
        Locked: `locked.age_lead`: only a safeguarding lead unlocks.
        Refused: as `amend_scheme_data`.
    """
    require_facts(facts)
    require_known_authoriser(session, facts)
    earlier = read_facts(session, desk.vault, report_id)
    was_asked = bool(read_entries(session, desk.vault, report_id)) or bool(
        read_reporter(session, desk.vault, report_id).names
    )
    require_facts_may_change(earlier, facts, was_asked=was_asked)
    unlocks = is_locked_by_age(earlier[-1]) and not is_locked_by_age(facts)
    if unlocks and not who.is_any("safeguarding_lead"):
        raise Locked("age_lead", "recorded as under 18 or not sure: only the safeguarding lead may say otherwise")
    if is_locked_by_age(earlier[-1]) != is_locked_by_age(facts):
        for draft in open_drafts(session, report_id):
            mark_refused(session, draft.id, "permission_changed")
    put_report_part(session, desk.vault, report_id, "facts", facts, at=now)
