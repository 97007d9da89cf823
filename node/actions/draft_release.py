"""Drafts a release of a report: built, checked, sealed. Nothing leaves."""

from datetime import datetime

from msgspec.structs import replace
from sqlmodel import Session

from node.actions.build_warning import build_warning
from node.actions.case_desk import CaseDesk, report_for
from node.core import access
from node.core.compose import Choices
from node.core.release import Release, Scope, digest_shown
from node.core.voice import Voice
from node.store.releases import insert_release
from protocol.house.store import audit
from protocol.house.store.people import acting


def draft_release(desk: CaseDesk, voice: Voice, *, report_id: int, choices: Choices, by: str, now: datetime) -> int:
    """Drafts a warning to other projects (switch 3); the release's number.

    Raises:
        NoPermission: `permission.warn_others`, `permission.record`.
        Locked: `locked.unopened`, `locked.age`, `locked.age_not_asked`, `locked.hold`, `locked.lead_only`.
        PrivateWords: `private.own_words`.
        Refused: any other rule (`refused.coercive_other`, `refused.not_person_harmed`, …).
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.report`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_draft, now)
        report_for(session, desk, who, report_id)
        return draft(
            session, desk, voice, report_id=report_id, scope="others", choices=choices, drafter=who.id, now=now
        )


def draft(
    session: Session,
    desk: CaseDesk,
    voice: Voice | None,
    *,
    report_id: int,
    scope: Scope,
    choices: Choices,
    drafter: int,
    now: datetime,
    replaced: Release | None = None,
) -> int:
    """Drafts within the caller's transaction, for somebody who may.

    Args:
        drafter: number of the person whose text it is.
        replaced: the release that an update replaces.
    """
    choices = replace(choices, status="exercise") if desk.is_practice else choices
    built = build_warning(
        session,
        desk,
        voice,
        report_id=report_id,
        scope=scope,
        choices=choices,
        salt=desk.vault.new_salt(),
        now=now,
    )
    release_id = insert_release(
        session,
        desk.vault,
        report_id=report_id,
        scope=scope,
        composed=built.composed,
        digest=digest_shown(built.composed.stored),
        police=built.body.police == "yes",
        by=drafter,
        now=now,
        chain=None if replaced is None else replaced.chain,
        supersedes=None if replaced is None else replaced.identity,
        replaces=None if replaced is None else replaced.id,
    )
    audit.note(session, person=drafter, verb="draft_release", subject=f"release/{release_id}", now=now)
    return release_id
