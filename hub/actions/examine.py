"""What `doctor` finds: each finding says in plain words what is wrong and what to do."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Final

import msgspec

from hub.actions.recount_incidents import Recount, recount_incidents
from hub.config import HubConfig
from hub.core.errors import Misconfigured
from hub.log_view import LogView, Snapshot
from hub.store import key_files, log, members
from hub.store.engine import Store, require_durable
from hub.store.guard import read_guard, require_not_restored
from hub.store.release_files import read_release_files
from hub.store.schema import require_schema
from protocol.replay import members_owing

LEAST_FREE_BYTES: Final = 500 * 2**20
"""Below this the hub should be given room before it must refuse statements."""

LATE: Final = dt.timedelta(hours=3)
"""The slowest job looks each hour; three missed looks are a fault."""


KEEP_FOR_EVIDENCE: Final = "keep this database for evidence; rebuild the hub from its members' copies"


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong, and what to do about it."""

    wrong: str
    do: str


class Examined(msgspec.Struct, frozen=True):
    """What was found, and of the counting again what came of it; None: the log could not be read."""

    findings: list[Finding]
    recount: Recount | None


def examine(config: HubConfig, now: dt.datetime) -> Examined:
    """Everything that `doctor` can see is wrong. Changes nothing."""
    findings = _keys(config) + _disk(config) + _releases(config)
    store = Store(config.database)
    try:
        view = LogView(store)
        unreadable = _unreadable(store, view)
        if unreadable is not None:
            return Examined([*findings, unreadable], None)
        recount = recount_incidents(store, view)
        return Examined(findings + _log(store, view.refresh(), config, now) + _counts(recount), recount)
    finally:
        store.close()


def _unreadable(store: Store, view: LogView) -> Finding | None:
    """Why nothing else can be looked at, or None."""
    try:
        require_durable(store)
        require_schema(store)
    except Misconfigured as error:
        return Finding(str(error), "start the database, correct 'database' in the settings, or do what it says")
    try:
        view.refresh()
    except Misconfigured as error:
        return Finding(str(error), KEEP_FOR_EVIDENCE)
    except Exception as error:
        return Finding(
            f"the database cannot be read ({type(error).__name__})",
            "run 'watchword-hub init' for a new hub; otherwise restore it and ask for help before starting",
        )
    return None


def _log(store: Store, snapshot: Snapshot, config: HubConfig, now: dt.datetime) -> list[Finding]:
    findings = []
    try:
        guard = read_guard(config.guard_file)
        with store.read() as session:
            require_not_restored(guard, log.read_head(session), log.checkpoint_at(session, guard.size))
    except Misconfigured as error:
        findings.append(Finding(str(error), KEEP_FOR_EVIDENCE))
    return findings + _signing(snapshot) + _witnesses(snapshot) + _overdue(store, snapshot) + _jobs(store, now)


def examine_running(config: HubConfig, store: Store, view: Snapshot, now: dt.datetime) -> list[Finding]:
    """The same of a hub that runs, from what it knows already; deletions have a page of their own."""
    return _keys(config) + _disk(config) + _signing(view) + _witnesses(view) + _jobs(store, now)


def _keys(config: HubConfig) -> list[Finding]:
    findings = []
    for load, what in ((key_files.load_keys, config.keys_dir), (key_files.load_epochs, config.epoch_dir)):
        try:
            load(what)
        except Misconfigured as error:
            findings.append(Finding(str(error), "restore the file from the sealed copy on the other host, mode 0600"))
    if config.epoch_dir == _database_folder(config):
        findings.append(
            Finding(
                "the epoch keys lie in the database's own folder",
                "put 'epoch_dir' on a disk that is not in the database's backups",
            )
        )
    return findings


def _database_folder(config: HubConfig) -> Path:
    return Path(config.database.removeprefix("sqlite:///")).parent


def _releases(config: HubConfig) -> list[Finding]:
    try:
        read_release_files(config.releases_dir)
    except Misconfigured as error:
        return [Finding(str(error), "freeze no quarter before it is put right")]
    return []


def _disk(config: HubConfig) -> list[Finding]:
    folder = config.guard_file.parent
    if folder.exists() and shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        return [Finding("the disk is almost full", "make room now: a hub that cannot write refuses every warning")]
    return []


def _signing(view: Snapshot) -> list[Finding]:
    if not view.halted:
        return []
    return [Finding(f"this hub does not sign any more: {view.halted}", "do not restart; call the other officers")]


def _witnesses(view: Snapshot) -> list[Finding]:
    charter = view.state.charter
    if charter is None:
        return [Finding("the log has no charter", "run 'watchword-hub init'")]
    behind = [w.name for w in charter.witnesses.keys if view.witnessed.get(w.name, 0) < view.confirmed_size]
    findings = [
        Finding(f"the witness {name} is behind", "ask its operator to run 'watchword-node doctor'") for name in behind
    ]
    if view.confirmed_size < view.state.size:
        waiting = view.state.size - view.confirmed_size
        findings.append(
            Finding(
                f"not confirmed by {charter.witnesses.k} witnesses yet: {waiting} of the log's entries",
                "admissions wait for them; ask the witnesses' operators if this lasts longer than six hours",
            )
        )
    return findings


def _overdue(store: Store, view: Snapshot) -> list[Finding]:
    with store.read() as session:
        acked = members.acked_sizes(session)
    return [
        Finding(f"member {member.id} has not confirmed a deletion yet", "ring them; see 'watchword-hub overdue'")
        for member in members_owing(view.state, acked)
    ]


def _jobs(store: Store, now: dt.datetime) -> list[Finding]:
    with store.read() as session:
        beats = members.heartbeats(session)
    findings = []
    for beat in beats:
        if beat.problem:
            findings.append(Finding(f"the job {beat.job} fails ({beat.problem})", "look into the hub's log file"))
        elif beat.succeeded_at and now - dt.datetime.fromisoformat(beat.succeeded_at) > LATE:
            findings.append(Finding(f"the job {beat.job} has not run for hours", "start 'watchword-hub serve'"))
    return findings


def _counts(recount: Recount) -> list[Finding]:
    """Of the running counts beside a full count."""
    if not recount.ended:
        return [
            Finding(
                "the running counts were not compared: there are more warnings than can be counted again in time",
                "run it while the hub has little to do, or on a faster machine with a copy",
            )
        ]
    return [
        Finding(
            f"the running count of {one.quarter}, {one.split[0]} {one.split[1]}, is not what a full count gives",
            "freeze no quarter, and show this to whoever looks after the software: the log and the warnings are whole",
        )
        for one in recount.differences
    ]
