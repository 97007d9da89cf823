"""Takes a report: three parts, each sealed by itself, and the answers to the switches."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace
from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.core import access
from node.core.permissions import Answer, Condition, Switch, require_entry, require_may_answer
from node.core.referring import COOLS_FOR, REFERRALS
from node.core.report import Facts, Part, ReporterPart, Words, require_facts, require_self_defined
from node.core.scheme_data import SchemeData
from node.store.agencies import require_agency_here
from node.store.authorisers import require_known_authoriser
from node.store.permissions import Given, append_entry, require_waiver
from node.store.reports import insert_report, put_report_part
from protocol.house.core.errors import NotYours, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def take_report(
    desk: CaseDesk,
    *,
    agency: str,
    facts: Facts,
    scheme: SchemeData,
    answers: Mapping[Switch, Answer],
    by: str,
    now: datetime,
    account: str = "",
    language: str = "en",
    support_notes: str = "",
    reporter: ReporterPart | None = None,
    private_words: tuple[str, ...] = (),
    given: Given | None = None,
    told_at: datetime | None = None,
) -> int:
    """Keeps a new report; its number.

    Args:
        agency: whose report it is: this project or one of its member agencies.
        answers: to the switches that were asked; the others are *not asked*.
        given: how all of `answers` were given; later ones can differ (`record_permission`).
        language: of the account, as an ISO 639-1 code.
        told_at: when it was told, where that was before it is typed in.

    Raises:
        Refused: `refused.agency`, `refused.not_recorded` (asked to listen only: nothing is kept), and what
            `require_facts`, `require_known_authoriser`, `require_entry` and `require_may_answer` refuse.
        NoPermission: `permission.age`.
        NotYours: `access.role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        return keep_report(
            session,
            desk,
            agency=agency,
            facts=facts,
            scheme=scheme,
            answers=answers,
            by=by,
            now=now,
            account=account,
            language=language,
            support_notes=support_notes,
            reporter=reporter,
            private_words=private_words,
            given=given,
            told_at=told_at,
        )


def keep_report(
    session: Session,
    desk: CaseDesk,
    *,
    agency: str,
    facts: Facts,
    scheme: SchemeData,
    answers: Mapping[Switch, Answer],
    by: str,
    now: datetime,
    account: str = "",
    language: str = "en",
    support_notes: str = "",
    reporter: ReporterPart | None = None,
    private_words: tuple[str, ...] = (),
    given: Given | None = None,
    conditions: Mapping[Switch, tuple[Condition, ...]] | None = None,
    told_at: datetime | None = None,
) -> int:
    """Keeps it within the caller's transaction; as `take_report`. `conditions`: of the yes to each switch."""
    require_facts(facts)
    require_agency_here(session, desk.config, agency)
    if reporter is not None:
        require_self_defined(reporter.ethnicity)
    if answers.get("record") != "yes" and facts.source == "report":
        raise Refused("not_recorded", "without a yes to keeping a record nothing is kept: listening is all")
    taken_at = told_at or now
    parts: tuple[tuple[Part, str], ...] = (("account", account), ("support", support_notes))
    given = given or Given(witness=by)
    require_waiver(session, given, by)
    who = acting(session, by, access.may_take_reports, now)
    if not access.may_take_for(who, agency):
        raise NotYours("agency", "an agency's people take reports for that agency")
    require_known_authoriser(session, facts)
    report_id = insert_report(session, desk.vault, agency=agency, facts=facts, taken_at=taken_at, taken_by=who.id)
    put_report_part(session, desk.vault, report_id, "scheme", scheme, at=now)
    for part, text in parts:
        if text:
            words = Words(text=text, by=by, at=taken_at, language=language if part == "account" else "en")
            put_report_part(session, desk.vault, report_id, part, words, at=now)
    if reporter is not None:
        put_report_part(session, desk.vault, report_id, "reporter", reporter, at=now)
    if private_words:
        put_report_part(session, desk.vault, report_id, "private", private_words, at=now)
    for switch, answer in answers.items():
        require_entry(switch, answer, taken_at, now)
        require_may_answer(facts, switch, answer)
        append_entry(
            session,
            desk.vault,
            report_id=report_id,
            switch=switch,
            answer=answer,
            given=_given(given, switch, answer, (conditions or {}).get(switch, given.conditions)),
            at=taken_at,
            now=now,
        )
    audit.note(session, person=who.id, verb="take_report", subject=f"report/{report_id}", now=now)
    return report_id


def _given(given: Given, switch: Switch, answer: Answer, conditions: tuple[Condition, ...]) -> Given:
    """As it was given to one switch: what is said of a yes to police is kept with that alone."""
    yes = answer == "yes"
    return replace(
        given,
        conditions=conditions,
        wanted_now=given.wanted_now and yes and switch in REFERRALS,
        waived_with=given.waived_with if yes and switch in COOLS_FOR else "",
    )
