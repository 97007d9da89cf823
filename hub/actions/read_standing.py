"""How the hub stands: its latest checkpoint and who has seen it, its jobs, what is wrong."""

import datetime as dt

import msgspec

from hub.actions.examine import Finding, examine_running
from hub.config import HubConfig
from hub.core.values import Heartbeat
from hub.log_view import Snapshot
from hub.store import log, members
from hub.store.engine import Store
from protocol.checkpoint import Checkpoint
from protocol.cosignature import verify_cosignature
from protocol.errors import NoteInvalid
from protocol.statement_fields import Charter, WitnessKey
from protocol.verifier_key import COSIGNATURE, VerifierKey
from protocol.words import fingerprint_words


class WitnessStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A witness of the charter.

    Attributes:
        seen_at: when it cosigned last, by its own clock, or None: never.
        behind: entries of the log that it has not cosigned yet.
    """

    name: str
    host: str
    seen_at: dt.datetime | None
    behind: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One moment of the hub.

    Attributes:
        words: of the latest checkpoint, as members read them aloud.
        unconfirmed: entries that too few witnesses have seen yet.
    """

    charter: Charter
    log: str
    size: int
    words: tuple[str, ...]
    unconfirmed: int
    witnesses: tuple[WitnessStanding, ...]
    jobs: tuple[Heartbeat, ...]
    findings: tuple[Finding, ...]

    @property
    def seen_at(self) -> dt.datetime | None:
        """When a witness last saw the log, by its clock."""
        return max((one.seen_at for one in self.witnesses if one.seen_at is not None), default=None)


def read_standing(config: HubConfig, store: Store, view: Snapshot, now: dt.datetime) -> Standing:
    """As it stands at this moment.

    Raises:
        RuntimeError: the log has no charter: no such hub is served.
    """
    state, checkpoint = view.state, view.checkpoint
    if state.charter is None or state.log is None or checkpoint is None:
        raise RuntimeError("a hub without a charter is not served")
    with store.read() as session:
        jobs = members.heartbeats(session)
    return Standing(
        charter=state.charter,
        log=state.log,
        size=state.size,
        words=fingerprint_words(Checkpoint(state.charter.origin, checkpoint.size, checkpoint.root).digest),
        unconfirmed=state.size - view.confirmed_size,
        witnesses=tuple(_witness(store, view, witness) for witness in state.charter.witnesses.keys),
        jobs=tuple(jobs),
        findings=tuple(examine_running(config, store, view, now)),
    )


def _witness(store: Store, view: Snapshot, witness: WitnessKey) -> WitnessStanding:
    size = view.witnessed.get(witness.name, 0)
    key = VerifierKey(witness.name, COSIGNATURE, bytes.fromhex(witness.key))
    return WitnessStanding(
        name=witness.name, host=witness.host, seen_at=_seen_at(store, key, size), behind=view.state.size - size
    )


def _seen_at(store: Store, witness: VerifierKey, size: int) -> dt.datetime | None:
    """When it cosigned the checkpoint of that size, by its own clock."""
    with store.read() as session:
        published, lines = log.checkpoint_at(session, size), log.cosignatures_at(session, size)
    for line in lines:
        try:
            assert published is not None
            found = verify_cosignature(published.note.encode(), line.encode(), witness)
        except NoteInvalid:
            continue  # another witness's
        return dt.datetime.fromtimestamp(found.timestamp, dt.UTC)
    return None
