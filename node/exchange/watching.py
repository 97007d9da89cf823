"""Steps 5 and 6: what entries say to have seen, and what the log says of us. Source: spec/sync.md §3.

Alarms, never voids. Entries are looked at once; the cursor moves in the transaction that keeps the alarms.
"""

import msgspec
from nacl.utils import random
from sqlmodel import Session

from node.actions.heed_log import heed_log
from node.core.history import judge_seen
from node.exchange.desk import Desk
from node.exchange.speaking import say
from node.store.alarms import raise_alarm
from node.store.checkpoints import log_note_at_least
from node.store.mirror import checked_size, entries_from, set_checked_size
from node.store.orphans import add_orphan, due_orphans, mark_orphan_cancelled
from node.store.outbox import WITHDRAWN, OutboxEntry, outbox_knows, outbox_of
from protocol.envelope import UnverifiedEnvelope
from protocol.errors import ProtocolError
from protocol.house.store.vault import Vault
from protocol.replay import Entry, Member
from protocol.statement_fields import Seen, Statement

_ABOUT_MEMBERS = frozenset({"admit", "suspend", "resume", "revoke"})
_WARNINGS = frozenset({"alert", "update", "sighting"})


def check_entries(desk: Desk) -> int:
    """Steps 5 and 6 for every entry that was not looked at yet; how many have been looked at now."""
    with desk.store.begin() as session:
        first = checked_size(session)
        looked = _Looked(desk.view.member, set())
        entries = desk.view.take_replayed(first)
        if entries is None:
            entries = [Entry(data) for data in entries_from(session, first)]
        for index, entry in enumerate(entries, first):
            _check_entry(desk, session, index, entry, looked)
        size = max(first, desk.view.state.size)
        if size > first:
            set_checked_size(session, size)
    return size


class _Looked(msgspec.Struct, frozen=True):
    """What holds for all entries of one look: who we are, and each `seen` that was found to be of our history."""

    member: Member | None
    ours: set[Seen]


def _check_entry(desk: Desk, session: Session, index: int, entry: Entry, looked: _Looked) -> None:
    try:
        envelope = entry.envelope
        if desk.view.state.statements.get(envelope.identity) != index:
            return  # void or unknown: never obeyed, so nothing that it says is believed either
        statement = entry.statement
    except ProtocolError:
        return
    if statement.log == desk.view.log:  # a Cancel that was signed for the log before this one has seen that one
        _check_seen(desk, session, index, entry.data, statement, looked.ours)
    if looked.member is not None:
        _check_own(desk, session, index, entry.data, envelope, statement, looked.member)


def _check_seen(
    desk: Desk, session: Session, index: int, entry: bytes, statement: Statement, ours_already: set[Seen]
) -> None:
    """Step 5: a statement's `seen` is a checkpoint of the history that we hold, from before its own place in it."""
    if statement.seen is None or (statement.seen in ours_already and statement.seen.size <= index):
        return
    finding = judge_seen(statement.seen, index, desk.view.own_tree.root_at, desk.view.log_key)
    if finding is None:
        ours_already.add(statement.seen)
    else:
        ours = log_note_at_least(session, min(statement.seen.size, desk.view.state.size)) or desk.view.note
        raise_alarm(
            session,
            finding.code,
            str(index),
            desk.now(),
            index=index,
            note=None if ours is None else ours.note,
            other_note=finding.note,
            entry=entry,
        )


def _check_own(
    desk: Desk,
    session: Session,
    index: int,
    entry: bytes,
    envelope: UnverifiedEnvelope,
    statement: Statement,
    member: Member,
) -> None:
    """Step 6: what stands in our name was signed here; what officers say of us is shown."""
    code = None
    if statement.origin == member.id and not outbox_knows(session, envelope.identity):
        code = "own.not_signed_here"
        _list_orphan(desk, session, envelope.identity, statement)
        _heed(desk, session, envelope.identity, statement)
    elif statement.kind in _ABOUT_MEMBERS and statement.member is not None and statement.member.id == member.id:
        code = None if index == member.admitted else f"own.{statement.kind}"
    if code is not None:
        note = desk.view.note
        ours = None if note is None else note.note
        raise_alarm(session, code, envelope.identity, desk.now(), index=index, note=ours, entry=entry)


def _list_orphan(desk: Desk, session: Session, identity: str, statement: Statement) -> None:
    chain = desk.view.state.chains.get(desk.view.state.links[identity].chain) if statement.kind in _WARNINGS else None
    if chain is not None and chain.cancelled is None and desk.view.state.links[identity].gone is None:
        add_orphan(session, identity, desk.now())


def _heed(desk: Desk, session: Session, identity: str, statement: Statement) -> None:
    """A Cancel, pause or update that was lost with the database may have been her no: it is obeyed here too."""
    chain = statement.supersedes if statement.kind == "cancel" else None
    if statement.kind == "update":
        chain = desk.view.state.links[identity].chain
    if chain is not None:
        heed_log(session, Vault(desk.epochs(), random), chain=chain, now=desk.now())


def cancel_due_orphans(desk: Desk) -> int:
    """Takes back the warnings of ours that no release here knows and that nobody re-linked in 24 hours; how many."""
    cancelled = 0
    with desk.store.begin() as session:
        for identity in due_orphans(session, desk.now()):
            placed = desk.view.find_link(identity)
            if placed is not None and placed.link.gone is None:
                link = placed.link
                target = identity if link.kind == "sighting" else link.chain
                origin = None if placed.old else link.origin
                say(desk, session, "cancel", origin=origin, supersedes=target, status=link.status)
                cancelled += 1
            mark_orphan_cancelled(session, identity, desk.now())
    return cancelled


def cancel_in_this_log(desk: Desk) -> int:
    """Says again, in this log, the Cancels of old warnings that were signed for a log before and are not taken here.

    One that was on its way when a log was succeeded is taken as it is, if its key came over; else it is refused for
    good, and nothing may undo a Cancel. How many were said.
    """
    said = 0
    with desk.store.begin() as session:
        targets = [_target(one) for one in outbox_of(session, "waiting", "sent", "confirmed") if one.kind == "cancel"]
        for entry in outbox_of(session, "refused"):
            if entry.kind != "cancel" or entry.problem == WITHDRAWN or _target(entry) in targets:
                continue
            placed = desk.view.find_link(_target(entry))
            if placed is not None and placed.old and placed.link.gone is None and desk.view.member_id is not None:
                say(desk, session, "cancel", supersedes=_target(entry), status=placed.link.status)
                said += 1
    return said


def _target(entry: OutboxEntry) -> str:
    return Entry(entry.envelope).statement.supersedes or ""
