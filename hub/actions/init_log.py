"""Begin a log: keys, database, charter. Done once; nothing that exists is overwritten."""

import datetime as dt
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from nacl.signing import SigningKey

from hub.actions.sequence import Sequencer, publish_head
from hub.config import HubConfig
from hub.core.errors import Misconfigured
from hub.core.regions import default_regions
from hub.log_view import LogView
from hub.store import key_files, log, members
from hub.store.engine import Store
from hub.store.guard import write_guard
from hub.store.schema import migrate
from protocol.carried import OldMember
from protocol.envelope import STATEMENT_TYPE, sign_envelope
from protocol.keys import public_hex
from protocol.log import EMPTY_ROOT, Tree, leaf_hash
from protocol.replay import State, apply
from protocol.statement import encode_statement
from protocol.statement_fields import (
    Charter,
    CharterRegion,
    Limits,
    Predecessor,
    Retention,
    Statement,
    Witnesses,
    WitnessKey,
)


class OldLog(msgspec.Struct, frozen=True):
    """The log that a new one succeeds: what the charter says of it, and its members, by id, who may come over."""

    named: Predecessor
    members: tuple[OldMember, ...]


class CharterFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the operator writes to begin a log; membership.md §1 says what each means.

    Attributes:
        origin: the log's name, as a host and path that the operator owns.
        officers: public keys of two or more officers, from `watchword-hub officer-key`.
        witnesses: from `watchword-node keys` of each witness.
        k: how many of the witnesses confirm a checkpoint.
        regions: police-force areas; absent means those of the United Kingdom.
    """

    origin: str
    officers: tuple[str, ...]
    witnesses: tuple[WitnessKey, ...] = ()
    k: int = 0
    notice_days: int = 7
    lease_max_days: int = 365
    regions: tuple[CharterRegion, ...] = msgspec.field(default_factory=default_regions)
    statements_per_day: Annotated[int, msgspec.Meta(ge=1)] = 500
    requests_per_minute: Annotated[int, msgspec.Meta(ge=1)] = 600
    lapsed_days: int = 7
    member_body_days: int = 7


def init_log(
    config: HubConfig, wanted: CharterFile, officer: SigningKey, now: dt.datetime, old: OldLog | None = None
) -> str:
    """Makes the hub's keys, its database and entry 0, signed by one officer; the log's identity.

    A crash part-way leaves files behind that a second call refuses to overwrite: remove them, nothing was published.

    Args:
        old: the log that this one succeeds, or None.

    Raises:
        Misconfigured: something exists already, or the charter is not as membership.md §1 has it.
    """
    key_files.make_keys(config.keys_dir, secrets.token_bytes(96))
    config.epoch_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_files.make_epoch(config.epoch_dir, now.date(), secrets.token_bytes(32))
    keys = key_files.load_keys(config.keys_dir)
    predecessor = None if old is None else old.named
    entry = _charter_entry(config, wanted, officer, public_hex(keys.log), now.date(), predecessor)
    state, outcome = apply(State(), 0, entry)
    if outcome.verdict != "valid" or state.log is None:
        raise Misconfigured(f"no member would accept this charter: {outcome.code}")
    store = Store(config.database)
    try:
        migrate(store)
        _write_first(store, entry, () if old is None else old.members)
        write_guard(config.guard_file, 0, EMPTY_ROOT)
        publish_head(Sequencer(store, LogView(store), keys.log, config.guard_file, epoch=0))
    finally:
        store.close()
    return state.log


def _charter_entry(
    config: HubConfig,
    wanted: CharterFile,
    officer: SigningKey,
    log_key: str,
    today: dt.date,
    predecessor: Predecessor | None,
) -> bytes:
    if wanted.lease_max_days not in (3, 30, 90, 365):
        raise Misconfigured("charter: lease_max_days is 3, 30, 90 or 365")
    charter = Charter(
        figures_key=key_files.figures_public_key(config.keys_dir),
        lease_max_days=wanted.lease_max_days,  # type: ignore[arg-type]
        limits=Limits(requests_per_minute=wanted.requests_per_minute, statements_per_day=wanted.statements_per_day),
        log_key=log_key,
        notice_days=wanted.notice_days,
        officers=tuple(sorted(wanted.officers)),
        origin=wanted.origin,
        predecessor=predecessor,
        regions=wanted.regions,
        retention=Retention(lapsed_days=wanted.lapsed_days, member_body_days=wanted.member_body_days),
        witnesses=Witnesses(k=wanted.k, keys=wanted.witnesses),
    )
    statement = Statement(
        kind="charter",
        nonce=secrets.token_hex(16),
        origin=0,
        day=today.isoformat(),
        status="actual",
        charter=charter,
    )
    try:
        return sign_envelope(encode_statement(statement), STATEMENT_TYPE, officer)
    except RuntimeError as error:
        raise Misconfigured(f"charter: {error}") from error


def _write_first(store: Store, entry: bytes, may_come_over: Sequence[OldMember]) -> None:
    leaf = leaf_hash(entry)
    with store.begin() as session:
        members.add_old_members(session, may_come_over)
        log.create_head(session, EMPTY_ROOT)
        session.flush()
        log.append_entries(session, log.lock_head(session), [(leaf, entry)], Tree().extend([leaf]).root)


def read_charter_file(path: Path) -> CharterFile:
    """Reads the operator's charter file.

    Raises:
        Misconfigured: unreadable, or naming the field that is wrong.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=CharterFile)
    except OSError as error:
        raise Misconfigured(f"the charter file {path.name} cannot be read") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Misconfigured(f"charter: {error}") from error
