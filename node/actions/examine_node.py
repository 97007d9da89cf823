"""What is wrong with a node, and what to do about it, in plain words. Reads only; opens no record."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import text

from node.actions.back_up import backups_stand
from node.actions.keep_recoverable import Unready, unready
from node.config import NodeConfig
from node.core.alarms import ALARM_WORDS
from node.core.backups import unready as unready_backups
from node.core.backups import unready_words
from node.core.errors import Misconfigured, Unavailable
from node.key_files import key_file_problems
from node.keyring import Keyring
from node.log_view import LogView
from node.store.alarms import alarms
from node.store.checkpoints import log_note_at_least, witness_notes
from node.store.engine import Store
from node.store.epoch_keys import load_epochs
from node.store.heartbeats import job_states
from node.store.orphans import open_orphans
from node.store.outbox import WITHDRAWN, outbox_of
from node.store.recovery import sheets_in_force

CLOCK_SLACK: Final = dt.timedelta(minutes=2)
LEAST_FREE_BYTES: Final = 500 * 2**20
CONFIRMED_LATE_AFTER: Final = dt.timedelta(hours=6)


class Wrong(msgspec.Struct, frozen=True):
    """Something that is wrong, and what to do."""

    wrong: str
    do: str


def examine_node(config: NodeConfig, now: dt.datetime) -> list[Wrong]:
    """Everything that is wrong; empty when nothing is that can be seen from here.

    Args:
        config: the node's settings.
        now: aware UTC.
    """
    found = [*_key_files(config), *_epoch_keys(config), *_disk(config.database)]
    try:
        store = Store(config.database)
        view = LogView(store)
    except (Misconfigured, Unavailable) as error:
        return [*found, Wrong(error.message, "Stop the worker, keep the file, and restore the last backup.")]
    try:
        found += [*_database(store), *_clock(store, now), *_jobs(store, now), *_recovery(config, store, now)]
        found += _backups(config, store, now)
        return [*found, *_log(config, store, view, now)]
    finally:
        store.close()


def _key_files(config: NodeConfig) -> list[Wrong]:
    return [
        Wrong(problem[0].upper() + problem[1:] + ".", "Change its mode with chmod, or bring the file back.")
        for problem in key_file_problems(config.keys_dir)
    ]


def _epoch_keys(config: NodeConfig) -> list[Wrong]:
    found = []
    try:
        load_epochs(config.epoch_dir)
    except Misconfigured as error:
        found.append(
            Wrong(error.message[0].upper() + error.message[1:] + ".", "Bring its copy back from the other host.")
        )
    folder, beside = config.epoch_dir.resolve(), config.database.resolve().parent
    if folder == beside or beside in folder.parents:
        found.append(
            Wrong(
                "The epoch keys are in the folder of the database: what is in its backups can never be erased.",
                "Move the epoch folder elsewhere, set 'epoch_dir', and leave it out of every backup.",
            )
        )
    return found


def _disk(database: Path) -> list[Wrong]:
    folder = database.parent
    if not folder.exists() or shutil.disk_usage(folder).free >= LEAST_FREE_BYTES:
        return []
    return [Wrong("The disk is nearly full.", "Free at least 500 MB: a full disk stops warnings and erasure.")]


def _database(store: Store) -> list[Wrong]:
    wanted = {"synchronous": "2", "journal_mode": "wal", "secure_delete": "1", "foreign_keys": "1"}
    found = []
    with store.read() as session:
        for pragma, value in wanted.items():
            if str(session.connection().execute(text(f"PRAGMA {pragma}")).scalar_one()) != value:
                found.append(Wrong(f"The database is not open with {pragma} as it must be.", "Reinstall this node."))
    return found


def _clock(store: Store, now: dt.datetime) -> list[Wrong]:
    """Witnesses write the time at which they cosign: if they are all ahead of us, our clock is behind."""
    with store.read() as session:
        times = [note.signed_at for note in witness_notes(session) if note.signed_at is not None]
    if times and dt.datetime.fromtimestamp(min(times), dt.UTC) > now + CLOCK_SLACK:
        return [Wrong("This machine's clock is behind the witnesses'.", "Turn on network time (NTP).")]
    return []


def _jobs(store: Store, now: dt.datetime) -> list[Wrong]:
    with store.read() as session:
        jobs = job_states(session)
    if not jobs:
        return [Wrong("The worker has never run here.", "Start it: watchword-node run")]
    newest = max(job.last_start for job in jobs)
    if newest > now + CLOCK_SLACK:
        return [Wrong("The worker last ran in the future.", "Check this machine's clock, and turn on network time.")]
    return [
        Wrong(
            f"The job '{job.job}' has not succeeded since"
            f" {(job.last_success or job.first_start).strftime('%d %b %H:%M')} UTC ({job.problem or 'not running'}).",
            "See that 'watchword-node run' is running and that the hub can be reached; then look again.",
        )
        for job in jobs
        if job.is_late(now)
    ]


RECOVERY_WORDS: Final[dict[Unready, Wrong]] = {
    "no_sheets": Wrong(
        "There are no recovery sheets: a lost machine is lost for good.",
        "Make them, print them, and give them to three people: watchword-node recovery make --by NAME",
    ),
    "not_read_back": Wrong(
        "The recovery sheets were not read back: the set-up is not finished.",
        "Type two of them from paper: watchword-node recovery read-back --by NAME",
    ),
    "drill_due": Wrong(
        "The recovery sheets were last read back more than a year ago.",
        "Fetch two of them and type them: watchword-node recovery read-back --by NAME",
    ),
    "no_copy": Wrong(
        "There is no copy of the keys that the recovery sheets could open.",
        "Set 'recovery_file' to a place on another host, and run: watchword-node rewrap",
    ),
    "copy_old": Wrong(
        "The copy that the recovery sheets open does not hold the present epoch key.",
        "See that the place of 'recovery_file' can be written, and run: watchword-node rewrap",
    ),
}


def _recovery(config: NodeConfig, store: Store, now: dt.datetime) -> list[Wrong]:
    with store.read() as session:
        known = sheets_in_force(session)
    return [RECOVERY_WORDS[one] for one in unready(config, known, now)]


def _backups(config: NodeConfig, store: Store, now: dt.datetime) -> list[Wrong]:
    backups = backups_stand(config, store)
    return [Wrong(*unready_words(one, backups)) for one in unready_backups(backups, now)]


def _log(config: NodeConfig, store: Store, view: LogView, now: dt.datetime) -> list[Wrong]:
    found = []
    if not view.is_pinned:
        return [Wrong("This node has not joined a log.", "Run: watchword-node join --invitation FILE")]
    with store.read() as session:
        for alarm in alarms(session):
            found.append(Wrong(*ALARM_WORDS[alarm.code]))
        refused = [one for one in outbox_of(session, "refused") if one.problem != WITHDRAWN]
        orphans = open_orphans(session)
        waiting = log_note_at_least(session, view.confirmed_size + 1)
    if refused:
        codes = ", ".join(sorted({one.problem or "" for one in refused}))
        found.append(Wrong(f"The hub refused {len(refused)} message(s): {codes}.", "Look with: watchword-node status"))
    if orphans:
        found.append(
            Wrong(
                f"{len(orphans)} message(s) of this project are in the log and not known here: taken back after a day.",
                "Re-link those that still stand: watchword-node relink IDENTITY",
            )
        )
    if waiting is not None and now - waiting.received_at > CONFIRMED_LATE_AFTER:
        found.append(Wrong("The witnesses are late: nothing was confirmed for six hours.", "Ring another project."))
    return found + _names(config, view)


def _names(config: NodeConfig, view: LogView) -> list[Wrong]:
    try:
        keyring = Keyring.load(config.keys_dir)
    except Misconfigured:
        return []
    found = []
    name = view.witness_name(keyring.witness_public) or ""
    if config.witness_name != name:
        found.append(
            Wrong(
                "The setting 'witness_name' is not the name that the charter gives to this node's witness key.",
                f"Set it to '{name}'." if name else "Leave it empty: the charter does not name this node.",
            )
        )
    member = view.member
    ours = keyring.public
    if member is not None and not ({*ours.sign} <= {*member.keys.sign} and ours.online == member.keys.online):
        found.append(
            Wrong(
                "The key files are not the ones that the log has for this project.",
                "Bring the right keys back; without them ask for a new membership with 'predecessor'.",
            )
        )
    return found
