"""Steps 11 and 12: cosigning what we found consistent, and reading what others cosigned and acknowledged.

Cosigning is consistency, not approval. Check and persist are one transaction, before anything is answered; two runs at
once cannot both answer. Source: spec/log.md §9, spec/sync.md §5.
"""

import asyncio
from collections.abc import Sequence

import msgspec

from node.core.history import judge_seen
from node.exchange.answers import HubRefused
from node.exchange.desk import Desk
from node.store.acks import keep_ack
from node.store.checkpoints import (
    HeldNote,
    OwnCosignature,
    keep_note,
    mark_cosignature_delivered,
    own_cosignature,
    persist_cosignature,
)
from protocol.checkpoint import Checkpoint, open_checkpoint
from protocol.cosignature import add_cosignature, cosignatures
from protocol.envelope import ACK_TYPE, decode_envelope
from protocol.errors import NoteInvalid, ProtocolError, TreeInvalid
from protocol.proofs import verify_consistency
from protocol.request import parse_ack, require_type


async def cosign_latest(desk: Desk, note: bytes, checkpoint: Checkpoint) -> bool:
    """Step 11: cosigns a verified checkpoint if this node is a witness; whether the hub has a new one from us.

    Args:
        desk: the node's.
        note: as received.
        checkpoint: what it says; as a member, already verified against our own tree (step 3).

    Raises:
        TreeInvalid: the checkpoint does not extend the one that we cosigned last, with an alarm.
        NodeError, AnswerInvalid: as the client.
    """
    name = desk.view.witness_name(desk.keyring.witness_public)
    if name is None:
        return False
    last = await asyncio.to_thread(_last_cosigned, desk)
    if last is not None and (last.size, last.root) == (checkpoint.size, checkpoint.root.hex()):
        return await _deliver(desk, last, name)
    await _require_extends(desk, note, checkpoint, last)
    line = desk.keyring.cosign(note, name, int(desk.now().timestamp()))
    new = OwnCosignature(size=checkpoint.size, root=checkpoint.root.hex(), note=note, line=line, delivered=False)
    if not await asyncio.to_thread(_persist, desk, new, last, name):
        return False
    return await _deliver(desk, new, name)


def _last_cosigned(desk: Desk) -> OwnCosignature | None:
    with desk.store.read() as session:
        return own_cosignature(session)


async def _require_extends(desk: Desk, note: bytes, checkpoint: Checkpoint, last: OwnCosignature | None) -> None:
    """The checkpoint extends what we cosigned last; before the first, the pinned charter.

    A member has the entries and computes it; a witness that is no member asks for a proof.
    """
    size = last.size if last is not None else 1
    root = bytes.fromhex(last.root) if last is not None else desk.view.own_tree.root_at(1)
    if root is None:
        raise TreeInvalid("size", "charter")
    try:
        if checkpoint.size < size:
            raise TreeInvalid("rollback", "size")
        if desk.client.as_witness:
            proof = await desk.client.proof(size, checkpoint.size)
            verify_consistency(size, root, checkpoint.size, checkpoint.root, proof)
        elif desk.view.own_tree.root_at(size) != root:
            raise TreeInvalid("split", "root")
    except TreeInvalid as error:
        code = "log.root_mismatch" if desk.client.as_witness else "witness.own_history"
        code = "log.smaller" if error.code == "tree.rollback" else code
        other = note if desk.client.as_witness or last is None else last.note
        await asyncio.to_thread(desk.alarm, code, str(checkpoint.size), other_note=other)
        raise


def _persist(desk: Desk, new: OwnCosignature, last: OwnCosignature | None, name: str) -> bool:
    """In one transaction; False if another run was faster: then nothing is answered."""
    key = desk.keyring.witness_key(name)
    signed = cosignatures(add_cosignature(new.note, new.line, key), [key])
    held = HeldNote(
        source=name,
        size=new.size,
        root=new.root,
        note=add_cosignature(new.note, new.line, key),
        signed_at=signed[0].timestamp,
        received_at=desk.now(),
    )
    with desk.store.begin() as session:
        if not persist_cosignature(session, new, last):
            return False
        keep_note(session, held)
    desk.view.refresh()
    return True


async def _deliver(desk: Desk, own: OwnCosignature, name: str) -> bool:
    """Gives the hub the line, again if it may not have it. A crash before `delivered` is written gives it twice."""
    if own.delivered:
        return False
    note = add_cosignature(own.note, own.line, desk.keyring.witness_key(name))
    try:
        await desk.client.post_cosignature(note)
    except HubRefused as refused:
        if refused.problem == "cosignature.conflict":
            await asyncio.to_thread(desk.alarm, "log.disowned", str(own.size), other_note=own.note)
        raise

    def delivered() -> None:
        with desk.store.begin() as session:
            mark_cosignature_delivered(session, own.size)

    await asyncio.to_thread(delivered)
    return True


class Relayed(msgspec.Struct, frozen=True):
    """What the hub relays of others, as it came: notes, Acks and its mark of these; and how long our mirror was."""

    size: int
    notes: tuple[bytes, ...]
    acks: tuple[bytes, ...]
    mark: int


async def fetch_others(desk: Desk, note: bytes) -> Relayed:
    """Step 12, its first half: every witness's latest note and every member's latest Ack. Not verified yet.

    Raises:
        NodeError, AnswerInvalid: as the client.
    """
    notes = (note, *await desk.client.cosigned())
    acks = await desk.client.acks()
    return Relayed(desk.view.state.size, notes, acks.envelopes, acks.mark)


def keep_others(desk: Desk, relayed: Relayed) -> list[str]:
    """Step 12, its second half: verifies each and keeps it.

    Returns:
        Codes of what did not verify: such things are passed over.
    """
    problems = _keep_cosignatures(desk, relayed.notes)
    problems += _keep_acks(desk, relayed.acks)
    desk.view.refresh()
    return problems


def _keep_cosignatures(desk: Desk, notes: Sequence[bytes]) -> list[str]:
    problems, held = [], []
    keys = [witness.key for witness in desk.view.witnesses]
    for note in notes:
        try:
            checkpoint = open_checkpoint(note, desk.view.log_key)
            signed = cosignatures(note, keys)
        except NoteInvalid as error:
            problems.append(error.code)
            continue
        ours = desk.view.own_tree.root_at(checkpoint.size)
        if ours is None:
            continue  # newer than our mirror: it is there again next time
        if ours != checkpoint.root:
            names = ",".join(sorted(one.witness.name for one in signed))
            code = "witness.other_history" if names else "log.split"
            desk.alarm(code, f"{checkpoint.size} {names}".strip(), other_note=note, at_size=checkpoint.size)
            continue
        held += [
            HeldNote(
                source=one.witness.name,
                size=checkpoint.size,
                root=checkpoint.root.hex(),
                note=note,
                signed_at=one.timestamp,
                received_at=desk.now(),
            )
            for one in signed
        ]
    with desk.store.begin() as session:
        for one_held in held:
            keep_note(session, one_held)
    return problems


def _keep_acks(desk: Desk, envelopes: Sequence[bytes]) -> list[str]:
    problems, verified = [], []
    for envelope in envelopes:
        try:
            verified.append((*_verify_ack(desk, envelope), envelope))
        except ProtocolError as error:
            problems.append(error.code)
    with desk.store.begin() as session:
        for member, size, envelope in verified:
            keep_ack(session, member, size, envelope, desk.now())
    return problems


def _verify_ack(desk: Desk, envelope: bytes) -> tuple[int, int]:
    """Whose Ack it is and how far it reaches: by that member's present `online` key, of this log, of our history."""
    unverified = decode_envelope(envelope)
    require_type(unverified, ACK_TYPE)
    public = desk.view.key_of(unverified.keyid)
    if public is None:
        raise NoteInvalid("unknown_key", "keyid")
    ack = parse_ack(unverified.verify(public))
    if ack.log != desk.view.log or ack.origin not in desk.view.state.members:
        raise NoteInvalid("other_log", "log")
    if desk.view.online_key(ack.origin) != unverified.keyid:
        raise NoteInvalid("unknown_key", "keyid")
    finding = judge_seen(ack.seen, None, desk.view.own_tree.root_at, desk.view.log_key)
    if finding is not None:
        if finding.note is not None:
            desk.alarm(finding.code, f"ack {ack.origin} {ack.seen.size}", other_note=finding.note, entry=envelope)
        raise NoteInvalid("seen", "seen")
    return ack.origin, ack.seen.size
