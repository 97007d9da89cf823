"""Keeps what the twelve questions were answered, and drafts the warning in the same breath. Nothing leaves yet."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from node.actions.case_desk import CaseDesk
from node.actions.draft_release import draft
from node.actions.take_report import keep_report
from node.core.danger_now import is_in_time
from node.core.danger_questions import (
    Course,
    Told,
    answers_of,
    choices_of,
    course_of,
    facts_of,
    scheme_data_of,
    wording_in,
)
from node.core.release import Scope
from node.core.voice import Voice
from node.store.permissions import Given
from protocol.house.store.people import person_id

LOCAL = ZoneInfo("Europe/London")
"""Days are the local days of those who tell."""


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """What was kept.

    Attributes:
        release_id: the draft to look at, or None where nothing goes out.
    """

    report_id: int
    release_id: int | None
    course: Course


def draft_danger_now(
    desk: CaseDesk, voice: Voice | None, *, told: Told, agency: str, by: str, now: datetime
) -> Drafted:
    """One transaction: where no warning can be built, nothing is kept either, and the message says what to change.

    Args:
        voice: None where this node cannot speak in the log: it can still warn its own people.

    Raises:
        Refused: any rule of `draft_release`, above all `private.own_words` and `refused.region`; `refused.future`: it
            cannot have been told after now.
        NotYours: `access.role`, `access.agency`.
        NotFound: `not_found.person`.
    """
    told_at = told.told_at or now
    data = scheme_data_of(told, told_at.astimezone(LOCAL).date())
    course = course_of(told, in_time=told.when != "earlier" and is_in_time(data, now))
    with desk.store.begin() as session:
        report_id = keep_report(
            session,
            desk,
            agency=agency,
            facts=facts_of(told),
            scheme=data,
            answers=answers_of(told),
            given=Given(wording=wording_in(told.read_in), witness=told.heard_by or by),
            by=by,
            now=now,
            told_at=told_at,
        )
        release_id = None
        if course in ("danger_now", "second_person"):
            scope: Scope = "own" if told.warn == "own" else "others"
            release_id = draft(
                session,
                desk,
                voice if scope == "others" else None,
                report_id=report_id,
                scope=scope,
                choices=choices_of(told, course),
                drafter=person_id(session, by),
                now=now,
            )
        return Drafted(report_id=report_id, release_id=release_id, course=course)
