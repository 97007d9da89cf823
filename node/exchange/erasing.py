"""Steps 7 and 8: what is gone is erased here, out of the file, and then said so. Source: spec/sync.md §4.

Asks nobody first: a hub that is away, or hostile, delays no erasure. What a crash means: the rows are deleted in one
transaction; if it stops before the write-ahead log is emptied, no Ack is signed, and the next start empties it; so does
the erasing job, should a reader have been in the way.
"""

import asyncio
import datetime as dt
from pathlib import Path

from sqlmodel import Session

from node.core.in_force import has_lapsed
from node.exchange.answers import HubRefused
from node.exchange.desk import Desk
from node.old_logs import Placed
from node.store.acks import ack_envelope, acked_sizes, keep_ack
from node.store.inbox import erase_bodies, held_identities, missing_bodies
from node.store.outbox import erase_outbox_body, outbox_of
from protocol.envelope import decode_envelope
from protocol.keys import key_id
from protocol.replay import Link, Member, State, current_alerts
from protocol.request import Ack


def erase_due(desk: Desk) -> int:
    """Step 7: erases every body that is gone, or lapsed for the charter's days; how many there were."""
    if desk.view.state.charter is None:
        return 0
    state = desk.view.state
    with desk.store.begin() as session:
        held = held_identities(session) | missing_bodies(session).keys()
        placed = {identity: desk.view.find_link(identity) for identity in held}
        due = {identity: one for identity, one in placed.items() if one is not None and is_to_be_erased(desk, one)}
        for_good = [one.place for one in due.values() if _is_for_good(desk, one.link)]
        desk.erasures.note("entry", for_good, desk.now())
        erased = erase_bodies(session, due)
        for waiting in outbox_of(session, "waiting", "held", "sent"):
            link = state.links.get(waiting.identity)
            if link is not None and link.gone is not None:
                erased += erase_outbox_body(session, waiting.identity)
    if erased:
        desk.store.checkpoint_wal()
    return erased


def is_to_be_erased(desk: Desk, placed: Placed) -> bool:
    """Whether a body may not be held any more: gone, or long lapsed; after this node's own removal, all of others.

    Names of an old log's members are held as long as anything of theirs there is shown.
    """
    link, state, retention = placed.link, placed.state, desk.view.charter.retention
    if _is_for_good(desk, link):
        return True
    if link.kind == "admit" and placed.old:
        member = next((one.id for one in state.members.values() if state.links[one.body] == link), None)
        return all(shown.origin != member for _, shown in current_alerts(state, desk.today.isoformat()))
    if link.kind == "admit":
        removed = _removed_on(state, link)
        return removed is not None and desk.today >= removed + dt.timedelta(days=retention.member_body_days)
    return has_lapsed(state, link, desk.today, after_days=retention.lapsed_days)


def _is_for_good(desk: Desk, link: Link) -> bool:
    """Whether nothing can ever make it this node's to hold again; a lease that has run out can be made longer."""
    member = desk.view.member
    return link.gone is not None or (member is not None and not member.present)


def _removed_on(state: State, link: Link) -> dt.date | None:
    """The day on which the member left or was revoked whose name this body holds."""
    member = next((m for m in state.members.values() if state.links[m.body] == link), None)
    return None if member is None or member.removed_on is None else dt.date.fromisoformat(member.removed_on)


async def ack_if_owed(desk: Desk) -> bool:
    """Step 8: says, signed, that we hold no body that is gone, if the log says that we owe that word.

    Raises:
        HouseError, AnswerInvalid: as the client.
    """
    ack = await asyncio.to_thread(_owed_ack, desk)
    if ack is None:
        return False
    envelope = desk.keyring.sign_ack(ack)
    try:
        await desk.client.post_ack(envelope)
    except HubRefused as refused:
        if refused.problem != "ack.older":  # a later one stands there already: this database was set back
            raise

    def keep() -> None:
        with desk.store.begin() as session:
            keep_ack(session, ack.origin, ack.seen.size, envelope, desk.now())

    await asyncio.to_thread(keep)
    return True


def _owed_ack(desk: Desk) -> Ack | None:
    member, seen, state = desk.view.member, desk.view.seen(), desk.view.state
    if member is None or member.owes is None or seen is None or state.stopped is not None:
        return None
    if seen.size <= member.owes or seen.size != state.size:
        return None
    with desk.store.read() as session:
        said = acked_sizes(session).get(member.id, 0) > member.owes and _is_by_present_key(session, member)
        clean = not any(_is_gone(desk, identity) for identity in held_identities(session))
    if said or not clean or not _wal_is_empty(desk):
        return None
    return Ack(log=desk.view.log, origin=member.id, seen=seen)


def _is_gone(desk: Desk, identity: str) -> bool:
    placed = desk.view.find_link(identity)
    return placed is not None and placed.link.gone is not None


def _is_by_present_key(session: Session, member: Member) -> bool:
    """Whether everybody can verify our latest Ack: after a rotation of `online` it is said again."""
    envelope = ack_envelope(session, member.id)
    return envelope is not None and decode_envelope(envelope).keyid == key_id(bytes.fromhex(member.keys.online))


def _wal_is_empty(desk: Desk) -> bool:
    """Whether nothing that was deleted can still stand in the write-ahead log."""
    desk.store.checkpoint_wal()
    wal = Path(f"{desk.store.path}-wal")
    return not wal.exists() or wal.stat().st_size == 0
