"""Weekly: a new epoch key, every live key wrapped under it, the write-ahead log emptied, old epoch keys destroyed.

Meant to run daily; it does what is due, and running it twice is harmless. Processes that live long make their desk anew
afterwards: theirs does not know the new key.

Order, and what a crash at each step means:
1. the key file is made and synced: the next run finds it, unused, and goes on with it;
2. one transaction wraps everything anew and keeps the date: all under the old key, or all under the new;
3. the write-ahead log is emptied: the next run does it;
4. old keys that nothing needs any more are destroyed, then noted: the next run destroys what it finds, and notes it;
5. the list of erasures forgets what no backup can bring back any more: the next run does it;
6. the recovery copy is written anew: until then two sheets open the last one, which holds keys that are gone here.

When a key began stands beside it too: a database restored from a backup does not know of the newer keys, and would let
the older ones live a week longer.
"""

from datetime import datetime

import msgspec

from node.actions.case_desk import CaseDesk
from node.actions.keep_recoverable import write_recovery_copy
from node.store.epoch_keys import destroy_epoch, load_epochs, make_epoch
from node.store.epochs import (
    EPOCH_LASTS,
    epoch_made_at,
    epochs_to_destroy,
    note_destroyed,
    note_epoch,
)
from node.store.erasures import ErasureList
from node.store.schema import node_sealed_tables
from protocol.house.store import audit
from protocol.house.store.sealed import rewrap_all


class Rewrapped(msgspec.Struct, frozen=True, kw_only=True):
    """What was done.

    Attributes:
        epoch: number of the key that seals now.
        rows: whose keys were wrapped anew.
        broken: places of rows that do not open: left as they are, in the trail, and no reason to stop.
        destroyed: numbers of the keys destroyed.
    """

    epoch: int
    rows: int
    destroyed: tuple[int, ...]
    broken: tuple[str, ...] = ()


def rewrap_keys(desk: CaseDesk, *, now: datetime, at_once: bool = False) -> Rewrapped:
    """Does what is due.

    Args:
        at_once: a new key now, also before a week is over.

    Raises:
        Misconfigured: the epoch folder is not as it must be; `config.recovery_file`: all is done but the copy.
    """
    folder, erasures = desk.config.epoch_dir, ErasureList(desk.config.epoch_dir)
    current = load_epochs(folder).current
    with desk.store.read() as session:
        made_at = epoch_made_at(session, current)
    unused = made_at is None and current > 1
    if not unused and (at_once or (made_at is not None and now - made_at >= EPOCH_LASTS)):
        make_epoch(folder)
    epochs = load_epochs(folder)
    with desk.store.begin() as session:
        for number in sorted(epochs.keys):
            note_epoch(session, number, erasures.began(number, now), now)
        rows, broken = rewrap_all(session, node_sealed_tables(), epochs, desk.vault.randomness)
        due = epochs_to_destroy(session, now)
        for place in broken:
            if not any(entry.verb == "seal_broken" for entry in audit.read_trail(session, place)):
                audit.note(session, person=None, verb="seal_broken", subject=place, now=now)
        audit.note(session, person=None, verb="rewrap_keys", subject=f"epoch/{epochs.current}", now=now)
    desk.store.checkpoint_wal()
    for number in due:
        destroy_epoch(folder, number)
        with desk.store.begin() as session:
            note_destroyed(session, number, now)
            audit.note(session, person=None, verb="destroy_epoch", subject=f"epoch/{number}", now=now)
    erasures.forget_old()
    write_recovery_copy(desk.config, desk.store, now)
    return Rewrapped(epoch=epochs.current, rows=rows, destroyed=tuple(due), broken=broken)
