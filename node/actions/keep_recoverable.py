"""Recovery sheets: made, read back before set-up is finished and once a year, and the copy that two of them open.

The copy holds the node's keys, its epoch keys and the list of erasures: with it and a backup of the database the node
stands again. It is written anew at each new epoch key (`rewrap_keys`), in place of the last. Source: PEOPLE 2.2.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from node.actions.case_desk import CaseDesk
from node.config import NodeConfig
from node.core import access
from node.recovery import key_of, make_sheets, open_copy, public_of, put_back, read_folders, write_copy
from node.store.engine import Store
from node.store.epoch_keys import epoch_numbers
from node.store.recovery import Sheets, insert_sheets, mark_copied, mark_read_back, sheets_in_force
from protocol.house.core.errors import Refused
from protocol.house.store import audit
from protocol.house.store.people import acting

DRILL_EVERY: Final = timedelta(days=365)
"""Two sheets are read back once a year: a sheet that cannot be found is found out before it is needed."""

Unready = Literal["no_sheets", "not_read_back", "drill_due", "no_copy", "copy_old"]


def make_recovery(desk: CaseDesk, *, by: str, now: datetime) -> tuple[str, ...]:
    """Three new sheets, shown once and kept nowhere. Sheets made before open no copy written from now on.

    Raises:
        NotYours: `access.role`.
        NotFound: `not_found.person`.
        Misconfigured: `config.recovery_file`: the sheets are in force, and the copy could not be written.
    """
    sheets, public = make_sheets()
    with desk.store.begin() as session:
        who = acting(session, by, access.may_keep_records, now)
        insert_sheets(session, public, by=who.id, now=now)
        audit.note(session, person=who.id, verb="make_recovery", subject="node/recovery", now=now)
    write_recovery_copy(desk.config, desk.store, now)
    return sheets


def read_back(desk: CaseDesk, *, sheets: Sequence[str], by: str, now: datetime) -> None:
    """Two sheets, typed from paper, are the ones in force: set-up is finished, or this year's drill done.

    Raises:
        Refused: `refused.no_sheets`, `refused.sheets`, `refused.other_sheets`.
        NotYours: `access.role`.
        NotFound: `not_found.person`.
    """
    with desk.store.begin() as session:
        who = acting(session, by, access.may_keep_records, now)
        known = sheets_in_force(session)
        if known is None:
            raise Refused("no_sheets", "no recovery sheets were made yet")
        if public_of(sheets) != known.public:
            raise Refused("other_sheets", "these sheets are not the ones in force: newer ones were made")
        mark_read_back(session, now)
        audit.note(session, person=who.id, verb="read_back_recovery", subject="node/recovery", now=now)


def write_recovery_copy(config: NodeConfig, store: Store, now: datetime) -> bool:
    """Writes the copy anew; whether there are sheets, and a place for it.

    Raises:
        Misconfigured: `config.recovery_file`.
    """
    with store.read() as session:
        known = sheets_in_force(session)
    if known is None or config.recovery_file is None:
        return False
    write_copy(config.recovery_file, known.public, read_folders(_folders(config)))
    with store.begin() as session:
        mark_copied(session, max(epoch_numbers(config.epoch_dir)), now)
    return True


def put_back_keys(config: NodeConfig, *, copy: Path, sheets: Sequence[str]) -> int:
    """On a new machine: the keys and epoch keys out of a copy, by two sheets; how many files.

    The database comes from its own backup, and is opened as after any restore (`open_database`).

    Raises:
        Refused: `refused.sheets`, `refused.copy`.
        Misconfigured: `config.recovery_file`, `config.keys_exist`.
    """
    return put_back(open_copy(copy, key_of(sheets)), _folders(config))


def unready(config: NodeConfig, known: Sheets | None, now: datetime) -> tuple[Unready, ...]:
    """What is missing before this node could be put back; empty when nothing is."""
    if known is None:
        return ("no_sheets",)
    found: list[Unready] = []
    if known.read_back_at is None:
        found.append("not_read_back")
    elif now >= known.read_back_at + DRILL_EVERY:
        found.append("drill_due")
    if config.recovery_file is None or known.copied_epoch is None:
        found.append("no_copy")
    elif known.copied_epoch != max(epoch_numbers(config.epoch_dir), default=0):
        found.append("copy_old")
    return tuple(found)


def recovery_stands(desk: CaseDesk, now: datetime) -> tuple[Sheets | None, tuple[Unready, ...]]:
    """The sheets in force, and what is missing."""
    with desk.store.read() as session:
        known = sheets_in_force(session)
    return known, unready(desk.config, known, now)


def _folders(config: NodeConfig) -> dict[str, Path]:
    return {"keys": config.keys_dir, "epochs": config.epoch_dir}
