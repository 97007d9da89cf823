"""Puts right what alerts are built from: a new version of the scheme data, of the private words, or of the facts."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.actions.withdraw_alert import take_back_forbidden
from node.core.errors import Locked
from node.core.report import Facts, is_locked_by_age, require_facts, require_not_held
from node.core.scheme_data import SchemeData
from node.core.voice import Voice
from node.store import audit
from node.store.people import Person, list_people, person_id
from node.store.reports import get_report, put_report_part


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

    Drafts built from the old version cannot be approved any more (`refused.stale`). Warnings that may not stand by what
    is known now (under 18 or not sure, a coercive other, an officer and police) are taken back in the same transaction.

    Args:
        voice: None: their Cancels that were signed beforehand go.
        private_words: added to those known already; a word once private stays so.

    Returns:
        Numbers of the releases taken back.

    Raises:
        Locked: `locked.hold`; `locked.age_lead`: only a safeguarding lead says of somebody recorded as under 18 or
            not sure that they are an adult.
        Refused: what `require_facts` refuses.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = person_id(session, by)
        report = get_report(session, desk.vault, report_id)
        require_not_held(report)
        if facts is not None:
            require_facts(facts)
            require_age_may_change(report.facts, facts, by, list_people(session))
            put_report_part(session, desk.vault, report_id, "facts", facts, at=now)
        if scheme is not None:
            put_report_part(session, desk.vault, report_id, "scheme", scheme, at=now)
        if private_words:
            put_report_part(session, desk.vault, report_id, "private", private_words, at=now)
        audit.note(session, person=person, verb="amend_report", subject=f"report/{report_id}", now=now)
        return take_back_forbidden(session, desk, voice, report_id, person=person, now=now)


def require_age_may_change(old: Facts, new: Facts, by: str, people: list[Person]) -> None:
    """Only a safeguarding lead unlocks.

    Raises:
        Locked: `locked.age_lead`.
    """
    unlocks = is_locked_by_age(old) and not is_locked_by_age(new)
    if unlocks and not any(person.name == by and person.role == "safeguarding_lead" for person in people):
        raise Locked("age_lead", "recorded as under 18 or not sure: only the safeguarding lead may say otherwise")
