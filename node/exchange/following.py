"""Steps 1 to 4: from the hub's checkpoint to a longer mirror that we have verified ourselves. Source: spec/sync.md §2.

What a crash means: nothing is written before step 4, and that is one transaction: entries and the note that they were
verified against, or neither. Then the next round begins at step 1 again.
"""

import asyncio
from collections.abc import Sequence

import msgspec

from node.exchange.answers import HubRefused
from node.exchange.desk import Desk
from node.store.checkpoints import LOG, HeldNote, keep_note
from node.store.mirror import append_entries, entries_from
from protocol.checkpoint import Checkpoint, open_checkpoint
from protocol.errors import TreeInvalid
from protocol.log import follow
from protocol.proofs import verify_consistency
from protocol.replay import Entry
from protocol.tiles import TILE_WIDTH, Tile, decode_bundle, encode_bundle, new_bundles


class Fetched(msgspec.Struct, frozen=True):
    """The hub's latest checkpoint, verified, the note that it stands in, and its mark of what others have said.

    Attributes:
        entries: that came with it, perhaps the next ones: not verified.
    """

    note: bytes
    checkpoint: Checkpoint
    others: str
    entries: tuple[bytes, ...] = ()


async def fetch_checkpoint(desk: Desk, wait_seconds: int, *, acks: int = 0) -> Fetched:
    """Step 1: the hub's latest checkpoint, verified under the log key, and consistent with what we hold.

    Args:
        desk: the node's.
        wait_seconds: how long the hub may wait for news.
        acks: the mark of the Acks that we have, if another one is news.

    Raises:
        NoteInvalid: not a checkpoint of this log.
        TreeInvalid: `tree.rollback`: smaller than one that we hold; `tree.split`: as large or smaller, and of another
            history. Both with an alarm.
        HouseError, AnswerInvalid: as the client.
    """
    latest = await desk.client.checkpoint(desk.view.state.size, wait_seconds, acks=acks)
    checkpoint = open_checkpoint(latest.note, desk.view.log_key)
    if desk.client.as_witness:  # it may not read entries: `witnessing` compares with what it cosigned
        return Fetched(latest.note, checkpoint, latest.others)
    held = desk.view.note
    if held is not None and checkpoint.size < held.size:  # perhaps an old copy in a cache: once more, past it
        latest = await desk.client.checkpoint(desk.view.state.size, 0, past_caches=True)
        checkpoint = open_checkpoint(latest.note, desk.view.log_key)
    note = latest.note
    ours = desk.view.own_tree.root_at(checkpoint.size)
    if ours is not None and ours != checkpoint.root:
        await asyncio.to_thread(desk.alarm, "log.split", str(checkpoint.size), other_note=note, at_size=checkpoint.size)
        raise TreeInvalid("split", "root")
    if held is not None and checkpoint.size < held.size:
        await asyncio.to_thread(desk.alarm, "log.smaller", str(checkpoint.size), other_note=note)
        raise TreeInvalid("rollback", "size")
    return Fetched(note, checkpoint, latest.others, latest.entries)


async def fetch_entries(desk: Desk, latest: Fetched) -> list[Entry]:
    """Step 2: the entries after ours, up to the checkpoint. They are worth nothing before step 3.

    Those that came with the checkpoint are taken if they make its tree; else its bundles are asked for.

    Raises:
        TreeInvalid: a bundle is cut short or too long.
        HouseError, AnswerInvalid: as the client.
    """
    held, checkpoint = desk.view.state.size, latest.checkpoint
    entries: list[Entry] = []
    if held == checkpoint.size:
        return entries
    if latest.entries and _make(desk, checkpoint, latest.entries):
        return [*map(Entry, latest.entries)]
    begun = await asyncio.to_thread(_begun, desk, held)
    for tile in new_bundles(held, checkpoint.size):
        bundle = await _bundle(desk, tile, begun)
        entries.extend(map(Entry, bundle[max(held - tile.index * TILE_WIDTH, 0) :]))
        begun = b""
    return entries


def _make(desk: Desk, checkpoint: Checkpoint, entries: Sequence[bytes]) -> bool:
    try:
        follow(desk.view.own_tree.tree, checkpoint.size, checkpoint.root, entries)
    except TreeInvalid:
        return False
    return True


def _begun(desk: Desk, held: int) -> bytes:
    """What we have of the first bundle that is asked for: a log that grows by one entry costs no 256."""
    first = held - held % TILE_WIDTH
    with desk.store.read() as session:
        entries = entries_from(session, first)
    return encode_bundle(entries) if len(entries) == held - first and entries else b""


async def _bundle(desk: Desk, tile: Tile, begun: bytes) -> tuple[bytes, ...]:
    """A bundle; where a partial one has gone, the first entries of the full one. Source: spec/log.md §9."""
    try:
        return decode_bundle(await desk.client.bundle(tile, begun), tile.width)
    except HubRefused as refused:
        if refused.problem != "log.no_such_tile" or tile.width == TILE_WIDTH:
            raise
    full = Tile(tile.level, tile.index)
    return decode_bundle(await desk.client.bundle(full, begun), TILE_WIDTH)[: tile.width]


async def require_root(desk: Desk, note: bytes, checkpoint: Checkpoint, entries: Sequence[Entry]) -> None:
    """Step 3: our own tree, grown by these entries, has the root that the log signed; and it is the pinned log.

    If it has not, the hub is asked to prove that what it signed continues what it signed before. If it can, only the
    entries were wrong (a broken cache): the next round fetches them again. If not, both notes are an alarm.

    Raises:
        TreeInvalid: `tree.root_mismatch` or another of `log.follow`.
    """
    try:
        follow(desk.view.own_tree.tree, checkpoint.size, checkpoint.root, [entry.data for entry in entries])
    except TreeInvalid:
        if not await _continues(desk, checkpoint):
            await asyncio.to_thread(desk.alarm, "log.root_mismatch", str(checkpoint.size), other_note=note)
        raise


async def _continues(desk: Desk, checkpoint: Checkpoint) -> bool:
    size = desk.view.state.size
    root = desk.view.own_tree.root_at(size)
    try:
        proof = await desk.client.proof(size, checkpoint.size)
        verify_consistency(size, root or b"", checkpoint.size, checkpoint.root, proof)
    except (TreeInvalid, HubRefused):
        return False
    return True


def keep_history(desk: Desk, note: bytes, checkpoint: Checkpoint, entries: Sequence[Entry]) -> None:
    """Step 4: entries and note are kept in one transaction, then replayed.

    Raises:
        Refused: `refused.mirror_moved`: another process of this node was faster.
        TreeInvalid: `tree.other_log`: entry 0 is not the pinned charter.
    """
    first = desk.view.state.size
    if not entries and desk.view.note is not None and desk.view.note.note == note:
        return  # nothing new: nothing is written
    if first == 0 and entries and entries[0].envelope.identity != desk.view.log:
        raise TreeInvalid("other_log", "charter")
    held = HeldNote(
        source=LOG,
        size=checkpoint.size,
        root=checkpoint.root.hex(),
        note=note,
        signed_at=None,
        received_at=desk.now(),
    )
    with desk.store.begin() as session:
        if entries:
            append_entries(session, first, [entry.data for entry in entries])
        keep_note(session, held)
    desk.view.refresh(first, entries)
    if desk.view.state.stopped is not None:
        desk.alarm("log.stopped", str(desk.view.state.stopped), index=desk.view.state.stopped)
