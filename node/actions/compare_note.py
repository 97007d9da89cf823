"""Another member's checkpoint, held against ours: the same history, or proof of a split. Source: spec/log.md §7, §8."""

import datetime as dt
from typing import Literal

import msgspec

from node.log_view import LogView
from node.store.alarms import raise_alarm
from node.store.checkpoints import log_note_at_least
from node.store.engine import Store
from protocol.checkpoint import open_checkpoint
from protocol.house.core.errors import Refused
from protocol.words import fingerprint_words


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What a comparison found.

    Attributes:
        outcome: `same` history; `split`: two histories, an alarm with both notes was raised; `newer`: sync first.
        size: of the other checkpoint.
        words: of the other checkpoint.
    """

    outcome: Literal["same", "split", "newer"]
    size: int
    words: tuple[str, ...]


def compare_note(store: Store, view: LogView, note: bytes, now: dt.datetime) -> Compared:
    """Compares a note with our own tree.

    Args:
        store: the node's.
        view: the log, refreshed.
        note: any bytes: from a file or a QR code.
        now: aware UTC.

    Raises:
        NoteInvalid: the log's key did not sign this.
        Refused: `refused.not_synced`: there is nothing to compare with.
    """
    checkpoint = open_checkpoint(note, view.log_key)
    if view.note is None:
        raise Refused("not_synced", "this node has not synced yet: there is nothing to compare with")
    words = fingerprint_words(checkpoint.digest)
    ours = view.own_tree.root_at(checkpoint.size)
    if ours is None:
        return Compared(outcome="newer", size=checkpoint.size, words=words)
    if ours == checkpoint.root:
        return Compared(outcome="same", size=checkpoint.size, words=words)
    with store.begin() as session:
        held = log_note_at_least(session, checkpoint.size) or view.note
        raise_alarm(session, "log.split", str(checkpoint.size), now, note=held.note, other_note=note)
    return Compared(outcome="split", size=checkpoint.size, words=words)
