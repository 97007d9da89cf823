"""Lets a release out: signed statement, signed Cancel beside it, outbox row, trail; all in the caller's transaction.

A crash before the commit leaves nothing signed behind; after it, the outbox sends.
"""

from datetime import datetime

import msgspec
from sqlmodel import Session

from node.actions.build_warning import build_warning
from node.actions.case_desk import CaseDesk
from node.core.release import Composed, Release, expires_on, next_batch, require_unchanged
from node.core.voice import Said, Voice, say_alert, say_cancel
from node.store.outbox import add_to_outbox, head_in_outbox, log_of, publisher_of, withdraw_unsent
from node.store.releases import (
    PresignedCancel,
    get_release,
    keep_cancel,
    keep_statement,
    mark_approved,
    read_composed,
    statements_made,
)
from protocol.bodies import parse_body
from protocol.house.core.errors import Refused


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """What left. For our own people `identity`, `chain` and `leaves_at` are None: no statement."""

    release_id: int
    identity: str | None
    chain: str | None
    leaves_at: datetime | None


def send_out(
    session: Session,
    desk: CaseDesk,
    voice: Voice | None,
    release: Release,
    *,
    person: int,
    now: datetime,
    unreviewed: bool,
    read_to: str | None = None,
) -> Released:
    """Builds it again, finds the bytes that were shown, and lets them out.

    Raises:
        Refused: `refused.stale`, `refused.no_log`, `refused.not_out` (what it updates was taken back meanwhile).
        Locked, NoPermission, PrivateWords, NotFound: as at drafting: a rule that says no today says no.
    """
    composed = read_composed(session, desk.vault, release.id)
    _require_same(session, desk, voice, release, composed, now)
    if release.replaces is not None and not get_release(session, release.replaces).is_out:
        raise Refused("not_out", "what this updates was replaced or taken back meanwhile")
    made = Released(release_id=release.id, identity=None, chain=None, leaves_at=None)
    if voice is not None and release.scope == "others":
        made = _speak(session, desk, voice, release, composed, person=person, now=now)
    mark_approved(
        session,
        release.id,
        by=person,
        now=now,
        expires=expires_on(now.date(), composed.lease_days),
        identity=made.identity,
        chain=made.chain,
        unreviewed=unreviewed,
        read_to=read_to,
    )
    return made


def _require_same(
    session: Session, desk: CaseDesk, voice: Voice | None, release: Release, composed: Composed, now: datetime
) -> None:
    salt = parse_body(composed.stored, "alert.v1").salt
    built = build_warning(
        session,
        desk,
        voice if release.scope == "others" else None,
        report_id=release.report_id,
        scope=release.scope,
        choices=composed.choices,
        salt=salt,
        now=now,
    ).composed
    require_unchanged(composed.stored, built.stored)
    if (built.audience, built.lease_days) != (composed.audience, composed.lease_days):
        raise Refused("stale", "who it is for, or how long, would be another today: draft it again")


def _speak(
    session: Session,
    desk: CaseDesk,
    voice: Voice,
    release: Release,
    composed: Composed,
    *,
    person: int,
    now: datetime,
) -> Released:
    assert composed.audience is not None
    head = _continued(session, desk, voice, release, person=person, now=now)
    day, status = now.date(), composed.choices.status
    said = say_alert(
        voice,
        nonce=desk.vault.new_nonce(),
        day=day,
        expires=expires_on(day, composed.lease_days),
        audience=composed.audience,
        stored=composed.stored,
        status=status,
        supersedes=head,
    )
    chain = said.identity if head is None or release.chain is None else release.chain
    cancel = say_cancel(voice, nonce=desk.vault.new_nonce(), day=day, status=status, chain=chain)
    beforehand = PresignedCancel(identity=cancel.identity, envelope=cancel.envelope)
    keep_cancel(session, desk.vault, release.id, beforehand, now)
    leaves_at = now if release.danger_now else next_batch(now, desk.config.batch_times)
    add_to_outbox(
        session,
        identity=said.identity,
        kind=said.kind,
        envelope=said.envelope,
        body=composed.stored,
        not_before=leaves_at,
        release_id=str(release.id),
        epochs=desk.vault.epochs,
        urgent=release.danger_now,
    )
    keep_statement(
        session, identity=said.identity, release_id=release.id, kind=said.kind, chain=chain, by=person, now=now
    )
    return Released(release_id=release.id, identity=said.identity, chain=chain, leaves_at=leaves_at)


def _continued(
    session: Session, desk: CaseDesk, voice: Voice, release: Release, *, person: int, now: datetime
) -> str | None:
    """What this replaces in the log: the last link of our own chain, also when it is a pause. None: a new chain.

    A chain whose first alert was held back never began: a Cancel ends it, should it have arrived, and another begins.
    So also with a chain of our predecessor, which we may end and not continue, and with one of a log before this one.
    """
    if release.chain is None:
        return None
    made = [one.identity for one in statements_made(session, release.chain)]
    head, publisher = head_in_outbox(session, made), publisher_of(session, release.chain)
    is_here = log_of(session, release.chain) in (None, voice.log)
    if head is not None and is_here and publisher in (None, voice.member_id):
        return head
    said = say_cancel(
        voice,
        nonce=desk.vault.new_nonce(),
        day=now.date(),
        status=release.status,
        chain=release.chain,
        origin=canceller_of(session, voice, release.chain),
    )
    for identity in made:
        withdraw_unsent(session, identity)
    queue_cancel(session, desk, said, release, person=person, now=now)
    return None


def canceller_of(session: Session, voice: Voice, chain: str) -> int | None:
    """In whose name a Cancel of this chain of ours is: of the member that published it; None: this one.

    A chain of a log before this one is cancelled in our own name: who we are there, every reader knows.
    """
    return publisher_of(session, chain) if log_of(session, chain) in (None, voice.log) else None


def queue_cancel(session: Session, desk: CaseDesk, said: Said, release: Release, *, person: int, now: datetime) -> None:
    """Puts the Cancel of a release's chain on its way, in the caller's transaction."""
    assert release.chain is not None
    add_to_outbox(
        session,
        identity=said.identity,
        kind="cancel",
        envelope=said.envelope,
        body=None,
        not_before=now,
        release_id=str(release.id),
        epochs=desk.vault.epochs,
    )
    keep_statement(
        session,
        identity=said.identity,
        release_id=release.id,
        kind="cancel",
        chain=release.chain,
        by=person,
        now=now,
    )
