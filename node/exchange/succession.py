"""Following a log into its successor. Source: spec/membership.md §7; the checks by their numbers.

What a crash means: everything before `turn` changes nothing but an alarm. `turn` is one transaction: this node obeys
the old log, or the new one. After it, `ask_to_come_over` makes the same request at every try.
"""

import hashlib
from typing import Final

import msgspec

from node.core.errors import SuccessionRefused
from node.exchange.desk import Desk
from node.exchange.join import CharterOffered, JoinAs, ask_to_join
from node.exchange.watching import check_entries
from node.store.mirror import PinnedLog, append_entries, entries_from
from node.store.old_logs import put_aside
from protocol.carried import members_root
from protocol.log import leaf_hash
from protocol.log_copy import LogCopy
from protocol.replay import Entry, Member, State, members_carried, replay
from protocol.statement_fields import Predecessor

_NONCE: Final = b"watchword-succession/v1"


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What a node that has turned to a new log leaves behind.

    Attributes:
        size: entries of the old log that are kept.
        above: of those, how many the new charter does not name: they are read here, and by nobody who lacks them.
    """

    size: int
    above: int


def require_succession(desk: Desk, offered: CharterOffered, copy: LogCopy | None) -> list[bytes]:
    """Checks 1 to 6; the entries of the old log that the copy brings and this node lacks.

    Args:
        desk: of a node that obeys the old log.
        offered: the new charter, whose words a person has compared.
        copy: another member's copy of the old log, or None.

    Raises:
        SuccessionRefused: `succession.*` of the specification; nothing has changed,
            but that two histories raised an alarm.
    """
    named = offered.charter.predecessor
    if named is None:
        raise SuccessionRefused("no_predecessor", "this charter succeeds no log: it is joined as a new one")
    pin = desk.view.pin
    if (named.log, named.origin) != (pin.log, pin.origin) or offered.charter.log_key == pin.log_key:
        raise SuccessionRefused("other_log", "this charter does not succeed the log that this node obeys")
    brought = _brought(desk, named, copy)
    root = desk.view.own_tree.root_at(named.size) or _root_with(desk, brought)
    if root != bytes.fromhex(named.root):
        desk.alarm("succession.other_history", offered.log, entry=offered.envelope, at_size=named.size)
        raise SuccessionRefused("other_history", "the old log that this charter names is not the one that is held here")
    if desk.view.confirmed_size > named.size:
        raise SuccessionRefused("rolled_back", "more of the old log was confirmed: give the operator this node's copy")
    if members_root(members_carried(_state_at(desk, named.size, brought))) != named.members:
        raise SuccessionRefused("members", "the members that this charter names are not those of the old log")
    return brought


def _brought(desk: Desk, named: Predecessor, copy: LogCopy | None) -> list[bytes]:
    """Check 3. What the copy says is worth nothing before check 4."""
    held = desk.view.state.size
    brought = [] if copy is None else list(copy.entries[held : named.size])
    if held + len(brought) < named.size:
        message = f"{named.size} entries of the old log are named and {held} are held: bring another member's copy"
        raise SuccessionRefused("not_held", message)
    return brought


def _root_with(desk: Desk, brought: list[bytes]) -> bytes:
    return desk.view.own_tree.tree.extend(leaf_hash(entry) for entry in brought).root


def _state_at(desk: Desk, size: int, brought: list[bytes]) -> State:
    with desk.store.read() as session:
        entries = [*entries_from(session, 0), *brought][:size]
    return replay(State(), [Entry(entry) for entry in entries])


def turn(desk: Desk, offered: CharterOffered, brought: list[bytes]) -> Left:
    """Puts the old log aside and obeys the new one from here on, in one transaction.

    Args:
        brought: as `require_succession` gave them.
    """
    assert offered.charter.predecessor is not None
    check_entries(desk)
    named, held = offered.charter.predecessor, desk.view.state.size
    pinned = PinnedLog(
        log=offered.log, origin=offered.charter.origin, log_key=offered.charter.log_key, pinned_at=desk.now()
    )
    with desk.store.begin() as session:
        append_entries(session, held, brought)
        confirmed = max(desk.view.confirmed_size, named.size)
        put_aside(session, pinned, named_size=named.size, confirmed_size=confirmed, now=desk.now())
        append_entries(session, 0, [offered.envelope])
    desk.view.refresh()
    desk.client.forget_token()
    size = held + len(brought)
    return Left(size=size, above=size - named.size)


async def ask_to_come_over(desk: Desk, name: str, contact: str) -> str:
    """Asks to be admitted as the member that this node was in the old log; the request's digest.

    Raises:
        SuccessionRefused: `succession.not_a_member`: it was none there, or is none any more: it joins as a newcomer;
            `succession.keys`: its keys are not those that it had there. Refused: as `ask_to_join`.
        NodeError, AnswerInvalid: as the client.
    """
    was = desk.view.old[-1].member if desk.view.old else None
    if was is None or not was.present:
        raise SuccessionRefused("not_a_member", "this node is no member of the old log: it joins as a newcomer")
    if desk.keyring.public != was.keys:
        raise SuccessionRefused("keys", "the keys here are not those that the old log has: bring them back")
    return await ask_to_join(desk, "", _as_it_was(was, desk.view.log), name, contact)


def _as_it_was(was: Member, log: str) -> JoinAs:
    first = bytes.fromhex(was.keys.sign[0])
    return JoinAs(
        host=was.host,
        region=was.region,
        role=was.role,  # type: ignore[arg-type]  # of an admission that parsed
        police="yes" if was.police else "no",
        nonce=hashlib.sha256(_NONCE + bytes.fromhex(log) + first).hexdigest()[:32],
    )
