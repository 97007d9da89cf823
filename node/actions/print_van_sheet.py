"""The van sheet: what is in force for our own people and from other projects, and what ended within the week."""

import datetime as dt
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.read_inbox import Ended, Warned, ended_lately, read_inbox
from node.core import access
from node.core.papers import WEEK, EndedEntry, SheetEntry, VanSheet, last_day_of, van_sheet
from node.core.release import Release
from node.log_view import LogView
from node.store.releases import list_releases, own_warnings
from protocol.at_rest import Epochs
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.wording.alert import brief_alert
from protocol.wording.catalogue import Catalogue
from protocol.wording.references import reference_of


def print_van_sheet(
    desk: CaseDesk, view: LogView, epochs: Epochs, *, words: Catalogue, by: str, now: datetime
) -> VanSheet:
    """The sheet of today; that it was printed is kept.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_print, now)
        audit.note(session, person=person.id, verb="print_van_sheet", subject="sheet/van", now=now)
        return sheet_of(session, desk, view, epochs, words, now)


def sheet_of(
    session: Session, desk: CaseDesk, view: LogView, epochs: Epochs, words: Catalogue, now: datetime
) -> VanSheet:
    """What is on the sheet of this moment, for somebody who may know."""
    today = now.date()
    received = read_inbox(desk.store, view, epochs, today, words, brief_since=today - WEEK)
    ended = [_ended(one) for one in ended_lately(desk.store, view, epochs, today - WEEK, today)]
    entries = [*_own(session, desk, words, now), *(_entry(one, desk.config.region) for one in received if one.lines)]
    return van_sheet(entries, [*ended, *_own_ended(session, desk, today)], today)


def _entry(one: Warned, home: str) -> SheetEntry:
    return SheetEntry(
        reference=reference_of(one.identity),
        project=one.project,
        lines=one.lines,
        day=dt.date.fromisoformat(one.day),
        last_day=last_day_of(dt.date.fromisoformat(one.in_force_until)),
        danger_now=one.danger_now,
        here=one.region == home,
    )


def _ended(one: Ended) -> EndedEntry:
    day = None if one.taken_back_on is None else dt.date.fromisoformat(one.taken_back_on)
    return EndedEntry(
        reference=reference_of(one.identity), project=one.project, taken_back=day is not None, taken_back_on=day
    )


def _own(session: Session, desk: CaseDesk, words: Catalogue, now: datetime) -> Iterator[SheetEntry]:
    for release, stored in own_warnings(session, desk.vault, now):
        body = parse_body(stored, "alert.v1")
        assert isinstance(body, AlertBody) and release.expires is not None and release.approved_at is not None
        is_new = release.approved_at.date() > now.date() - WEEK
        yield SheetEntry(
            reference=_reference(release),
            project=desk.config.name,
            lines=brief_alert(body, words=words, status=release.status, advised=is_new),
            day=release.approved_at.date(),
            last_day=last_day_of(release.expires),
            danger_now=release.danger_now,
            here=body.region == desk.config.region,
        )


def _own_ended(session: Session, desk: CaseDesk, today: dt.date) -> Iterator[EndedEntry]:
    """Ours that ran out within the week, and those taken back whose paper may still hang: until their last day."""
    for release in list_releases(session):
        if release.expires is None:
            continue
        taken_back = release.state == "withdrawn" and release.expires > today - WEEK
        lapsed = release.state == "approved" and today - WEEK <= release.expires <= today
        if taken_back or lapsed:
            yield EndedEntry(
                reference=_reference(release), project=desk.config.name, taken_back=taken_back, taken_back_on=None
            )


def _reference(release: Release) -> str:
    return reference_of(release.chain) if release.chain else str(release.id)
