"""Each month: the newest backup is restored for practice, as after a lost disk, and what that showed is kept.

It is opened beside the database, in a folder that is emptied before and after, with today's keys and epoch keys, by the
code that opens a node's database at any start: what was erased since is erased again before anything is read. Nothing
of it is sent. At the end its records are wrapped under a key that nobody keeps, which shows that each of them opens,
and leaves a folder that opens nothing. A crash: the next practice or backup empties the folder. Source: PEOPLE 2.1.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from node.actions.back_up import FAILED, PRACTISED, SUBJECT, backup_files, require_folder
from node.actions.open_database import open_database
from node.config import NodeConfig
from node.core.backups import LATE_AFTER, Outcome
from node.core.errors import Misconfigured, Unavailable
from node.key_files import BACKUP, read_key
from node.log_view import LogView
from node.sealed_backup import open_backup
from node.store.engine import Store
from node.store.epoch_keys import load_epochs
from node.store.schema import node_sealed_tables
from node.store.workplace import workplace
from protocol.at_rest import KEY_BYTES, Epochs
from protocol.house.core.audit import AuditBroken
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.sealed import rewrap_all


def practise_restore(config: NodeConfig, store: Store, *, now: datetime) -> Outcome:
    """Restores the newest backup for practice, and keeps what it showed.

    Args:
        now: aware UTC.

    Raises:
        Misconfigured: `config.backup_folder`, `config.key_file`, `config.no_epoch`.
        Refused: `refused.no_backup`: there is none yet.
        Unavailable: `unavailable.workplace`, `unavailable.database`.
    """
    folder, epochs = require_folder(config), load_epochs(config.epoch_dir)
    with workplace(config.database) as work:
        files = backup_files(folder)
        if not files:
            raise Refused("no_backup", "there is no backup yet: run 'watchword-node backup'")
        key = read_key(config.keys_dir / BACKUP)
        outcome = _opened(config, epochs, files[-1][1], work / "restored.db", key, now)
    with store.begin() as session:
        if outcome == "whole":
            audit.note(session, person=None, verb=PRACTISED, subject=SUBJECT, now=now)
        else:
            audit.note(session, person=None, verb=FAILED, subject=SUBJECT, now=now, reason=outcome)
    return outcome


def _opened(config: NodeConfig, epochs: Epochs, file: Path, database: Path, key: bytes, now: datetime) -> Outcome:
    try:
        made_at = open_backup(file, database, key)
    except Refused:
        return "file"
    if not made_at <= now <= made_at + LATE_AFTER:
        return "old"
    try:
        with restored(config, database, now) as store:
            return _looked_at(store, epochs)
    except (Misconfigured, Unavailable):
        return "database"


@contextmanager
def restored(config: NodeConfig, database: Path, now: datetime) -> Iterator[Store]:
    """The node's database as it would be after a restore from that file.

    Raises:
        Misconfigured, Unavailable: as `open_database`.
    """
    store = open_database(msgspec.structs.replace(config, database=database), now)
    try:
        yield store
    finally:
        store.close()


def _looked_at(store: Store, epochs: Epochs) -> Outcome:
    if not store.is_whole():
        return "database"
    with store.read() as session:
        if isinstance(audit.verify_audit(session), AuditBroken):
            return "trail"
    try:
        LogView(store)
    except Misconfigured:
        return "log"
    nobodys = Epochs({**epochs.keys, epochs.current + 1: secrets.token_bytes(KEY_BYTES)})
    with store.begin() as session:
        _, broken = rewrap_all(session, node_sealed_tables(), nobodys, secrets.token_bytes)
        known = all(audit.was_done(session, "seal_broken", place) for place in broken)
    return "whole" if known else "seals"
