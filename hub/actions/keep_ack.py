"""Keep a member's word that it holds no gone body; no limit and no suspension stops one. Source: exchange.md §6."""

from hub.core.errors import Conflict, Forbidden, Halted, Malformed
from hub.log_view import LogView
from hub.store import log, members
from hub.store.engine import Store
from protocol.envelope import ACK_TYPE, decode_envelope
from protocol.errors import ProtocolError
from protocol.request import parse_ack, require_type


def keep_ack(store: Store, view: LogView, envelope: bytes) -> int:
    """Verifies and keeps an Ack.

    Returns:
        The member whose Ack it is.

    Raises:
        Malformed: the envelope or its payload is not an Ack, or its `seen` is not of this log.
        Forbidden: `auth.not_a_member`: not signed with a member's present `online` key.
        Conflict: `ack.older`.
        Halted: its `seen` is signed by this log and not in it.
    """
    now = view.now
    try:
        unverified = decode_envelope(envelope)
        require_type(unverified, ACK_TYPE)
        member = now.member_of_online_key(unverified.keyid)
        if member is None:
            raise Forbidden("auth.not_a_member")
        ack = parse_ack(unverified.verify(bytes.fromhex(now.state.keys[unverified.keyid].public)))
    except ProtocolError as error:
        raise Malformed(error.code, error.detail) from error
    if ack.origin != member:
        raise Forbidden("key.not_origins")
    if ack.log != now.state.log:
        raise Malformed("log.other", "log")
    standing = view.standing_of(ack.seen)
    if standing == "forged":
        raise Malformed("note.seen", "seen")
    with store.begin() as session:
        if standing == "ahead":
            log.halt(session, "a member's Ack names a checkpoint that this hub signed and does not have")
        elif not members.keep_ack(session, member, ack.seen.size, envelope):
            raise Conflict("ack.older")
    if standing == "ahead":
        raise Halted("hub.behind", "seen")
    return member
