"""Pauses a warning: dark everywhere, its lease running on. One person; it comes back only as an update by two."""

from datetime import datetime

from node.actions.case_desk import CaseDesk
from node.core.errors import Refused
from node.core.voice import Voice, say_pause
from node.store import audit
from node.store.outbox import add_to_outbox
from node.store.people import person_id
from node.store.releases import get_release, keep_statement, mark_paused, statements_made


def pause_alert(desk: CaseDesk, voice: Voice | None, *, release_id: int, by: str, now: datetime) -> str | None:
    """Pauses it at once; the pause's identity, None for our own people. Pausing a paused one changes nothing.

    Raises:
        Refused: `refused.not_out`, `refused.no_log`.
        NotFound: `not_found.release`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = person_id(session, by)
        release = get_release(session, release_id)
        if not release.is_out:
            raise Refused("not_out", "this warning is not out, or was replaced or taken back")
        head = statements_made(session, release.chain)[-1].identity if release.chain is not None else None
        if release.state == "paused":
            return head
        mark_paused(session, release_id)
        audit.note(session, person=person, verb="pause_alert", subject=f"release/{release_id}", now=now)
        if head is None or release.chain is None:
            return None
        if voice is None:
            raise Refused("no_log", "pausing needs the node's key and the log; taking it back needs neither")
        said = say_pause(
            voice,
            nonce=desk.vault.new_nonce(),
            day=now.date(),
            status=release.status,
            supersedes=head,
        )
        add_to_outbox(
            session,
            identity=said.identity,
            kind=said.kind,
            envelope=said.envelope,
            body=None,
            not_before=now,
            release_id=str(release_id),
            epochs=desk.vault.epochs,
        )
        keep_statement(
            session,
            identity=said.identity,
            release_id=release_id,
            kind=said.kind,
            chain=release.chain,
            by=person,
            now=now,
        )
        return said.identity
