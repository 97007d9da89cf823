"""Keeps what stands beside an account: a translation, contact rules, who reported."""

from datetime import datetime

from msgspec.structs import replace

from node.actions.case_desk import CaseDesk, report_for
from node.actions.recheck_warnings import recheck_warnings
from node.core import access
from node.core.report import ContactRules, ReporterPart, Words, require_contact, require_self_defined
from node.core.voice import Voice
from node.store.reports import put_report_part, read_reporter
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def translate(
    desk: CaseDesk, *, report_id: int, text: str, language: str, translator: str, by: str, now: datetime
) -> None:
    """Keeps a second text beside their own words. No text is ever sent to a translation service.

    Args:
        language: of the translation, an ISO 639-1 code.
        translator: who translated it, by name or body.

    Raises:
        Refused: `refused.translator`, `refused.no_words`.
        Locked, NotYours, NotFound: as `report_for`.
    """
    if not text.strip():
        raise Refused("no_words", "there is nothing to add")
    if not translator.strip():
        raise Refused("translator", "a translation names who translated it")
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report_for(session, desk, who, report_id)
        words = Words(text=text, by=translator, at=now, language=language)
        put_report_part(session, desk.vault, report_id, "translation", words, at=now)
        audit.note(session, person=who.id, verb="translate", subject=f"report/{report_id}", now=now)


def set_contact_rules(desk: CaseDesk, *, report_id: int, rules: ContactRules, by: str, now: datetime) -> None:
    """Keeps how they may be reached, as asked now.

    Raises:
        Refused: `refused.contact`.
        Locked, NotYours, NotFound: as `report_for`.
    """
    require_contact(rules)
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report_for(session, desk, who, report_id)
        known = read_reporter(session, desk.vault, report_id)
        kept = replace(known, contact=replace(rules, asked_at=now))
        put_report_part(session, desk.vault, report_id, "reporter", kept, at=now)
        audit.note(session, person=who.id, verb="set_contact_rules", subject=f"report/{report_id}", now=now)


def mark_he_knows(desk: CaseDesk, *, report_id: int, by: str, now: datetime) -> None:
    """The person described knows of the report: contact rules are asked for again before anybody is rung.

    Raises:
        Locked, NotYours, NotFound: as `report_for`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report_for(session, desk, who, report_id)
        put_report_part(session, desk.vault, report_id, "he_knows", now, at=now)
        audit.note(session, person=who.id, verb="mark_he_knows", subject=f"report/{report_id}", now=now)


def change_reporter(
    desk: CaseDesk,
    *,
    report_id: int,
    reporter: ReporterPart,
    by: str,
    now: datetime,
    legal_names: tuple[str, ...] = (),
    voice: Voice | None = None,
) -> tuple[int, ...]:
    """Keeps who reported anew; numbers of the warnings that say what is private by now, and are taken back.

    Legal and former names are never shown on the way: those that are known stay, `legal_names` are added. Rules for
    contact stay as they are (`set_contact_rules`).

    Raises:
        Refused: `refused.ethnicity`.
        Locked, NotYours, NotFound: as `report_for`.
    """
    require_self_defined(reporter.ethnicity)
    with desk.store.begin() as session:
        who = acting(session, by, access.may_take_reports, now)
        report_for(session, desk, who, report_id)
        known = read_reporter(session, desk.vault, report_id)
        names = tuple(dict.fromkeys((*known.legal_names, *legal_names)))
        kept = replace(reporter, legal_names=names, contact=known.contact, contact_rules=known.contact_rules)
        put_report_part(session, desk.vault, report_id, "reporter", kept, at=now)
        audit.note(session, person=who.id, verb="change_reporter", subject=f"report/{report_id}", now=now)
        return recheck_warnings(session, desk, voice, report_id, person=who.id, now=now)
