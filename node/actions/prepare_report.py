"""A report in the making: begun, filled in section by section, dropped, or kept. It is seen by its owner alone."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.take_report import keep_report
from node.core import access
from node.core.permissions import Answer, Condition, Switch
from node.core.report import Facts, ReporterPart, Words
from node.core.scheme_data import SchemeData
from node.store import drafts
from node.store.drafts import Draft, Fields
from node.store.permissions import Given
from node.store.reports import put_report_part
from protocol.house.core.errors import NotFound
from protocol.house.core.unprinted import Unprinted
from protocol.house.store import audit
from protocol.house.store.people import acting, colleagues_of, person_id


class Prepared(Unprinted, frozen=True, kw_only=True):
    """A whole report as it was prepared; shapes as `take_report` takes them.

    Attributes:
        translation: of the account, by its translator, or None.
    """

    agency: str
    facts: Facts
    scheme: SchemeData
    answers: Mapping[Switch, Answer]
    account: str
    language: str
    translation: Words | None
    support_notes: str
    reporter: ReporterPart
    given: Given
    conditions: Mapping[Switch, tuple[Condition, ...]]
    told_at: datetime | None


def begin_draft(desk: CaseDesk, *, by: str, now: datetime) -> int:
    """An empty one; its number.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_take_reports, now).id
        number = drafts.insert_draft(session, desk.vault, person=person, now=now)
        audit.note(session, person=person, verb="begin_draft", subject=f"draft/{number}", now=now)
        return number


def own_drafts(desk: CaseDesk, *, by: str) -> list[Draft]:
    """One's own, the last touched first.

    Raises:
        NotFound: `not_found.person`.
    """
    with desk.store.read() as session:
        return drafts.drafts_of(session, desk.vault, person_id(session, by))


def read_own_draft(desk: CaseDesk, *, number: int, by: str) -> Draft:
    """One of one's own.

    Raises:
        NotFound: `not_found.draft`: also somebody else's; `not_found.person`.
    """
    with desk.store.read() as session:
        return _own(session, desk, number, by)


def list_colleagues(desk: CaseDesk, *, by: str, now: datetime) -> tuple[str, ...]:
    """Who could have been there beside the one who takes a report, as the second worker of a waiver."""
    with desk.store.read() as session:
        return colleagues_of(session, by, now)


def fill_section(desk: CaseDesk, *, number: int, name: str, fields: Fields, by: str, now: datetime) -> None:
    """Puts a section down as it was filled in, right or not: nothing that was typed is lost.

    Raises:
        NotFound: as `read_own_draft`.
    """
    with desk.store.begin() as session:
        _own(session, desk, number, by)
        drafts.put_section(session, desk.vault, number, name, fields, now)


def drop_draft(desk: CaseDesk, *, number: int, by: str, now: datetime) -> None:
    """Forgets it; nothing of it is kept.

    Raises:
        NotFound: as `read_own_draft`.
    """
    with desk.store.begin() as session:
        draft = _own(session, desk, number, by)
        drafts.end_draft(session, number)
        audit.note(session, person=draft.person_id, verb="drop_draft", subject=f"draft/{number}", now=now)


def keep_draft(desk: CaseDesk, *, number: int, prepared: Prepared, by: str, now: datetime) -> int:
    """Keeps it as a report, and forgets the draft, in one transaction; the report's number.

    Raises:
        Refused, NoPermission, NotFound: as `take_report` and `read_own_draft`.
    """
    with desk.store.begin() as session:
        _own(session, desk, number, by)
        report_id = keep_report(
            session,
            desk,
            agency=prepared.agency,
            facts=prepared.facts,
            scheme=prepared.scheme,
            answers=prepared.answers,
            by=by,
            now=now,
            account=prepared.account,
            language=prepared.language,
            support_notes=prepared.support_notes,
            reporter=prepared.reporter,
            given=prepared.given,
            conditions=prepared.conditions,
            told_at=prepared.told_at,
        )
        if prepared.translation is not None:
            put_report_part(session, desk.vault, report_id, "translation", prepared.translation, at=now)
        drafts.end_draft(session, number)
        return report_id


def _own(session: Session, desk: CaseDesk, number: int, by: str) -> Draft:
    draft = drafts.read_draft(session, desk.vault, number)
    if draft.person_id != person_id(session, by):
        raise NotFound("draft", "there is no such report in the making: it was kept, or dropped")
    return draft
