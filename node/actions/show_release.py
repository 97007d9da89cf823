"""Shows a release byte for byte, and in words. Who was shown which bytes is kept: only they may approve them."""

from datetime import datetime

import msgspec
from sqlmodel import Session

from node.actions.build_warning import found_in
from node.actions.case_desk import CaseDesk, require_may_judge
from node.core import access
from node.core.leak.resolving import Looked, looked_at
from node.core.release import Release
from node.core.report import require_not_held
from node.store.releases import get_release, is_second_look, mark_shown, read_composed, read_resolved
from node.store.reports import get_report
from protocol.bodies import parse_body
from protocol.body_fields import AlertBody
from protocol.house.core.staff import Staff
from protocol.house.store import audit
from protocol.house.store.people import acting
from protocol.statement_fields import Audience
from protocol.wording.alert import render_alert
from protocol.wording.catalogue import ENGLISH, Catalogue


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a person sees before it leaves.

    Attributes:
        stored: the bytes, all of them, padding included.
        digest: what an approver passes back.
        lines: the same in words.
        audience: who will receive it; None: our own people.
        leads: how many of its members are leads, whom nobody chose by hand.
        lease_days: in force for so long.
        stops: fields that hold what must not leave by what is known now: it cannot be released as it is.
        flags: what somebody else than its drafter looks at, one by one, and what became of each.
        second_look: it replaces a danger now that nobody else has looked at.
    """

    release: Release
    stored: bytes
    digest: str
    lines: tuple[str, ...]
    audience: Audience | None
    leads: int
    lease_days: int
    stops: tuple[str, ...]
    flags: tuple[Looked, ...]
    second_look: bool


def show_release(desk: CaseDesk, *, release_id: int, by: str, now: datetime, words: Catalogue = ENGLISH) -> Shown:
    """Shows it to `by`, in the language of `words`, and keeps that they were shown it.

    Raises:
        Locked: `locked.hold`: what is held is not read; `locked.lead_only`.
        NotYours: `access.role`, `access.report`.
        NotFound: `not_found.release`, `not_found.erased`, `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_see_own_warnings, now)
        _require_may_see(session, desk, who, get_release(session, release_id))
        composed = read_composed(session, desk.vault, release_id)
        mark_shown(session, release_id, who.id, now)
        release = get_release(session, release_id)
        found = found_in(session, desk, release)
        resolved = read_resolved(session, desk.vault, release_id)
        second_look = is_second_look(session, release)
        audit.note(session, person=who.id, verb="show_release", subject=f"release/{release_id}", now=now)
    body = parse_body(composed.stored, "alert.v1")
    assert isinstance(body, AlertBody)
    return Shown(
        release=release,
        stored=composed.stored,
        digest=release.digest,
        lines=render_alert(body, words=words, status=composed.choices.status),
        audience=composed.audience,
        leads=0
        if composed.audience is None
        else len({*composed.audience.members} - {*composed.choices.audience.members}),
        lease_days=composed.lease_days,
        stops=tuple(sorted({flag.field for flag in found.hard})),
        flags=looked_at(found, {"text": body.text or ""}, resolved),
        second_look=second_look,
    )


def _require_may_see(session: Session, desk: CaseDesk, who: Staff, release: Release) -> None:
    """What is out is anybody's who meets sex workers; the rest goes with its report."""
    if release.is_out:
        require_not_held(get_report(session, desk.vault, release.report_id))
    else:
        require_may_judge(session, desk, who, release)
