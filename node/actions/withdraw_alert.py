"""Takes a warning back: one person, any hour, no reason. Works with the Cancel signed beforehand if the key is lost."""

from datetime import datetime

from sqlmodel import Session

from node.actions.case_desk import CaseDesk
from node.actions.send_out import canceller_of, queue_cancel
from node.core import access
from node.core.release import OPEN_STATES, Release
from node.core.voice import Said, Voice, say_cancel
from node.store.alarms import raise_alarm
from node.store.outbox import erase_outbox_body, outbox_entry, withdraw_unsent
from node.store.releases import (
    get_release,
    list_releases,
    mark_refused,
    mark_withdrawn,
    read_cancel,
    statements_made,
)
from protocol.at_rest import SealBroken
from protocol.house.core.errors import HouseError, NotFound, Refused
from protocol.house.store import audit
from protocol.house.store.people import acting


def withdraw_alert(desk: CaseDesk, voice: Voice | None, *, release_id: int, by: str, now: datetime) -> str | None:
    """Takes back the whole chain of this release, whichever of its links is named.

    Args:
        voice: None where the key or the log is not at hand: the Cancel that was signed beforehand goes.

    Returns:
        The Cancel's identity; None for a warning to our own people. Again: the same, and nothing changes.

    Raises:
        Refused: `refused.not_out`: it never left, refuse the draft instead; `refused.no_cancel`: the record was erased
            and with it the Cancel, and no key is at hand.
        NotYours: `access.role`.
        NotFound: `not_found.release`, `not_found.person`.
    """
    with desk.store.begin() as session:
        person = acting(session, by, access.may_take_down, now).id
        release = get_release(session, release_id)
        if release.approved_at is None:
            raise Refused("not_out", "this never left: refuse the draft instead")
        identity = take_back(session, desk, voice, release, person=person, now=now)
        audit.note(session, person=person, verb="withdraw_alert", subject=f"release/{release_id}", now=now)
        return identity


def signed_envelope(desk: CaseDesk, identity: str) -> bytes:
    """The envelope of a Cancel that was queued here, for another project to carry.

    Raises:
        NotFound: `not_found.statement`.
    """
    with desk.store.read() as session:
        entry = outbox_entry(session, identity)
    if entry is None:
        raise NotFound("statement", "there is no signed message of that identity here")
    return entry.envelope


def take_back(
    session: Session, desk: CaseDesk, voice: Voice | None, release: Release, *, person: int, now: datetime
) -> str | None:
    """Takes back a release and its chain within the caller's transaction; the Cancel's identity, or None."""
    links = _links(session, release)
    for link in links:
        if link.is_out:
            mark_withdrawn(session, link.id)
        elif link.state in OPEN_STATES:
            mark_refused(session, link.id, "taken_back")
    if release.chain is None:
        return None
    made = statements_made(session, release.chain)
    cancelled = next((statement.identity for statement in made if statement.kind == "cancel"), None)
    if cancelled is not None:
        return cancelled
    for statement in made:
        withdraw_unsent(session, statement.identity)
        erase_outbox_body(session, statement.identity)
    said = _cancel(session, desk, voice, release, links, now)
    queue_cancel(session, desk, said, release, person=person, now=now)
    return said.identity


def take_back_or_owe(
    session: Session, desk: CaseDesk, voice: Voice | None, release: Release, *, person: int, now: datetime
) -> bool:
    """Takes it back; whether its Cancel is on its way.

    A no is never undone because a Cancel cannot be made: here the warning is taken back in any case, an alarm says that
    its Cancel is owed, and `withdraw_alert` makes it later.
    """
    audit.note(session, person=person, verb="withdraw_alert", subject=f"release/{release.id}", now=now)
    try:
        take_back(session, desk, voice, release, person=person, now=now)
    except (HouseError, SealBroken) as error:
        code = error.code if isinstance(error, HouseError) else "seal.broken"
        audit.note(session, person=person, verb="cancel_owed", subject=f"release/{release.id}", now=now, reason=code)
        raise_alarm(session, "own.cancel_owed", f"release/{release.id}", now)
        return False
    return True


def _links(session: Session, release: Release) -> list[Release]:
    """All releases of the same chain; for our own people: those that replaced it or that it replaced."""
    of_report = list_releases(session, release.report_id)
    if release.chain is not None:
        return [one for one in of_report if one.chain == release.chain]
    ids = {release.id}
    for one in of_report:
        if one.replaces in ids:
            ids.add(one.id)
    return [one for one in of_report if one.id in ids]


def _cancel(
    session: Session, desk: CaseDesk, voice: Voice | None, release: Release, links: list[Release], now: datetime
) -> Said:
    assert release.chain is not None
    if voice is not None:
        return say_cancel(
            voice,
            nonce=desk.vault.new_nonce(),
            day=now.date(),
            status=release.status,
            chain=release.chain,
            origin=canceller_of(session, voice, release.chain),
        )
    for link in reversed(links):
        beforehand = read_cancel(session, desk.vault, link.id)
        if beforehand is not None:
            return Said(identity=beforehand.identity, kind="cancel", envelope=beforehand.envelope)
    raise Refused("no_cancel", "there is no key at hand, and no message that takes it back was signed beforehand")
