"""Pauses a warning: dark everywhere, its lease running on. One person; it comes back only as an update by two.

What has not left yet is held back, and never leaves. Whether it did cannot be known for certain (an answer may be lost,
a request under way): so a pause of it is signed too, and follows it into the log if it turns out to stand there.
"""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.send_out import queue_cancel
from node.core import access
from node.core.release import Release
from node.core.voice import Voice, say_cancel, say_pause
from node.store.outbox import add_to_outbox, head_in_outbox, hold_unsent, log_of, publisher_of
from node.store.releases import get_release, keep_statement, mark_paused, statements_made
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def pause_alert(desk: CaseDesk, voice: Voice | None, *, release_id: int, by: str, now: datetime) -> str | None:
    """Pauses it at once; the pause's identity, None for our own people. Pausing a paused one changes nothing.

    Raises:
        Refused: `refused.not_out`, `refused.no_log`, `refused.not_ours`: our predecessor published it.
        NotYours: `access.role`.
        NotFound: `not_found.release`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_take_down, now).id
        release = get_release(session, release_id)
        if not release.is_out:
            raise Refused("not_out", "this warning is not out, or was replaced or taken back")
        made = [] if release.chain is None else statements_made(session, release.chain)
        if release.state == "paused":
            return made[-1].identity if made else None
        mark_paused(session, release_id)
        audit.note(session, person=person, verb="pause_alert", subject=f"release/{release_id}", now=now)
        if release.chain is None:
            return None
        if voice is None:
            raise Refused("no_log", "pausing needs the node's key and the log; taking it back needs neither")
        if log_of(session, release.chain) not in (None, voice.log):
            return _end_old_chain(session, desk, voice, release, person=person, now=now)
        if publisher_of(session, release.chain) not in (None, voice.member_id):
            raise Refused("not_ours", "it stands under our old member number: take it back, or replace it")
        held = [one.identity for one in made if hold_unsent(session, one.identity)]
        head = head_in_outbox(session, [one.identity for one in made])
        pauses = [
            _pause(session, desk, voice, release, target, person=person, now=now)
            for target in ([] if head is None else [head]) + held
        ]
        return pauses[-1] if pauses else made[-1].identity


def _end_old_chain(
    session: Session, desk: CaseDesk, voice: Voice, release: Release, *, person: int, now: datetime
) -> str:
    """A chain of a log before this one cannot be paused: it is cancelled, and comes back as a new one."""
    assert release.chain is not None
    said = say_cancel(voice, nonce=desk.vault.new_nonce(), day=now.date(), status=release.status, chain=release.chain)
    queue_cancel(session, desk, said, release, person=person, now=now)
    return said.identity


def _pause(
    session: Session, desk: CaseDesk, voice: Voice, release: Release, target: str, *, person: int, now: datetime
) -> str:
    """Signs and queues the pause that replaces `target`; its identity. It follows a held one only if that arrived."""
    assert release.chain is not None
    said = say_pause(voice, nonce=desk.vault.new_nonce(), day=now.date(), status=release.status, supersedes=target)
    add_to_outbox(
        session,
        identity=said.identity,
        kind=said.kind,
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
        kind=said.kind,
        chain=release.chain,
        by=person,
        now=now,
    )
    return said.identity
