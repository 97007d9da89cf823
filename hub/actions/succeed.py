"""Begin a log that succeeds another, from members' copies of that one. Source: spec/membership.md §7, rebuild.md §3.

Nothing of the old log is copied: the new charter names its last confirmed checkpoint and who was a member there.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from nacl.signing import SigningKey

from hub.actions.init_log import CharterFile, OldLog, init_log
from hub.actions.members_copies import VerifiedCopy, longest_of, read_copies, require_one_history
from hub.config import HubConfig
from hub.core.errors import Misconfigured
from protocol.checkpoint import open_checkpoint
from protocol.cosignature import cosignatures
from protocol.errors import ProtocolError
from protocol.replay import Entry, State, apply, current_alerts, members_carried, predecessor_of, replay
from protocol.statement_fields import Predecessor
from protocol.verifier_key import COSIGNATURE, VerifierKey


class NotCarried(msgspec.Struct, frozen=True):
    """An entry above the checkpoint that is named: its index, kind and origin; empty and None where it was void."""

    index: int
    kind: str
    origin: int | None


class Succeeded(msgspec.Struct, frozen=True):
    """A log that was begun, and what of the old one does not go on in it.

    Attributes:
        log: its identity.
        named: what its charter says of the old log.
        members: ids of those who may come over.
        warnings: origin's member id → how many of its warnings are in force: each is published anew, or ends.
        above: entries that somebody brought and no confirmed checkpoint covers.
        requests: how many requests to join had endorsements that stood.
        elsewhere: files that hold another history: these members were shown something else, and their files are proof.
    """

    log: str
    named: Predecessor
    members: tuple[int, ...]
    warnings: Mapping[int, int]
    above: tuple[NotCarried, ...]
    requests: int
    elsewhere: tuple[str, ...]


def succeed(
    config: HubConfig, wanted: CharterFile, officer: SigningKey, files: Mapping[str, bytes], now: dt.datetime
) -> Succeeded:
    """Begins the new log, with keys, database and guard file of its own.

    A crash part-way: as `init_log`.

    Args:
        wanted: the new charter's file; its origin is not the old log's.
        files: copies of the old log by the names of their files.

    Raises:
        Misconfigured: a copy is not one; copies contradict each other and none of them is confirmed, or both are;
            no checkpoint of the old log is confirmed; else as `init_log`.
    """
    copies = read_copies(files)
    if wanted.origin == copies[0].charter.origin:
        raise Misconfigured("charter: origin: a successor has a name of its own, not that of the old log")
    named_by, size = _last_confirmed(copies)
    named_root = named_by.root_at(size)
    state = replay(State(), [Entry(entry) for entry in named_by.copy.entries[:size]])
    if state.stopped is not None:
        raise Misconfigured("officers have stopped the old log: install the version that knows why, and begin again")
    old = OldLog(predecessor_of(state, named_root), members_carried(state))
    agreeing = [one for one in copies if _agree(one, named_by, size)]
    log = init_log(config, wanted, officer, now, old)
    return Succeeded(
        log=log,
        named=old.named,
        members=tuple(member.id for member in old.members),
        warnings=_warnings(state, now.date()),
        above=_above(state, longest_of(agreeing).copy.entries[size:]),
        requests=sum(bool(given) for given in state.endorsements.values()),
        elsewhere=tuple(one.name for one in copies if one not in agreeing),
    )


def _agree(one: VerifiedCopy, other: VerifiedCopy, size: int) -> bool:
    """Whether they hold the same entries up to `size`, or as far as the shorter reaches."""
    size = min(size, one.checkpoint.size, other.checkpoint.size)
    return one.root_at(size) == other.root_at(size)


def _last_confirmed(copies: Sequence[VerifiedCopy]) -> tuple[VerifiedCopy, int]:
    """A copy that holds the last confirmed checkpoint, and that checkpoint's size."""
    k = copies[0].charter.witnesses.k
    if k == 0:
        longest = longest_of(copies)
        require_one_history(copies, longest)
        return longest, longest.checkpoint.size
    confirmed = [(size, one) for one in copies if (size := _confirmed_size(one, copies, k))]
    if not confirmed:
        raise Misconfigured("no checkpoint in these copies is confirmed: ask more members for theirs")
    size, best = max(confirmed, key=lambda found: found[0])
    for other_size, one in confirmed:
        if not _agree(one, best, other_size):
            raise Misconfigured(
                f"{one.name} and {best.name} are two histories, and the witnesses of both are enough: keep both files, "
                "they are the proof, and ring the members"
            )
    return best, size


def _confirmed_size(held: VerifiedCopy, copies: Iterable[VerifiedCopy], k: int) -> int:
    """How many entries of this copy k witnesses have cosigned, by the notes that anybody brought; 0: none."""
    reached: dict[bytes, int] = {}
    for one in copies:
        for note in (one.copy.note, *one.copy.cosigned):
            for public, size in _cosigned(note, held):
                reached[public] = max(reached.get(public, 0), size)
    sizes = sorted(reached.values(), reverse=True)
    return sizes[k - 1] if len(sizes) >= k else 0


def _cosigned(note: bytes, held: VerifiedCopy) -> list[tuple[bytes, int]]:
    """The witnesses that cosigned a note, if it is of the history that `held` has, and how far it reaches."""
    witnesses = held.charter.witnesses.keys
    try:
        checkpoint = open_checkpoint(note, held.log_key)
        keys = [VerifierKey(one.name, COSIGNATURE, bytes.fromhex(one.key)) for one in witnesses]
        signed = cosignatures(note, keys)
    except ProtocolError:
        return []
    if checkpoint.size > held.checkpoint.size or held.root_at(checkpoint.size) != checkpoint.root:
        return []
    return [(one.witness.public, checkpoint.size) for one in signed]


def _warnings(state: State, today: dt.date) -> dict[int, int]:
    found: dict[int, int] = {}
    for _, link in current_alerts(state, today.isoformat()):
        found[link.origin] = found.get(link.origin, 0) + 1
    return found


def _above(state: State, entries: Sequence[bytes]) -> tuple[NotCarried, ...]:
    found = []
    for entry in entries:
        index = state.size
        state, outcome = apply(state, index, entry)
        said = outcome.statement
        found.append(NotCarried(index, said.kind if said else "", said.origin if said else None))
    return tuple(found)
