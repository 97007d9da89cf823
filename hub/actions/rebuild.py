"""Rebuild a lost hub from its members' copies of the log. Source: spec/rebuild.md §2, the steps by their numbers."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence, Set
from functools import partial

import msgspec
from sqlmodel import Session

from hub.actions.keep_releases import take_back_releases
from hub.actions.members_copies import VerifiedCopy, longest_of, read_copies, require_one_history
from hub.config import HubConfig
from hub.core.errors import Misconfigured
from hub.core.sealed_bodies import index_of, seal_body
from hub.core.values import Seal, SignedCheckpoint
from hub.store import bodies, key_files, log, releases
from hub.store.engine import Store, require_durable
from hub.store.guard import read_guard, write_guard
from hub.store.schema import migrate
from protocol.at_rest import SEAL_RANDOMNESS, Epochs
from protocol.bodies import body_digest
from protocol.checkpoint import sign_checkpoint
from protocol.keys import public_hex
from protocol.log import EMPTY_ROOT
from protocol.quarters import quarter_of
from protocol.replay import Entry, State, replay, verify_ahead


class Rebuilt(msgspec.Struct, frozen=True):
    """What was rebuilt, and what was not.

    Attributes:
        size: entries.
        bodies: live bodies that were put back.
        releases: frozen releases that were read back from beside the guard file.
        missing: origin's member id → digests of its live bodies that nobody brought.
    """

    size: int
    bodies: int
    releases: int
    missing: Mapping[int, Sequence[str]]


def rebuild(config: HubConfig, files: Mapping[str, bytes], now: dt.datetime) -> Rebuilt:
    """Writes the log anew into an empty database, from members' copies.

    Args:
        files: the copies by the names of their files.

    Raises:
        Misconfigured: a copy is not one, copies contradict each other or reach less far than what was signed, a
            release is not what its file says, or there is a database already; it says which file, and what to do.
    """
    key = key_files.load_keys(config.keys_dir).log
    copies = read_copies(files)
    _require_our_key(copies, public_hex(key))
    longest = longest_of(copies)
    require_one_history(copies, longest)
    _require_guard(config, longest)
    entries = [Entry(entry) for entry in longest.copy.entries]
    state = _replayed(entries)
    epochs = _epochs(config, now)
    store = Store(config.database)
    try:
        migrate(store)
        require_durable(store)
        seals = _seals(state, _live_bodies(state, entries, copies), epochs)
        checkpoint = longest.checkpoint
        note = sign_checkpoint(checkpoint.origin, checkpoint.size, checkpoint.root, key).decode()
        with store.begin() as session:
            if not log.has_begun(session):
                _write(session, longest, note)
                releases.begin_with(session, quarter_of(now.date()))
                take_back_releases(session, config.releases_dir)
                bodies.add_bodies(session, seals)
            elif log.read_head(session).root != checkpoint.root:
                raise Misconfigured("there is a database already: set it aside, it is never overwritten")
        write_guard(config.guard_file, checkpoint.size, checkpoint.root)
        with store.read() as session:
            kept, frozen = set(bodies.all_digests(session)), releases.count_releases(session)
    finally:
        store.close()
    return Rebuilt(checkpoint.size, len(kept), frozen, _missing(state, kept))


def _replayed(entries: list[Entry]) -> State:
    """A page at a time: what one page admits, the next is verified under."""
    state = State()
    for start in range(0, len(entries), log.PAGE):
        page = entries[start : start + log.PAGE]
        verify_ahead(state, page)
        state = replay(state, page)
    return state


def _require_our_key(copies: Sequence[VerifiedCopy], log_key: str) -> None:
    """Step 1."""
    for one in copies:
        if one.charter.log_key != log_key:
            raise Misconfigured(
                f"{one.name} is of a log that another key signs: bring that key back, or begin a succession"
            )


def _require_guard(config: HubConfig, longest: VerifiedCopy) -> None:
    """Step 4; a guard file that was lost too says nothing."""
    if not config.guard_file.exists():
        return
    guard = read_guard(config.guard_file)
    size, root = guard.size, guard.root
    if size > longest.checkpoint.size:
        lost = size - longest.checkpoint.size
        raise Misconfigured(
            f"this hub signed {size} entries, and the longest copy has {longest.checkpoint.size}: {lost} are in "
            "none of these. Ask every member for one; if nobody has them, begin a succession"
        )
    if longest.root_at(size) != root:
        raise Misconfigured(f"{longest.name} is not the history that this hub signed: see the guard file")


def _epochs(config: HubConfig, now: dt.datetime) -> Epochs:
    try:
        return key_files.load_epochs(config.epoch_dir)
    except Misconfigured:
        config.epoch_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        key_files.make_epoch(config.epoch_dir, now.date(), secrets.token_bytes(32))
        return key_files.load_epochs(config.epoch_dir)


def _live_bodies(state: State, entries: Sequence[Entry], copies: Sequence[VerifiedCopy]) -> dict[str, bytes]:
    """Digest → bytes, of the bodies that somebody brought whole and that the log says are live."""
    found = {}
    for digest, identity in state.bodies.items():
        link = state.links[identity]
        if link.gone is not None or link.body is None or state.log is None:
            continue
        nonce = entries[link.index].statement.nonce
        for one in copies:
            stored = one.copy.bodies.get(digest)
            if stored is not None and body_digest(state.log, link.origin, nonce, stored) == digest:
                found[digest] = stored
                break
    return found


def _write(session: Session, longest: VerifiedCopy, note: str) -> None:
    """Step 6: the log, in the caller's transaction."""
    checkpoint = longest.checkpoint
    log.create_head(session, EMPTY_ROOT)
    session.flush()
    rows = list(zip(longest.leaves, longest.copy.entries, strict=True))
    log.append_entries(session, log.lock_head(session), rows, checkpoint.root)
    log.add_checkpoint(session, SignedCheckpoint(checkpoint.size, checkpoint.root, note))


def _seals(state: State, found: Mapping[str, bytes], epochs: Epochs) -> dict[int, Seal]:
    return {
        index_of(state, digest): partial(seal_body, epochs, digest, stored, secrets.token_bytes(SEAL_RANDOMNESS))
        for digest, stored in found.items()
    }


def _missing(state: State, kept: Set[str]) -> dict[int, list[str]]:
    missing: dict[int, list[str]] = {}
    for digest, identity in state.bodies.items():
        link = state.links[identity]
        if link.gone is None and digest not in kept:
            missing.setdefault(link.origin, []).append(digest)
    return missing
